import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import * as fc from 'fast-check';
import { byName, objectsIn, template } from './helm';
import type { Platform } from './helm-fuzz';
import { ENVIRONMENTS, platform } from './helm-fuzz';
import type { Manifest } from './manifests';
import { serviceChartFiles } from '../../src/delivery/helm/service-chart-files';

const CHARTS = 60;
const SEED = 20_260_101;

let folder: string;
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'fuzz-')); });
afterEach(() => { rmSync(folder, { recursive: true, force: true }); });

/** Writes the chart of some objects to a folder of its own. */
function write(objects: Platform, name: string): string {
  const { files } = serviceChartFiles({
    service: 'fuzz', description: 'made up', version: '1.0.0', kubernetesVersion: '1.36', objects, test: new Map(ENVIRONMENTS.map((environment) => [environment, []])),
  });
  files.forEach((text, file) => {
    mkdirSync(dirname(join(folder, name, file)), { recursive: true });
    writeFileSync(join(folder, name, file), text);
  });
  return join(folder, name);
}

test(`Helm renders ${CHARTS} charts of made-up objects with hostile text, numbers, lists and keys as they are`, () => {
  let compared = 0;
  fc.sample(platform, { numRuns: CHARTS, seed: SEED }).forEach((objects, index) => {
    const chart = write(objects, `chart-${index}`);
    for (const [environment, own] of objects) {
      const expected = byName(JSON.parse(JSON.stringify(own)));
      expect(objectsIn(template(chart, environment))).toEqual(expected);
      compared += expected.size;
    }
  });
  expect(compared).toBeGreaterThan(1000);
});

/** One object in each environment, with what its spec is there. */
function one(specOf: (environment: string) => unknown): Platform {
  const metadata = { name: 'fuzz' };
  return new Map(ENVIRONMENTS.map((environment) => [environment, [{ apiVersion: 'example.com/v1', kind: 'Demo', metadata, spec: specOf(environment) }]]));
}

test('what values cannot carry is carried where all environments have it', () => {
  const objects = one(() => ({ '\u0085\u2028': 'a\u0085b\u2028c\u2029d\u007f\ufeff', 'list': ['\u0080', '\uffff'] }));
  const chart = write(objects, 'chart');
  for (const [environment, own] of objects) {
    expect(objectsIn(template(chart, environment))).toEqual(byName(own as Manifest[]));
  }
});

test('the comparison sees what differs in its type alone, and another environment', () => {
  const objects = one((environment) => ({ a: environment === 'prod' ? '1' : 1 }));
  const chart = write(objects, 'chart');
  expect(objectsIn(template(chart, 'prod'))).toEqual(byName(objects.get('prod') as Manifest[]));
  expect(objectsIn(template(chart, 'prod'))).not.toEqual(byName(objects.get('dev') as Manifest[]));
});
