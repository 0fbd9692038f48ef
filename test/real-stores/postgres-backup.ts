import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Duration } from 'cdk8s';
import { load, loadAll } from 'js-yaml';
import { makeCertificates } from './certificates';
import { ObjectStorageServer, PushgatewayServer } from './object-storage';
import type { Container, Place, PodSpec } from './pods';
import { Pod, pythonFolders } from './pods';
import type { Ended } from './processes';
import { Process, run } from './processes';
import { App, Image, PlatformProfile, SecretReference, SharedChart } from '../../src';
import { NetworkDefaults } from '../../src/network';
import type { BackupPlan } from '../../src/stores';
import { ObjectStorage, PostgresCluster, StorageCredentials, StoreDefaults } from '../../src/stores';

export const NAME = 'orders';
const NAMESPACE = 'infrastructure';
const STORAGE_HOST = 's3.example.com';
const STORAGE_PORT = 9443;
const PUSHGATEWAY_HOST = 'prometheus-pushgateway.infrastructure.svc.cluster.local';
const TOOLS = resolve(__dirname, '..', '..', '.ci', 'tools.sh');
const CREDENTIALS = { 'access-key-id': 'backup', 'secret-access-key': 'of-the-backup' };
const isRoot = process.getuid?.() === 0;

/** A plan whose times a test can wait for. */
const QUICK: BackupPlan = {
  archiveTimeout: Duration.seconds(3),
  uploadAllowance: Duration.seconds(7),
  recoveryPoint: Duration.seconds(10),
  // it has as many logs as a day, and each takes as long as one of a long day
  restoreTime: Duration.hours(2),
  drill: { pointInTime: Duration.seconds(10), deadline: Duration.hours(4) },
};

/** Everything that is rendered for a backed-up cluster. */
function manifests(plan: BackupPlan): any[] {
  const app = new App();
  const profile = PlatformProfile.standard().with(NetworkDefaults.of({
    network: { apiServerCidrs: ['10.0.0.1/32'] },
  }), StoreDefaults.of({
    backups: {
      storage: ObjectStorage.s3({
        bucket: 'acme-backups',
        path: 'europe',
        region: 'eu-central-1',
        replicaRegion: 'eu-west-1',
        cidrs: ['127.0.0.0/8'],
        endpoint: `https://${STORAGE_HOST}:${STORAGE_PORT}`,
        certificateAuthority: SecretReference.of('storage-authority', 'ca.crt'),
        credentials: StorageCredentials.secret('backup-writer'),
        readCredentials: StorageCredentials.secret('backup-reader'),
      }),
      ...plan,
    },
  }));
  new PostgresCluster(new SharedChart(app, NAMESPACE, { profile }), NAME, {
    image: Image.of('registry.example.com/postgresql', { tag: '15.13-1' }),
    restoreAssertions: [{ name: 'has-customers', database: 'postgres', sql: 'select count(*) from customers', expected: '3' }],
  });
  return loadAll(app.synthYaml()) as any[];
}

/** One of those of the standard plan. */
export function backupManifest(kind: string, name: string): any {
  return manifests({}).find((each) => each.kind === kind && each.metadata.name === name);
}

/**
 * PostgreSQL, the container that backs it up and the drill, each started as its manifest says, in a root file system of its own. The
 * server is the only one that is not started by its command but alone: who is the primary is not the matter here.
 */
export class BackedUpPostgres {
  public readonly folder = mkdtempSync(join(tmpdir(), 'backup-'));
  public readonly storage = new ObjectStorageServer(join(this.folder, 'objects'), CREDENTIALS);
  public readonly pushgateway = new PushgatewayServer();
  private readonly hosts = join(this.folder, 'hosts');
  private readonly bin = execFileSync(TOOLS, ['--where-stores'], { encoding: 'utf8' }).trim();
  private readonly objects = manifests(QUICK);
  private keeper?: Pod;
  private server?: Pod;

  public async start(): Promise<void> {
    chmodSync(this.folder, 0o755);
    const own = process.pid % 60_000;
    const address = (last: number) => `127.${70 + Math.floor(own / 250)}.${own % 250}.${last}`;
    writeFileSync(this.hosts, `127.0.0.1 localhost\n${address(1)} ${STORAGE_HOST}\n${address(2)} ${PUSHGATEWAY_HOST}\n`);
    makeCertificates(this.path('authority'), STORAGE_HOST, [STORAGE_HOST]);
    for (const name of ['backup-writer', 'backup-reader']) this.write(this.path('secret', name), CREDENTIALS);
    this.write(this.path('secret', 'storage-authority'), { 'ca.crt': readFileSync(this.path('authority', 'ca.crt'), 'utf8') });
    for (const { kind, metadata, data } of this.objects) {
      if (kind === 'ConfigMap') this.write(this.path('configmap', metadata.name), data ?? {});
    }
    ['data', 'run', 'scratch', 'empty'].forEach((name) => this.writable(name));
    mkdirSync(this.path('objects', 'acme-backups'));
    await this.storage.start(address(1), STORAGE_PORT, this.path('authority'));
    await this.pushgateway.start(address(2), 9091);
  }

  public find(kind: string, name: string): any {
    return this.objects.find((each) => each.kind === kind && each.metadata.name === name);
  }

  public get member(): PodSpec {
    return this.find('StatefulSet', NAME).spec.template.spec;
  }

  public get drillSpec(): PodSpec {
    return this.find('CronJob', `${NAME}-drill`).spec.jobTemplate.spec.template.spec;
  }

