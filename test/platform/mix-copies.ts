/**
 * Runs a program several times, in folders of its own: first with one copy of the library, then with its imports of `src` mixed from two copies.
 *
 *     mix-copies.ts PROGRAM FOLDER
 *
 * Run n takes an export from the second copy if bit n of the number of the export is set. So each two exports come from different copies in some run.
 */
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve, sep } from 'node:path';

type Exports = Record<string, unknown>;

const load = createRequire(__filename);

const root = resolve(__dirname, '..', '..');
const library = ['src', 'imports'].map((folder) => join(root, folder) + sep);
const index = load.resolve(library[0]);

const [program, folder] = process.argv.slice(2).map((path) => resolve(path));
const copies = [freshCopy(), freshCopy()];
if (copies[0].App === copies[1].App) {
  throw new Error('The second copy is the first one.');
}

run('one', () => 0);
const bits = Math.ceil(Math.log2(countOf(copies[0])));
for (let bit = 0; bit < bits; bit++) {
  run(`mixed-${bit}`, (number) => number >> bit & 1); // eslint-disable-line no-bitwise
}

function run(name: string, copyOf: (number: number) => number): void {
  const directory = join(folder, name);
  mkdirSync(directory, { recursive: true });
  // the values files of the program
  cpSync(join(root, 'examples'), join(directory, 'examples'), { recursive: true, filter: (file) => !file.endsWith('.ts') });
  process.chdir(directory);
  process.env.CDK8S_OUTDIR = join(directory, 'dist');

  let number = 0;
  const mixed = (modules: readonly Exports[]): Exports => Object.fromEntries(Object.keys(modules[0]).sort().map((key) => {
    const values = modules.map((module) => module[key]);
    return [key, isSubmodule(key, values[0]) ? mixed(values as Exports[]) : values[copyOf(number++)]];
  }));
  forget((file) => !library.some((part) => file.startsWith(part)) && file !== __filename && !file.includes('node_modules'));
  load.cache[index]!.exports = mixed(copies);

  const { write } = process.stderr;
  const printed: string[] = [];
  process.stderr.write = (text: unknown) => printed.push(`${text}`) > 0;
  try {
    load(program);
  } finally {
    process.stderr.write = write;
  }
  writeFileSync(join(directory, 'findings.txt'), printed.join('').replaceAll(directory, ''));
}

function freshCopy(): Exports {
  forget((file) => library.some((part) => file.startsWith(part)));
  return load(index) as Exports;
}

function forget(isMatch: (file: string) => boolean): void {
  Object.keys(load.cache).filter(isMatch).forEach((file) => delete load.cache[file]);
}

function isSubmodule(key: string, value: unknown): value is Exports {
  return typeof value === 'object' && /^[a-z]/.test(key);
}

function countOf(module: Exports): number {
  return Object.entries(module).reduce((sum, [key, value]) => sum + (isSubmodule(key, value) ? countOf(value) : 1), 0);
}
