import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';

export const SOURCES = resolve(__dirname, '..', '..', '..', 'src');

export interface Verdict {
  readonly status: number | null;
  readonly output: string;
}

/** Runs a program to its end; what it prints and what it complains of are one text. */
export function run(program: string, args: readonly string[], input = ''): Verdict {
  const { status, stdout, stderr, error } = spawnSync(program, args, { input, encoding: 'utf8', env: { PATH: process.env.PATH, LC_ALL: 'C' } });
  if (error) {
    throw error;
  }
  return { status, output: `${stdout}${stderr}` };
}

/** Runs a script of src/. */
export function script(program: string, args: readonly string[], input: string): Verdict {
  return run(program, args.map((arg) => /\.(?:awk|jq|py)$/.test(arg) ? join(SOURCES, arg) : arg), input);
}
