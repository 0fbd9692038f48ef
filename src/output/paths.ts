import { copyFileSync, realpathSync, renameSync } from 'fs';
import { isAbsolute, relative, resolve, sep } from 'path';

/** Whether a file stands in a folder, or is it. */
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

/** Also to another file system. */
export function move(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') {
      throw error;
    }
    copyFileSync(from, to);
  }
}
