import { Yaml } from 'cdk8s';
import { ServiceReference } from '../../../src/core/service-reference';
import type { ServiceChart } from '../../../src/platform/service-chart';
import { Dapr } from '../../../src/values/dapr';
import { DaprVersion } from '../../../src/values/dapr-version';
import { Image } from '../../../src/values/image';
import { KubernetesVersion } from '../../../src/values/kubernetes-version';
import { Port } from '../../../src/values/port';
import { SecretReference } from '../../../src/values/secret-reference';
import { WorkItems } from '../../../src/workloads/batch/work-items';
import type { WorkQueueProps } from '../../../src/workloads/batch/work-queue';
import { WorkQueue } from '../../../src/workloads/batch/work-queue';
import { FileStorage } from '../../../src/workloads/file-storage';
import { ImportedService } from '../../../src/workloads/imported-service';
import { bare, errorsOf, findings, group, manifestsOf, profileWith, service } from '../../support/platform';

const image = Image.of('registry.example.com/thumbnails', { tag: '1.0.3' });

function queue(chart: ServiceChart, props: Partial<WorkQueueProps> = {}): WorkQueue {
  return new WorkQueue(chart, 'thumbnails', { image, items: WorkItems.numbered(200), parallelism: 10, ...props });
}

function rendered(props: Partial<WorkQueueProps> = {}, changes = {}): any {
  const chart = group({ profile: profileWith(changes) });
  queue(chart, props);
  return manifestsOf(chart).of('Job')[0];
}

const variables = (manifest: any) => Object.fromEntries(manifest.spec.template.spec.containers[0].env.map(({ name, value }: any) => [name, value]));

describe('numbered items', () => {
  test('are each a pod of an indexed Job', () => {
    const own = rendered({ fatalExitCodes: [3] });
    const { template, ...spec } = own.spec;
    expect(Yaml.stringify(bare({ ...own, spec })).trimEnd()).toMatchInlineSnapshot(`
"apiVersion: batch/v1
kind: Job
metadata:
  name: thumbnails-1-0-3
spec:
  activeDeadlineSeconds: 3600
  backoffLimitPerIndex: 3
  completionMode: Indexed
  completions: 200
  parallelism: 10
  podFailurePolicy:
    rules:
      - action: Ignore
        onPodConditions:
          - status: "True"
            type: DisruptionTarget
      - action: FailIndex
        onExitCodes:
          containerName: thumbnails
          operator: In
          values:
            - 3"
`);
    expect(template.spec.restartPolicy).toBe('Never');
    expect(variables(own)).toMatchObject({ JOB_COMPLETIONS: '200' });
  });

  test('are worked on by pods that are spread among those of their run', () => {
    const { topologySpreadConstraints, affinity } = rendered().spec.template.spec;
    expect(topologySpreadConstraints.map(({ topologyKey, matchLabelKeys }: any) => [topologyKey, matchLabelKeys])).toEqual([
      ['topology.kubernetes.io/zone', ['batch.kubernetes.io/job-name']], ['kubernetes.io/hostname', ['batch.kubernetes.io/job-name']],
    ]);
    expect(affinity).toHaveProperty('podAntiAffinity');
  });

  test.each<[string, string, Dapr]>([
    ['1.28', '1.18', Dapr.none('reads object storage')],
    ['1.36', '1.17', Dapr.sidecar({ shutdownByApplication: true })],
  ])('fail together on Kubernetes %s with Dapr %s, which is a finding', (kubernetes, dapr, sidecar) => {
    const chart = group({ profile: profileWith({ kubernetesVersion: KubernetesVersion.of(kubernetes), daprVersion: DaprVersion.of(dapr) }) });
    queue(chart, { dapr: sidecar, fatalExitCodes: sidecar._reasonAgainst === undefined ? [] : [3] });
    const { spec } = manifestsOf(chart).of('Job')[0];
    expect(spec).toMatchObject({ backoffLimit: 600, completions: 200, completionMode: 'Indexed' });
    expect(spec).not.toHaveProperty('backoffLimitPerIndex');
    expect(spec.podFailurePolicy?.rules[1]?.action).toBe(sidecar._reasonAgainst === undefined ? undefined : 'FailJob');
    expect(findings(chart)).toContain('MS-BATCH-002 [core-business-prod/thumbnails/Job] allows 600 failures of 200 items (/spec/backoffLimit)');
  });
});

