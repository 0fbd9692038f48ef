/** Writes the tables of defaults into the documents that hold one: `npx tsx test/docs/write-defaults.ts`. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TABLES, withTable } from './defaults';
import { ROOT } from './markdown';

for (const [file, table] of TABLES) {
  const path = join(ROOT, file);
  writeFileSync(path, withTable(readFileSync(path, 'utf8'), table()));
}
