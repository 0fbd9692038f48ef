import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';

const root = resolve(__dirname, '..', '..');

// a process that synthesises nine times, on a machine that may be busy
jest.setTimeout(180_000);

let work: string;
beforeEach(() => { work = mkdtempSync(join(tmpdir(), 'two-copies-')); });
afterEach(() => { rmSync(work, { recursive: true, force: true }); });

/** The files of a folder by their paths. */
function filesIn(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(files.map((file) => [relative(folder, file), readFileSync(file, 'utf8')]));
}

test.each([
  'examples/shop/main.ts',
  'examples/api-and-worker/main.ts',
  'examples/progressive-delivery/main.ts',
  'examples/boutique/main.ts',
  'test/platform/nested-workload.ts',
  'test/user-package/main.ts',
])('two copies of the library give %s the same files and findings as one, whichever class comes from which', (program) => {
  const args = ['--require', require.resolve('tsx/cjs'), join(__dirname, 'mix-copies.ts'), join(root, program), work];
  // the paths of the test configuration lead from the name of the package to its sources
  const env = { ...process.env, TSX_TSCONFIG_PATH: join(root, 'test', 'tsconfig.json') };
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8', env });
  expect(stderr).toEqual('');
  expect(status).toEqual(0);

  const [expected, ...mixed] = ['one', ...readdirSync(work).filter((name) => name !== 'one')].map((name) => filesIn(join(work, name)));
  expect(Object.keys(expected).filter((file) => file.endsWith('.k8s.yaml')).length).toBeGreaterThan(1);
  expect(mixed.length).toBeGreaterThan(6);
  mixed.forEach((files) => expect(files).toEqual(expected));
});
