import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** How a command ended. */
export interface Output {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly input?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
}

/** Runs a command to its end, however it ends. */
export function attempt(command: string, args: readonly string[], options: RunOptions = {}): Promise<Output> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: options.cwd, env: { ...process.env, ...options.env } });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on('data', (chunk) => stdout.push(chunk));
    child.stderr.on('data', (chunk) => stderr.push(chunk));
    child.on('error', reject);
    child.on('close', (status) => {
      resolve({ status, stdout: Buffer.concat(stdout).toString(), stderr: Buffer.concat(stderr).toString() });
    });
    child.stdin.on('error', () => {}); // it may end without having read all: its status tells
    child.stdin.end(options.input ?? '');
  });
}

/** Runs a command that must succeed, and returns what it printed. */
export async function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<string> {
  const { status, stdout, stderr } = await attempt(command, args, options);
  if (status !== 0) {
    throw new Error(`${command} ${args.join(' ')} ended with ${status}:\n${stderr}${stdout}`);
  }
  return stdout;
}

export interface ServerOptions extends Omit<RunOptions, 'input'> {
  /** The user and group that it runs as, by number. */
  readonly user?: number;
}

/** A process that runs until it is stopped. The kernel stops it when the tests end without doing so. */
export class Server {
  static start(log: string, command: string, args: readonly string[], options: ServerOptions = {}): Server {
    return new Server(log, command, args, options);
  }

  private readonly child: ChildProcess;
  private readonly ended: Promise<void>;

  private constructor(private readonly log: string, private readonly command: string, args: readonly string[], options: ServerOptions) {
    const user = options.user === undefined ? [] : [`--reuid=${options.user}`, `--regid=${options.user}`, '--clear-groups'];
    const file = openSync(log, 'w');
    this.child = spawn('setpriv', ['--pdeathsig', 'KILL', ...user, '--', command, ...args], {
      cwd: options.cwd, env: { ...process.env, ...options.env }, stdio: ['ignore', file, file],
    });
    closeSync(file);
    this.ended = new Promise((resolve) => {
      this.child.on('error', () => resolve());
      this.child.on('exit', () => resolve());
    });
  }

  /** What it has printed so far. */
  output(): string {
    return existsSync(this.log) ? readFileSync(this.log, 'utf8') : '';
  }

  /** Waits until it has printed something. */
  async printed(expected: RegExp, seconds = 60): Promise<RegExpExecArray> {
    const deadline = Date.now() + seconds * 1000;
    for (;;) {
      const found = expected.exec(this.output());
      if (found) return found;
      this.checkAlive();
      if (Date.now() > deadline) throw new Error(`${this.command} did not print ${expected}:\n${this.output()}`);
      await sleep(50);
    }
  }

  checkAlive(): void {
    if (this.child.exitCode !== null || this.child.signalCode !== null) {
      throw new Error(`${this.command} ended with ${this.child.exitCode ?? this.child.signalCode}:\n${this.output()}`);
    }
  }

  /** Waits until it ends by itself; null if a signal ended it. */
  async exitStatus(seconds: number): Promise<number | null> {
    const late = sleep(seconds * 1000, 'late' as const, { ref: false });
    if (await Promise.race([this.ended, late]) === 'late') throw new Error(`${this.command} runs on:\n${this.output()}`);
    return this.child.exitCode;
  }

  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    this.child.kill(signal);
    const late = setTimeout(() => this.child.kill('SIGKILL'), 20_000);
    await this.ended;
    clearTimeout(late);
  }
}

/** Repeats what fails until it passes, and fails as it did last when the time is over. */
export async function eventually<T>(check: () => T | Promise<T>, seconds = 60): Promise<T> {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
    await sleep(200);
  }
}
