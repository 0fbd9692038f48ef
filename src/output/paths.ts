import { copyFileSync, existsSync, mkdirSync, readFileSync, realpathSync, renameSync, statSync } from 'fs';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'path';

/** Whether a file is in a folder, or is it. */
export function isInside(folder: string, file: string): boolean {
  const way = relative(folder, file);
  return way === '' || (way.split(sep)[0] !== '..' && !isAbsolute(way));
}

/** Where a link leads; a link that leads nowhere counts as outside. */
export function resolveLink(link: string): string {
  try {
    return realpathSync(link);
  } catch {
    return resolve(sep);
  }
}

/** The real path of a file or folder that need not exist, or may disappear for a moment. */
export function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    const [full, parent] = [resolve(path), dirname(resolve(path))];
    return parent === full ? full : join(realPath(parent), basename(full));
  }
}

export function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException | undefined)?.code;
}

/** Also to another file system. */
export function move(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if (codeOf(error) !== 'EXDEV') {
      throw error;
    }
    copyFileSync(from, to);
  }
}

/** The text of a file; undefined if there is none. */
export function textAt(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') {
      return undefined;
    }
    throw error;
  }
}

/** Creates a folder and those above it. `recursive` of Node.js never ends where a file system refuses new folders, such as /proc. */
export function makeFolder(folder: string): void {
  try {
    mkdirSync(folder);
  } catch (error) {
    if (codeOf(error) === 'EEXIST' && statSync(folder).isDirectory()) {
      return;
    }
    const parent = dirname(folder);
    if (codeOf(error) !== 'ENOENT' || parent === folder || existsSync(parent)) {
      throw error;
    }
    makeFolder(parent);
    makeFolder(folder);
  }
}
