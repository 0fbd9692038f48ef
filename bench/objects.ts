import * as fs from 'fs';
import * as path from 'path';
import { loadAll } from 'js-yaml';

/** All files below a folder, by their places in it. */
export function readFiles(folder: string): Map<string, string> {
  const entries = fs.readdirSync(folder, { withFileTypes: true, recursive: true }).filter((entry) => entry.isFile());
  return new Map(entries.map((entry) => path.join(entry.parentPath, entry.name)).sort().map((file) => [path.relative(folder, file), fs.readFileSync(file, 'utf8')]));
}

export function countObjects(folder: string): number {
  return [...readFiles(folder)].reduce((sum, [file, text]) => sum + (file.endsWith('.yaml') ? (text.match(/^kind:/gm) ?? []).length : 0), 0);
}

/** The objects in all files below a folder as JSON with sorted keys, in no order. */
export function readObjects(folder: string): string[] {
  return [...readFiles(folder).values()].flatMap((text) => loadAll(text)).filter((object) => object !== null)
    .map((object) => JSON.stringify(object, sortKeys)).sort();
}

function sortKeys(_key: string, value: unknown): unknown {
  return value === null || typeof value !== 'object' || Array.isArray(value) ? value
    : Object.fromEntries(Object.entries(value).sort(([a], [b]) => a < b ? -1 : 1));
}
