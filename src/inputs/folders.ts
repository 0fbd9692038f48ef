import { readdirSync } from 'fs';
import { isDirectory } from './text-file';

/** The names of the folders in a folder, sorted; none where there is no folder. Links are none. */
export function foldersIn(folder: string): string[] {
  const entries = isDirectory(folder) ? readdirSync(folder, { withFileTypes: true }) : [];
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name).sort();
}
