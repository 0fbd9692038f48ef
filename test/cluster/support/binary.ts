import { resolve } from 'node:path';
import { run } from './process';

/** The folder of the Go modules and scripts. */
export const FOLDER = resolve(__dirname, '..');

/** The path of a binary that build.sh builds, or finds built; also of a file that it keeps. */
export async function binary(name: string): Promise<string> {
  return (await run(resolve(FOLDER, 'build.sh'), [name])).trim();
}
