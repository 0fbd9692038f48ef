/** Writes the defaults of the profile into the doc comments of the sources and the tables of the documents: `npx tsx scripts/defaults.ts`. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { withDefaults } from './default-lines';
import { TABLES, withTable } from './default-tables';

const ROOT = resolve(__dirname, '..');

for (const [file, table] of TABLES) {
  rewrite(file, (text) => withTable(text, table()));
}
for (const file of readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' }).filter((each) => each.endsWith('.ts'))) {
  rewrite(join('src', file), withDefaults);
}

function rewrite(file: string, change: (text: string) => string): void {
  const path = join(ROOT, file);
  const before = readFileSync(path, 'utf8');
  const after = change(before);
  if (after !== before) {
    writeFileSync(path, after);
  }
}
