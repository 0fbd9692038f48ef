import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Ended } from './processes';
import { Process, run } from './processes';
import { Cluster } from '../cluster/support/cluster';
import type { Manifest } from '../cluster/support/manifest';
import { eventually } from '../cluster/support/process';

export const NAME = 'configuration-backup';
export const NAMESPACE = 'infrastructure';

/** The variables that say where something is: nothing else of the manifests is changed. */
const PLACE = ['API_SERVER', 'CONFIG_DIR', 'PUSHGATEWAY_URL', 'REPOSITORY', 'RUN_DIR', 'SCRATCH_DIR', 'SECRETS_DIR', 'TOKEN_DIR'];

/** A key pair of somebody who may read archives, or of who signs them. */
export interface Reader {
  readonly publicKey: string;
  /** The folder with the private key. */
  readonly home: string;
}

/** The rendered backup, run as its pod runs it, against a real API server and a Git repository on disk. */
export class ConfigurationBackupRun {
  public static async start(folder: ScratchFolder, signingKey: string, manifests: readonly Manifest[]): Promise<ConfigurationBackupRun> {
    const cluster = await Cluster.start('1.36');
    try {
      return await new ConfigurationBackupRun(folder, cluster, signingKey, manifests).prepare();
    } catch (error) {
      await cluster.stop();
      throw error;
    }
  }

  public readonly repository: string;
  private readonly container: any;
  private readonly own: readonly Manifest[];

  private constructor(
    public readonly folder: ScratchFolder, public readonly cluster: Cluster,
    private readonly signingKey: string, private readonly manifests: readonly Manifest[],
  ) {
    this.own = manifests.filter(({ metadata: { labels } }) => labels?.app === NAME);
    [this.container] = this.find('CronJob').spec.jobTemplate.spec.template.spec.containers;
    this.repository = folder.make('repository.git');
  }

  /** An object of the backup as it is rendered. */
  public find(kind: string): Manifest {
    return this.own.find((each) => each.kind === kind)!;
  }

  /** Runs one pod of the CronJob to its end. */
  public async backup(changes: { readonly [name: string]: string } = {}): Promise<Ended> {
    const here: { [name: string]: string } = {
      API_SERVER: await this.cluster.kubectl('config', 'view', '-o', 'jsonpath={.clusters[0].cluster.server}'),
      CONFIG_DIR: this.folder.path('config'),
      PUSHGATEWAY_URL: 'http://127.0.0.1:9',
      REPOSITORY: `file://${this.repository}`,
      RUN_DIR: this.folder.renew('run'),
      SCRATCH_DIR: this.folder.renew('scratch'),
      SECRETS_DIR: this.folder.path('secrets'),
      TOKEN_DIR: this.folder.path('token'),
    };
    const env = Object.fromEntries(this.container.env.map(({ name, value }: any) => [name, PLACE.includes(name) ? here[name] : value]));
    const command = this.container.command.map((word: string) => word.replace('/etc/configuration-backup/', `${here.CONFIG_DIR}/`));
    return run(command, { ...env, ...changes }, 60);
  }

  /** The files of the namespace at the end of the branch. */
  public files(): string[] {
    return this.git('ls-tree', '--name-only', 'main', `${NAMESPACE}/`).trim().split('\n').filter((line) => line !== '').map((line) => line.split('/')[1]);
  }

  public archives(): string[] {
    return this.files().filter((file) => file.endsWith('.gpg')).sort();
  }

  /** How many commits the branch has. */
  public commits(): number {
    return Number(this.git('rev-list', '--count', 'main'));
  }

  /** Commits files beside or over those that are there, as another namespace does. */
  public commit(files: { readonly [file: string]: string | Buffer }, ...signed: string[]): void {
    const clone = this.folder.renew('clone');
    rmSync(clone, { recursive: true });
    this.folder.execute('git', ['clone', '--quiet', '--branch', 'main', this.repository, clone]);
    Object.entries(files).forEach(([file, text]) => {
      mkdirSync(join(clone, file, '..'), { recursive: true });
      writeFileSync(join(clone, file), text);
    });
    this.folder.execute('chown', ['-R', '65532:65532', clone], { user: 0 });
    const identity = ['-c', 'user.name=somebody', '-c', 'user.email=somebody@example.com'];
    this.folder.execute('git', ['-C', clone, 'add', '.']);
    this.folder.execute('git', ['-C', clone, ...identity, ...signed, 'commit', '--quiet', '--message', 'Of somebody else']);
    this.folder.execute('git', ['-C', clone, 'push', '--quiet', 'origin', 'main']);
  }

  /** The Secret, with what is said instead of it. */
  public writeSecret(instead: { readonly [key: string]: string } = {}): void {
    this.folder.write('secrets', { 'username': 'backup', 'password': 'of-the-server', 'digest-key': 'random', 'signing-key': this.signingKey, ...instead }, 0o440);
  }

