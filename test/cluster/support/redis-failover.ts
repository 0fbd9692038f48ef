import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Certificate, makeCertificate } from './certificate';
import { freePort } from './port';
import { eventually, run, Server } from './process';
import { Redis } from './redis';

/** The slots of each primary. */
const SLOTS = [[0, 5460], [5461, 10922], [10923, 16383]];

/** A Redis Cluster of three primaries with a replica each, with TLS only and the user of `Redis`. A lost primary is replaced. */
export class RedisFailover {
  static async start(): Promise<RedisFailover> {
    const folder = mkdtempSync(join(tmpdir(), 'redis-'));
    const cluster = new RedisFailover(folder, await makeCertificate(folder));
    for (let member = 0; member < 6; member++) await cluster.startMember();
    const [first, ...others] = cluster.members;
    for (const { port, bus } of others) await cluster.ask(first.port, 'cluster', 'meet', '127.0.0.1', `${port}`, `${bus}`);
    for (const [index, [from, to]] of SLOTS.entries()) await cluster.ask(cluster.members[index].port, 'cluster', 'addslotsrange', `${from}`, `${to}`);
    for (const index of [0, 1, 2]) {
      const id = await cluster.ask(cluster.members[index].port, 'cluster', 'myid');
      await eventually(() => cluster.ask(cluster.members[index + 3].port, 'cluster', 'replicate', id), 20);
    }
    await eventually(async () => {
      for (const { port } of cluster.members) {
        expect(await cluster.ask(port, 'cluster', 'info')).toMatch(/cluster_state:ok[^]*cluster_known_nodes:6\r?\n/);
        expect((await cluster.ask(port, 'cluster', 'nodes')).match(/\bslave\b/g)).toHaveLength(3);
      }
      for (const index of [3, 4, 5]) expect(await cluster.ask(cluster.members[index].port, 'info', 'replication')).toContain('master_link_status:up');
    }, 30);
    return cluster;
  }

  private readonly members: { readonly port: number; readonly bus: number; readonly server: Server }[] = [];

  private constructor(private readonly folder: string, private readonly certificate: Certificate) {}

  /** Of a member that is never killed. */
  get address(): string {
    return `127.0.0.1:${this.members[5].port}`;
  }

  /** Kills the primary that keeps a key, at once. */
  async killPrimaryOf(key: string): Promise<void> {
    const slot = Number(await this.ask(this.members[5].port, 'cluster', 'keyslot', key));
    await this.members[SLOTS.findIndex(([from, to]) => from <= slot && slot <= to)].server.stop('SIGKILL');
  }

  /** Asks Redis itself, wherever the key is. */
  async command(...words: string[]): Promise<string> {
    return this.ask(this.members[5].port, '-c', ...words);
  }

  async stop(): Promise<void> {
    await Promise.all(this.members.map(({ server }) => server.stop('SIGKILL')));
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async ask(port: number, ...words: string[]): Promise<string> {
    return (await run('redis-cli', ['-e', '-h', '127.0.0.1', '-p', `${port}`, '--tls', '--cacert', this.certificate.certificate, '--user', Redis.USERNAME, ...words], {
      env: { REDISCLI_AUTH: Redis.PASSWORD },
    })).trimEnd();
  }

  private async startMember(): Promise<void> {
    const [port, bus] = [await freePort(), await freePort()];
    const home = join(this.folder, `${port}`);
    mkdirSync(home);
    writeFileSync(join(home, 'redis.conf'), `
bind 127.0.0.1
port 0
tls-port ${port}
tls-cert-file ${this.certificate.certificate}
tls-key-file ${this.certificate.key}
tls-ca-cert-file ${this.certificate.certificate}
tls-auth-clients no
tls-replication yes
tls-cluster yes
cluster-enabled yes
cluster-announce-ip 127.0.0.1
cluster-port ${bus}
cluster-node-timeout 5000
repl-diskless-sync-delay 0
masteruser ${Redis.USERNAME}
masterauth ${Redis.PASSWORD}
dir ${home}
save ""
user default off
user ${Redis.USERNAME} on >${Redis.PASSWORD} ~* &* +@all
`);
    const server = Server.start(join(home, 'log'), 'redis-server', [join(home, 'redis.conf')]);
    this.members.push({ port, bus, server });
    await eventually(() => this.ask(port, 'ping'), 20);
  }
}
