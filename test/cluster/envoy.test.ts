import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server as HttpServer } from 'node:http';
import { type Agent, Agent as TlsAgent, request } from 'node:https';
import { type AddressInfo, connect as connectPlain, createServer as createTcpServer, type Server as TcpServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type ConnectionOptions, type TLSSocket } from 'node:tls';
import { Envoy } from './support/envoy';
import type { Manifest } from './support/manifest';
import { freePort } from './support/port';
import { eventually, run } from './support/process';
import { Redis } from './support/redis';
import { Ambassador } from '../../src/containers/ambassador';
import type { ISidecar } from '../../src/core/pod-container';
import { RedisCluster } from '../../src/stores/redis/redis-cluster';
import { Port } from '../../src/values/port';
import { Resources } from '../../src/values/resources';
import { SecretReference } from '../../src/values/secret-reference';
import { makeCertificates } from '../real-stores/certificates';
import { group, manifestsOf, service } from '../support/platform';

jest.setTimeout(60_000);

/** Files of an authority, and of a certificate of it. */
class Authority {
  readonly folder = mkdtempSync(join(tmpdir(), 'authority-'));

  constructor(name: string) {
    makeCertificates(this.folder, name, [name, 'localhost']);
  }

  read(file: string): string {
    return readFileSync(join(this.folder, file), 'utf8');
  }

  get files(): { [key: string]: string } {
    return Object.fromEntries(['tls.crt', 'tls.key', 'ca.crt'].map((file) => [file, this.read(file)]));
  }
}

const [serving, renewed, callers] = ['order', 'order', 'callers'].map((name) => new Authority(name));
afterAll(() => [serving, renewed, callers].forEach(({ folder }) => rmSync(folder, { recursive: true, force: true })));

function manifests(ports: Port[], sidecar: (chart: any) => ISidecar, uses = false): Manifest[] {
  const chart = group();
  const redis = sidecar(chart);
  const order = service(chart, 'order', { ports, sidecars: [redis], resources: Resources.of({ cpuLimit: '1' }) });
  if (uses) order.uses(chart.node.findChild('redis') as any);
  return manifestsOf(chart).all.filter(({ metadata }) => metadata.name.startsWith('order'));
}

