import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Duration } from 'cdk8s';
import { makeCertificates } from './certificates';
import { postgresManifests } from './manifests';
import type { Container, Place, PodSpec } from './pods';
import { Pod, pythonFolders, variables } from './pods';
import type { Ended } from './processes';
import { Process, run } from './processes';
import type { PostgresClusterProps } from '../../src/stores';
import { Cluster } from '../cluster/support/cluster';
import type { Manifest } from '../cluster/support/manifest';

export const NAME = 'postgresql-prod';
export const NAMESPACE = 'infrastructure';
const HOST = `${NAME}.${NAMESPACE}.svc.cluster.local`;
const TOOLS = resolve(__dirname, '..', '..', '.ci', 'tools.sh');
const POSTGRESQL = '/usr/lib/postgresql/15/bin';
const isRoot = process.getuid?.() === 0;

export const SECRETS: { readonly [name: string]: { readonly [key: string]: string } } = {
  [NAME]: { 'administrator-password': 'of-the-administrator', 'replication-password': 'of-the-members', 'rewind-password': 'of-the-rewound' },
  [`${NAME}-users`]: { core_business_order: 'of-order', core_business_payment: 'of-payment' },
};

/** What differs from how a service connects. */
interface ConnectionOptions {
  readonly sslmode?: string;
  readonly host?: string;
}

/** Commits of a service, one after the other without a pause. */
export class PostgresWriter {
  constructor(private readonly process: Process) {}

  /** The number of each commit that was acknowledged, and when, in seconds. */
  public get acknowledged(): { readonly number: number; readonly at: number }[] {
    return this.process.output.split('\n').slice(0, -1).map((line) => line.split(' ').map(Number)).map(([number, at]) => ({ number, at }));
  }

  public get longestPause(): number {
    const times = this.acknowledged.map(({ at }) => at);
    return Math.max(...times.slice(1).map((at, index) => at - times[index]));
  }

  public async stop(): Promise<void> {
    await this.process.kill('SIGKILL');
  }
}

/** How a member says it is, in the eyes of one of them. */
export interface Seen {
  readonly name: string;
  readonly role: string;
  readonly state: string;
}

/**
 * The members of the rendered cluster as processes of this machine, each in a root file system of its own and with an address of its
 * own in 127.0.0.0/8, which nobody outside can reach; and a real API server that has the rendered objects.
 */
export class PostgresMembers {
  public static async start(props: PostgresClusterProps): Promise<PostgresMembers> {
    const bin = execFileSync(TOOLS, ['--where-stores'], { encoding: 'utf8' }).trim();
    const cluster = await Cluster.start('1.36');
    const members = new PostgresMembers(cluster, bin, props);
    try {
      await members.apply();
      return members;
    } catch (error) {
      await members.dispose();
      throw error;
    }
  }

  public readonly folder = mkdtempSync(join(tmpdir(), 'postgresql-'));
  /** What a writer connects to, as one line of libpq. */
  public readonly target = join(this.folder, 'target');
  private readonly hosts = join(this.folder, 'hosts');
  private readonly pods = new Map<number, Pod>();
  private readonly all: Pod[] = [];
  private readonly generations = new Map<number, number>();
  private manifests: Manifest[];

  private constructor(public readonly cluster: Cluster, private readonly bin: string, props: PostgresClusterProps) {
    this.manifests = postgresManifests(props);
    chmodSync(this.folder, 0o755);
    this.certify();
    for (const [name, keys] of Object.entries(SECRETS)) this.write(this.path('secret', name), keys);
    this.ordinals.forEach((ordinal) => this.remake(ordinal));
    this.own(this.path('secret'), 'g=rX,o=');
    this.configure(props);
    this.resolveNames();
  }

  public get ordinals(): number[] {
    return Array.from({ length: this.find('StatefulSet', NAME).spec.replicas }, (_, ordinal) => ordinal);
  }

  public get spec(): PodSpec {
    return this.find('StatefulSet', NAME).spec.template.spec;
  }

  public get container(): Container {
    return this.spec.containers[0];
  }

  public find(kind: string, name: string): Manifest {
    const found = this.manifests.find((each) => each.kind === kind && each.metadata.name === name);
    if (!found) throw new Error(`there is no ${kind} ${name}`);
    return found;
  }

  /** Writes the ConfigMaps as they are rendered with these properties: members find them when they start again. */
  public configure(props: PostgresClusterProps): void {
    this.manifests = postgresManifests(props);
    for (const { kind, metadata, data } of this.manifests) {
      if (kind === 'ConfigMap') this.write(this.path('configmap', metadata.name), data ?? {});
    }
  }

  public start(ordinal: number): void {
    const pod = new Pod(this.spec, this.place(ordinal));
    this.pods.set(ordinal, pod);
    this.all.push(pod);
  }

