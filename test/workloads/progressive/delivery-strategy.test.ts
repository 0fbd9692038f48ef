import fc from 'fast-check';
import { DeliveryStrategy } from '../../../src/values/delivery-strategy';
import { Scaling } from '../../../src/values/scaling';
import { FileStorage } from '../../../src/workloads/file-storage';
import { messageOf } from '../../support/message-of';
import { findings, group, manifestsOf, service } from '../../support/platform';

test.each([
  [{ maxSurgePercent: 100, maxUnavailable: 0 }, { maxSurge: '100%', maxUnavailable: 0 }],
  [{ maxSurgePercent: 0, maxUnavailablePercent: 25 }, { maxSurge: 0, maxUnavailable: '25%' }],
  [{ maxSurge: 2, maxUnavailablePercent: 0 }, { maxSurge: 2, maxUnavailable: 0 }],
  [{ maxSurge: 1 }, { maxSurge: 1 }],
  [{}, {}],
])('a rolling update of %j', (options, rollingUpdate) => {
  expect(DeliveryStrategy.rolling(options)._toKube()).toStrictEqual({ type: 'RollingUpdate', rollingUpdate });
});

test('a default fills a field that is not set in either form', () => {
  const standard = DeliveryStrategy.rolling({ maxSurgePercent: 100, maxUnavailable: 0 });
  expect(DeliveryStrategy.rolling()._completedBy(standard)._toKube().rollingUpdate).toEqual({ maxSurge: '100%', maxUnavailable: 0 });
  expect(DeliveryStrategy.rolling({ maxSurge: 1 })._completedBy(standard)._toKube().rollingUpdate).toEqual({ maxSurge: 1, maxUnavailable: 0 });
  expect(DeliveryStrategy.rolling({ maxUnavailablePercent: 10 })._completedBy(standard)._toKube().rollingUpdate)
    .toEqual({ maxSurge: '100%', maxUnavailable: '10%' });
});

test('the surge is rounded up to whole pods', () => {
  expect(DeliveryStrategy.rolling({ maxSurge: 2 })._surge(10)).toBe(2);
  expect(DeliveryStrategy.rolling()._surge(10)).toBe(0);
  fc.assert(fc.property(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 0, max: 500 }), (percent, replicas) => {
    const surge = DeliveryStrategy.rolling({ maxSurgePercent: percent })._surge(replicas);
    expect(surge * 100).toBeGreaterThanOrEqual(replicas * percent);
    expect((surge - 1) * 100).toBeLessThan(replicas * percent || 1);
  }));
});

const STUCK = 'maxSurge and maxUnavailable are both 0, so no pod could ever be replaced. Use maxSurge 1.';

test.each([
  [{ maxSurge: 0, maxUnavailable: 0 }, STUCK],
  [{ maxSurgePercent: 0, maxUnavailablePercent: 0 }, STUCK],
  [{ maxSurge: 0, maxUnavailablePercent: 0 }, STUCK],
  [{ maxSurge: 1, maxSurgePercent: 10 }, 'maxSurge 1 and maxSurgePercent 10 are two forms of one field. Leave out maxSurge or maxSurgePercent.'],
  [{ maxUnavailable: 0, maxUnavailablePercent: 0 },
    'maxUnavailable 0 and maxUnavailablePercent 0 are two forms of one field. Leave out maxUnavailable or maxUnavailablePercent.'],
  [{ maxSurgePercent: 150 }, 'expected maxSurgePercent to be a whole number from 0 to 100, got 150. Use 100 or less.'],
  [{ maxUnavailablePercent: 101 }, 'expected maxUnavailablePercent to be a whole number from 0 to 100, got 101. Use 100 or less.'],
  [{ maxSurge: -1 }, 'expected maxSurge to be a whole number of 0 or more, got -1. Use 0 or more.'],
  [{ maxUnavailable: 0.5 }, 'expected maxUnavailable to be a whole number of 0 or more, got 0.5. Use 0.'],
])('fails on a rolling update of %j', (options, message) => {
  expect(() => DeliveryStrategy.rolling(options)).toThrow(new Error(`DeliveryStrategy.rolling: ${message}`));
});

test('fails if a default leaves no pod to replace', () => {
  expect(() => DeliveryStrategy.rolling({ maxSurge: 0 })._completedBy(DeliveryStrategy.rolling({ maxUnavailable: 0 }))).toThrow(new Error(`DeliveryStrategy.rolling: ${STUCK}`));
});

describe('a service that is recreated', () => {
  test('has no surge, whatever the profile says, and no options', () => {
    const standard = DeliveryStrategy.rolling({ maxSurgePercent: 100 });
    const strategy = DeliveryStrategy.recreate()._completedBy(standard);
    expect(strategy._toKube()).toStrictEqual({ type: 'Recreate' });
    expect([strategy._surge(10), `${strategy}`]).toEqual([0, 'recreate']);
  });

  test('can have a volume of one node, keeps its disruption budget, and is a finding while it has callers', () => {
    const chart = group();
    const props = {
      delivery: DeliveryStrategy.recreate(),
      scaling: Scaling.replicas(1),
      storage: FileStorage.persistent({ size: '1Gi', mountPath: '/data', accessMode: 'ReadWriteOncePod' }),
    };
    service(chart, 'ledger', props);
    service(chart, 'mover', { ...props, ports: [] });
    const manifests = manifestsOf(chart);
    expect(['ledger', 'mover'].map((name) => manifests.get('Deployment', name).spec.strategy)).toEqual([{ type: 'Recreate' }, { type: 'Recreate' }]);
    expect(manifests.get('PodDisruptionBudget', 'ledger').spec.maxUnavailable).toBe(1);
    expect(findings(chart).filter((finding) => finding.startsWith('MS-AVAIL-009'))).toEqual(['MS-AVAIL-009 [core-business-prod/ledger/Deployment] /spec/strategy']);
  });

  test('needs a shared volume for more than one replica', () => {
    expect(messageOf(() => service(group(), 'ledger', {
      delivery: DeliveryStrategy.recreate(), scaling: Scaling.replicas(2), storage: FileStorage.persistent({ size: '1Gi', mountPath: '/data', accessMode: 'ReadWriteOnce' }),
    }))).toContain('up to 2 pods at a time, roll-outs included, would share a volume that is ReadWriteOnce');
  });
});
