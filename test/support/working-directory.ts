import { mkdirSync } from 'node:fs';
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
