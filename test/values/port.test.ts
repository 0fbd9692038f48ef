import { Port } from '../../src/values/port';

test.each([
  [Port.http(8000), { name: 'http', number: 8000, servicePort: 8000, _appProtocol: 'http' }],
  [Port.grpc(9000), { name: 'grpc', number: 9000, servicePort: 9000, _appProtocol: 'kubernetes.io/h2c' }],
  [Port.metrics(9100), { name: 'metrics', number: 9100, servicePort: 9100, _appProtocol: 'http' }],
  [Port.of('amqp', 5672), { name: 'amqp', number: 5672, servicePort: 5672, _appProtocol: undefined }],
  [Port.http(8080, { servicePort: 80 }), { name: 'http', number: 8080, servicePort: 80, _appProtocol: 'http' }],
  [Port.https(8443, { servicePort: 443 }), { name: 'https', number: 8443, servicePort: 443, _appProtocol: 'https' }],
  [Port.grpc(9000, { servicePort: 81 }), { name: 'grpc', number: 9000, servicePort: 81, _appProtocol: 'kubernetes.io/h2c' }],
  [Port.metrics(9100, { servicePort: 82 }), { name: 'metrics', number: 9100, servicePort: 82, _appProtocol: 'http' }],
  [Port.of('amqp', 5672, { servicePort: 83 }), { name: 'amqp', number: 5672, servicePort: 83, _appProtocol: undefined }],
])('a port says its name, its number and what is spoken: %#', (port, parts) => {
  const { name, number, servicePort, _appProtocol } = port;
  expect({ name, number, servicePort, _appProtocol }).toEqual(parts);
});

test.each([[1], [80], [1024], [65535]])('a container may listen on port %d', (number) => {
  expect(Port.http(number).number).toBe(number);
});

test.each<[unknown, string]>([
  [0, 'got 0. Use 1 or more.'],
  [-8000, 'got -8000. Use 1 or more.'],
  [70000, 'got 70000. Use 65535 or less.'],
  [8000.5, 'got 8000.5. Use 8000.'],
  [NaN, 'got NaN. Use 1 or more.'],
  ['8000', "got '8000'. Write a number without quotes."],
  [true, 'got true. Use 1 or more.'],
])('fails on port %p, of a container and of a Service', (number, message) => {
  expect(() => Port.grpc(number as number)).toThrow(new Error(`Port.grpc: expected a whole number from 1 to 65535, ${message}`));
  expect(() => Port.http(8000, { servicePort: number as number })).toThrow(new Error(`Port.http: expected a whole number from 1 to 65535, ${message}`));
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
