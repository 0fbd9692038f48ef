import { readdirSync } from 'fs';
import { join, relative, sep } from 'path';
import { isDirectory } from './text-file';

/** The names of the folders in a folder, sorted; none where there is no folder. Links are none. */
export function foldersIn(folder: string): string[] {
  const entries = isDirectory(folder) ? readdirSync(folder, { withFileTypes: true }) : [];
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name).sort();
}

/** The files below a folder, sorted, parts separated by `/`. */
export function filesBelow(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true });
  return entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => relative(folder, join(parentPath, name)).split(sep).join('/')).sort();
}
