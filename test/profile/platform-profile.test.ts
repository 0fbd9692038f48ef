import { Chart, Duration, Testing } from 'cdk8s';
import { Construct } from 'constructs';
import { DeliveryDefaults } from '../../src/delivery';
import { GatewayDefaults } from '../../src/gateway';
import { MeshDefaults } from '../../src/mesh';
import { NetworkDefaults } from '../../src/network';
import { PipelineDefaults } from '../../src/pipeline';
import { Environment } from '../../src/profile/environment';
import { PlatformProfile } from '../../src/profile/platform-profile';
import { SecurityDefaults } from '../../src/security';
import { StoreDefaults } from '../../src/stores';
import { DeliveryStrategy } from '../../src/values/delivery-strategy';
import { Port } from '../../src/values/port';
import { Probe } from '../../src/values/probe';
import { WorkloadDefaults } from '../../src/workloads';
import { group, profileWith } from '../support/platform';
import { ALL_SECTIONS, environmentOf, valuesOf } from '../support/settings';
import type { AnyChanges } from '../support/settings';

const standard = PlatformProfile.standard();

describe('customizing', () => {
  test('changes what is named, in a profile of its own', () => {
    const changed = profileWith({ sidecar: { resources: { cpuLimit: '500m' } }, calls: { retries: 5 }, ports: [Port.http(8080)] });
    expect(ALL_SECTIONS.sidecar.of(changed).resources).toEqual({ ...ALL_SECTIONS.sidecar.of(standard).resources, cpuLimit: '500m' });
    expect(ALL_SECTIONS.calls.of(changed).timeout).toBe(ALL_SECTIONS.calls.of(standard).timeout);
    expect(changed._values.ports.map(({ number }) => number)).toEqual([8080]);
    expect(ALL_SECTIONS.calls.of(standard).retries).toBe(3);
  });

  test('adds to what is by name', () => {
    const { quotas, labels } = profileWith({ quotas: { 'core-business-prod': { cpu: '60', memory: '100Gi' }, 'own': { cpu: '1', memory: '1Gi' } }, labels: { team: 'a' } })._values;
    expect([quotas['core-business-prod'].cpu, quotas.own.cpu, quotas['platform-prod'].cpu, labels]).toEqual(['60', '1', '30', { team: 'a' }]);
  });

  test('takes plain data as other languages hand it over, and what is undefined as not said', () => {
    const changes = JSON.parse('{"calls": {"retries": 1}, "imageRegistry": "r.example.com"}');
    expect(valuesOf(profileWith({ ...changes, logLevel: undefined }))).toMatchObject({ calls: { retries: 1 }, imageRegistry: 'r.example.com', logLevel: 'info' });
    const bare = Object.assign(Object.create(null), { calls: Object.assign(Object.create(null), { retries: 2 }) });
    expect(ALL_SECTIONS.calls.of(profileWith(bare))).toMatchObject({ retries: 2 });
  });

  test('completes a probe and a strategy, so that no default of Kubernetes shows', () => {
    const { probes, delivery } = profileWith({ probes: { readiness: Probe.httpGet('/ready', { period: Duration.seconds(9) }) }, delivery: DeliveryStrategy.rolling({ maxSurge: 1 }) })._values;
    expect(probes.readiness._toKube([Port.http(8000)])).toEqual({
      httpGet: { path: '/ready', port: 'http' }, initialDelaySeconds: 5, periodSeconds: 9, timeoutSeconds: 2, failureThreshold: 3,
    });
    expect(delivery._toKube().rollingUpdate).toEqual({ maxSurge: 1, maxUnavailable: 0 });
  });

  test('remembers who said what', () => {
    const profile = standard.with(WorkloadDefaults.of({ calls: { retries: 5 } }))
      ._in(Environment.of('prod').with(WorkloadDefaults.of({ calls: { timeout: Duration.seconds(9) } })));
    ALL_SECTIONS.calls.of(profile);
    expect(['calls.retries', 'calls.timeout', 'calls.retryInterval'].map((setting) => profile._origin(setting))).toEqual([
      'WorkloadDefaults.of', "Environment 'prod'", 'PlatformProfile.standard',
    ]);
  });

  test.each(['{"__proto__": {"polluted": true}}', '{"labels": {"__proto__": {"polluted": true}}}', '{"calls": {"constructor": {"prototype": {"polluted": true}}}}'])('touches no prototype: %s', (json) => {
    const name = json.includes('constructor') ? 'calls.constructor' : json.includes('labels') ? 'labels.__proto__' : '__proto__';
    expect(() => profileWith(JSON.parse(json))).toThrow(new Error(`PlatformProfile.customize: '${name}' can be no name. Remove it.`));
    expect(({} as any).polluted).toBeUndefined();
  });
});

