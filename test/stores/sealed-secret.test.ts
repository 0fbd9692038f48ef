import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { dump, load } from 'js-yaml';
import { App, Environment, SealedSecret, ServiceChart } from '../../src';

const VALUE = 'a value that nobody must read';

let folder: string;
let kubeseal: string;

beforeAll(() => {
  kubeseal = join(execFileSync(resolve(__dirname, '..', '..', '.ci', 'tools.sh'), ['--where-sealing'], { encoding: 'utf8' }).trim(), 'kubeseal');
  folder = mkdtempSync(join(tmpdir(), 'sealed-'));
  execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:4096', '-nodes', '-days', '1', '-subj', '/CN=sealed-secret', '-keyout', 'key.pem', '-out', 'certificate.pem'], { cwd: folder, stdio: 'ignore' });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What kubeseal makes of the Secret `payment` in `shop-live`. */
function seal(sealScope: string): any {
  const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'payment', namespace: 'shop-live' }, stringData: { token: VALUE } };
  return JSON.parse(execFileSync(kubeseal, ['--cert', 'certificate.pem', '--scope', sealScope, '--format', 'json'], { cwd: folder, input: dump(secret), encoding: 'utf8' }));
}

/** The manifest that the library renders of it, in a namespace of that group. */
function rendered(encryptedData: { [key: string]: string }, sealScope: string | undefined, group = 'shop', name = 'payment'): string {
  const app = new App();
  const chart = new ServiceChart(app, group, { environment: Environment.of('live', { capacityPool: 'production' }) });
  new SealedSecret(chart, name, { encryptedData, sealScope });
  return app.synthYaml().split('---\n').find((text) => (load(text) as any)?.kind === 'SealedSecret')!;
}

function open(manifest: string): { status: number | null; stderr: string; secret: any } {
  writeFileSync(join(folder, 'sealed.yaml'), manifest);
  const { status, stdout, stderr } = spawnSync(kubeseal, ['--recovery-unseal', '--recovery-private-key', 'key.pem', '--format', 'json'], { cwd: folder, input: manifest, encoding: 'utf8' });
  return { status, stderr, secret: status === 0 ? JSON.parse(stdout) : undefined };
}

test.each([['strict', undefined], ['strict', 'strict'], ['namespace-wide', 'namespace-wide'], ['cluster-wide', 'cluster-wide']])(
  'what was sealed in the scope %s opens again, and the manifest does not hold it', (sealScope, said) => {
    const manifest = rendered(seal(sealScope).spec.encryptedData, said);
    const { status, stderr, secret } = open(manifest);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect([secret.metadata.name, secret.metadata.namespace, Buffer.from(secret.data.token, 'base64').toString()]).toEqual(['payment', 'shop-live', VALUE]);
    expect(manifest).not.toContain(VALUE);
    expect(manifest).not.toContain(Buffer.from(VALUE).toString('base64'));
  });

test.each<[string, string, string, string, string]>([
  ['in another namespace', 'strict', 'other', 'payment', 'strict'],
  ['under another name', 'strict', 'shop', 'renamed', 'strict'],
  ['in another namespace', 'namespace-wide', 'other', 'payment', 'namespace-wide'],
  ['in a wider scope', 'strict', 'shop', 'payment', 'cluster-wide'],
])('it does not open %s when it was sealed in the scope %s', (_where, sealScope, group, name, said) => {
  const { status, stderr } = open(rendered(seal(sealScope).spec.encryptedData, said, group, name));
  expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringContaining('no key could decrypt secret') });
});
