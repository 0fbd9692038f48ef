import { Port } from '../../src/values/port';

test.each([
  [Port.http(8000), { name: 'http', number: 8000, _appProtocol: 'http' }],
  [Port.grpc(9000), { name: 'grpc', number: 9000, _appProtocol: 'kubernetes.io/h2c' }],
  [Port.metrics(9100), { name: 'metrics', number: 9100, _appProtocol: 'http' }],
  [Port.of('amqp', 5672), { name: 'amqp', number: 5672, _appProtocol: undefined }],
])('a port says its name, its number and what is spoken: %#', (port, parts) => {
  expect({ ...port }).toEqual(parts);
});

test.each([[1024], [65535]])('port %d is open to a process that is not root', (number) => {
  expect(Port.http(number).number).toBe(number);
});

const ROOT = 'Use 1024 or more, because only root may listen below, and the Service can still offer the lower port.';

test.each<[unknown, string]>([
  [80, `got 80. ${ROOT}`],
  [1023, `got 1023. ${ROOT}`],
  [0, 'got 0. Use 1024 or more.'],
  [-8000, 'got -8000. Use 1024 or more.'],
  [70000, 'got 70000. Use 65535 or less.'],
  [8000.5, 'got 8000.5. Use 8000.'],
  [NaN, 'got NaN. Use 1024 or more.'],
  ['8000', "got '8000'. Write a number without quotes."],
  [true, 'got true. Use 1024 or more.'],
])('fails on port %p', (number, message) => {
  expect(() => Port.grpc(number as number)).toThrow(new Error(`Port.grpc: expected a whole number from 1024 to 65535, ${message}`));
});

test.each(['a', 'x9', '9p', 'http-admin', 'abcdefghijklmno'])('a port can be named %s', (name) => {
  expect(Port.of(name, 8000).name).toBe(name);
});

test.each<[unknown, string]>([
  ['', "''"], ['HTTP', "'HTTP'"], ['a_b', "'a_b'"], ['a.b', "'a.b'"], ['a b', "'a b'"], ['-a', "'-a'"], ['a-', "'a-'"], ['a--b', "'a--b'"],
  ['8000', "'8000'"], ['abcdefghijklmnop', "'abcdefghijklmnop'"], ['a\n', '"a\\n"'], ['\u0430', "'\u0430'"], [8000, '8000'],
  ['a'.repeat(100_000), `'${'a'.repeat(57)}...'`],
])('fails on the port name %p', (name, shown) => {
  expect(() => Port.of(name as string, 8000)).toThrow(new Error(`Port.of: ${shown} is not the name of a port. `
    + "Use at most 15 lower-case letters, digits and single '-', at least one letter, such as 'admin'."));
});
