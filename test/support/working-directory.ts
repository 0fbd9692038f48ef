import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { newOutdir } from '../output/output-folders';

/** Each test of the file runs in a folder of its own: values files are named from the working directory, and none may lie outside of it. */
export function useOwnWorkingDirectory(): void {
  let home: string;
  beforeEach(() => {
    home = process.cwd();
    const work = newOutdir('work');
    mkdirSync(work);
    process.chdir(work);
  });
  afterEach(() => { process.chdir(home); });
}

/** Writes a file below the working directory. */
export function write(file: string, content: string | Uint8Array): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
}
