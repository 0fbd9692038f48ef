import { setTimeout as sleep } from 'node:timers/promises';
import type { TLSSocket } from 'node:tls';
import { connect } from 'node:tls';

export interface Credentials {
  readonly ca: Buffer;
  readonly username: string;
  readonly password: string;
}

/** One connection. Knows the answers that the tests need: lines, numbers, texts. */
class Connection {
  public static async open(host: string, port: number, { ca, username, password }: Credentials): Promise<Connection> {
    // the certificate names no address, and clients such as Dapr do not ask for it
    const socket = connect({ host, port, ca: [ca], checkServerIdentity: () => undefined, minVersion: 'TLSv1.3' });
    const connection = new Connection(socket);
    await new Promise<void>((resolve, reject) => {
      socket.once('secureConnect', resolve).once('error', reject);
      socket.setTimeout(1000, () => socket.destroy(new Error('no answer')));
    });
    await connection.send(['AUTH', username, password]);
    return connection;
  }

  private buffer = '';
  private waiting?: { resolve: (answer: string | null) => void; reject: (error: Error) => void };

  private constructor(private readonly socket: TLSSocket) {
    socket.setEncoding('utf8').on('data', (chunk: string) => { this.buffer += chunk; this.answer(); });
    for (const event of ['error', 'close'] as const) {
      socket.on(event, (error: unknown) => this.waiting?.reject(error instanceof Error ? error : new Error('closed')));
    }
  }

  /** One at a time: the next is sent when the answer is there. */
  public send(words: readonly string[]): Promise<string | null> {
    return new Promise((resolve, reject) => {
      if (this.socket.destroyed) {
        reject(new Error('closed'));
        return;
      }
      this.waiting = { resolve, reject };
      this.socket.write(`*${words.length}\r\n${words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`).join('')}`);
    });
  }

  public close(): void {
    this.socket.destroy();
  }

  private answer(): void {
    const line = /^([+:$-])(.*?)\r\n/.exec(this.buffer);
    if (!line || !this.waiting) {
      return;
    }
    const [whole, kind, text] = line;
    const { resolve, reject } = this.waiting;
    if (kind === '$' && text !== '-1') {
      if (this.buffer.length >= whole.length + Number(text) + 2) {
        const value = this.buffer.slice(whole.length, whole.length + Number(text));
        this.buffer = this.buffer.slice(whole.length + Number(text) + 2);
        resolve(value);
      }
      return;
    }
    this.buffer = this.buffer.slice(whole.length);
    kind === '-' ? reject(new Error(text)) : resolve(kind === '$' ? null : text);
  }
}

/** A client of a cluster: follows redirections, connects anew, and tries again until the time is up. */
export class RedisClient {
  private readonly connections = new Map<string, Connection>();
  private readonly homes = new Map<string, string>();

  constructor(private readonly seeds: () => readonly string[], private readonly credentials: Credentials) {}

  public async command(key: string, words: readonly string[], seconds: number): Promise<string | null> {
    const end = Date.now() + seconds * 1000;
    for (let attempt = 0; ; attempt++) {
      const seeds = this.seeds();
      const home = this.homes.get(key) ?? seeds[attempt % seeds.length];
      try {
        return await (await this.connection(home)).send(words);
      } catch (error) {
        const moved = /^MOVED \d+ (\S+)$/.exec((error as Error).message)?.[1];
        if (moved) {
          this.homes.set(key, moved);
          continue;
        }
        this.homes.delete(key);
        this.connections.get(home)?.close();
        this.connections.delete(home);
        if (Date.now() > end || /^(?:NOPERM|WRONGPASS|NOAUTH)/.test((error as Error).message)) {
          throw error;
        }
        await sleep(50);
      }
    }
  }

  public close(): void {
    this.connections.forEach((connection) => connection.close());
    this.connections.clear();
  }

  private async connection(home: string): Promise<Connection> {
    const existing = this.connections.get(home);
    if (existing) {
      return existing;
    }
    const colon = home.lastIndexOf(':');
    const opened = await Connection.open(home.slice(0, colon), Number(home.slice(colon + 1)), this.credentials);
    this.connections.set(home, opened);
    return opened;
  }
}

/** Writes one key after the other without a pause, and remembers what was acknowledged and when. */
export class Writer {
  public readonly acknowledged: string[] = [];
  public longestPause = 0;
  private stopped = false;
  private readonly done: Promise<void>;

  private readonly client: RedisClient;

  constructor(seeds: () => readonly string[], credentials: Credentials, private readonly tag: string) {
    this.client = new RedisClient(seeds, credentials);
    this.done = this.write();
  }

  public async stop(): Promise<void> {
    this.stopped = true;
    await this.done;
    this.client.close();
  }

  private async write(): Promise<void> {
    let last = Date.now();
    for (let count = 0; !this.stopped; count++) {
      const key = `{${this.tag}}:${count}`;
      await this.client.command(this.tag, ['SET', key, `${count}`], 60);
      this.acknowledged.push(key);
      this.longestPause = Math.max(this.longestPause, (Date.now() - last) / 1000);
      last = Date.now();
      await sleep(5);
    }
  }
}
