import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeCertificates } from './certificates';
import type { Container, Rendered } from './manifests';
import type { Ended } from './processes';
import { Process, run } from './processes';
import type { Credentials } from './redis-client';

export const SECRETS = { 'username': 'services', 'password': 'of-the-services', 'member-password': 'of-the-members', 'snapshot-password': 'of-the-snapshots' };

/** The variables that say where a pod is and where its folders are: nothing else of the manifests is changed. */
const PLACE = ['BIND', 'CONFIG_DIR', 'DATA_DIR', 'MEMBERS', 'POD_IP', 'RUN_DIR', 'SECRETS_DIR', 'TLS_DIR', 'ZONE'];

/** How one member sees one member: a line of CLUSTER NODES. */
export interface Seen {
  readonly id: string;
  readonly address: string;
  readonly flags: string;
  readonly primary: string;
  readonly link: string;
  readonly slots: number;
}

/**
 * The members of the rendered cluster as processes of this machine, each with an address of its own in 127.0.0.0/8, which nobody
 * outside can reach.
 */
export class RedisMembers {
  public readonly folder = mkdtempSync(join(tmpdir(), 'redis-'));
  public readonly credentials: Credentials;
  private member: Container;
  private job: Container;
  private count: number;
  private readonly processes = new Map<number, Process>();
  private network = 0;

  /** The cluster of this name, with each member in one of the zones. */
  constructor(manifests: Rendered, private readonly name: string, public readonly zones: readonly string[]) {
    const { spec } = manifests.get('StatefulSet', name);
    this.count = spec.replicas;
    [this.member] = spec.template.spec.containers;
    [this.job] = manifests.get('Job', `${name}-formation`).spec.template.spec.containers;
    this.write('config', manifests.get('ConfigMap', name).data, 0o444);
    // the keys that the pods read, and no others
    const keys: (keyof typeof SECRETS)[] = spec.template.spec.volumes.find((volume: any) => volume.name === 'credentials').secret.items.map(({ key }: any) => key);
    this.write('secrets', Object.fromEntries(keys.map((key) => [key, SECRETS[key]])), 0o440);
    makeCertificates(join(this.folder, 'tls'), name);
    this.makeVolumes();
    this.credentials = { ca: readFileSync(join(this.folder, 'tls', 'ca.crt')), ...SECRETS };
  }

  /** Other manifests of the same cluster are applied: members that come with them have empty volumes, and those that go keep theirs. */
  public become(manifests: Rendered): void {
    const { spec } = manifests.get('StatefulSet', this.name);
    this.count = spec.replicas;
    [this.member] = spec.template.spec.containers;
    [this.job] = manifests.get('Job', `${this.name}-formation`).spec.template.spec.containers;
    this.makeVolumes();
  }

  public get ordinals(): number[] {
    return Array.from({ length: this.count }, (_, ordinal) => ordinal);
  }

  public get addresses(): string[] {
    return this.ordinals.map((ordinal) => `${this.host(ordinal)}:6379`);
  }

  public start(ordinal: number): void {
    this.processes.set(ordinal, new Process(this.command(this.member.command), this.environment(this.member, ordinal)));
  }

  public startAll(): void {
    this.ordinals.forEach((ordinal) => this.start(ordinal));
  }

  /** An empty volume in place of the one that is lost. */
  public remake(ordinal: number): void {
    this.own(this.make(`data-${ordinal}`));
  }

  public output(ordinal: number): string {
    return this.processes.get(ordinal)!.output;
  }

  /** As when the node is lost. */
  public kill(ordinal: number): Promise<Ended> {
    return this.processes.get(ordinal)!.kill('SIGKILL');
  }

  /** As the kubelet stops a pod: first preStop, then SIGTERM. */
  public async leave(ordinal: number): Promise<Ended> {
    await this.script(ordinal, this.member.lifecycle.preStop.exec.command);
    return this.processes.get(ordinal)!.kill('SIGTERM');
  }

