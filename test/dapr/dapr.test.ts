import { Dapr } from '../../src/values/dapr';
import type { DaprOptions } from '../../src/values/dapr-options';

test('a sidecar is the rule, and a service without one says why', () => {
  expect(Dapr.sidecar()._reasonAgainst).toBeUndefined();
  expect(Dapr.none('plain TCP server')._reasonAgainst).toBe('plain TCP server');
});

test.each<[DaprOptions, string]>([
  [{ appId: 'Cart' }, "appId 'Cart' is not a DNS label: it has 'C'. Write 'cart'."],
  [{ appId: 'a'.repeat(59) }, `appId '${'a'.repeat(59)}' is not a DNS label: it has 59 characters, and 58 are the most. Use a to z, 0 to 9 and '-', at most 58 characters.`],
  [{ appPort: 70000 }, 'expected a whole number from 1 to 65535, got 70000. Use 65535 or less.'],
  [{ maxConcurrency: 0 }, 'expected maxConcurrency to be a whole number of 1 or more, got 0. Use 1 or more.'],
  [{ appProtocol: 'grcp' }, "expected appProtocol to be one of http, https, h2c, grpc, grpcs, got 'grcp'. Use 'grpc'."],
  [{ logLevel: 'inf' }, "expected logLevel to be one of debug, info, warn, error, got 'inf'. Use 'info'."],
])('fails on %j', (options, message) => {
  expect(() => Dapr.sidecar(options)).toThrow(new Error(`Dapr.sidecar: ${message}`));
});

test.each([['', 'reason is empty. Write at least one word.'], ['a\u202eb', 'reason "a\\u202eb" has the control or invisible character U+202E. Write one line of plain text.']])('fails without a reason that people can read: %j', (reason, message) => {
  expect(() => Dapr.none(reason)).toThrow(new Error(`Dapr.none: ${message}`));
});
