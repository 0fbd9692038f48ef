import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import type { IncomingHttpHeaders, Server } from 'node:http';
import { createServer as createHttpServer, request } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { Process, until } from './processes';

const TOOLS = resolve(__dirname, '..', '..', '.ci', 'tools.sh');

/** What was asked of object storage. */
interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
}

/** A server of S3's protocol whose objects are files of a folder, behind TLS: it can be asked who asked it, and can be out of order. */
export class ObjectStorageServer {
  public readonly asked: Asked[] = [];
  public outOfOrder = false;
  private front?: Server;
  private port = 0;

  constructor(readonly folder: string, private readonly credentials: { readonly [key: string]: string }) {
    mkdirSync(folder, { recursive: true });
  }

  public async start(host: string, port: number, certificates: string): Promise<void> {
    const bin = execFileSync(TOOLS, ['--where-storage'], { encoding: 'utf8' }).trim();
    this.port = await freePort();
    new Process([join(bin, 'versitygw'), '--port', `127.0.0.1:${this.port}`, '--region', 'eu-central-1', '--quiet', 'posix', this.folder], {
      ROOT_ACCESS_KEY: this.credentials['access-key-id'], ROOT_SECRET_KEY: this.credentials['secret-access-key'],
    }, { root: true });
    const [key, cert] = ['tls.key', 'tls.crt'].map((file) => readFileSync(join(certificates, file)));
    this.front = createServer({ key, cert }, (asking, answer) => {
      this.asked.push({ method: asking.method!, path: asking.url!, headers: asking.headers });
      if (this.outOfOrder) {
        answer.writeHead(503).end();
        return;
      }
      const back = request({ host: '127.0.0.1', port: this.port, method: asking.method, path: asking.url, headers: asking.headers }, (got) => {
        answer.writeHead(got.statusCode!, got.headers);
        got.pipe(answer);
      });
      back.on('error', () => answer.destroy());
      asking.pipe(back);
    });
    await new Promise<void>((done) => { this.front!.listen(port, host, done); });
    await until('object storage answers', 20, () => this.answers(), (seen) => seen);
  }

  public stop(): void {
    this.front?.close();
    this.front?.closeAllConnections();
  }

  private answers(): Promise<boolean> {
    return new Promise((done) => {
      request({ host: '127.0.0.1', port: this.port, path: '/' }, (got) => { got.resume(); done(true); }).on('error', () => done(false)).end();
    });
  }
}

/** Takes metrics as a Pushgateway does: those of one push replace those of the same name in the same group. */
export class PushgatewayServer {
  private readonly groups = new Map<string, { [metric: string]: number }>();
  private server?: Server;

  public async start(host: string, port: number): Promise<void> {
    this.server = createHttpServer((asking, answer) => {
      let text = '';
      asking.setEncoding('utf8').on('data', (chunk: string) => { text += chunk; }).on('end', () => {
        const values = text.trim().split('\n').filter(Boolean).map((line) => line.split(' '));
        const pushed = Object.fromEntries(values.map(([name, value]) => [name, Number(value)]));
        this.groups.set(asking.url!, { ...this.groups.get(asking.url!), ...pushed });
        answer.writeHead(asking.method === 'POST' ? 202 : 405).end();
      });
    });
    await new Promise<void>((done) => { this.server!.listen(port, host, done); });
  }

  /** What was pushed to a group, such as `/metrics/job/restore-drill/...`. */
  public pushed(group: string): { readonly [metric: string]: number } {
    return this.groups.get(group) ?? {};
  }

  public forget(group: string): void {
    this.groups.delete(group);
  }

  public stop(): void {
    this.server?.close();
    this.server?.closeAllConnections();
  }
}

async function freePort(): Promise<number> {
  const server = createHttpServer();
  await new Promise<void>((done) => { server.listen(0, '127.0.0.1', done); });
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((done) => { server.close(() => done()); });
  return port;
}
