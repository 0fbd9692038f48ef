import { readdirSync, realpathSync } from 'fs';
import { basename, dirname, join, relative, sep } from 'path';
import { textAt } from './paths';
import { isRuntime } from './program';
import { checkFileName } from '../core/file-name';

/** The file of an output folder that lists what programs wrote there. It has no extension that an applier of the folder reads. */
export const RECORD = '.cdk8s-microservices';

const HEADER = '# The files of this folder that cdk8s-microservices wrote, each with its program. Synthesis removes no other file. Commit this one with them.';

/**
 * Which program wrote which file of an output folder.
 *
 * A line names a file and its program, so that versions merge line by line. Marks of a merge conflict are no such lines, and the next
 * synthesis removes them.
 */
export class OutputRecord {
  /** Reads the record of a folder; an empty one if there is none. */
  public static read(folder: string): OutputRecord {
    const lines = (textAt(join(folder, RECORD)) ?? '').split(/\r?\n/).flatMap((line) => {
      const [, file, program] = /^([\w./-]+)(?: (.+))?$/.exec(line) ?? [];
      return file !== undefined && checkFileName(file) === undefined ? [[file, program ?? ''] as const] : [];
    });
    return new OutputRecord(new Map(lines));
  }

  private constructor(private readonly programs: ReadonlyMap<string, string>) {}

  public get isEmpty(): boolean {
    return this.programs.size === 0;
  }

  /** The program of a file; an empty text if the record does not know its name. */
  public programOf(file: string): string | undefined {
    return this.programs.get(file);
  }

  public filesOf(program: string): string[] {
    return [...this.programs].filter(([, each]) => each === program).map(([file]) => file);
  }

  /** The record after a program wrote some files and removed others. */
  public with(program: string, written: readonly string[], removed: readonly string[] = []): OutputRecord {
    const programs = new Map(this.programs);
    removed.forEach((file) => programs.delete(file));
    written.forEach((file) => programs.set(file, program));
    return new OutputRecord(programs);
  }

  public toString(): string {
    const lines = [...this.programs].map(([file, program]) => program === '' ? file : `${file} ${program}`);
    return `${[HEADER, ...lines.sort()].join('\n')}\n`;
  }
}

/** Folders of compilers: a program and its compiled copy are the same one. */
const COMPILED = ['lib', 'build', 'out', 'dist'];

/**
 * The name of the running program: its way from the output folder, the same on every machine, without its extension and the folder of a
 * compiler. An empty text if only its runtime is known, as for programs in Python and under a test runner.
 */
export function programAt(folder: string): string {
  const main = process.argv[1];
  if (isRuntime(main)) {
    return '';
  }
  try {
    const source = relative(folder, realpathSync(main)).split(sep).filter((part) => !COMPILED.includes(part));
    return relative(folder, join(folder, ...source)).split(sep).join('/').replace(/\.[cm]?[jt]sx?$/, '');
  } catch {
    return '';
  }
}

/** Whether a program is still where it was: otherwise another is its successor. */
export function isProgram(folder: string, program: string): boolean {
  const path = join(folder, program);
  try {
    return readdirSync(dirname(path)).some((name) => name === basename(path) || name.replace(/\.[cm]?[jt]sx?$/, '') === basename(path));
  } catch {
    return false;
  }
}
