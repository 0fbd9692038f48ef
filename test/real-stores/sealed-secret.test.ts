import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { dump, load } from 'js-yaml';
import { App, Environment, ServiceChart } from '../../src';
import { SealedSecret } from '../../src/security';

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

test('a backup of the controller\'s keys, encrypted by the line of the guide, opens what was sealed', () => {
  const [, encrypt, file] = /^kubectl get secret -n kube-system -l sealedsecrets\.bitnami\.com\/sealed-secrets-key -o yaml \| (gpg .*) > (\S+)\.gpg$/m
    .exec(readFileSync(resolve(__dirname, '..', '..', 'docs', 'secrets.md'), 'utf8'))!;
  const base64 = (name: string) => readFileSync(join(folder, name)).toString('base64');
  // as the controller keeps them, and kubectl prints several
  const keys = {
    apiVersion: 'v1',
    kind: 'List',
    items: [{
      apiVersion: 'v1',
      kind: 'Secret',
      type: 'kubernetes.io/tls',
      metadata: { name: 'sealed-secrets-key4x7', namespace: 'kube-system', labels: { 'sealedsecrets.bitnami.com/sealed-secrets-key': 'active' } },
      data: { 'tls.crt': base64('certificate.pem'), 'tls.key': base64('key.pem') },
    }],
  };
  mkdirSync(join(folder, 'home'), { mode: 0o700 });
  const options = { cwd: folder, env: { ...process.env, GNUPGHOME: join(folder, 'home') }, stdio: ['pipe', 'pipe', 'ignore'] as ['pipe', 'pipe', 'ignore'] };
  try {
    execFileSync('gpg', ['--batch', '--passphrase', '', '--quick-generate-key', 'Restore <restore@example.com>', 'future-default', 'default', '0'], options);
    execFileSync('sh', ['-c', `${encrypt} > ${file}.gpg`], { ...options, input: dump(keys) });
    execFileSync('gpg', ['--batch', '--decrypt', '--output', file, `${file}.gpg`], options);
  } finally {
    execFileSync('gpgconf', ['--kill', 'all'], options);
  }
  expect(readFileSync(join(folder, `${file}.gpg`)).includes('sealed-secrets-key')).toBe(false);
  const { status, stdout } = spawnSync(kubeseal, ['--recovery-unseal', '--recovery-private-key', file, '--format', 'json'],
    { cwd: folder, input: rendered(seal('strict').spec.encryptedData, undefined), encoding: 'utf8' });
  expect([status, Buffer.from(JSON.parse(stdout).data.token, 'base64').toString()]).toEqual([0, VALUE]);
});
