import { spawnSync } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';

/** What a process cost. */
export interface Cost {
  /** User and system time, start included. */
  readonly cpuSeconds: number;
  /** The part of it after all modules are loaded. */
  readonly runSeconds: number;
  readonly peakMegabytes: number;
}

/** A scenario of `scenarios/` and its arguments. */
export type Scenario = readonly [name: string, ...args: (string | number)[]];

export interface Measured<T> {
  readonly cost: Cost;
  readonly result: T;
}

/**
 * Runs a scenario in a process and an empty working directory of its own.
 *
 * @param read what to read of its output folder
 */
export function runScenario<T>(compiled: string, scenario: Scenario, read: (outdir: string) => T): Measured<T> {
  return inFolder((folder, outdir) => {
    const output = execute(process.execPath, [path.join(compiled, 'child.js'), outdir, ...scenario.map(String)], folder).stdout;
    return { cost: JSON.parse(output) as Cost, result: read(outdir) };
  });
}

/**
 * Runs a shell command with all the processes that it starts; `$OUT` is its output folder.
 */
export function runCommand<T>(command: string, read: (outdir: string) => T): Measured<T> {
  return inFolder((folder, outdir) => {
    const { stderr } = execute('bash', ['-c', `TIMEFORMAT='%U %S'; mkdir -p "$OUT"; time { ${command}; } >/dev/null 2>"$OUT.log" || { cat "$OUT.log" >&2; exit 1; }`],
      folder, { OUT: outdir, CDK8S_OUTDIR: outdir, CDK8S_CHECK_UPGRADE: 'false' });
    const [user, system] = stderr.trim().split(' ').map(Number);
    return { cost: { cpuSeconds: user + system, runSeconds: NaN, peakMegabytes: NaN }, result: read(outdir) };
  });
}

function execute(program: string, args: readonly string[], cwd: string, variables: NodeJS.ProcessEnv = {}): { stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd, encoding: 'utf8', env: { ...process.env, ...variables }, maxBuffer: 2 ** 28 });
  if (status !== 0) {
    throw new Error(`${program} ${args.join(' ')}: exit code ${status}\n${stderr.slice(-2000)}`);
  }
  return { stdout, stderr };
}

export function inFolder<T>(run: (folder: string, outdir: string) => T): T {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'bench-'));
  try {
    return run(folder, path.join(folder, 'dist'));
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}
