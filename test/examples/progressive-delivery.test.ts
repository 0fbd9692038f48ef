import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { loadAll } from 'js-yaml';
import { RECORD } from '../../src/output/output-record';

const root = resolve(__dirname, '..', '..');
const example = join(root, 'examples', 'progressive-delivery');

// a process for the synthesis, on a machine that may be busy
jest.setTimeout(60_000);

function readFolder(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile() && entry.name !== RECORD)
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
  return Object.fromEntries(files.sort().map((file) => [file, readFileSync(join(folder, file), 'utf8')]));
}

const committed = readFolder(join(example, 'dist'));
const objects = (name: string): any[] => (loadAll(committed[`prod/shop/${name}.k8s.yaml`]) as any[]).filter(Boolean);

test('its dist/ is what the program renders', () => {
  const work = realpathSync(mkdtempSync(join(tmpdir(), 'progressive-delivery-')));
  try {
    const { status, stderr } = spawnSync(process.execPath, ['--import', require.resolve('tsx'), join(example, 'main.ts')], {
      cwd: root, env: { ...process.env, CDK8S_OUTDIR: join(work, 'out') }, encoding: 'utf8',
    });
    // nothing gets around the strategies: neither by Dapr, nor by too small a quota
    expect({ status, stderr }).toEqual({
      status: 0,
      stderr: 'MS-DAPR-001 warning (2): A Rollout has a Dapr sidecar, and Dapr makes no Service for a Rollout at its defaults, so no sidecar would find it. '
        + "Set global.argoRolloutServiceReconciler.enabled to true in the values of Dapr's Helm chart.\n  [shop-prod/catalog/Rollout]\n  [shop-prod/checkout/Rollout]\n",
    });
    const rendered = readFolder(join(work, 'out'));
    expect([...new Set([...Object.keys(committed), ...Object.keys(rendered)])].filter((file) => committed[file] !== rendered[file])).toEqual([]);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
});

test('a service and its smoke test are one file, and there is no Deployment', () => {
  expect(Object.keys(committed)).toEqual(['catalog', 'checkout', 'namespace'].map((name) => `prod/shop/${name}.k8s.yaml`));
  for (const [name, candidate] of [['catalog', 'catalog-canary'], ['checkout', 'checkout-preview']]) {
    const names = objects(name).map(({ kind, metadata }) => `${kind}/${metadata.name}`);
    expect(names).toEqual(expect.arrayContaining([`Rollout/${name}`, `Service/${candidate}`, `ServiceAccount/${name}-smoke-test`, `AnalysisTemplate/${name}-smoke-test`]));
    expect(names.filter((each) => each.startsWith('Deployment/'))).toEqual([]);
  }
});
