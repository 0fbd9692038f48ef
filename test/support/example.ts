import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { RECORD } from '../../src/output/output-record';

const ROOT = resolve(__dirname, '..', '..');

/** The text of each file of a folder and of those below it, by its path. */
export function readFolder(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile() && entry.name !== RECORD)
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
  return Object.fromEntries(files.sort().map((file) => [file, readFileSync(join(folder, file), 'utf8')]));
}

/** The files below `dist/` of an example in the repository. */
export function committedFiles(example: string): Record<string, string> {
  return readFolder(join(ROOT, 'examples', example, 'dist'));
}

/** Runs the program of an example: what it prints on standard error, and its files that are not those in the repository. */
export function runExample(example: string): { status: number | null; stderr: string; different: string[] } {
  const work = realpathSync(mkdtempSync(join(tmpdir(), `${example}-`)));
  try {
    const out = join(work, 'out');
    const { status, stderr } = spawnSync(process.execPath, ['--import', require.resolve('tsx'), join(ROOT, 'examples', example, 'main.ts')], {
      cwd: ROOT, env: { ...process.env, CDK8S_OUTDIR: out }, encoding: 'utf8',
    });
    const [committed, rendered] = [committedFiles(example), status === 0 ? readFolder(out) : {}];
    const different = [...new Set([...Object.keys(committed), ...Object.keys(rendered)])].filter((file) => committed[file] !== rendered[file]);
    return { status, stderr, different };
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}