describe('items that a service hands out', () => {
  const asked = (props: Partial<WorkQueueProps>, define: (chart: ServiceChart) => WorkItems) => {
    const chart = group();
    queue(chart, { ...props, items: define(chart) });
    return manifestsOf(chart);
  };

  test('come by a call through both sidecars', () => {
    const manifests = asked({}, (chart) => WorkItems.handedOutBy(service(chart, 'items')));
    const own = manifests.of('Job')[0];
    expect(own.spec).toMatchObject({ parallelism: 10, backoffLimit: 3 });
    expect(own.spec).not.toHaveProperty('completions');
    expect(own.spec).not.toHaveProperty('completionMode');
    expect(variables(own)).toEqual({ APP_ENV: 'production', LOG_LEVEL: 'info', COORDINATOR_URL: 'http://localhost:3500/v1.0/invoke/items/method' });
    expect(manifests.get('NetworkPolicy', 'thumbnails-calls').spec.egress[0].ports).toEqual([{ port: 50002, protocol: 'TCP' }]);
    expect(manifests.get('NetworkPolicy', 'items-callers').spec.ingress[0].from[0].podSelector.matchLabels).toEqual({ app: 'thumbnails' });
    expect(Object.keys(manifests.get('Resiliency', 'thumbnails').spec.targets.apps)).toEqual(['items']);
  });

  test('come directly where one of the two has no sidecar', () => {
    const manifests = asked({ dapr: Dapr.none('no need') }, (chart) => WorkItems.handedOutBy(service(chart, 'items')));
    expect(variables(manifests.of('Job')[0]).COORDINATOR_URL).toBe('http://items.core-business-prod.svc.cluster.local:8000');
  });

  test('come by the main port where none is named after HTTP', () => {
    const manifests = asked({ dapr: Dapr.none('no need') }, (chart) =>
      WorkItems.handedOutBy(ImportedService.fromName(chart, 'items', { namespace: 'legacy', ports: [Port.of('api', 8080), Port.grpc(9000)] })));
    expect(variables(manifests.of('Job')[0]).COORDINATOR_URL).toBe('http://items.legacy.svc.cluster.local:8080');
  });

  test('come from another namespace by the name under which timeouts and retries are looked up', () => {
    const manifests = asked({}, (chart) => WorkItems.handedOutBy(ImportedService.fromName(chart, 'items', { namespace: 'legacy' })));
    expect(variables(manifests.of('Job')[0]).COORDINATOR_URL).toBe('http://localhost:3500/v1.0/invoke/items.legacy/method');
    expect(Object.keys(manifests.get('Resiliency', 'thumbnails').spec.targets.apps)).toContain('items.legacy');
  });

  test('may come from a service that is defined later', () => {
    const chart = group();
    queue(chart, { items: WorkItems.handedOutBy(ServiceReference.of('core-business', 'items')) });
    service(chart, 'items', { dapr: Dapr.sidecar({ appId: 'work' }) });
    expect(variables(manifestsOf(chart).of('Job')[0]).COORDINATOR_URL).toBe('http://localhost:3500/v1.0/invoke/work/method');
  });

  test('fail where there is no such service', () => {
    expect(errorsOf((chart) => queue(chart, { items: WorkItems.handedOutBy(ServiceReference.of('core-business', 'items')) }))).toEqual([
      "[core-business-prod/thumbnails] calls 'core-business/items', which environment 'prod' does not define. "
      + "Define a Microservice 'items' in the group 'core-business' of 'prod', or use ImportedService.fromName().",
    ]);
  });
});

test('a queue counts as many workers in the quota as there can be', () => {
  const needed = (props: Partial<WorkQueueProps>) => errorsOf((chart) => queue(chart, props),
    { profile: profileWith({ quotas: { 'core-business-prod': { cpu: '500m', memory: '100Gi' } } }) }).map((error) => /: (thumbnails-\S+ .*?)\. /.exec(error)?.[1]);
  expect(needed({})).toEqual(['thumbnails-1-0-3 10 x (500m + 300m)']);
  expect(needed({ items: WorkItems.numbered(4) })).toEqual(['thumbnails-1-0-3 4 x (500m + 300m)']);
});

describe('a queue fails', () => {
  test.each<[Partial<WorkQueueProps>, string]>([
    [{ parallelism: 0 }, 'expected parallelism to be a whole number from 1 to 10000, got 0. Use 1 or more.'],
    [{ env: { JOB_COMPLETIONS: '3' } }, "has 'JOB_COMPLETIONS' among its own settings, which a work queue gives its workers. Give the setting another name."],
    [{ config: { COORDINATOR_URL: 'x' } }, "has 'COORDINATOR_URL' among its own settings, which a work queue gives its workers. Give the setting another name."],
    [{ secretEnv: { JOB_COMPLETION_INDEX: SecretReference.of('s', 'k') } }, "has 'JOB_COMPLETION_INDEX' among its own settings, which a work queue gives its workers. Give the setting another name."],
    // the pod of the last item is thumbnails-<run>-199
    [{ run: 'r'.repeat(49) }, `the Job 'thumbnails-${'r'.repeat(49)}' has 60 characters, and 59 are the most. Name a shorter run.`],
    [{ storage: FileStorage.persistent({ size: '1Gi', mountPath: '/data', accessMode: 'ReadWriteOnce' }) },
      'up to 10 pods at a time, roll-outs included, would share a volume that is ReadWriteOnce, so those on another node never start. '
      + "Use accessMode 'ReadWriteMany', or let one pod work at a time."],
  ])('%#', (props, message) => {
    expect(errorsOf((chart) => queue(chart, props))).toEqual([`[core-business-prod/thumbnails] ${message}`]);
  });

  test.each([0, 100_001, 1.5])('with %d items', (count) => {
    expect(() => WorkItems.numbered(count)).toThrow(/^WorkItems\.numbered: expected count to be a whole number from 1 to 100000, got /);
  });
});
