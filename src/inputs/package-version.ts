import { dirname, join } from 'path';
import { readTextFile } from './text-file';

/** The version of this package, which is that of the nearest package.json above this file. */
export function packageVersion(folder = __dirname): string {
  const text = readTextFile(folder, join(folder, 'package.json'));
  return text === undefined ? packageVersion(dirname(folder)) : JSON.parse(text).version;
}
