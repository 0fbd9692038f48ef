import { Chart, Duration, Testing } from 'cdk8s';
import { Port } from '../../src/values/port';
import { Probe } from '../../src/values/probe';

const PORTS = [Port.http(8000), Port.grpc(9000), Port.of('admin', 9901)];

test('HTTP is asked by the name of the port', () => {
  const probe = Probe.httpGet('/health/live', {
    initialDelay: Duration.seconds(10), period: Duration.minutes(1), timeout: Duration.seconds(2), failureThreshold: 3, successThreshold: 1,
  });
  expect(probe._toKube(PORTS)).toEqual({
    httpGet: { path: '/health/live', port: 'http' },
    initialDelaySeconds: 10,
    periodSeconds: 60,
    timeoutSeconds: 2,
    failureThreshold: 3,
    successThreshold: 1,
  });
});

test('gRPC is asked by the number of the port', () => {
  expect(Probe.grpc()._toKube(PORTS)).toStrictEqual({ grpc: { port: 9000 } });
});

test('TCP is asked at the first port', () => {
  expect(Probe.tcpSocket()._toKube([Port.of('amqp', 5672), ...PORTS])).toStrictEqual({ tcpSocket: { port: 'amqp' } });
});

test('a command is run in the container, whatever ports it has', () => {
  const probe = Probe.exec(['redis-cli', 'ping'], { period: Duration.seconds(10) });
  expect(probe._toKube([])).toStrictEqual({ exec: { command: ['redis-cli', 'ping'] }, periodSeconds: 10 });
  expect(probe._toKube(PORTS)).toStrictEqual({ exec: { command: ['redis-cli', 'ping'] }, periodSeconds: 10 });
});

test('no probe stays none, whatever the defaults are', () => {
  expect(Probe.none()._toKube(PORTS)).toBeUndefined();
  expect(Probe.none()._merge({ period: Duration.seconds(5) })._toKube([])).toBeUndefined();
});

test('HTTP probes have headers, and defaults never add any', () => {
  const headers = { 'X-Probe': 'kubelet', 'Host': 'order.example' };
  expect(Probe.httpGet('/', { headers })._toKube(PORTS)).toStrictEqual({
    httpGet: { path: '/', port: 'http', httpHeaders: [{ name: 'X-Probe', value: 'kubelet' }, { name: 'Host', value: 'order.example' }] },
  });
  expect(Probe.grpc()._merge(Probe.httpGet('/', { headers })._timing)._toKube(PORTS)).toStrictEqual({ grpc: { port: 9000 } });
});

test('a port with TLS is asked by HTTPS', () => {
  expect(Probe.httpGet('/', { port: 'https' })._toKube([Port.https(8443)])).toStrictEqual({ httpGet: { path: '/', port: 'https', scheme: 'HTTPS' } });
});

test('another port can be asked', () => {
  expect(Probe.httpGet('/', { port: 'admin' })._toKube(PORTS)).toEqual({ httpGet: { path: '/', port: 'admin' } });
  expect(Probe.grpc({ port: 'admin' })._toKube(PORTS)).toEqual({ grpc: { port: 9901 } });
  expect(Probe.tcpSocket({ port: 'admin' })._toKube(PORTS)).toEqual({ tcpSocket: { port: 'admin' } });
});

test('no delay at all can be asked for', () => {
  expect(Probe.grpc({ initialDelay: Duration.seconds(0) })._toKube(PORTS)).toEqual({ grpc: { port: 9000 }, initialDelaySeconds: 0 });
});

test('defaults fill the timing that is not set, and the path stays', () => {
  const standard = Probe.httpGet('/health', { period: Duration.seconds(5), timeout: Duration.seconds(2), port: 'admin' });
  expect(Probe.httpGet('/own', { period: Duration.seconds(9), timeout: undefined })._merge(standard._timing)._toKube(PORTS))
    .toEqual({ httpGet: { path: '/own', port: 'admin' }, periodSeconds: 9, timeoutSeconds: 2 });
});

