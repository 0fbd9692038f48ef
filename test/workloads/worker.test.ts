import { Values } from '../../src/inputs/values';
import { Topic } from '../../src/messaging/topic';
import type { ServiceChart } from '../../src/platform/service-chart';
import { QueueSource } from '../../src/scaling/queue-source';
import { RedisCluster } from '../../src/stores/redis/redis-cluster';
import { DisruptionLimit } from '../../src/values/disruption-limit';
import { Image } from '../../src/values/image';
import { Scaling } from '../../src/values/scaling';
import { Worker } from '../../src/workloads/worker';
import type { WorkerProps } from '../../src/workloads/worker';
import { errorsOf, findings, group, manifestsOf, profileWith, refusal, service, withoutChecksum } from '../support/platform';

const image = Image.of('registry.example.com/mailer', { tag: '1.4.2' });

/** A worker that subscribes one topic. */
function worker(chart: ServiceChart, props: WorkerProps = {}, id = 'mailer'): Worker {
  const made = new Worker(chart, id, { image, ...props });
  made.subscribes(new Topic(chart, `for-${id}`, { broker: RedisCluster.fromNamespace(chart, `redis-${id}`, 'infrastructure') }));
  return made;
}

test('a worker is its pods and what protects and scales them, and nothing by which it could be called', () => {
  const chart = group();
  worker(chart);
  expect(manifestsOf(chart).names.filter((name) => name.includes('/mailer'))).toEqual([
    'Deployment/mailer', 'NetworkPolicy/mailer-network-policy', 'PodDisruptionBudget/mailer', 'PrometheusRule/mailer-dead-letters', 'Resiliency/mailer',
    'ScaledObject/mailer',
    'ServiceAccount/mailer', 'Subscription/mailer-for-mailer', 'TriggerAuthentication/mailer-redis-mailer',
  ]);
  expect(manifestsOf(chart).of('Service')).toEqual([]);
  expect(manifestsOf(chart).of('HorizontalPodAutoscaler')).toEqual([]);
});

test('its pods are those of a service, but for their kind', () => {
  const chart = group();
  worker(chart, {}, 'checkout');
  const other = group();
  service(other, 'checkout', { image, type: 'worker' }).subscribes(new Topic(other, 'for-checkout', { broker: RedisCluster.fromNamespace(other, 'redis-checkout', 'infrastructure') }));
  const [pods, served] = [chart, other].map((each) => withoutChecksum(manifestsOf(each).get('Deployment', 'checkout')));
  // the component of a broker with a worker tells it from others
  expect(pods).toEqual(served);
});

test('with a fixed number of replicas it needs no KEDA', () => {
  const chart = group();
  new Worker(chart, 'mailer', { image, scaling: Scaling.replicas(3) });
  const manifests = manifestsOf(chart);
  expect(manifests.get('Deployment', 'mailer').spec.replicas).toBe(3);
  expect(manifests.all.filter(({ apiVersion }) => apiVersion.startsWith('keda'))).toEqual([]);
});

test('scaled to zero it can be drained: no budget holds what is not there', () => {
  const chart = group();
  const mailer = worker(chart, { scaling: Scaling.queue({ min: 0 }) });
  expect(mailer.minReplicas).toBe(0);
  expect(manifestsOf(chart).get('PodDisruptionBudget', 'mailer').spec.maxUnavailable).toBe(1);
});

test('one replica of it is no finding, because events wait', () => {
  const chart = group();
  worker(chart);
  expect(findings(chart).filter((finding) => finding.startsWith('MS-AVAIL'))).toEqual([]);
});

