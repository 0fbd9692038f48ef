import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Certificate, makeCertificate } from './certificate';
import { freePort } from './port';
import { eventually, run, Server } from './process';

/** A Redis Cluster of one node, with TLS only, that knows one user. */
export class Redis {
  static readonly USERNAME = 'shop';
  static readonly PASSWORD = 'of-redis';

  static async start(): Promise<Redis> {
    const folder = mkdtempSync(join(tmpdir(), 'redis-'));
    const certificate = await makeCertificate(folder);
    const port = await freePort();
    writeFileSync(join(folder, 'redis.conf'), `
bind 127.0.0.1
port 0
tls-port ${port}
tls-cert-file ${certificate.certificate}
tls-key-file ${certificate.key}
tls-ca-cert-file ${certificate.certificate}
tls-auth-clients no
cluster-enabled yes
cluster-announce-ip 127.0.0.1
cluster-port ${await freePort()}
tls-cluster yes
dir ${folder}
save ""
user default off
user ${Redis.USERNAME} on >${Redis.PASSWORD} ~* &* +@all
`);
    const redis = new Redis(folder, port, certificate, Server.start(join(folder, 'log'), 'redis-server', [join(folder, 'redis.conf')]));
    await eventually(() => redis.command('ping'), 20);
    await redis.command('cluster', 'addslotsrange', '0', '16383');
    await eventually(async () => expect(await redis.command('cluster', 'info')).toContain('cluster_state:ok'), 20);
    return redis;
  }

  readonly address: string;

  private constructor(
    private readonly folder: string,
    readonly port: number,
    readonly certificate: Certificate,
    private readonly server: Server,
  ) {
    this.address = `127.0.0.1:${port}`;
  }

  /** Asks Redis itself, beside Dapr. */
  async command(...words: string[]): Promise<string> {
    const output = await run('redis-cli', [
      '-e', '-h', '127.0.0.1', '-p', `${this.port}`, '--tls', '--cacert', this.certificate.certificate, '--user', Redis.USERNAME, ...words,
    ], { env: { REDISCLI_AUTH: Redis.PASSWORD } });
    return output.trimEnd();
  }

  /** The names of all that is in it. */
  async keys(): Promise<string[]> {
    return (await this.command('keys', '*')).split('\n').filter(Boolean).sort();
  }

  async stop(): Promise<void> {
    await this.server.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