test.each<[() => unknown, string]>([
  [() => Probe.httpGet(''), "Probe.httpGet: the path is empty. Write '/' for the root."],
  [() => Probe.httpGet('health'), "Probe.httpGet: expected a path that begins with '/' and has no blank, got 'health'. Write '/health'."],
  [() => Probe.httpGet('/is it up'),
    "Probe.httpGet: expected a path that begins with '/' and has no blank, got '/is it up'. Write '/is%20it%20up'."],
  [() => Probe.httpGet('/a\r\nHost: x'),
    'Probe.httpGet: the path "/a\\r\\nHost: x" has the control or invisible character U+000D. Write one line of plain text.'],
  ...['//ready', '/a/../ready', '/%2e/ready', '/ready/.?full=1'].map((path): [() => unknown, string] => [() => Probe.httpGet(path),
    `Probe.httpGet: '${path}' is a path that servers redirect, and the kubelet takes a redirect for a success. Write it without '//', '/.' and '/..'.`]),
  [() => Probe.httpGet(8000 as unknown as string), 'Probe.httpGet: expected the path to be text, got 8000. Write it in quotes.'],
  [() => Probe.httpGet('/', { period: Duration.seconds(0) }),
    'Probe.httpGet: expected period to be 1 or more whole seconds, got 0 seconds. Use Duration.seconds(1).'],
  [() => Probe.grpc({ timeout: Duration.millis(500) }),
    'Probe.grpc: expected timeout to be 1 or more whole seconds, got 0.5 seconds. Use Duration.seconds(1).'],
  [() => Probe.tcpSocket({ initialDelay: Duration.millis(1500) }),
    'Probe.tcpSocket: expected initialDelay to be 0 or more whole seconds, got 1.5 seconds. Use Duration.seconds(2).'],
  [() => Probe.grpc({ failureThreshold: 0 }),
    'Probe.grpc: expected failureThreshold to be a whole number of 1 or more, got 0. Use 1 or more.'],
  [() => Probe.grpc({ successThreshold: 1.5 }),
    'Probe.grpc: expected successThreshold to be a whole number of 1 or more, got 1.5. Use 1.'],
  [() => Probe.grpc()._merge({ period: Duration.seconds(0) }),
    'Probe: expected period to be 1 or more whole seconds, got 0 seconds. Use Duration.seconds(1).'],
  [() => Probe.grpc()._toKube([]), 'Probe.grpc: the probe finds no port, because the container has none. Give the container a port.'],
  [() => Probe.tcpSocket()._toKube([]), 'Probe.tcpSocket: the probe finds no port, because the container has none. Give the container a port.'],
  [() => Probe.httpGet('/', { port: 'admn' })._toKube(PORTS),
    "Probe.httpGet: the probe asks port 'admn', and the container has http, grpc, admin. Set port to 'admin'."],
  [() => Probe.httpGet('/')._toKube([Port.grpc(9000)]),
    "Probe.httpGet: the probe asks port 'http', and the container has grpc. Use Probe.grpc()."],
  [() => Probe.grpc()._toKube([Port.of('amqp', 5672)]),
    "Probe.grpc: the probe asks port 'grpc', and the container has amqp. Set port to one of them."],
  [() => Probe.exec([]), 'Probe.exec: the command is empty, and Kubernetes ignores an empty list. Leave it out, or name at least one word.'],
  [() => Probe.exec(['']), 'Probe.exec: the command begins with an empty text, and no program has that name. Name the program first.'],
  [() => Probe.exec('ping' as unknown as string[]), "Probe.exec: expected the command as a list of texts, got 'ping'. Write a list such as ['server', '--verbose']."],
  [() => Probe.exec(['sleep', 1 as unknown as string]), 'Probe.exec: expected the command as a list of texts, got 1 at position 2. Write it in quotes.'],
  [() => Probe.exec(['echo', 'a\0b']), 'Probe.exec: the command has a zero byte at position 2, and no program can have such an argument. Remove it.'],
  [() => Probe.exec(['ping'], { port: 'http' }), "Probe.exec: a command uses no port, and port is 'http'. Leave port out."],
  [() => Probe.exec(['ping'], { headers: {} }), 'Probe.exec: only HTTP probes have headers. Use Probe.httpGet(), or leave headers out.'],
  [() => Probe.tcpSocket({ headers: { A: 'b' } }), 'Probe.tcpSocket: only HTTP probes have headers. Use Probe.httpGet(), or leave headers out.'],
  [() => Probe.httpGet('/', { headers: { 'X Probe': 'a' } }), "Probe.httpGet: 'X Probe' is not the name of a header. Use letters, digits and '-', such as 'X-Probe'."],
  [() => Probe.httpGet('/', { headers: { 'X-Probe': 'a\nb' } }),
    'Probe.httpGet: the header \'X-Probe\' cannot have the value "a\\nb". Write one line of printable ASCII text.'],
  [() => Probe.httpGet('/', { headers: { authorization: 'Bearer x' } }),
    "Probe.httpGet: the header 'authorization' is a credential, and everyone who may read the manifest would see it. Serve the path of the probe without authentication."],
  [() => Probe.httpGet('/', { headers: { 'X-A': '1', 'x-a': '2' } }), "Probe.httpGet: has the header 'x-a' twice, because case does not matter. Remove one of them."],
])('fails on a wrong probe: %#', (define, message) => {
  expect(define).toThrow(new Error(message));
});

test('fails with the path of the construct that has the probe', () => {
  const chart = new Chart(Testing.app(), 'shop');
  expect(() => Probe.grpc()._toKube([], chart))
    .toThrow(new Error('[shop] the probe finds no port, because the container has none. Give the container a port.'));
});
