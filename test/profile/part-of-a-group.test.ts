import { Construct } from 'constructs';
import type { ProfileChanges } from '../../src/profile/core-settings';
import { PlatformProfile } from '../../src/profile/platform-profile';
import { RedisCluster } from '../../src/stores/redis/redis-cluster';
import { Dapr } from '../../src/values/dapr';
import { Image } from '../../src/values/image';
import { KubernetesVersion } from '../../src/values/kubernetes-version';
import { Port } from '../../src/values/port';
import { QualityOfService } from '../../src/values/quality-of-service';
import { Scaling } from '../../src/values/scaling';
import { OneOffJob } from '../../src/workloads/batch/one-off-job';
import { CustomWorkload } from '../../src/workloads/custom-workload';
import { KnativeFunction } from '../../src/workloads/function/knative-function';
import { Microservice } from '../../src/workloads/microservice';
import { ScatterGather } from '../../src/workloads/scatter-gather/scatter-gather';
import { Worker } from '../../src/workloads/worker';
import { WorkloadDefaults } from '../../src/workloads/workload-defaults';
import { messageOf } from '../support/message-of';
import { errorsOf, findings, group, manifestsOf, PROD, profileWith, ROOMY, service } from '../support/platform';
import type { AnyChanges } from '../support/settings';
import { customized } from '../support/settings';

const image = Image.of('registry.example.com/web', { tag: '1.4.2' });

/** A part of the group core-business in prod, with changes of the profile. */
function partWith(changes: AnyChanges, profile = ROOMY) {
  const chart = group({ profile });
  const part = new Construct(chart, 'part');
  PlatformProfile.provide(part, customized(changes, PlatformProfile.of(part)));
  return { chart, part };
}

describe('the profile of a part of a group is in force for everything below it', () => {
  const changes: AnyChanges = {
    scaling: { min: 20, max: 400 },
    logLevel: 'debug',
    imageRegistry: 'part.example.com',
    resources: { cpuRequest: '111m' },
    ports: [Port.http(7000)],
    labels: { 'example.com/part': 'web' },
    rollout: { revisionHistory: 2 },
    spread: { maxSkew: 3 },
    calls: { retries: 7 },
    sidecar: { logLevel: 'warn' },
  };

  test('in the autoscaler, minReplicas and explain alike', () => {
    const { chart, part } = partWith(changes);
    const web = service(part, 'web');
    expect(manifestsOf(chart).get('HorizontalPodAutoscaler', 'web').spec).toMatchObject({ minReplicas: 20, maxReplicas: 400 });
    expect([web.minReplicas, web.maxReplicas, web.port]).toEqual([20, 400, 7000]);
    expect(['replicas.max', 'logLevel', 'resources.requests.cpu', 'resources.limits.cpu'].map((setting) => web.explain(setting)))
      .toEqual(['PlatformProfile.customize', 'PlatformProfile.customize', 'PlatformProfile.customize', 'PlatformProfile.standard']);
  });

  test('in pods, Services, policies and Dapr objects', () => {
    const { chart, part } = partWith(changes);
    const web = service(part, 'web');
    const other = service(chart, 'other');
    other.calls(web);
    web.calls(other, { idempotent: true });
    const manifests = manifestsOf(chart);
    const { spec: { template, revisionHistoryLimit }, metadata } = manifests.get('Deployment', 'web');
    const [container] = template.spec.containers;
    expect(container.env).toContainEqual({ name: 'LOG_LEVEL', value: 'debug' });
    const [{ containerPort }] = container.ports;
    const [{ maxSkew }] = template.spec.topologySpreadConstraints;
    expect([containerPort, container.resources.requests.cpu, revisionHistoryLimit, maxSkew]).toEqual([7000, '111m', 2, 3]);
    expect(metadata.labels).toMatchObject({ 'example.com/part': 'web' });
    expect(template.metadata.annotations).toMatchObject({ 'dapr.io/log-level': 'warn', 'dapr.io/app-port': '7000' });
    expect(manifests.get('Service', 'web').spec.ports.map(({ port }: any) => port)).toEqual([7000]);
    expect(JSON.stringify(manifests.get('Resiliency', 'web').spec)).toContain('"maxRetries":7');
    expect(manifests.get('Deployment', 'other').spec.template.spec.containers[0].env).toContainEqual({ name: 'LOG_LEVEL', value: 'info' });
    expect(JSON.stringify(manifests.get('Resiliency', 'other').spec)).not.toContain('"maxRetries":7');
  });

  test('in the check of the quota', () => {
    const capacity = (define: (scope: Construct) => unknown, scaling: object) => {
      const { chart, part } = partWith({ scaling }, PlatformProfile.standard());
      define(part);
      return findings(chart).filter((finding) => finding.startsWith('MS-CAP-002')).length > 0;
    };
    const web = (part: Construct) => service(part, 'web');
    expect([capacity(web, { min: 20, max: 400 }), capacity(web, { min: 1, max: 2 })]).toEqual([true, false]);
  });

  test('in every kind of workload', () => {
    const { chart, part } = partWith({ logLevel: 'debug' });
    new Microservice(part, 'web', { image });
    new Worker(part, 'worker', { image, scaling: Scaling.replicas(1) });
    new OneOffJob(part, 'job', { image });
    new KnativeFunction(part, 'function', { image });
    new ScatterGather(part, 'search', { leaves: 1, root: { image }, leaf: { image } });
    const levels = manifestsOf(chart).set.workloads().map(({ podTemplate }) => podTemplate.spec.containers[0].env.find(({ name }: any) => name === 'LOG_LEVEL').value);
    expect(levels).toEqual(levels.map(() => 'debug'));
    expect(levels).toHaveLength(6);
    const custom = partWith({ logLevel: 'debug' });
    new CustomWorkload(custom.part, 'render', { replicas: 1, image, kind: 'DaemonSet' });
    expect(custom.part.node.findChild('render')).toHaveProperty('namespace', 'core-business-prod');
  });

  test('and the workloads are in the group: they are found, called and share its stores', () => {
    const { chart, part } = partWith({ logLevel: 'debug' });
    const redis = RedisCluster.fromNamespace(chart, 'redis', 'infrastructure');
    const [web, other] = [service(part, 'web'), service(chart, 'other')];
    web.calls(other, { idempotent: true });
    [web, other].forEach((each) => each.uses(redis));
    expect(manifestsOf(chart).get('Component', 'redis-statestore').scopes).toEqual(['other', 'web']);
  });

  test('also through a part of the part', () => {
    const { part } = partWith({ scaling: { min: 20, max: 400 } });
    const inner = new Construct(part, 'inner');
    const changed = PlatformProfile.of(inner).with(WorkloadDefaults.of({ rollout: { revisionHistory: 4 } }));
    PlatformProfile.provide(inner, changed.customize({ scaling: { max: 300 } }));
    const web = service(inner, 'web');
    expect([web.minReplicas, web.maxReplicas]).toEqual([20, 300]);
  });
});