describe('a profile is in force', () => {
  test('below the construct that has it, and the standard one elsewhere', () => {
    const chart = new Chart(Testing.app(), 'chart');
    const [inner, outer] = [new Construct(chart, 'a'), new Construct(chart, 'b')];
    const [one, other] = [profileWith({ logLevel: 'warn' }), profileWith({ logLevel: 'debug' })];
    PlatformProfile.provide(inner, one);
    expect(PlatformProfile.of(new Construct(inner, 'deep'))).toBe(one);
    expect(PlatformProfile.of(outer)).toBe(standard);
    PlatformProfile.provide(chart, other);
    expect([PlatformProfile.of(inner), PlatformProfile.of(outer)]).toEqual([one, other]);
  });
});

describe('the settings in force', () => {
  const chart = group({ profile: profileWith({ calls: { retries: 5 }, imageRegistry: 'r.example.com' }) });

  test('are read from the profile, and from the class of each submodule', () => {
    expect(PlatformProfile.of(chart).settings).toMatchObject({ imageRegistry: 'r.example.com', clusterDomain: 'cluster.local', scaling: { min: 3 } });
    expect(WorkloadDefaults.inForce(new Construct(chart, 'own')).calls).toMatchObject({ timeout: Duration.seconds(30), retries: 5, retryInterval: Duration.seconds(1) });
  });

  test('contain every section, with every setting', () => {
    const all = {
      ...PlatformProfile.of(chart).settings,
      ...StoreDefaults.inForce(chart),
      ...WorkloadDefaults.inForce(chart),
      ...GatewayDefaults.inForce(chart),
      ...MeshDefaults.inForce(chart),
      ...NetworkDefaults.inForce(chart),
      ...SecurityDefaults.inForce(chart),
      ...DeliveryDefaults.inForce(chart),
      ...PipelineDefaults.inForce(chart),
    };
    expect(all).toEqual(valuesOf(PlatformProfile.of(chart)));
  });
});

