import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request that the application got. */
export interface Request {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: any;
}

/** A status, no answer at all, or a connection that is lost without an answer. */
type Reply = number | 'never' | 'disconnect';

/** Plays the container of a service: it is healthy, answers 200 and remembers what it was asked. */
export class Application {
  static async start(): Promise<Application> {
    const application = new Application();
    await new Promise<void>((resolve) => application.server.listen(0, '127.0.0.1', resolve));
    return application;
  }

  private readonly requests: Request[] = [];
  private readonly answers = new Map<string, Reply>();
  private readonly bodies = new Map<string, unknown>();
  private readonly server: Server;

  private constructor() {
    this.server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk) => chunks.push(chunk));
      request.on('end', () => {
        const [text, path] = [Buffer.concat(chunks).toString(), request.url ?? ''];
        this.requests.push({ method: request.method ?? '', path, headers: request.headers, body: parse(text) });
        const answer = this.answers.get(path) ?? (path.startsWith('/dapr/') && !this.bodies.has(path) ? 404 : 200);
        if (answer === 'never') return;
        if (answer === 'disconnect') {
          request.socket.destroy();
          return;
        }
        response.writeHead(answer, { 'content-type': 'application/json' });
        response.end(JSON.stringify(this.bodies.get(path) ?? {}));
      });
    });
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** From now on it answers so on this path. */
  answer(path: string, answer: Reply): void {
    this.answers.set(path, answer);
  }

  /** From now on its answers on this path have this body. */
  respond(path: string, body: unknown): void {
    this.bodies.set(path, body);
  }

  /** What it was asked on this path. */
  on(path: string): Request[] {
    return this.requests.filter((request) => request.path === path);
  }

  stop(): void {
    this.server.close();
    this.server.closeAllConnections();
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
