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
  static async start(port = 0): Promise<Application> {
    const application = new Application();
    await new Promise<void>((resolve) => application.server.listen(port, '127.0.0.1', resolve));
    return application;
  }

  private readonly requests: Request[] = [];
  private readonly answers = new Map<string, Reply>();
  private readonly delays = new Map<string, number>();
  private readonly running = new Map<string, { now: number; most: number }>();
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
        const body = JSON.stringify(this.bodies.get(path) ?? {});
        const running = this.running.get(path) ?? { now: 0, most: 0 };
        this.running.set(path, running);
        running.now += 1;
        running.most = Math.max(running.most, running.now);
        setTimeout(() => {
          running.now -= 1;
          response.writeHead(answer, { 'content-type': 'application/json' });
          response.end(body);
        }, this.delays.get(path) ?? 0);
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

  /** From now on it takes so many milliseconds for an answer on this path. */
  delay(path: string, milliseconds: number): void {
    this.delays.set(path, milliseconds);
    this.running.delete(path);
  }

  /** How many requests on this path it worked on at a time, at most, since its delay was set. */
  most(path: string): number {
    return this.running.get(path)?.most ?? 0;
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
