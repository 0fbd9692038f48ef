import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './port';
import { eventually, Server } from './process';

/** Debian's command runs as a user of its own; this is the one that it calls. */
const COMMAND = '/usr/lib/rabbitmq/bin/rabbitmq-server';

/** A RabbitMQ of one node that knows one user. */
export class RabbitMq {
  static readonly USERNAME = 'shop';
  static readonly PASSWORD = 'of-rabbitmq';

  static async start(): Promise<RabbitMq> {
    const folder = mkdtempSync(join(tmpdir(), 'rabbitmq-'));
    const [port, distribution, mapper] = [await freePort(), await freePort(), await freePort()];
    writeFileSync(join(folder, 'rabbitmq.conf'), `
listeners.tcp.default = 127.0.0.1:${port}
default_user = ${RabbitMq.USERNAME}
default_pass = ${RabbitMq.PASSWORD}
`);
    // its own would stay behind
    const names = Server.start(join(folder, 'names'), 'epmd', ['-port', `${mapper}`, '-address', '127.0.0.1']);
    const server = Server.start(join(folder, 'output'), COMMAND, [], {
      cwd: folder,
      env: {
        HOME: folder, // with the cookie
        RABBITMQ_NODENAME: 'rabbit@localhost',
        RABBITMQ_NODE_IP_ADDRESS: '127.0.0.1',
        RABBITMQ_DIST_PORT: `${distribution}`,
        RABBITMQ_CONFIG_FILE: join(folder, 'rabbitmq.conf'),
        RABBITMQ_MNESIA_BASE: folder,
        RABBITMQ_LOG_BASE: folder,
        RABBITMQ_ENABLED_PLUGINS_FILE: join(folder, 'plugins'),
        RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: '-start_epmd false',
        ERL_EPMD_PORT: `${mapper}`,
      },
    });
    const rabbitMq = new RabbitMq(folder, port, [server, names]);
    await eventually(() => {
      server.checkAlive();
      return rabbitMq.accepts();
    });
    return rabbitMq;
  }

  private constructor(private readonly folder: string, private readonly port: number, private readonly servers: readonly Server[]) {}

  /** What its clients connect to. */
  get address(): string {
    return `amqp://${RabbitMq.USERNAME}:${RabbitMq.PASSWORD}@127.0.0.1:${this.port}`;
  }

  private accepts(): Promise<void> {
    return new Promise((resolve, reject) => {
      const socket = connect(this.port, '127.0.0.1');
      socket.once('error', reject).once('connect', () => {
        socket.destroy();
        resolve();
      });
    });
  }

  async stop(): Promise<void> {
    for (const server of this.servers) await server.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
