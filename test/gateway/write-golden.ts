/** Writes the golden files of gateways: `npx tsx test/gateway/write-golden.ts`. Review what changed before you commit it. */
import { writeFileSync } from 'node:fs';
import { GOLDEN, goldenPath } from './golden';

for (const [file, text] of GOLDEN) {
  writeFileSync(goldenPath(file), text());
}
