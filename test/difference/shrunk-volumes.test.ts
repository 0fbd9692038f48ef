import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiObject, Chart } from 'cdk8s';
import { App } from '../../src/platform/app';

let folder: string;
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'volumes-')); });
afterEach(() => { rmSync(folder, { recursive: true, force: true }); });

function synthesize(kind: string, spec: object): void {
  const app = new App({ outdir: folder });
  const chart = new Chart(app, 'stores', { namespace: 'infrastructure' });
  new ApiObject(chart, 'Store', { apiVersion: kind === 'StatefulSet' ? 'apps/v1' : 'v1', kind, metadata: { name: 'orders' }, spec });
  app.synth();
}

const claim = (storage: string) => ({ metadata: { name: 'data' }, spec: { resources: { requests: { storage } } } });

describe('a volume that would shrink is refused, whichever kind of Kubernetes it is of', () => {
  test.each([
    ['PersistentVolumeClaim', 'volume', (storage: string) => ({ resources: { requests: { storage } } })],
    ['StatefulSet', 'data', (storage: string) => ({ volumeClaimTemplates: [claim(storage)] })],
  ])('%s: %s', (kind, volume, spec) => {
    synthesize(kind, spec('50Gi'));
    const before = readFileSync(join(folder, 'stores.k8s.yaml'), 'utf8');
    expect(() => synthesize(kind, spec('20Gi'))).toThrow(new Error(
      `[stores] ${volume} of ${kind} infrastructure/orders would shrink from 50Gi to 20Gi, and a volume never does. `
      + 'Keep 50Gi or more, or give the store another name and move its data.'));
    expect(readFileSync(join(folder, 'stores.k8s.yaml'), 'utf8')).toBe(before);

    synthesize(kind, spec('51200Mi'));
    synthesize(kind, spec('60Gi'));
    expect(readFileSync(join(folder, 'stores.k8s.yaml'), 'utf8')).toContain('60Gi');
  });
});

test('a store that is gone, and a file that is no YAML, are replaced', () => {
  synthesize('StatefulSet', { volumeClaimTemplates: [claim('50Gi')] });
  synthesize('ConfigMap', {});
  synthesize('StatefulSet', { volumeClaimTemplates: [claim('20Gi')] });
  writeFileSync(join(folder, 'stores.k8s.yaml'), 'kind: StatefulSet\n  : {');
  synthesize('StatefulSet', { volumeClaimTemplates: [claim('1Gi')] });
  expect(readFileSync(join(folder, 'stores.k8s.yaml'), 'utf8')).toContain('1Gi');
});
