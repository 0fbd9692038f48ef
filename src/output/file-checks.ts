import { lstatSync } from 'fs';
import type { Output } from './output';
import { isInside, realPath, resolveLink } from './paths';
import { checkFileName } from '../core/file-name';

/** Fails if a file cannot have its name or would be lost to another of them. */
export function checkNames(outputs: readonly Output[]): void {
  const owners = new Map<string, Output>();
  for (const output of outputs) {
    const problem = checkFileName(output.file);
    if (problem) {
      throw new Error(`${output.owner} output file '${output.file}' ${problem}. Rename the construct or its OutputFile.`);
    }
    const key = output.file.toLowerCase();
    const other = owners.get(key);
    if (other) {
      throw new Error(`${output.owner} output file '${output.file}' would overwrite '${other.file}' of ${other.owner}. Rename one of them.`);
    }
    owners.set(key, output);
  }
  for (const output of outputs) {
    const parts = output.file.toLowerCase().split('/');
    for (let length = 1; length < parts.length; length++) {
      const other = owners.get(parts.slice(0, length).join('/'));
      if (other) {
        throw new Error(`${output.owner} output file '${output.file}' needs a folder where ${other.owner} writes the file '${other.file}'. `
          + 'Rename one of them.');
      }
    }
  }
}

/** Fails if a file would be written through a link out of its folder, or where a folder of its name is. */
export function checkLinks(folder: string, outputs: readonly Output[]): void {
  const root = realPath(folder);
  const seen = new Set<string>();
  for (const output of outputs) {
    const parts = output.file.split('/');
    for (let length = 1; length <= parts.length; length++) {
      const place = parts.slice(0, length).join('/');
      const full = `${folder}/${place}`;
      const status = seen.has(place) ? undefined : lstatSync(full, { throwIfNoEntry: false });
      seen.add(place);
      if (status?.isSymbolicLink() && !isInside(root, resolveLink(full))) {
        throw new Error(`${output.owner} output file '${output.file}' would be written through '${full}', a symbolic link out of `
          + `'${folder}'. Remove the link.`);
      }
      if (status?.isDirectory() && length === parts.length) {
        throw new Error(`${output.owner} output file '${output.file}' cannot be written, because '${full}' is a folder. Remove the folder.`);
      }
      if (status?.isFile() && length < parts.length) {
        throw new Error(`${output.owner} output file '${output.file}' cannot be written, because '${full}' is a file. Remove the file.`);
      }
    }
  }
}
