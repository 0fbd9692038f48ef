import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { parseAllDocuments } from 'yaml';
import { RECORD } from '../../src/output/output-record';

const folders: string[] = [];

afterAll(() => folders.forEach((folder) => fs.rmSync(folder, { recursive: true, force: true })));

/** A path in a fresh folder, which goes after the tests of the file; the path itself does not exist yet. */
export function newOutdir(name = 'dist'): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'app-test-'));
  folders.push(folder);
  return path.join(folder, name);
}

/** All files below a folder, relative to it, in the order of their names; without the record of what programs wrote. */
export function filesIn(folder: string): string[] {
  return everyFileIn(folder).filter((file) => path.basename(file) !== RECORD);
}

/** With the record. */
export function everyFileIn(folder: string): string[] {
  if (!fs.existsSync(folder)) {
    return [];
  }
  return fs.readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'))
    .sort();
}

/** All folders below a folder. */
export function foldersIn(folder: string): string[] {
  return fs.readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .sort();
}

/** Each file with its documents as read by a YAML 1.1 reader, other files as text. */
export function contentsOf(folder: string): Record<string, unknown> {
  return Object.fromEntries(filesIn(folder).map((file) => {
    const text = fs.readFileSync(path.join(folder, file), 'utf8');
    return [file, file.endsWith('.json') ? JSON.parse(text) : documentsOf(text)];
  }));
}

export function documentsOf(text: string): unknown[] {
  const documents = parseAllDocuments(text, { version: '1.1' });
  return Array.from(documents as Iterable<{ toJS(): unknown }>, (document) => document.toJS()).filter((document) => document !== null);
}
