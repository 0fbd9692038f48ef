import { existsSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'fs';
import { basename, dirname, join } from 'path';
import { codeOf, makeFolder } from './paths';

/** Where a temporary folder keeps the output folder while the next one takes its place. */
export const ASIDE = 'old';

/**
 * Creates a folder for one synthesis. It is next to the output folder, so that no reader of that sees half of the files. Its name has the number
 * of the process, by which a later run knows whether it is still in use.
 *
 * @param root the output folder, its real path if it exists
 */
export function createTemporaryFolder(root: string): string {
  const parent = dirname(root);
  makeFolder(parent);
  try {
    return mkdtempSync(join(parent, nextTo(root)));
  } catch (error) {
    if (!['EACCES', 'EPERM', 'EROFS'].includes(codeOf(error) ?? '')) {
      throw error;
    }
    // a mounted folder in a container: its parent belongs to somebody else
    makeFolder(root);
    return mkdtempSync(join(root, WITHIN));
  }
}

/** Removes what killed processes left, and puts an output folder back that one of them had moved aside. */
export function removeLeftovers(root: string): void {
  const leftovers = [[dirname(root), nextTo(root)], [root, WITHIN]].flatMap(([folder, prefix]) => namesIn(folder).flatMap((name) => {
    const [, pid] = name.startsWith(prefix.slice(0, prefix.lastIndexOf(`${process.pid}-`))) ? /synth-(\d+)-\w{6}$/.exec(name) ?? [] : [];
    return pid !== undefined && !isRunning(Number(pid)) ? [join(folder, name)] : [];
  }));
  for (const leftover of leftovers) {
    const aside = join(leftover, ASIDE);
    if (!existsSync(root) && existsSync(aside)) {
      renameSync(aside, root);
    }
    rmSync(leftover, { recursive: true, force: true });
  }
}

function nextTo(root: string): string {
  return `.${basename(root)}-${WITHIN.slice(1)}`;
}

const WITHIN = `.synth-${process.pid}-`;

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    // not there, or not readable: nothing was left in it
    return [];
  }
}

/** This process writes one folder after the other, so a folder with its number is left by an earlier process. */
function isRunning(pid: number): boolean {
  if (pid === process.pid) {
    return false;
  }
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) !== 'ESRCH';
  }
}
