import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { binary } from './binary';
import { freePort } from './port';
import { eventually, Server } from './process';

const NAMESPACE = { NAMESPACE: 'infrastructure' };

/** Dapr's control plane outside of Kubernetes: the certificate authority, and placement and scheduler for actors, reminders and jobs. */
export class ControlPlane {
  /** Starts the certificate authority alone, which all that calls need. */
  static async start(dapr: string, folder: string): Promise<ControlPlane> {
    const port = await freePort();
    const sentry = Server.start(join(folder, 'sentry.log'), await binary(`sentry-${dapr}`), [folder, `${port}`], { env: NAMESPACE });
    const trustAnchors = await eventually(() => {
      sentry.checkAlive();
      return readFileSync(join(folder, 'ca.crt'), 'utf8');
    });
    return new ControlPlane(dapr, folder, `127.0.0.1:${port}`, trustAnchors, [sentry]);
  }

  /** Starts placement and scheduler as well. */
  static async startForActors(dapr: string, folder: string): Promise<ControlPlane> {
    const controlPlane = await ControlPlane.start(dapr, folder);
    try {
      controlPlane.addresses = { placement: await controlPlane.placement(), scheduler: await controlPlane.scheduler() };
      return controlPlane;
    } catch (error) {
      await controlPlane.stop();
      throw error;
    }
  }

  private addresses: { readonly placement?: string; readonly scheduler?: string } = {};

  private constructor(
    /** The version of Dapr: 1.14 or 1.18. */
    readonly dapr: string,
    private readonly folder: string,
    readonly sentryAddress: string,
    readonly trustAnchors: string,
    private readonly servers: Server[],
  ) {}

  get placementAddress(): string | undefined {
    return this.addresses.placement;
  }

  get schedulerAddress(): string | undefined {
    return this.addresses.scheduler;
  }

  async stop(): Promise<void> {
    await Promise.all(this.servers.map((server) => server.stop('SIGKILL')));
  }

  private async placement(): Promise<string> {
    return this.server('placement', ['--initial-cluster', `dapr-placement-0=127.0.0.1:${await freePort()}`]);
  }

  private async scheduler(): Promise<string> {
    return this.server('scheduler', [
      '--etcd-data-dir', join(this.folder, 'etcd'), '--etcd-client-port', `${await freePort()}`,
      '--etcd-initial-cluster', `dapr-scheduler-server-0=http://127.0.0.1:${await freePort()}`,
      '--identity-directory-write', join(this.folder, 'identity'),
    ]);
  }

  /** Starts a server and waits until it reports that it is ready. */
  private async server(name: string, options: readonly string[]): Promise<string> {
    const [port, health] = [await freePort(), await freePort()];
    const server = Server.start(join(this.folder, `${name}.log`), await binary(`${name}-${this.dapr}`), [
      '--port', `${port}`, '--listen-address', '127.0.0.1', '--healthz-port', `${health}`, '--healthz-listen-address', '127.0.0.1', '--enable-metrics=false',
      '--tls-enabled', '--trust-domain', 'localhost', '--trust-anchors-file', join(this.folder, 'ca.crt'), '--sentry-address', this.sentryAddress, ...options,
    ], { env: NAMESPACE });
    this.servers.push(server);
    await eventually(async () => {
      server.checkAlive();
      expect((await fetch(`http://127.0.0.1:${health}/healthz`)).status).toBe(200);
    }, 60);
    return `127.0.0.1:${port}`;
  }
}
