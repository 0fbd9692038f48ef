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
])('fails on a wrong probe: %#', (define, message) => {
  expect(define).toThrow(new Error(message));
});

test('fails with the path of the construct that has the probe', () => {
  const chart = new Chart(Testing.app(), 'shop');
  expect(() => Probe.grpc()._toKube([], chart))
    .toThrow(new Error('[shop] the probe finds no port, because the container has none. Give the container a port.'));
});