test.each<[object, string]>([
  [{ imageRegistri: 'x' }, "unknown setting 'imageRegistri'. Did you mean 'imageRegistry'?"],
  [{ calls: { retires: 3 } }, "unknown setting 'calls.retires'. Did you mean 'calls.retries'?"],
  [{ spread: { zones: 3 } }, "unknown setting 'spread.zones'. Known are antiAffinityWeight, maxSkew."],
  [{ calls: 3 }, 'expected calls to be an object, got 3. Leave it out, or give a value of its kind.'],
  [{ calls: null }, 'expected calls to be an object, got null. Leave it out, or give a value of its kind.'],
  [{ calls: { timeout: 30 } }, 'expected calls.timeout to be a Duration, got 30. Leave it out, or give a value of its kind.'],
  [{ calls: { retries: '3' } }, "expected calls.retries to be a number, got '3'. Leave it out, or give a value of its kind."],
  [{ ports: 8000 }, 'expected ports to be a list, got 8000. Leave it out, or give a value of its kind.'],
  [{ calls: { retries: -1 } }, 'expected calls.retries to be a whole number of 0 or more, got -1. Use 0 or more.'],
  [{ calls: { retriedHttpCodes: '5xx' } }, "expected calls.retriedHttpCodes to be status codes from 100 to 599, got '5xx'. Write codes and ranges without spaces, such as '4,14' or '502-504'."],
  [{ calls: { retriedHttpCodes: '504-502' } }, "expected calls.retriedHttpCodes to be status codes from 100 to 599, got '504-502'. Write codes and ranges without spaces, such as '4,14' or '502-504'."],
  [{ calls: { retriedHttpCodes: '' } }, "expected calls.retriedHttpCodes to be status codes from 100 to 599, got ''. Write codes and ranges without spaces, such as '4,14' or '502-504'."],
  [{ calls: { retriedGrpcCodes: '14-17' } }, "expected calls.retriedGrpcCodes to be status codes from 0 to 16, got '14-17'. Write codes and ranges without spaces, such as '4,14' or '502-504'."],
  [{ calls: { retries: NaN } }, 'expected calls.retries to be a whole number of 0 or more, got NaN. Use 0 or more.'],
  [{ imageRegistry: '' }, 'imageRegistry is empty. Write at least one word.'],
  [{ logLevel: 'warning' }, "expected logLevel to be one of debug, info, warn, error, got 'warning'. Use 'debug'."],
  [{ sidecar: { appProtocol: 'htp' } }, "expected sidecar.appProtocol to be one of http, https, h2c, grpc, grpcs, got 'htp'. Use 'http'."],
  [{ sidecar: { memoryTargetPercent: 101 } }, 'expected sidecar.memoryTargetPercent to be a whole number from 1 to 100, got 101. Use 100 or less.'],
  [{ sidecar: { readiness: { initialDelay: Duration.millis(500) } } }, 'expected initialDelay to be 0 or more whole seconds, got 0.5 seconds. Use Duration.seconds(1).'],
  [{ security: { userId: 0 } }, 'expected security.userId to be a whole number of 10000 or more, got 0. Use 10000 or more.'],
  [{ security: { podSecurityLevel: 'strict' } }, "expected security.podSecurityLevel to be one of privileged, baseline, restricted, got 'strict'. Use 'privileged'."],
  [{ scaling: { min: 11 } }, 'min 11 is more than max 10. Raise max to 11 or lower min to 10.'],
  [{ scaling: { scaleUpPeriod: Duration.hours(1) } }, 'expected scaleUpPeriod to be 1 to 1800 whole seconds, got 3600 seconds. Use Duration.seconds(1800).'],
  [{ rollout: { progressDeadline: Duration.seconds(10) } }, 'expected rollout.progressDeadline to be 11 or more whole seconds, got 10 seconds. Use Duration.seconds(11).'],
  [{ rollout: { drain: Duration.millis(1) } }, 'expected rollout.drain to be 0 or more whole seconds, got 0.001 seconds. Use Duration.seconds(1).'],
  [{ network: { traceSamplingRate: 10 } }, 'expected network.traceSamplingRate from 0 to 1, got 10. Use a share such as 0.1.'],
  [{ tiers: { critical: { priority: 2_000_000_000 } } }, 'expected tiers.critical.priority to be a whole number from 1 to 1000000000, got 2000000000. Use 1000000000 or less.'],
  [{ resources: { cpuRequest: '2' } }, 'cpuRequest 2 is more than cpuLimit 500m, so the cluster refuses the pod. Lower cpuRequest or raise cpuLimit.'],
  [{ labels: { 'a b': 'c' } }, "'a b' is not the name of a label. Use letters, digits, '-', '_' and '.', at most 63, such as 'team' or 'example.com/team'."],
  [{ labels: { app: 'other' } }, "the label 'app' is set by the library on every object. Give the label another name, such as one with the prefix of your organisation."],
  [{ labels: { 'app.kubernetes.io/managed-by': 'other' } }, "the label 'app.kubernetes.io/managed-by' is set by the library on every object. Give the label another name, such as one with the prefix of your organisation."],
  [{ labels: { team: 'x'.repeat(64) } }, `the label 'team' cannot have the value '${'x'.repeat(57)}...'. Use letters, digits, '-', '_' and '.', at most 63, and begin and end with a letter or digit.`],
  [{ containerLimits: { max: { cpu: '100m' } } }, 'containerLimits.defaultLimit.cpu 200m is more than containerLimits.max.cpu 100m. Lower the one or raise the other.'],
  [{ redis: { port: 70000 } }, 'expected redis.port to be a whole number from 1 to 65535, got 70000. Use 65535 or less.'],
])('fails where it is said, and not in every service: %j', (changes, message) => {
  expect(() => profileWith(changes as AnyChanges)).toThrow(new Error(`PlatformProfile.customize: ${message}`));
});

test('an environment\'s own changes are checked as a profile\'s are', () => {
  expect(() => group({ environment: environmentOf('qa', { calls: { retires: 1 } } as object) })).toThrow(new Error(
    "Environment 'qa': unknown setting 'calls.retires'. Did you mean 'calls.retries'?",
  ));
});