describe('the files of a worker', () => {
  function define(values: string, props: WorkerProps = {}): { explained: string; spec: any } {
    const chart = group({ values: Values.of({ 'mailer/values-base.yaml': values }) });
    const mailer = worker(chart, props);
    return { explained: ['replicas.min', 'replicas.max'].map((key) => mailer.explain(key)).join(', '), spec: manifestsOf(chart).get('ScaledObject', 'mailer').spec };
  }

  test('may say between how many replicas, and who says what can be explained', () => {
    const { explained, spec } = define('replicas:\n  max: 7\n', { scaling: Scaling.queue({ min: 0 }) });
    expect([spec.minReplicaCount, spec.maxReplicaCount]).toEqual([0, 7]);
    expect(explained).toBe('WorkerProps, mailer/values-base.yaml:2');
    expect(define('logLevel: info\n').explained).toBe('PlatformProfile.standard, PlatformProfile.standard');
  });

  test.each([
    ['autoscaling:\n  cpuPercent: 60\n', "2: 'autoscaling.cpuPercent' is for a service that is scaled by its use, but the code scales it on its queues. Remove it."],
    ['replicas:\n  count: 3\n', "2: 'replicas.count' would fix the number of replicas, but the service is scaled on its queues. Set replicas.min and replicas.max."],
  ])('fail on %p', (values, message) => {
    expect(() => define(values)).toThrow(new Error(`mailer/values-base.yaml:${message}`));
  });
});

test('the capacity of the namespace must hold as many as it may have', () => {
  const scaling = Scaling.queue({ min: 0, max: 70 });
  expect(errorsOf((chart) => worker(chart, { scaling }), { profile: profileWith({}) })[0]).toBe(
    "[core-business-prod/Namespace/ResourceQuota] allows limits.cpu 50, and the workloads of 'core-business-prod' may use 56 at their maximum: mailer 70 x (500m + 300m). "
    + 'Lower the number of replicas, the limits or the storage of a workload, or raise the quota.');
});

describe('fails where', () => {
  const inProd = (define: (chart: ServiceChart) => void) => refusal((app) => define(group({ app })));

  test('a worker is scaled by its use of processors', () => {
    expect(inProd((chart) => new Worker(chart, 'mailer', { image, scaling: Scaling.utilization() }))).toBe(
      '[core-business-prod/mailer] is scaled by the use of processors and memory, which says nothing of the work that waits: '
      + 'a worker that waits for an answer uses neither. Use Scaling.queue(...), or a Microservice.');
  });

  test('a service that is called is scaled on its queues', () => {
    expect(inProd((chart) => service(chart, 'checkout', { scaling: Scaling.queue() }))).toBe(
      '[core-business-prod/checkout] is scaled on its queues, so that callers would find nobody while nothing waits. '
      + 'Use a Worker, which nobody calls, or Scaling.utilization(...).');
  });

  test('the name leaves no room for what KEDA puts before it', () => {
    expect(inProd((chart) => new Worker(chart, `a${'b'.repeat(54)}`, { image }))).toBe(
      `[core-business-prod/a${'b'.repeat(54)}] name 'a${'b'.repeat(54)}' is not a DNS label: it has 55 characters, and 54 are the most. `
      + "Use a to z, 0 to 9 and '-', at most 54 characters.");
  });

  test('its number of replicas is patched', () => {
    expect(inProd((chart) => worker(chart).patch('Deployment', '/spec/replicas', 2, 'fewer'))).toBe(
      '[core-business-prod/mailer] patches /spec/replicas, which KEDA decides. Use scaling: Scaling.replicas(...), or Scaling.queue({ pausedReplicas }).');
  });

  test('a fixed number of replicas is scaled on a queue', () => {
    expect(inProd((chart) => new Worker(chart, 'mailer', { image, scaling: Scaling.replicas(2) }).scalesOn(QueueSource.prometheus('sum(x)')))).toBe(
      '[core-business-prod/mailer] scales on a queue, and has a fixed number of replicas. Use Scaling.queue(...).');
  });

  test('its budget leaves nobody to evict, even of one', () => {
    expect(errorsOf((chart) => worker(chart, { scaling: Scaling.queue({ min: 0 }), disruptionLimit: DisruptionLimit.minAvailable(1) }))).toEqual([
      "[core-business-prod/mailer/DisruptionBudget] DisruptionLimit.minAvailable(1) leaves no pod of 'mailer' to evict at minReplicas 1, so a node drain waits forever. "
      + 'Use DisruptionLimit.maxUnavailable(1).',
    ]);
  });
});
