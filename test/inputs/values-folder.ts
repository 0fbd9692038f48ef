import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { dirname, join } from 'path';
import { Values } from '../../src/inputs/values';

const started = process.cwd();
let folder: string;

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'values-')));
  process.chdir(folder);
});

afterEach(() => {
  process.chdir(started);
  rmSync(folder, { recursive: true, force: true });
});

export const BASE = 'applications/main/checkout/values-base.yaml';
export const VALUES = 'applications/main/checkout/prod/values.yaml';
export const TAG = 'applications/main/checkout/prod/tag.yaml';

/** Writes a file below a working directory that lives as long as one test. */
export function write(file: string, content: string | Uint8Array): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
}

/** The values of `checkout` in `prod`, once these files stand there. */
export function read(files: { [file: string]: string | Uint8Array } = {}) {
  mkdirSync('applications/main', { recursive: true });
  Object.entries(files).forEach(([file, content]) => write(file, content));
  return Values.directory('applications/main')._read('checkout', 'prod');
}
