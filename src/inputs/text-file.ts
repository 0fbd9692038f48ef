import { isUtf8 } from 'buffer';
import { closeSync, fstatSync, lstatSync, openSync, readFileSync, realpathSync, statSync } from 'fs';
import { isAbsolute, relative, sep } from 'path';
import { fail } from '../values/errors';
import { show } from '../values/value-checks';

/** The most bytes of a file, and what to do with one that has more. */
export interface SizeLimit {
  readonly bytes: number;
  readonly remedy: string;
}

/** Far more than people write by hand, far less than what makes a parser slow. */
const VALUES: SizeLimit = { bytes: 1024 * 1024, remedy: 'Leave only the values of this service in it' };

/** What YAML allows in no file, byte-order marks, and line breaks that only some YAML readers take for one. */
const UNREADABLE = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/;

const REMEDIES: Readonly<Record<string, string>> = {
  EACCES: 'Give the user who runs the synthesis the right to read it',
  EPERM: 'Give the user who runs the synthesis the right to read it',
  ELOOP: 'Its symbolic links run in a circle: put the file itself there',
  ENOTDIR: 'A part of this path is a file: put a folder there',
  ENAMETOOLONG: 'Shorten the names in this path',
};

/**
 * The text of a file, or undefined if there is none. Fails on whatever is not a readable UTF-8 text file inside `root`, symbolic links
 * followed, and on one of more than 1 MiB, or another limit.
 */
export function readTextFile(root: string, file: string, limit = VALUES): string | undefined {
  if (attempt(file, () => lstatSync(file)) === undefined) {
    return undefined;
  }
  const real = attempt(file, () => realpathSync(file));
  if (real === undefined) {
    return fail(file, 'is a symbolic link to nothing', 'Put the file itself there');
  }
  const way = relative(realpathSync(root), real);
  if (way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way)) {
    return fail(file, `is a symbolic link that leaves '${root}'`, 'Put the file itself there');
  }
  // before it is opened, because opening a named pipe waits for a writer
  if (!statSync(real).isFile()) {
    return fail(file, `is ${kindOf(real)}, expected a file`, 'Put a file there, or remove it');
  }
  const bytes = attempt(file, () => readBytes(file, real, limit));
  return bytes && decode(file, bytes);
}

/** Fails on a directory that is outside the working directory, also by a link: a synthesis elsewhere would read other values, or none. */
export function checkInside(directory: string): void {
  const real = attempt(directory, () => realpathSync(directory));
  const way = real === undefined ? '' : relative(realpathSync(process.cwd()), real);
  if (way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way)) {
    fail('Values.directory', `${show(directory)} is outside the working directory`, "Write a path of the project, such as 'applications/main'");
  }
}

/** Whether there is a directory of that name. */
export function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function readBytes(file: string, real: string, { bytes, remedy }: SizeLimit): Buffer {
  const descriptor = openSync(real, 'r');
  try {
    const { size } = fstatSync(descriptor);
    if (size > bytes) {
      fail(file, `has ${size} bytes, and ${bytes} are the most`, remedy);
    }
    return readFileSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Names the file as the user knows it: the messages of the file system name no remedy and sometimes another path. */
function attempt<T>(file: string, action: () => T): T | undefined {
  try {
    return action();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) {
      throw error;
    }
    return code === 'ENOENT' ? undefined : fail(file, `cannot be read (${code})`, REMEDIES[code] ?? 'Put a readable file there');
  }
}

function kindOf(path: string): string {
  const stats = statSync(path);
  return stats.isDirectory() ? 'a folder' : stats.isFIFO() ? 'a named pipe' : stats.isSocket() ? 'a socket' : 'a device';
}

function decode(file: string, bytes: Buffer): string {
  const start = bytes.subarray(0, 3).toString('hex');
  if (start.startsWith('fffe') || start.startsWith('feff')) {
    fail(`${file}:1`, 'is UTF-16', 'Save it as UTF-8 without a byte-order mark');
  }
  if (start === 'efbbbf') {
    fail(`${file}:1`, 'begins with a byte-order mark', 'Save it as UTF-8 without a byte-order mark');
  }
  if (!isUtf8(bytes)) {
    fail(`${file}:${firstWrongLine(bytes)}`, 'is not UTF-8', 'Save it as UTF-8');
  }
  return checkText(file, bytes.toString('utf8'));
}

/** The text of a file, without characters that YAML allows in no file. */
export function checkText(file: string, text: string): string {
  const wrong = UNREADABLE.exec(text);
  if (wrong) {
    const code = wrong[0].charCodeAt(0).toString(16).padStart(4, '0');
    const line = text.slice(0, wrong.index).split(/\r\n?|\n/).length;
    fail(`${file}:${line}`, `holds the character U+${code.toUpperCase()}`, `Remove it, or write it as "\\u${code}" in double quotes`);
  }
  return text;
}

/** No character of UTF-8 spans a line break, so each line can be judged alone. */
function firstWrongLine(bytes: Buffer): number {
  let line = 1;
  let start = 0;
  let end = bytes.indexOf(0x0a);
  while (end >= 0 && isUtf8(bytes.subarray(start, end))) {
    line += 1;
    start = end + 1;
    end = bytes.indexOf(0x0a, start);
  }
  return line;
}

/**
 * Fails unless a file is there that `readTextFile` reads.
 */
export function requireTextFile(root: string, file: string, remedy: string, limit = VALUES): string {
  return readTextFile(root, file, limit) ?? fail(file, 'is not there', remedy);
}
