import { statSync } from 'fs';
import { dirname } from 'path';
import { codeOf } from './paths';
import { describe } from '../values/errors';

const CAUSES: Readonly<Record<string, readonly [problem: string, remedy: string]>> = {
  ENOENT: ['does not exist and cannot be created', 'Choose another folder'],
  EACCES: ['cannot be written without permission', 'Grant your user write permission, or choose another folder'],
  EPERM: ['cannot be written without permission', 'Grant your user write permission, or choose another folder'],
  EROFS: ['is on a read-only file system', 'Mount it writable, or choose another folder'],
  ENOSPC: ['cannot be written, because the disk is full', 'Free disk space, or choose another folder'],
  EDQUOT: ['cannot be written, because your disk quota is used up', 'Free disk space, or choose another folder'],
  ENOTDIR: ['is a file', 'Move the file away, or choose another folder'],
  EEXIST: ['is a file', 'Move the file away, or choose another folder'],
  EISDIR: ['is a folder, not a file', 'Move the folder away'],
  ENAMETOOLONG: ['has a name that the file system does not accept', 'Shorten the name'],
  ELOOP: ['is a symbolic link that leads to itself', 'Remove the link'],
  EBUSY: ['is in use by another program', 'Close that program'],
  EMFILE: ['cannot be opened, because too many files are open', 'Raise the limit of open files'],
};

/** Runs what uses the file system below a folder, and names path and remedy where that fails. */
export function withFolder<T>(folder: string, use: () => T): T {
  try {
    return use();
  } catch (error) {
    const code = codeOf(error);
    const cause = code === undefined ? undefined : CAUSES[code];
    if (!cause) {
      throw error;
    }
    const path = fileAbove((error as NodeJS.ErrnoException).path ?? folder);
    throw new Error(`[App] ${describe(`the output folder '${folder}' cannot be written: '${path}' ${cause[0]} (${code})`, cause[1])}`);
  }
}

/** The file where a path needs a folder, if that is what is wrong with it. */
function fileAbove(path: string): string {
  for (let above = path; above !== dirname(above); above = dirname(above)) {
    try {
      return statSync(above).isFile() ? above : path;
    } catch {
      // not there, so what is above it decides
    }
  }
  return path;
}