describe('a profile is refused for a part of a group', () => {
  const place = '[core-business-prod/part/web]';
  const refused = (profile: (part: Construct) => PlatformProfile) => {
    const part = new Construct(group({ profile: ROOMY }), 'part');
    PlatformProfile.provide(part, profile(part));
    return messageOf(() => service(part, 'web'));
  };

  test.each<[string, AnyChanges]>([
    ['kubernetesVersion', { kubernetesVersion: KubernetesVersion.of('1.35') }], ['tiers', { tiers: { standard: { priority: 7, qualityOfService: QualityOfService.BURSTABLE } } }],
    ['clusterDomain', { clusterDomain: 'example.local' }], ['dapr', { dapr: Dapr.none('plain HTTP') }], ['defaultQuota', { defaultQuota: { cpu: '1', memory: '1Gi' } }],
    ['network', { network: { nodeLocalDns: '' } }], ['security.podSecurityLevel', { security: { podSecurityLevel: 'baseline' } }],
  ])('that changes %s, which the pods of a namespace share', (setting, changes) => {
    expect(refused((part) => customized(changes, PlatformProfile.of(part)))).toBe(
      `${place} has a platform profile with another '${setting}' than core-business-prod, and the pods of a namespace share it. Set it in the profile of the chart or of the environment.`);
  });

  test('that lacks the changes of the environment', () => {
    expect(refused(() => profileWith({ logLevel: 'warn' }))).toBe(
      `${place} has a platform profile that is not derived from that of core-business-prod, so it lacks the changes of environment 'prod'. `
      + 'Derive it: PlatformProfile.provide(part, PlatformProfile.of(part).customize(...)).');
  });

  test.each(['part', 'core-business-prod'])('when a workload has read another one: %s', (id) => {
    const { chart, part } = partWith({ logLevel: 'debug' });
    service(part, 'web');
    const scope = id === 'part' ? part : chart;
    expect(messageOf(() => PlatformProfile.provide(scope, PlatformProfile.of(scope).customize({ logLevel: 'warn' })))).toBe(
      `[${scope.node.path}] gets a platform profile after constructs below it read another one. Call PlatformProfile.provide before you define them.`);
  });

  test('once for a program, which writes nothing', () => {
    expect(errorsOf((chart) => {
      const part = new Construct(chart, 'part');
      PlatformProfile.provide(part, PlatformProfile.standard()._in(PROD));
      service(part, 'web');
    })).toEqual([
      `${place} has a platform profile that is not derived from that of core-business-prod, so it lacks the changes of environment 'prod'. `
      + 'Derive it: PlatformProfile.provide(part, PlatformProfile.of(part).customize(...)).',
    ]);
  });

  test('but a group may get one in its own constructor', () => {
    const chart = group({ profile: ROOMY });
    const changes: ProfileChanges = { logLevel: 'debug' };
    PlatformProfile.provide(chart, PlatformProfile.of(chart).customize(changes));
    expect(service(chart, 'web').explain('logLevel')).toBe('PlatformProfile.customize');
  });
});
