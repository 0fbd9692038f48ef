import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

/** What a process wrote, and how it ended. */
export interface Ended {
  readonly status: number | null;
  readonly output: string;
}

let reaping: ChildProcess | undefined;

/** Ends what the tests leave behind when they are stopped themselves: it learns of that by the end of its input. */
function reaper(): ChildProcess {
  reaping ??= spawn('sh', ['-c', 'while read -r group; do groups="$groups $group"; done; for group in $groups; do kill -9 -- "-$group"; done'],
    { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
  return reaping;
}

/** A process with a group of its own, so that nothing of it outlives the test. */
export class Process {
  /** Ends every process that was started, and waits until it is gone. */
  public static async killAll(): Promise<void> {
    await Promise.all([...Process.all].map((process) => process.kill('SIGKILL')));
    reaping?.stdin!.end();
    reaping = undefined;
  }

  private static readonly all = new Set<Process>();

  public readonly ended: Promise<Ended>;
  private readonly child: ChildProcess;
  private text = '';

  /**
   * @param options.root whether it may be root where the tests are: to make what a process of a pod then runs in
   */
  constructor(command: readonly string[], env: { readonly [name: string]: string }, options: { readonly root?: boolean } = {}) {
    // as in a pod: nobody, even where the tests run as root
    const user = !options.root && process.getuid?.() === 0 ? { uid: 65532, gid: 65532 } : {};
    this.child = spawn(command[0], command.slice(1), { env: { PATH: process.env.PATH!, ...env }, detached: true, stdio: ['ignore', 'pipe', 'pipe'], ...user });
    for (const stream of [this.child.stdout!, this.child.stderr!]) {
      stream.setEncoding('utf8').on('data', (chunk: string) => { this.text += chunk; });
    }
    Process.all.add(this);
    reaper().stdin!.write(`${this.child.pid}\n`);
    this.ended = new Promise((resolve, reject) => {
      this.child.once('error', reject);
      this.child.once('close', (status) => {
        Process.all.delete(this);
        resolve({ status, output: this.text });
      });
    });
  }

  public get output(): string {
    return this.text;
  }

  public get pid(): number {
    return this.child.pid!;
  }

  /** Sends a signal to all of the group (SIGKILL), as a lost node does, or to its first process, as the kubelet does. */
  public async kill(signal: 'SIGKILL' | 'SIGTERM'): Promise<Ended> {
    this.signal(signal);
    return this.ended;
  }

  private signal(signal: 'SIGKILL' | 'SIGTERM'): void {
    try {
      process.kill(signal === 'SIGKILL' ? -this.child.pid! : this.child.pid!, signal);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') {
        throw error;
      }
    }
  }
}

/** Runs a command to its end, which must come within the time. */
export async function run(
  command: readonly string[], env: { readonly [name: string]: string }, seconds: number, options: { readonly root?: boolean } = {},
): Promise<Ended> {
  const child = new Process(command, env, options);
  const late = new AbortController();
  const deadline = sleep(seconds * 1000, undefined, { signal: late.signal }).then(() => child.kill('SIGKILL'), () => undefined);
  try {
    return await child.ended;
  } finally {
    late.abort();
    await deadline;
  }
}

/** Waits until something holds, and says what was seen last when it does not within the time. */
export async function until<T>(
  what: string, seconds: number, look: () => Promise<T>, holds: (seen: T) => boolean,
): Promise<{ seen: T; seconds: number }> {
  const begin = Date.now();
  for (;;) {
    const seen = await look();
    const passed = (Date.now() - begin) / 1000;
    if (holds(seen)) {
      return { seen, seconds: passed };
    }
    if (passed > seconds) {
      throw new Error(`${what}: not within ${seconds} s; last seen: ${JSON.stringify(seen)}`);
    }
    await sleep(100);
  }
}
