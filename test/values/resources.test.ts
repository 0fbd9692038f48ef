import { Resources } from '../../src/values/resources';

const APPLICATION = { cpuRequest: '200m', cpuLimit: '500m', memoryRequest: '512Mi', memoryLimit: '1Gi' };

test('requests and limits are rendered as they were given', () => {
  expect(Resources.of({ ...APPLICATION, ephemeralStorageRequest: '256Mi', ephemeralStorageLimit: '512Mi' })._toKube()).toEqual({
    requests: { 'cpu': '200m', 'memory': '512Mi', 'ephemeral-storage': '256Mi' },
    limits: { 'cpu': '500m', 'memory': '1Gi', 'ephemeral-storage': '512Mi' },
  });
});

test('what is not set is not rendered', () => {
  expect(Resources.of({ memoryLimit: '1Gi' })._toKube()).toEqual({ limits: { memory: '1Gi' } });
  expect(Resources.of({ cpuRequest: '1', cpuLimit: undefined })._toKube()).toEqual({ requests: { cpu: '1' } });
  expect(Resources.of({})._toKube()).toEqual({});
});

test('an amount can be replaced, and the others stay', () => {
  const before = Resources.of(APPLICATION);
  const after = before.with({ cpuLimit: '2', memoryLimit: undefined });
  expect(after._toKube()).toEqual({ requests: { cpu: '200m', memory: '512Mi' }, limits: { cpu: '2', memory: '1Gi' } });
  expect(before._toKube().limits).toEqual({ cpu: '500m', memory: '1Gi' });
});

test('defaults fill what is not set, and nothing else', () => {
  expect(Resources.of({ cpuLimit: '1' })._merge(APPLICATION)._toKube())
    .toEqual({ requests: { cpu: '200m', memory: '512Mi' }, limits: { cpu: '1', memory: '1Gi' } });
});

test('amounts can be read exactly', () => {
  expect(Resources.of(APPLICATION)._amounts.cpuLimit?._units).toBe(500n);
  expect(Resources.of({})._amounts.cpuLimit).toBeUndefined();
});

test('guaranteed resources reserve all that they may use', () => {
  expect(Resources.of(APPLICATION)._guaranteed()._toKube())
    .toEqual({ requests: { cpu: '500m', memory: '1Gi' }, limits: { cpu: '500m', memory: '1Gi' } });
  expect(Resources.of({ cpuRequest: '1', memoryLimit: '1Gi', ephemeralStorageRequest: '1Gi' })._guaranteed()._toKube())
    .toEqual({ requests: { 'cpu': '1', 'memory': '1Gi', 'ephemeral-storage': '1Gi' }, limits: { cpu: '1', memory: '1Gi' } });
});

test('fails to guarantee what is unlimited', () => {
  expect(() => Resources.of({ cpuLimit: '1' })._guaranteed())
    .toThrow(new Error('Resources: memory has neither request nor limit, so the pod cannot be Guaranteed. Set memoryLimit.'));
});

test.each([
  [{ cpuRequest: '1', cpuLimit: '500m' },
    'cpuRequest 1 is more than cpuLimit 500m, so the cluster refuses the pod. Lower cpuRequest or raise cpuLimit.'],
  [{ memoryRequest: '1Gi', memoryLimit: '1G' },
    'memoryRequest 1Gi is more than memoryLimit 1G, so the cluster refuses the pod. Lower memoryRequest or raise memoryLimit.'],
  [{ ephemeralStorageRequest: '2Gi', ephemeralStorageLimit: '1Gi' },
    'ephemeralStorageRequest 2Gi is more than ephemeralStorageLimit 1Gi, so the cluster refuses the pod. '
    + 'Lower ephemeralStorageRequest or raise ephemeralStorageLimit.'],
  [{ memoryLimit: '100GB' }, "memoryLimit '100GB' is not a quantity of memory: 'GB' is no unit. Write '100G'."],
  [{ ephemeralStorageLimit: '1 Gi' }, "ephemeralStorageLimit '1 Gi' is not a quantity of storage: it has a blank. Write '1Gi'."],
])('fails on %j', (amounts, message) => {
  expect(() => Resources.of(amounts)).toThrow(new Error(`Resources.of: ${message}`));
});

test('fails when a replaced or a default amount does not fit the others', () => {
  expect(() => Resources.of(APPLICATION).with({ cpuLimit: '100m' })).toThrow(new Error(
    'Resources.with: cpuRequest 200m is more than cpuLimit 100m, so the cluster refuses the pod. Lower cpuRequest or raise cpuLimit.'));
  expect(() => Resources.of({ cpuRequest: '2' })._merge(APPLICATION)).toThrow(new Error(
    'Resources: cpuRequest 2 is more than cpuLimit 500m, so the cluster refuses the pod. Lower cpuRequest or raise cpuLimit.'));
});

test('a request equal to its limit in another notation is right', () => {
  expect(() => Resources.of({ cpuRequest: '1000m', cpuLimit: '1', memoryRequest: '1024Mi', memoryLimit: '1Gi' })).not.toThrow();
});
