import { existsSync, readFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { embedded } from '../../scripts/embed';
import { MODULE, signatureModule } from '../../scripts/signatures';
import { SCRIPTS as snapshots } from '../../src/stores/redis/scripts/snapshots';

const root = resolve(__dirname, '..', '..');
const modules = [...embedded(), [MODULE, signatureModule()]];

test('the library embeds every script as its file is, and the names of properties as its types are', () => {
  const stale = modules.filter(([path, code]) => !existsSync(path) || readFileSync(path, 'utf8') !== code).map(([path]) => relative(root, path));
  // `npm run embed` writes them
  expect(stale).toEqual([]);
});

test('an included file replaces its line', () => {
  const { 'storage.sh': script } = snapshots;
  expect(script).toContain(`export LC_ALL=C\n${readFileSync(resolve(root, 'src/stores/hosted/scripts/credentials.part.sh'), 'utf8')}store() {`);
  expect(modules.filter(([, code]) => code.includes('\\n# include '))).toEqual([]);
});