  /** Starts the server of a member with what the rendered configuration says of its archive. */
  public startServer(): void {
    const { postgresql } = load(this.find('ConfigMap', NAME).data['patroni.yaml']) as any;
    const parameters = Object.entries(postgresql.parameters as { [name: string]: string }).filter(([name]) => name.startsWith('archive_'));
    const options = parameters.map(([name, value]) => `-c ${name}='${value}'`).join(' ');
    const script = `cd /var/lib/postgresql; [ -d pgdata ] || "$BIN_DIR/initdb" -D pgdata -U postgres --data-checksums --auth=peer > /dev/null
      exec "$BIN_DIR/postgres" -D pgdata -c listen_addresses= -c unix_socket_directories=/run/postgresql -c wal_level=replica ${options}`;
    this.server = this.pod(this.member, 'postgresql', ['/bin/sh', '-euc', script]);
  }

  public startKeeper(): void {
    this.keeper = this.pod(this.member, 'backup');
  }

  public async stopKeeper(): Promise<Ended> {
    return this.keeper!.stop();
  }

  public get output(): string {
    return `${this.server?.process.output}\n${this.keeper?.process.output}`;
  }

  /** Asks the server from the container beside it. */
  public async sql(text: string): Promise<string> {
    const { status, output } = await this.keep(`psql -AtqX -v ON_ERROR_STOP=1 -d postgres -c "${text}"`);
    if (status !== 0) throw new Error(output);
    return output.trim();
  }

  /** Runs a script in the container beside the server, as `kubectl exec` does; object storage, which is in this process, answers meanwhile. */
  public keep(script: string): Promise<Ended> {
    const { runAsUser, runAsGroup } = this.member.securityContext;
    const user = isRoot ? [`--reuid=${runAsUser}`, `--regid=${runAsGroup}`, '--clear-groups'] : [];
    return run([
      'nsenter', `--target=${this.keeper!.pid}`, '--mount', '--pid', ...isRoot ? [] : ['--user', '--preserve-credentials'], '--',
      'setpriv', ...user, '--bounding-set=-all', '--inh-caps=-all', '--no-new-privs', '--', '/bin/sh', '-euc', `. "$BACKUP_DIR/storage.sh"; ${script}`,
    ], this.keeper!.environment(), 30, { root: true });
  }

  /** Runs the drill as its CronJob does, or another command in its place. */
  public drill(options: { readonly command?: string; readonly assertions?: { readonly [file: string]: string } } = {}): Promise<Ended> {
    if (options.assertions) this.write(this.path('configmap', `${NAME}-drill`), options.assertions);
    const pod = this.pod(this.drillSpec, 'drill', options.command === undefined ? undefined : ['/bin/sh', '-euc', options.command]);
    return pod.process.ended;
  }

  public get drillMetrics(): { readonly [metric: string]: number } {
    return this.pushgateway.pushed(`/metrics/job/restore-drill/namespace/${NAMESPACE}/database/${NAME}`);
  }

  public forgetDrills(): void {
    this.pushgateway.forget(`/metrics/job/restore-drill/namespace/${NAMESPACE}/database/${NAME}`);
  }

  public get backupMetrics(): { readonly [metric: string]: number } {
    return this.pushgateway.pushed(`/metrics/job/postgres-backup/namespace/${NAMESPACE}/database/${NAME}`);
  }

  /** The folder of the archive among the objects. */
  public get archive(): string {
    return this.path('objects', 'acme-backups', 'europe', NAMESPACE, NAME);
  }

  public get backups(): string[] {
    return existsSync(join(this.archive, 'base')) ? readdirSync(join(this.archive, 'base')).sort() : [];
  }

  public async dispose(): Promise<void> {
    this.storage.stop();
    this.pushgateway.stop();
    await Process.killAll();
    rmSync(this.folder, { recursive: true, force: true });
  }

  public path(...parts: string[]): string {
    return join(this.folder, ...parts);
  }

  private pod(spec: PodSpec, name: string, command?: readonly string[]): Pod {
    const container = spec.containers.find((each) => each.name === name)!;
    return new Pod({ ...spec, containers: [command ? { ...container, command } : container] as readonly Container[] }, this.place(spec));
  }

  private place(spec: PodSpec): Place {
    const { volumes } = spec as unknown as { volumes: any[] };
    const folders = volumes.map(({ name, configMap, secret, emptyDir }) => [name,
      configMap ? { folder: this.path('configmap', configMap.name) }
        : secret ? { folder: existsSync(this.path('secret', secret.secretName)) ? this.path('secret', secret.secretName) : this.path('empty') }
          : emptyDir && name !== 'run' ? { memory: emptyDir.sizeLimit }
            // the socket is in a volume that two containers share; a drill has its own
            : name === 'run' && spec === this.drillSpec ? { memory: emptyDir.sizeLimit }
              : { folder: this.path(name === 'scratch' || name === 'run' ? name : 'empty') }] as const);
    return {
      fields: { 'metadata.name': `${NAME}-0`, 'status.podIP': '127.0.0.1' },
      volumes: { ...Object.fromEntries(folders), ...spec === this.drillSpec ? {} : { data: { folder: this.path('data') } } },
      env: {},
      hosts: this.hosts,
      image: { folders: pythonFolders(this.bin), path: [this.bin, '/usr/sbin', '/usr/bin', '/bin'] },
    };
  }

  /** A volume that the group of the pod may write. */
  private writable(name: string): void {
    mkdirSync(this.path(name));
    chmodSync(this.path(name), 0o2770);
    if (isRoot) chownSync(this.path(name), 0, 65532);
  }

  private write(folder: string, files: { readonly [name: string]: string }): void {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    Object.entries(files).forEach(([name, text]) => writeFileSync(join(folder, name), text, { mode: 0o444 }));
  }
}