  /** Every member gets another address at its next start. */
  public move(): void {
    this.network += 1;
  }

  /** Runs the Job's container, as one pod of it. */
  public form(changes: { [name: string]: string } = {}, seconds = 60): Promise<Ended> {
    return run(this.command(this.job.command), { ...this.environment(this.job, 0), ...changes }, seconds);
  }

  public probe(ordinal: number, kind: 'livenessProbe' | 'readinessProbe' | 'startupProbe'): Promise<Ended> {
    return this.script(ordinal, this.member[kind].exec.command);
  }

  /** What a member sees of the cluster, asked without the scripts that are under test. */
  public async view(ordinal: number): Promise<Seen[]> {
    const { status, output } = await this.cli(ordinal, 'member', SECRETS['member-password'], 'cluster', 'nodes');
    return status !== 0 ? [] : output.trim().split('\n').map((line) => line.split(' ')).filter((words) => words.length >= 8).map((words) => ({
      id: words[0],
      address: words[1].split('@')[0],
      flags: words[2].replace('myself,', ''),
      primary: words[3],
      link: words[7],
      slots: words.slice(8).map((range) => range.split('-').map(Number)).reduce((sum, [low, high]) => sum + (high ?? low) - low + 1, 0),
    }));
  }

  public cli(ordinal: number, user: string, password: string, ...words: string[]): Promise<Ended> {
    const command = ['redis-cli', '-e', '--no-auth-warning', '--user', user, '--tls', '--cacert', join(this.folder, 'tls', 'ca.crt'),
      '-h', this.host(ordinal), '-p', '6379', ...words];
    return run(command, { REDISCLI_AUTH: password }, 5);
  }

  public async dispose(): Promise<void> {
    await Process.killAll();
    rmSync(this.folder, { recursive: true, force: true });
  }

  public host(ordinal: number): string {
    const own = process.pid % 60_000;
    return `127.${10 + Math.floor(own / 250)}.${(own % 125) * 2 + this.network}.${ordinal + 1}`;
  }

  private script(ordinal: number, command: readonly string[]): Promise<Ended> {
    return run(this.command(command), this.environment(this.member, ordinal), 20);
  }

  private command(command: readonly string[]): string[] {
    return command.map((word) => word.replace('/etc/redis/', `${this.folder}/config/`));
  }

  private environment({ env }: Container, ordinal: number): { [name: string]: string } {
    const here: { [name: string]: string } = {
      BIND: this.host(ordinal),
      CONFIG_DIR: join(this.folder, 'config'),
      DATA_DIR: join(this.folder, `data-${ordinal}`),
      MEMBERS: this.addresses.join(' '),
      POD_IP: this.host(ordinal),
      RUN_DIR: join(this.folder, `run-${ordinal}`),
      SECRETS_DIR: join(this.folder, 'secrets'),
      TLS_DIR: join(this.folder, 'tls'),
      ZONE: this.zones[ordinal],
    };
    return Object.fromEntries(env.map(({ name, value }) => [name, PLACE.includes(name) ? here[name] : value!]));
  }

  private makeVolumes(): void {
    for (const ordinal of this.ordinals) {
      this.make(`data-${ordinal}`);
      this.make(`run-${ordinal}`);
    }
    this.own(this.folder);
  }

  private write(folder: string, files: { readonly [name: string]: string }, mode: number): void {
    const path = this.make(folder);
    Object.entries(files).forEach(([name, text]) => writeFileSync(join(path, name), text, { mode }));
  }

  private make(folder: string): string {
    mkdirSync(join(this.folder, folder), { recursive: true });
    return join(this.folder, folder);
  }

  /** For the user that the processes run as. */
  private own(path: string): void {
    chmodSync(path, 0o700);
    if (process.getuid?.() === 0) {
      execFileSync('chown', ['-R', '65532:65532', path]);
      chownSync(path, 65532, 65532);
    }
  }
}
