import { mkdirSync } from 'fs';
import { Values } from '../../src/inputs/values';
import { useOwnWorkingDirectory, write } from '../support/working-directory';

export { write };

useOwnWorkingDirectory();

export const BASE = 'applications/main/checkout/values-base.yaml';
export const VALUES = 'applications/main/checkout/prod/values.yaml';
export const TAG = 'applications/main/checkout/prod/tag.yaml';

/** The values of `checkout` in `prod`, once these files stand there. */
export function read(files: { [file: string]: string | Uint8Array } = {}) {
  mkdirSync('applications/main', { recursive: true });
  Object.entries(files).forEach(([file, content]) => write(file, content));
  return Values.directory('applications/main')._read('checkout', 'prod');
}
