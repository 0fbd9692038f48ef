import { readdirSync, readFileSync } from 'fs';
import { dirname } from 'path';
import { isDirectory, requireTextFile } from './text-file';
import { fail } from '../values/errors';

/** Files of manifests, by the end of their name. */
const MANIFESTS = /\.(?:ya?ml|json)$/;

/** Enough for all definitions of a large operator in one file. */
const LIMIT = { bytes: 64 * 1024 * 1024, remedy: 'Split it' };

/** The path of standard input, and its name as a file. */
const STANDARD_INPUT = { path: '-', name: 'standard input', descriptor: 0 };

/** Whether a file in a folder is one of manifests, by its name. Names that begin with a dot, also of folders, are left alone. */
export function isManifestFile(name: string): boolean {
  return MANIFESTS.test(name) && !/(^|\/)\./.test(name);
}

/** The texts of files, of all files of YAML and JSON in folders, and of standard input as `-`, by their names. Fails where a path leads to none. */
export function manifestFiles(paths: readonly string[]): { [file: string]: string } {
  return Object.fromEntries(paths.flatMap((path) => {
    if (path === STANDARD_INPUT.path) {
      return [[STANDARD_INPUT.name, readFileSync(STANDARD_INPUT.descriptor, 'utf8')]];
    }
    if (!isDirectory(path)) {
      return [[path, requireTextFile(dirname(path), path, 'Name a file or a folder of manifests', LIMIT)]];
    }
    const files = filesIn(path.replace(/(.)\/+$/, '$1'));
    return files.length > 0 ? files.map((file) => [file, requireTextFile(path, file, '', LIMIT)])
      : fail(path, 'holds no file of YAML or JSON', 'Name a folder of manifests');
  }));
}

/** Links, and what begins with a dot, are left alone. */
function filesIn(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true }).filter(({ name }) => !name.startsWith('.'));
  return entries.sort((a, b) => a.name < b.name ? -1 : 1).flatMap((entry) => entry.isDirectory() ? filesIn(`${folder}/${entry.name}`)
    : entry.isFile() && isManifestFile(entry.name) ? [`${folder}/${entry.name}`] : []);
}