  /** What all members have written since the beginning, line by line. */
  public get logs(): string[] {
    return this.all.flatMap((pod) => pod.process.output.split('\n'));
  }

  public pod(ordinal: number): Pod {
    return this.pods.get(ordinal)!;
  }

  public place(ordinal: number): Place {
    return {
      fields: { 'metadata.name': `${NAME}-${ordinal}`, 'status.podIP': this.address(ordinal) },
      volumes: { data: { folder: this.path(`data-${ordinal}`) }, ...this.volumes(this.spec) },
      env: this.cluster.apiServer(),
      hosts: this.hosts,
      image: { folders: pythonFolders(this.bin), path: [this.bin, POSTGRESQL, '/usr/sbin', '/usr/bin', '/bin'] },
    };
  }

  /** What the variables of a member are, by its manifest. */
  public variables(ordinal: number): { [name: string]: string } {
    return variables(this.container, this.place(ordinal));
  }

  /** The pod is lost with its node, and the next one has another address. */
  public async lose(ordinal: number): Promise<void> {
    await this.pod(ordinal).kill();
    this.generations.set(ordinal, (this.generations.get(ordinal) ?? 0) + 1);
    this.resolveNames();
    this.retarget();
  }

  /** An empty volume. */
  public remake(ordinal: number): void {
    const folder = this.path(`data-${ordinal}`);
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder);
    // as the kubelet leaves it to the group of the pod
    this.own(folder, 'g=rwxs,o=');
  }

  /** The members to which a Service leads, as the controller of the cluster finds them by their labels. */
  public async endpoints(service: string): Promise<number[]> {
    const slices = await this.cluster.get('endpointslices', '-n', NAMESPACE, '-l', `kubernetes.io/service-name=${service}`);
    const pods: string[] = slices.items.flatMap(({ endpoints }: any) => endpoints ?? []).map(({ targetRef }: any) => targetRef.name);
    return pods.map((pod) => Number(pod.slice(NAME.length + 1))).sort();
  }

  /** Runs the container of the Job, as one pod of it. */
  public async databases(): Promise<Ended> {
    this.resolveNames(await this.endpoints(NAME));
    const spec: PodSpec = this.find('Job', `${NAME}-databases`).spec.template.spec;
    const pod = new Pod(spec, { ...this.place(0), fields: {}, volumes: this.volumes(spec), env: {} });
    return pod.process.ended;
  }

  /** What a member tells of all; nothing where it cannot be asked. */
  public async view(ordinal: number): Promise<Seen[]> {
    const { status, output } = await this.ask(ordinal, '/cluster');
    return status === 0 ? (JSON.parse(output).members as Seen[]).map(({ name, role, state }) => ({ name, role, state })) : [];
  }

  /** Asks a member as the kubelet does, who looks at no certificate. */
  public ask(ordinal: number, path: string, ...words: string[]): Promise<Ended> {
    return run(['curl', '--silent', '--insecure', '--max-time', '2', '--fail-with-body', ...words, `https://${this.address(ordinal)}:8008${path}`], {}, 5);
  }

  /** Runs SQL as a user: what was printed, or what the server said. */
  public query(user: string, password: string, database: string, sql: string, options: ConnectionOptions = {}): Promise<Ended> {
    return run([`${POSTGRESQL}/psql`, this.connection(user, database, options), '-XAtqc', sql], { PGPASSWORD: password, PGCONNECT_TIMEOUT: '3' }, 30);
  }

  public writer(name: string): PostgresWriter {
    this.retarget();
    return new PostgresWriter(new Process([join(this.bin, 'python3'), join(__dirname, 'postgres-writer.py'), this.target, name], {}, { root: true }));
  }

  public address(ordinal: number): string {
    const own = process.pid % 60_000;
    return `127.${10 + Math.floor(own / 250)}.${own % 250}.${ordinal * 50 + 1 + (this.generations.get(ordinal) ?? 0)}`;
  }

  public async dispose(): Promise<void> {
    await Process.killAll();
    await this.cluster.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** A new certificate of a new authority, as cert-manager would renew it: the volumes of all pods have it after a time without one. */
  public async renewCertificate(missing: Duration): Promise<void> {
    const renewed = this.path('secret', `${NAME}-tls`);
    const volumes = [['tls.crt', 'tls.key', 'ca.crt'], ['ca.crt']].map((keys) => ({ keys, volume: this.path('mounted', `${NAME}-tls-${keys.join('-')}`) }));
    this.certify();
    volumes.forEach(({ volume }) => rmSync(join(volume, 'ca.crt')));
    await sleep(missing.toMilliseconds());
    for (const { keys, volume } of volumes) {
      const next = `${volume}-next`;
      this.write(next, Object.fromEntries(keys.map((key) => [key, readFileSync(join(renewed, key), 'utf8')])), 0o440);
      this.own(next, 'g=rX,o=');
      // whole files, as the kubelet replaces them; the one that was missing is the last
      keys.forEach((key) => renameSync(join(next, key), join(volume, key)));
    }
  }

  private certify(): void {
    makeCertificates(this.path('secret', `${NAME}-tls`), NAME, [HOST, `*.${NAME}-members.${NAMESPACE}.svc.cluster.local`]);
  }

  private retarget(): void {
    writeFileSync(this.target, `${this.connection('core_business_order', 'core_business_order')} password=of-order connect_timeout=2`);
  }

  private connection(user: string, database: string, { sslmode = 'verify-full', host = HOST }: ConnectionOptions = {}): string {
    const addresses = this.ordinals.map((ordinal) => this.address(ordinal));
    return `host=${addresses.map(() => host).join(',')} hostaddr=${addresses.join(',')} port=5432 user=${user} dbname=${database} `
      + `sslmode=${sslmode} sslrootcert=${this.path('secret', `${NAME}-tls`, 'ca.crt')} target_session_attrs=read-write`;
  }

  /** Everything that is rendered, and what it asks of others; the pods are made by the StatefulSet's controller. */
  private async apply(): Promise<void> {
    const namespaces = this.manifests.filter(({ kind }) => kind === 'Namespace');
    const others: Manifest[] = [
      {
        apiVersion: 'storage.k8s.io/v1',
        kind: 'StorageClass',
        metadata: { name: 'standard', annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
        provisioner: 'disk.csi.example.com',
        volumeBindingMode: 'WaitForFirstConsumer',
      },
      ...[...Object.keys(SECRETS), `${NAME}-tls`].map((name) => ({
        apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace: NAMESPACE }, stringData: this.keys(name),
      })),
    ];
    for (const objects of [namespaces, others, this.manifests]) {
      const { status, stderr } = await this.cluster.apply(objects);
      if (status !== 0) throw new Error(stderr);
    }
    this.write(this.path('token'), { token: (await this.cluster.kubectl('create', 'token', NAME, '-n', NAMESPACE)).trim() });
    const authority = await this.cluster.get('configmap', 'kube-root-ca.crt', '-n', NAMESPACE);
    this.write(this.path('token'), { 'ca.crt': authority.data['ca.crt'] });
    this.own(this.path('token'), 'g=rX,o=');
  }

  private keys(secret: string): { [key: string]: string } {
    return SECRETS[secret] ?? Object.fromEntries(['tls.crt', 'tls.key', 'ca.crt'].map((key) => [key, readFileSync(this.path('secret', `${NAME}-tls`, key), 'utf8')]));
  }

  /** The folders behind the volumes of a pod. */
  private volumes(spec: PodSpec): Place['volumes'] {
    const { volumes } = spec as unknown as { volumes: any[] };
    return Object.fromEntries(volumes.map(({ name, configMap, secret, emptyDir, projected }) => [name,
      configMap ? { folder: this.path('configmap', configMap.name) }
        : secret ? { folder: this.some(secret) }
          : emptyDir ? { memory: emptyDir.sizeLimit }
            : projected ? { folder: this.path('token') } : undefined!]));
  }

  /** Only the keys that the manifest names. */
  private some({ secretName, items }: { readonly secretName: string; readonly items: readonly Record<'key' | 'path', string>[] }): string {
    const folder = this.path('mounted', `${secretName}-${items.map(({ key }) => key).join('-')}`);
    if (!existsSync(folder)) {
      this.write(folder, Object.fromEntries(items.map(({ key, path }) => [path, this.keys(secretName)[key]])), 0o440);
      this.own(folder, 'g=rX,o=');
    }
    return folder;
  }

  /** As the DNS of the cluster knows the members, and the Service that leads to some of them. */
  private resolveNames(endpoints: readonly number[] = []): void {
    const members = this.ordinals.map((ordinal) => `${this.address(ordinal)} ${NAME}-${ordinal}.${NAME}-members.${NAMESPACE}.svc.cluster.local\n`);
    const service = endpoints.map((ordinal) => `${this.address(ordinal)} ${HOST}\n`);
    writeFileSync(this.hosts, ['127.0.0.1 localhost\n', ...members, ...service].join(''));
  }

  private path(...parts: string[]): string {
    return join(this.folder, ...parts);
  }

  private write(folder: string, files: { readonly [name: string]: string }, mode = 0o444): void {
    mkdirSync(folder, { recursive: true });
    Object.entries(files).forEach(([name, text]) => {
      rmSync(join(folder, name), { force: true });
      writeFileSync(join(folder, name), text, { mode });
    });
  }

  /** For the group of the pod, as the kubelet does it. */
  private own(path: string, mode: string): void {
    execFileSync('chmod', ['-R', mode, path]);
    if (isRoot) {
      execFileSync('chgrp', ['-R', '65532', path]);
      chownSync(path, 0, 65532);
    }
  }
}
