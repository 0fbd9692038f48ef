import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Certificate, makeCertificate } from './certificate';
import { freePort } from './port';
import { eventually, run, Server } from './process';

const DEBIAN = '/usr/lib/postgresql';
const NOBODY = 65534;
const isRoot = process.getuid?.() === 0;

/** A PostgreSQL with TLS. It refuses to run as root, so then it runs as nobody. */
export class Postgresql {
  static async start(): Promise<Postgresql> {
    const folder = mkdtempSync(join(tmpdir(), 'postgresql-'));
    const [data, password] = [join(folder, 'data'), join(folder, 'password')];
    writeFileSync(password, 'of-postgresql');
    const certificate = await makeCertificate(folder);
    if (isRoot) for (const file of [folder, password, ...Object.values(certificate)]) chownSync(file, NOBODY, NOBODY);

    const user = isRoot ? ['setpriv', `--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups', '--'] : ['env'];
    await run(user[0], [...user.slice(1), program('initdb'), '-D', data, '-U', 'shop', `--pwfile=${password}`, '--auth=scram-sha-256', '--no-sync'], { cwd: folder });
    const port = await freePort();
    const settings = {
      listen_addresses: '127.0.0.1',
      port,
      unix_socket_directories: '',
      fsync: 'off',
      ssl: 'on',
      ssl_cert_file: certificate.certificate,
      ssl_key_file: certificate.key,
    };
    const args = ['-D', data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
    const server = Server.start(join(folder, 'log'), program('postgres'), args, { cwd: folder, user: isRoot ? NOBODY : undefined });
    const postgresql = new Postgresql(folder, port, certificate, server);
    await eventually(() => postgresql.query('SELECT 1'), 30);
    return postgresql;
  }

  private constructor(
    private readonly folder: string,
    private readonly port: number,
    private readonly certificate: Certificate,
    private readonly server: Server,
  ) {}

  /** Makes a user with a database of that name, which no other user enters, and returns what the Secret of a service would hold. */
  async createUser(name: string): Promise<string> {
    const password = `of-${name}`;
    for (const sql of [`CREATE ROLE ${name} LOGIN PASSWORD '${password}'`, `CREATE DATABASE ${name} OWNER ${name}`, `REVOKE CONNECT ON DATABASE ${name} FROM PUBLIC`]) {
      await this.query(sql);
    }
    return this.connectionString(name, password, name);
  }

  /** The rows that PostgreSQL itself returns, beside Dapr, with | between the columns. */
  async query(sql: string, database = 'postgres'): Promise<string[]> {
    return (await run('psql', [this.connectionString('shop', 'of-postgresql', database), '-XAtc', sql])).split('\n').filter(Boolean);
  }

  private connectionString(user: string, password: string, database: string): string {
    return `host=127.0.0.1 port=${this.port} user=${user} password=${password} dbname=${database} sslmode=verify-full sslrootcert=${this.certificate.certificate}`;
  }

  async stop(): Promise<void> {
    await this.server.stop('SIGINT');
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Debian keeps the servers of each version in a folder of their own, and off PATH. */
function program(name: string): string {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).sort((a, b) => Number(b) - Number(a)) : [];
  return versions.map((version) => join(DEBIAN, version, 'bin', name)).find((file) => existsSync(file)) ?? name;
}
