import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { binary } from './binary';
import type { Cluster } from './cluster';
import { Server } from './process';

/** What a version answers that Prometheus watches. */
export interface Measured {
  readonly errors: number;
  readonly seconds: number;
  readonly available: number;
}

const WELL: Measured = { errors: 0, seconds: 0.1, available: 1 };

/** Plays Prometheus: answers each query by the version that it names, and remembers it. */
export class Metrics {
  static async start(): Promise<Metrics> {
    const metrics = new Metrics();
    await new Promise<void>((resolve) => metrics.server.listen(0, '127.0.0.1', resolve));
    return metrics;
  }

  readonly queries: string[] = [];
  /** How versions do that are not well, by their hashes. */
  readonly versions = new Map<string, Measured>();
  /** How every version does from now on that is not among these. */
  others: Measured = WELL;
  private readonly server: HttpServer;

  private constructor() {
    this.server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk) => chunks.push(chunk));
      request.on('end', () => {
        const query = new URLSearchParams(Buffer.concat(chunks).toString()).get('query') ?? '';
        this.queries.push(query);
        const result = [{ metric: {}, value: [Date.now() / 1000, `${this.answer(query)}`] }];
        response.writeHead(200, { 'content-type': 'application/json' });
        response.end(JSON.stringify({ status: 'success', data: { resultType: 'vector', result } }));
      });
    });
  }

  get address(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  private answer(query: string): number {
    const [, hash] = /pod_template_hash="([^"]+)"/.exec(query) ?? [];
    const { errors, seconds, available } = this.versions.get(hash) ?? this.others;
    return query.startsWith('histogram_quantile') ? seconds : query.startsWith('avg(') ? available : errors;
  }
}

/** A port that there is not: the controller says in its log that nobody can ask for its health or its metrics, and goes on. It would listen on all addresses. */
const NOWHERE = '65536';

/** The controller of Argo Rollouts, as a user who may do everything. */
export async function startController(cluster: Cluster): Promise<Server> {
  const controller = Server.start(join(cluster.folder, 'rollouts.log'), await binary('rollouts-controller-1.10'), [
    '--kubeconfig', cluster.kubeconfig, '--leader-elect=false', `--metricsPort=${NOWHERE}`, `--healthzPort=${NOWHERE}`,
  ], { env: { HOME: cluster.folder } });
  await controller.printed(/Started controller/, 60);
  return controller;
}