describe('Envoy that takes TLS for an application', () => {
  let application: HttpServer;
  let wire: TcpServer;
  let envoy: Envoy;
  let port: number;
  let wirePort: number;

  beforeAll(async () => {
    application = createServer((asked, answer) => answer.end(`${asked.method} ${asked.url} of ${asked.headers['x-forwarded-for']} by ${asked.headers['x-forwarded-proto']}`));
    await new Promise<void>((done) => { application.listen(0, '127.0.0.1', done); });
    wire = createTcpServer((socket) => socket.pipe(socket));
    await new Promise<void>((done) => { wire.listen(0, '127.0.0.1', done); });
    [port, wirePort] = [await freePort(), await freePort()];
    const status = await freePort();
    const ports = [Port.http((application.address() as AddressInfo).port), Port.of('wire', (wire.address() as AddressInfo).port)];
    envoy = new Envoy(manifests(ports, () => Ambassador.tls({
      certificate: 'order-tls', ports: { http: Port.https(port), wire: Port.of('wires', wirePort) }, statusPort: Port.of('envoy-status', status),
    })), 'tls-ambassador');
    envoy.provide('order-tls', serving.files);
    await envoy.start();
  });
  afterAll(async () => {
    await envoy?.stop();
    application?.close();
    wire?.close();
  });

  const ask = (path: string, options: ConnectionOptions = {}): Promise<string> => new Promise((done, failed) => {
    const agent: Agent = new TlsAgent({ ...options, keepAlive: false });
    const asking = request({ host: '127.0.0.1', port, path, agent, ca: serving.read('ca.crt'), servername: 'order', timeout: 5000, ...options }, (answer) => {
      answer.setEncoding('utf8');
      let body = '';
      answer.on('data', (part) => { body += part; });
      answer.on('end', () => done(body));
    });
    asking.on('timeout', () => asking.destroy(new Error('no answer')));
    asking.on('error', failed);
    asking.end();
  });
  const shake = (to: number, options: ConnectionOptions): Promise<TLSSocket> => new Promise((done, failed) => {
    const socket: TLSSocket = connect({ host: '127.0.0.1', port: to, ca: serving.read('ca.crt'), servername: 'order', ...options }, () => done(socket));
    socket.on('error', failed);
  });

  test('finds the configuration right', async () => {
    const { status, stderr, stdout } = await envoy.validate();
    expect({ status, said: `${stdout}${stderr}`.match(/configuration '.*' OK/)?.length }).toEqual({ status: 0, said: 1 });
  });

  test.each<[string, [string, string], RegExp]>([
    ['a misspelt field', ['"use_remote_address"', '"use_remote_adress"'], /no such field: 'use_remote_adress'|use_remote_adress/],
    ['a version of TLS that is none', ['TLSv1_3', 'TLSv1_4'], /TLSv1_4/],
    ['a route to nobody', ['"cluster": "http"', '"cluster": "gone"'], /unknown cluster 'gone'/],
  ])('would find %s', async (_what, replaced, message) => {
    const { status, stderr } = await envoy.validate(replaced);
    expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringMatching(message) });
  });

  test('brings a request to it, and says who asked and how', async () => {
    expect(await ask('/orders/1')).toMatch(/^GET \/orders\/1 of [\d.]+ by https$/);
  });

  test('adds who asked to what a caller says of others, and says itself how', async () => {
    const answer = await run('curl', ['-sS', '--cacert', join(serving.folder, 'ca.crt'), '--connect-to', `order:443:127.0.0.1:${port}`, '-H', 'X-Forwarded-Proto: http', '-H', 'X-Forwarded-For: 203.0.113.9', 'https://order/']);
    expect(answer).toMatch(/^GET \/ of 203\.0\.113\.9,[\d.]+ by https$/);
  });

  test('speaks TLS 1.3, and HTTP/2 to those who can', async () => {
    const socket = await shake(port, { ALPNProtocols: ['h2', 'http/1.1'] });
    expect([socket.getProtocol(), socket.alpnProtocol]).toEqual(['TLSv1.3', 'h2']);
    socket.destroy();
  });

  test('refuses TLS 1.2', async () => {
    await expect(shake(port, { maxVersion: 'TLSv1.2' })).rejects.toThrow(/protocol version/);
    await expect(shake(wirePort, { maxVersion: 'TLSv1.2' })).rejects.toThrow(/protocol version/);
  });

  test('refuses who does not speak TLS', async () => {
    await expect(new Promise((done, failed) => {
      const socket = connectPlain(port, '127.0.0.1', () => socket.write('GET / HTTP/1.1\r\n\r\n'));
      socket.on('data', done);
      socket.on('error', failed);
      socket.on('close', () => failed(new Error('closed')));
    })).rejects.toThrow(/closed|ECONNRESET/);
  });

  test('brings bytes of another protocol as they are', async () => {
    const socket = await shake(wirePort, {});
    const echoed = new Promise((done) => socket.once('data', (data) => done(data.toString())));
    socket.write('\u0000any bytes');
    expect(await echoed).toBe('\u0000any bytes');
    socket.destroy();
  });

  test('shows its metrics, and of its administration nothing else', async () => {
    expect((await envoy.get('envoy-status', '/stats/prometheus')).body).toMatch(/^envoy_http_downstream_rq_total\{envoy_http_conn_manager_prefix="http"\} [1-9]/m);
    const refused = ['/', '/config_dump', '/certs', '/quitquitquit', '/stats'];
    expect(await Promise.all(refused.map(async (path) => (await envoy.get('envoy-status', path, 'POST')).status))).toEqual(refused.map(() => 404));
    expect((await envoy.get('envoy-status', '/live')).status).toBe(200);
  });

  test('serves a renewed certificate without a restart', async () => {
    envoy.provide('order-tls', renewed.files);
    await eventually(async () => expect(await ask('/', { ca: renewed.read('ca.crt') })).toContain('GET /'), 20);
    await expect(ask('/', { ca: serving.read('ca.crt') })).rejects.toThrow();
  });
});

