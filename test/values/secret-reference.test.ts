import { SecretReference } from '../../src/values/secret-reference';

test('a reference holds the way to the value', () => {
  const reference = SecretReference.of('database.order', 'tls_key.pem-1');
  expect({ ...reference }).toEqual({ name: 'database.order', key: 'tls_key.pem-1' });
  expect(reference._toKube()).toEqual({ secretKeyRef: { name: 'database.order', key: 'tls_key.pem-1' } });
  expect(reference.toString()).toBe('database.order/tls_key.pem-1');
});

const KEY = "is not a key of a Secret. Use letters, digits, '-', '_' and '.', such as 'password'.";

test.each<[string, unknown, string]>([
  ['Database', 'password', "the Secret 'Database' is not a DNS subdomain: it has 'D'. Write 'database'."],
  ['', 'password', "the Secret '' is not a DNS subdomain: it is empty. Use a to z, 0 to 9 and '-', at most 253 characters."],
  ['database', '', `'' ${KEY}`],
  ['database', 'pass word', `'pass word' ${KEY}`],
  ['database', '../password', `'../password' ${KEY}`],
  ['database', '..password', `'..password' ${KEY}`],
  ['database', '.', `'.' ${KEY}`],
  ['database', 'password\n', `"password\\n" ${KEY}`],
  ['database', 'a'.repeat(254), `'${'a'.repeat(57)}...' ${KEY}`],
  ['database', 1, `1 ${KEY}`],
])('fails on Secret %p, key %p', (name, key, message) => {
  expect(() => SecretReference.of(name, key as string)).toThrow(new Error(`SecretReference.of: ${message}`));
});
