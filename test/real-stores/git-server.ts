import { execFileSync, spawn } from 'node:child_process';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

/** A Git server that asks for a user and a password, by Git's own program for web servers; and a gateway that takes metrics. */
export class GitServer {
  public static async start(folder: string, credentials: string): Promise<GitServer> {
    const server = new GitServer(folder, credentials);
    await new Promise<void>((resolve) => { server.server.listen(0, '127.0.0.1', resolve); });
    return server;
  }

  /** What was reported, by its path. */
  public readonly reports = new Map<string, string>();
  private readonly server: Server;
  private readonly backend = join(execFileSync('git', ['--exec-path'], { encoding: 'utf8' }).trim(), 'git-http-backend');

  private constructor(private readonly folder: string, private readonly credentials: string) {
    this.server = createServer((request, response) => {
      request.method === 'PUT' ? this.report(request, response) : this.git(request, response);
    });
  }

  public get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  public stop(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  private report(request: IncomingMessage, response: ServerResponse): void {
    let text = '';
    request.setEncoding('utf8').on('data', (chunk: string) => { text += chunk; }).on('end', () => {
      this.reports.set(request.url!, text);
      response.end();
    });
  }

  private git(request: IncomingMessage, response: ServerResponse): void {
    if (request.headers.authorization !== `Basic ${Buffer.from(this.credentials).toString('base64')}`) {
      response.writeHead(401, { 'www-authenticate': 'Basic realm="git"' }).end();
      return;
    }
    const { pathname, search } = new URL(request.url!, this.url);
    const user = process.getuid?.() === 0 ? { uid: 65532, gid: 65532 } : {};
    const child = spawn(this.backend, [], {
      ...user,
      stdio: ['pipe', 'pipe', 'ignore'],
      env: {
        PATH: process.env.PATH,
        GIT_PROJECT_ROOT: this.folder,
        GIT_HTTP_EXPORT_ALL: '1',
        REMOTE_USER: 'backup',
        REQUEST_METHOD: request.method,
        PATH_INFO: pathname,
        QUERY_STRING: search.slice(1),
        CONTENT_TYPE: request.headers['content-type'] ?? '',
        CONTENT_LENGTH: request.headers['content-length'] ?? '',
        HTTP_CONTENT_ENCODING: request.headers['content-encoding'] ?? '',
        GIT_PROTOCOL: String(request.headers['git-protocol'] ?? ''),
      },
    });
    request.pipe(child.stdin);
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.on('close', () => {
      const whole = Buffer.concat(chunks);
      const end = whole.indexOf('\r\n\r\n');
      const headers = whole.subarray(0, end).toString().split('\r\n').map((line) => /^([^:]+): *(.*)$/.exec(line)!.slice(1));
      const status = Number(headers.find(([name]) => name === 'Status')?.[1].slice(0, 3) ?? 200);
      headers.filter(([name]) => name !== 'Status').forEach(([name, value]) => response.setHeader(name, value));
      response.writeHead(status).end(whole.subarray(end + 4));
    });
  }
}