describe('Envoy that verifies clients', () => {
  test('lets in those of the authority, and nobody else', async () => {
    const application = createServer((_asked, answer) => answer.end('served'));
    await new Promise<void>((done) => { application.listen(0, '127.0.0.1', done); });
    const [port, status] = [await freePort(), await freePort()];
    const envoy = new Envoy(manifests([Port.http((application.address() as AddressInfo).port)], () => Ambassador.tls({
      certificate: 'order-tls', clientAuthority: SecretReference.of('callers', 'ca.crt'), ports: { http: Port.https(port) }, statusPort: Port.of('envoy-status', status),
    })), 'tls-ambassador');
    try {
      envoy.provide('order-tls', serving.files);
      envoy.provide('callers', { 'ca.crt': callers.read('ca.crt') });
      await envoy.start();
      const ask = (...options: string[]) => run('curl', ['-sS', '--cacert', join(serving.folder, 'ca.crt'), '--connect-to', `order:443:127.0.0.1:${port}`, ...options, 'https://order/']);
      const by = ({ folder }: Authority) => ['--cert', join(folder, 'tls.crt'), '--key', join(folder, 'tls.key')];
      expect(await ask(...by(callers))).toBe('served');
      await expect(ask()).rejects.toThrow(/^curl .* ended with/);
      await expect(ask(...by(serving))).rejects.toThrow(/^curl .* ended with/);
      expect((await envoy.get('envoy-status', '/stats/prometheus')).body).toMatch(/^envoy_listener_ssl_fail_verify_no_cert\{.*\} 1$/m);
    } finally {
      await envoy.stop();
      application.close();
    }
  });
});

describe('Envoy between an application and Redis', () => {
  let redis: Redis;
  const envoys: Envoy[] = [];

  beforeAll(async () => { redis = await Redis.start(); });
  afterAll(async () => {
    await Promise.all(envoys.map((envoy) => envoy.stop()));
    await redis?.stop();
  });

  /** An Envoy, and the port on which the application finds Redis. */
  async function between(serverName: string, authority?: string): Promise<{ envoy: Envoy; port: number }> {
    const [port, status] = [await freePort(), await freePort()];
    const rendered = manifests([Port.http(8000)], (chart) => Ambassador.redis(
      RedisCluster.fromHost(chart, 'redis', 'localhost', { cidrs: ['10.0.0.0/24'], port: redis.port, secretName: 'redis' }),
      { authority: SecretReference.of('redis-authority', 'ca.crt'), port: Port.of('cache', port), statusPort: Port.of('envoy-status', status), serverName },
    ), true);
    const envoy = new Envoy(rendered, 'redis-ambassador');
    envoys.push(envoy);
    envoy.provide('redis', { username: Redis.USERNAME, password: Redis.PASSWORD });
    envoy.provide('redis-authority', { 'ca.crt': authority ?? readFileSync(redis.certificate.certificate, 'utf8') });
    expect(await envoy.validate()).toMatchObject({ status: 0 });
    return { envoy, port };
  }
  const command = (port: number, ...words: string[]) => run('redis-cli', ['-e', '-h', '127.0.0.1', '-p', `${port}`, ...words]);

  test('brings its commands there by TLS and with the password, which it does not know', async () => {
    const { port, envoy } = await between('localhost');
    await envoy.start();
    await eventually(async () => expect(await command(port, 'set', 'order:1', 'placed')).toBe('OK\n'), 20);
    expect(await redis.command('get', 'order:1')).toBe('placed');
    expect(await command(port, 'mget', 'order:1', 'order:2')).toBe('placed\n\n');
  });

  test.each([
    ['that another authority vouches for', 'localhost', () => serving.read('ca.crt'), 'ssl.fail_verify_error'],
    ['of another name', 'redis.example.com', undefined, 'ssl.fail_verify_san'],
  ])('brings nothing to a server %s, and is not ready, so that no application starts', async (_what, serverName, authority, counter) => {
    const { port, envoy } = await between(serverName, authority?.());
    envoy.run();
    await eventually(async () => expect(await envoy.administration(`/stats?filter=${counter}`)).toMatch(new RegExp(`^cluster\\.redis\\.${counter}: [1-9]`, 'm')), 30);
    await expect(envoy.ready()).rejects.toThrow(/ECONNREFUSED/);
    await expect(command(port, 'get', 'order:1')).rejects.toThrow(/Connection refused/);
  });
});
