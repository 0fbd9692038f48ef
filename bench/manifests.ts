import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';

/** The objects in all YAML files below a folder. */
export function countManifests(folder: string): number {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.yaml'))
    .map((entry) => (readFileSync(join(entry.parentPath, entry.name), 'utf8').match(/^kind:/gm) ?? []).length)
    .reduce((sum, count) => sum + count, 0);
}
