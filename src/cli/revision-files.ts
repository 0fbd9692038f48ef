import { execFileSync } from 'child_process';
import { isManifestFile } from '../inputs/manifest-files';
import { fail } from '../values/errors';
import { show } from '../values/value-checks';

/** Enough for the manifests of a large platform. */
const LIMIT = 256 * 1024 * 1024;

/** The texts of the manifests of a path as Git has them in a revision, by their names. Runs Git and no other program. */
export function revisionFiles(revision: string, path: string): { [file: string]: string } {
  const names = git(revision, 'ls-tree', '-r', '-z', '--name-only', '--end-of-options', revision, '--', path).split('\0').filter((name) => name !== '');
  const files = names.filter(isManifestFile);
  return files.length > 0 ? Object.fromEntries(files.map((file) => [file, git(revision, 'show', '--end-of-options', `${revision}:./${file}`)]))
    : fail(path, `is in no file of the revision ${show(revision)}`, 'Name a folder with committed manifests');
}

function git(revision: string, ...args: readonly string[]): string {
  try {
    return execFileSync('git', args, { encoding: 'utf8', maxBuffer: LIMIT, stdio: ['ignore', 'pipe', 'pipe'] });
  } catch (error) {
    const { stderr = '', message } = error as { stderr?: string; message: string };
    return fail('diff', `Git cannot read the revision ${show(revision)}: ${(stderr || message).trim().split('\n')[0]}`, 'Run it in a clone that has the revision');
  }
}