  /** The ConfigMap, with what is said instead of it. */
  public writeConfig(instead: { readonly [file: string]: string } = {}): void {
    this.folder.write('config', { ...this.find('ConfigMap').data, ...instead }, 0o444);
  }

  public git(...words: string[]): string {
    return this.folder.execute('git', ['--git-dir', this.repository, ...words]);
  }

  /** An archive as its reader sees it. */
  public read(archive: string, { home }: Reader): { readonly items: Manifest[] } {
    const file = join(this.folder.renew('read'), 'archive');
    writeFileSync(file, this.folder.bytes('git', ['--git-dir', this.repository, 'cat-file', 'blob', `main:${NAMESPACE}/${archive}`]));
    return JSON.parse(this.folder.execute('gpg', ['--homedir', home, '--batch', '--quiet', '--decrypt', file]));
  }

  public kubectl(...words: string[]): Promise<string> {
    return this.cluster.kubectl('-n', NAMESPACE, ...words);
  }

  public async apply(...objects: object[]): Promise<void> {
    const { status, stderr } = await this.cluster.apply(objects as Manifest[]);
    if (status !== 0) {
      throw new Error(stderr);
    }
  }

  public async dispose(): Promise<void> {
    await Process.killAll();
    await this.cluster.stop();
  }

  private async prepare(): Promise<this> {
    this.folder.execute('git', ['init', '--quiet', '--bare', '--initial-branch=main', this.repository]);
    const rendered = this.manifests.filter(({ kind }) => kind !== 'PrometheusRule');
    await this.apply(...rendered);
    this.writeConfig();
    this.writeSecret();
    await this.renewToken();
    return this;
  }

  /** As the kubelet does: a token for the pod's ServiceAccount, with the certificate of the API server beside it. */
  private async renewToken(): Promise<void> {
    const token = await this.kubectl('create', 'token', this.find('ServiceAccount').metadata.name);
    const authority = await eventually(() => this.kubectl('get', 'configmap', 'kube-root-ca.crt', '-o', 'jsonpath={.data.ca\\.crt}'));
    this.folder.write('token', { 'token': token.trim(), 'ca.crt': authority }, 0o440);
  }
}

/** A folder for the user that the processes run as. */
export class ScratchFolder {
  private readonly root = mkdtempSync(join(tmpdir(), 'configuration-'));
  private readonly homes: string[] = [];
  private readonly user = process.getuid?.() === 0 ? 65532 : process.getuid!();

  constructor() {
    this.own(this.root);
  }

  public path(name: string): string {
    return join(this.root, name);
  }

  public make(name: string): string {
    mkdirSync(this.path(name), { recursive: true, mode: 0o700 });
    this.own(this.path(name));
    return this.path(name);
  }

  /** Empty, as the volume of a new pod is. */
  public renew(name: string): string {
    rmSync(this.path(name), { recursive: true, force: true });
    return this.make(name);
  }

  public write(name: string, files: { readonly [file: string]: string }, mode: number): void {
    this.renew(name);
    Object.entries(files).forEach(([file, text]) => writeFileSync(join(this.path(name), file), text, { mode }));
    this.own(this.path(name));
  }

  public reader(name: string): Reader {
    const home = this.make(name);
    this.homes.push(name);
    this.execute('gpg', ['--homedir', home, '--batch', '--quiet', '--passphrase', '', '--quick-generate-key', `${name} <${name}@example.com>`, 'future-default', 'default', '0']);
    return { home, publicKey: this.execute('gpg', ['--homedir', home, '--armor', '--export', `${name}@example.com`]) };
  }

  /** A folder for keys that somebody makes, whose agent ends with this one. */
  public keys(name: string): string {
    this.homes.push(name);
    return this.path(name);
  }

  public execute(command: string, words: readonly string[], options: { readonly user?: number } = {}): string {
    return this.bytes(command, words, options).toString();
  }

  public bytes(command: string, words: readonly string[], { user = this.user }: { readonly user?: number } = {}): Buffer {
    const as = process.getuid?.() === 0 ? { uid: user, gid: user } : {};
    return execFileSync(command, words, { ...as, env: { PATH: process.env.PATH!, HOME: this.root, GIT_CONFIG_NOSYSTEM: '1' }, stdio: ['ignore', 'pipe', 'pipe'] });
  }

  public dispose(): void {
    for (const name of this.homes) {
      try {
        this.execute('gpgconf', ['--homedir', this.path(name), '--kill', 'all']);
      } catch {
        // it has no agent
      }
    }
    rmSync(this.root, { recursive: true, force: true });
  }

  private own(path: string): void {
    if (process.getuid?.() === 0) {
      execFileSync('chown', ['-R', '65532:65532', path]);
    }
    chmodSync(path, 0o700);
  }
}
