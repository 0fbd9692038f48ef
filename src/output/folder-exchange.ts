import { chmodSync, linkSync, mkdirSync, readdirSync, renameSync, statSync } from 'fs';
import { join } from 'path';
import { codeOf } from './paths';
import { ASIDE } from './temporary-folder';

/** A folder with one of these is more than output: it is changed in place. */
const PROJECTS = ['.git', 'node_modules'];

/** How often an exchange is tried, because another process may change the folder in the meantime. */
const ATTEMPTS = 20;

/**
 * Changes a folder at once: changes a copy made of hard links, then exchanges folder and copy.
 *
 * @param root the real path of a folder; it need not exist
 * @param temporary an empty folder, of the same file system if this is to succeed
 * @param change changes the folder that it is given
 * @returns false if the folder cannot be copied or exchanged, as where it is a mount point or has links: nothing is changed then
 */
export function changeAtOnce(root: string, temporary: string, change: (folder: string) => void): boolean {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const next = join(temporary, `new-${attempt}`);
    const before = identityOf(root);
    try {
      mkdirSync(next);
      if (before !== undefined && !linkAll(root, next)) {
        return false;
      }
      change(next);
      if (before === undefined ? place(next, root) : exchange(next, root, temporary, before)) {
        return true;
      }
    } catch (error) {
      // another process was faster: what it moved is not found
      if (codeOf(error) !== 'ENOENT' && identityOf(root) === before) {
        return refused(error);
      }
    }
  }
  return false;
}

function exchange(next: string, root: string, temporary: string, before: string): boolean {
  const old = join(temporary, ASIDE);
  renameSync(root, old);
  try {
    if (identityOf(old) === before) {
      // what another process placed where it found no folder lacks the files of the old one
      for (let other = 0; !place(next, root); other++) {
        renameSync(root, join(temporary, `other-${other}`));
      }
      return true;
    }
  } catch (error) {
    renameSync(old, root);
    throw error;
  }
  renameSync(old, root);
  return false;
}

/** Gives a folder its place, if no other has it. */
function place(folder: string, at: string): boolean {
  try {
    renameSync(folder, at);
    return true;
  } catch (error) {
    if (!['ENOTEMPTY', 'EEXIST'].includes(codeOf(error) ?? '')) {
      throw error;
    }
    return false;
  }
}

/** File systems that have no hard links, or do not move a folder, are no failure. */
function refused(error: unknown): false {
  if (['EXDEV', 'EPERM', 'EACCES', 'EBUSY', 'ENOTSUP', 'EMLINK', 'ENOSYS', 'EINVAL'].includes(codeOf(error) ?? '')) {
    return false;
  }
  throw error;
}

/** What tells a folder from another one, and from itself after a change of its files: numbers of removed folders are used again. */
function identityOf(folder: string): string | undefined {
  const status = statSync(folder, { throwIfNoEntry: false });
  return status && `${status.ino} ${status.mtimeMs}`;
}

function linkAll(from: string, to: string): boolean {
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (PROJECTS.includes(entry.name) || (!entry.isDirectory() && !entry.isFile())) {
      return false;
    }
    if (entry.isFile()) {
      linkSync(source, target);
    } else {
      mkdirSync(target);
      if (!linkAll(source, target)) {
        return false;
      }
    }
  }
  chmodSync(to, statSync(from).mode);
  return true;
}
