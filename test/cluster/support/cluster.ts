import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { binary, FOLDER } from './binary';
import { type Manifest, toYaml } from './manifest';
import { attempt, type Output, run, Server } from './process';

const FIELD_MANAGER = 'cluster-test';

/** The CRDs of what the reference platform renders. */
export const PLATFORM_CRDS = ['dapr.dapr.io.yaml', 'prometheus-operator.monitoring.coreos.com.yaml'];

/** The files of the folder that CRDS_DIR names. */
export function crdFiles(): string[] {
  const folder = process.env.CRDS_DIR;
  if (!folder) throw new Error('CRDS_DIR is not set. Let it name the folder of the CRDs.');
  return readdirSync(folder).filter((file) => file.endsWith('.yaml')).sort();
}

/** A real control plane with nine fake nodes in three zones. */
export class Cluster {
  static async start(version: string): Promise<Cluster> {
    const kubetest = await binary(`kubetest-${version}`);
    const folder = mkdtempSync(join(tmpdir(), `kubetest-${version}-`));
    const state = join(folder, 'state');
    const server = Server.start(join(folder, 'log'), kubetest, ['up', '-dir', state, '-kcm', '-scheduler', '-nodes', '9']);
    try {
      const [, kubeconfig] = await server.printed(/^READY KUBECONFIG=(.*)$/m, 180);
      return new Cluster(folder, server, kubeconfig);
    } catch (error) {
      await server.stop();
      throw error;
    }
  }

  private readonly bin: string;
  private readonly env: NodeJS.ProcessEnv;

  private constructor(readonly folder: string, private readonly server: Server, readonly kubeconfig: string) {
    this.bin = join(dirname(kubeconfig), 'bin');
    this.env = { KUBECONFIG: kubeconfig, KUBECACHEDIR: join(dirname(kubeconfig), 'cache'), PATH: `${this.bin}:${process.env.PATH}` };
  }

  async stop(): Promise<void> {
    await this.server.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Where the API server is, as the kubelet tells every container. */
  apiServer(): Record<string, string> {
    const { hostname, port } = new URL(/https:[^"\s]+/.exec(readFileSync(this.kubeconfig, 'utf8'))![0]);
    return { KUBERNETES_SERVICE_HOST: hostname, KUBERNETES_SERVICE_PORT: port };
  }

  /** Runs a command of kubectl that must succeed. */
  kubectl(...args: string[]): Promise<string> {
    return run(join(this.bin, 'kubectl'), args, { env: this.env });
  }

  /** Runs a command of kubectl, however it ends. */
  try(args: readonly string[], input?: string): Promise<Output> {
    return attempt(join(this.bin, 'kubectl'), args, { env: this.env, input });
  }

  /** Runs another client of the cluster, however it ends. */
  client(program: string, args: readonly string[]): Promise<Output> {
    return attempt(program, args, { env: this.env });
  }

  async get(kind: string, ...args: string[]): Promise<Manifest> {
    return JSON.parse(await this.kubectl('get', kind, ...args, '-o', 'json'));
  }

  /** Objects of a kind: of a namespace, or of all. */
  async list(kind: string, namespace?: string): Promise<Manifest[]> {
    return (await this.get(kind, ...(namespace ? ['-n', namespace] : ['-A']))).items;
  }

  /** Applies as a GitOps controller does: on the server, and strictly. */
  apply(what: readonly string[] | readonly Manifest[]): Promise<Output> {
    const args = ['apply', '--server-side', '--validate=strict', `--field-manager=${FIELD_MANAGER}`];
    const files = what.filter((file) => typeof file === 'string');
    return files.length > 0
      ? this.try([...args, ...files.flatMap((file) => ['-f', file])])
      : this.try([...args, '-f', '-'], toYaml(what as Manifest[]));
  }

  /** Asks for the eviction of a pod, as a drain does. */
  evict({ metadata: { name, namespace } }: Manifest): Promise<Output> {
    const eviction = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name, namespace } };
    return this.try(['create', '--raw', `/api/v1/namespaces/${namespace}/pods/${name}/eviction`, '-f', '-'], JSON.stringify(eviction));
  }

  /** Installs the CRDs of these files of the folder CRDS_DIR. */
  installCrds(...files: string[]): Promise<Output> {
    return attempt(join(FOLDER, 'crds.sh'), files, { env: this.env });
  }
}
