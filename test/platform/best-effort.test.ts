import { Sidecar } from '../../src/containers/sidecar';
import type { ServiceChart } from '../../src/platform/service-chart';
import { Image } from '../../src/values/image';
import { QualityOfService } from '../../src/values/quality-of-service';
import { Resources } from '../../src/values/resources';
import { Scaling } from '../../src/values/scaling';
import { Tier } from '../../src/values/tier';
import { VerticalScaling } from '../../src/values/vertical-scaling';
import type { MicroserviceProps } from '../../src/workloads/microservice-props';
import { errorsOf, group, manifestsOf, podOf, profileWith, service } from '../support/platform';
import { customized } from '../support/settings';

const IDLE = Tier.of('idle');
const TIERS = { idle: { qualityOfService: QualityOfService.BEST_EFFORT, priority: 1 } };
const ALLOWED = profileWith({ tiers: TIERS, bestEffortPods: { 'core-business-prod': 5 } });
const idle = (chart: ServiceChart, id = 'report', props: MicroserviceProps = {}) => service(chart, id, { tier: IDLE, scaling: Scaling.replicas(2), ...props });
const errors = (props: MicroserviceProps, profile = ALLOWED) => errorsOf((chart) => idle(chart, 'report', props), { profile });

describe('in a namespace that may have best-effort pods', () => {
  function manifests(changes = {}) {
    const chart = group({ profile: customized(changes, ALLOWED) });
    service(chart);
    return manifestsOf(chart);
  }

  test('they are counted by a quota of their own, and all others by what they use', () => {
    expect(manifests().of('ResourceQuota').map(({ metadata, spec }) => [metadata.name, spec])).toEqual([
      ['core-business-prod', { hard: { 'limits.cpu': '50', 'limits.memory': '100Gi', 'requests.cpu': '50', 'requests.memory': '100Gi' }, scopes: ['NotBestEffort'] }],
      ['core-business-prod-best-effort', { hard: { pods: '5' }, scopes: ['BestEffort'] }],
    ]);
  });

  test('volumes have a quota of their own, because they have no quality of service', () => {
    expect(manifests({ storageQuotas: { 'core-business-prod': '1Ti' } }).get('ResourceQuota', 'core-business-prod-storage').spec).toEqual({ hard: { 'requests.storage': '1Ti' } });
  });

  test('there is no LimitRange, which would give them requests', () => {
    expect(manifests().of('LimitRange')).toEqual([]);
  });

  test('no container of a best-effort service asks for processors and memory, the Dapr sidecar and what stands beside it included', () => {
    const chart = group({ profile: ALLOWED });
    const image = Image.of('registry.example.com/beside', { tag: '1.0.0' });
    idle(chart, 'report', { sidecars: [new Sidecar('logs', { image, resources: Resources.of({ cpuRequest: '50m' }) })], initContainers: [{ name: 'fetch', image }] });
    const { spec, metadata } = podOf(chart, 'report');
    expect([...spec.containers, ...spec.initContainers].map(({ name, resources }) => [name, resources])).toEqual([
      ['report', { requests: { 'ephemeral-storage': '256Mi' }, limits: { 'ephemeral-storage': '512Mi' } }],
      ['fetch', { requests: { 'ephemeral-storage': '64Mi' }, limits: { 'ephemeral-storage': '256Mi' } }],
      ['logs', { requests: { 'ephemeral-storage': '64Mi' }, limits: { 'ephemeral-storage': '256Mi' } }],
    ]);
    expect(Object.keys(metadata.annotations).filter((name) => /cpu|memory|env$/.test(name))).toEqual([]);
    expect(spec.priorityClassName).toBe('core-business-prod-idle');
  });

  test('more of them than the quota counts are refused, with the sum', () => {
    expect(errorsOf((chart) => {
      idle(chart, 'report', { scaling: Scaling.replicas(4) });
      idle(chart, 'cleanup');
      service(chart, 'checkout', { scaling: Scaling.replicas(9) });
    }, { profile: ALLOWED })).toEqual([
      "[core-business-prod/Namespace/BestEffortQuota] allows pods 5, and the workloads of 'core-business-prod' may use 6 at their maximum: cleanup 2 + report 4. "
      + 'Lower the number of replicas, the limits or the storage of a workload, or raise the quota.',
    ]);
  });

  test.each<[string, MicroserviceProps, string]>([
    ['is scaled by the use of what its pods do not request', { scaling: Scaling.utilization() },
      "is best effort by its tier 'idle', and its autoscaler counts replicas by the use in percent of requests, which its pods have not. Use Scaling.replicas(...), or a tier that is burstable."],
    ['asks for memory', { resources: Resources.of({ memoryLimit: '1Gi' }) },
      "is best effort by its tier 'idle', and processors or memory are asked for, with which its pods would be burstable. Leave the resources out, or choose a tier that is burstable."],
    ['has its requests set', { verticalScaling: VerticalScaling.acts() },
      "sets requests by VerticalScaling.acts(), and its tier 'idle' is BestEffort: with other requests its pods would be Burstable. Use VerticalScaling.recommends(), or a tier that is burstable."],
  ])('a best-effort service fails that %s', (_what, props, message) => {
    expect(errors(props)).toEqual([`[core-business-prod/report] ${message}`]);
  });

  test('disk may be asked for, because the class of a pod does not depend on it', () => {
    const chart = group({ profile: ALLOWED });
    idle(chart, 'report', { resources: Resources.of({ ephemeralStorageLimit: '1Gi' }) });
    expect(podOf(chart, 'report').spec.containers[0].resources.limits).toEqual({ 'ephemeral-storage': '1Gi' });
  });
});

test('another namespace keeps its quota and LimitRange', () => {
  const chart = group({ name: 'platform', profile: ALLOWED });
  service(chart);
  const manifests = manifestsOf(chart);
  expect(manifests.of('ResourceQuota').map(({ spec }) => Object.keys(spec))).toEqual([['hard']]);
  expect(manifests.of('LimitRange')).toHaveLength(1);
});

test('fails for a number of pods that is none', () => {
  expect(() => profileWith({ bestEffortPods: { idle: 0 } })).toThrow(new Error(
    'PlatformProfile.customize: expected bestEffortPods.idle to be a whole number of 1 or more, got 0. Use 1 or more.',
  ));
});
