import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { loadAll } from 'js-yaml';
import { ConfigurationBackupRun, NAME, NAMESPACE, ScratchFolder } from './configuration-backup';
import type { Reader } from './configuration-backup';
import { GitServer } from './git-server';
import { App, Image, PlatformProfile, SharedChart } from '../../src';
import { GitRepository } from '../../src/delivery';
import { NetworkDefaults } from '../../src/network';
import { ConfigurationBackup } from '../../src/stores';
import { binary } from '../cluster/support/binary';
import type { Manifest } from '../cluster/support/manifest';

const GUIDE = resolve(__dirname, '..', '..', 'docs', 'configuration-backup.md');
const DAY = 86_400_000;
const metadata = (name: string) => ({ name, namespace: NAMESPACE });

const settings = { apiVersion: 'v1', kind: 'ConfigMap', metadata: metadata('settings'), data: { color: 'green', note: 'ñ\n"quoted"' } };
const leader = (renewTime: string) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { ...metadata('postgresql-leader'), annotations: { leader: 'postgresql-0', renewTime } } });
const secret = { apiVersion: 'v1', kind: 'Secret', metadata: metadata('credentials'), stringData: { password: 'hunter-in-the-secret' } };
const service = { apiVersion: 'v1', kind: 'Service', metadata: metadata('web'), spec: { selector: { app: 'web' }, ports: [{ port: 80, protocol: 'TCP', targetPort: 80 }] } };
const deployment = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: metadata('web'),
  spec: {
    replicas: 1,
    selector: { matchLabels: { app: 'web' } },
    template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'registry.example.com/web:1' }] } },
  },
};
const autoscaler = {
  apiVersion: 'autoscaling/v2',
  kind: 'HorizontalPodAutoscaler',
  metadata: metadata('web'),
  spec: { maxReplicas: 4, scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' } },
};
const componentDefinition = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'components.dapr.io' },
  spec: {
    group: 'dapr.io',
    scope: 'Namespaced',
    names: { kind: 'Component', listKind: 'ComponentList', plural: 'components', singular: 'component' },
    versions: [{
      name: 'v1alpha1',
      served: true,
      storage: true,
      schema: { openAPIV3Schema: { 'type': 'object', 'x-kubernetes-preserve-unknown-fields': true } },
    }],
  },
};
const providerClass = {
  apiVersion: 'secrets-store.csi.x-k8s.io/v1', kind: 'SecretProviderClass', metadata: metadata('payment'), spec: { provider: 'vault', parameters: { roleName: 'payment' } },
};
const component = { apiVersion: 'dapr.io/v1alpha1', kind: 'Component', metadata: metadata('state'), spec: { type: 'state.redis', version: 'v1' } };

let folder: ScratchFolder;
let backup: ConfigurationBackupRun;
let reader: Reader;
let signer: { readonly publicKey: string; readonly secretKey: string };
let server: GitServer;

function render(publicKeys: string[]): Manifest[] {
  const app = new App();
  const profile = PlatformProfile.standard().with(NetworkDefaults.of({ network: { apiServerCidrs: ['10.0.0.1/32'] } }));
  new ConfigurationBackup(new SharedChart(app, NAMESPACE, { profile }), NAME, {
    image: Image.of('registry.example.com/configuration-backup', { tag: '1.0.0' }),
    repository: GitRepository.https('https://git.example.com/acme/configuration.git', { secretName: NAME, cidrs: ['10.40.0.0/28'] }),
    publicKeys,
    signingKey: signer.publicKey,
  });
  return loadAll(app.synthYaml()) as Manifest[];
}

const object = (archive: { items: readonly Manifest[] }, kind: string, name: string) =>
  archive.items.find((each) => each.kind === kind && each.metadata.name === name);
const newest = () => backup.archives().at(-1)!;
/** The name of an archive that was made so long ago. */
const ago = (days: number) => `${new Date(Date.now() - days * DAY).toISOString().replace(/[-:]|\.\d+/g, '')}.json.gpg`;

/** The lines of the guide that begin so, without the name of the tool before them. */
function lineOfGuide(begin: RegExp): string {
  const line = readFileSync(GUIDE, 'utf8').split('\n').map((each) => each.trim()).find((each) => begin.test(each));
  if (line === undefined) {
    throw new Error(`no line of the guide begins as ${begin}`);
  }
  return line;
}

/** Does what a line of the guide says, in a folder, and gives what it prints, on standard error too. */
function sh(directory: string, line: string): { readonly status: number; readonly output: string } {
  const output = folder.execute('sh', ['-c', `cd "$1" && { ${line}; } 2>&1; echo "status $?"`, 'sh', directory]);
  const [, said, status] = /^([^]*)status (\d+)\n$/.exec(output)!;
  return { status: Number(status), output: said };
}

/** Makes the key that signs by the lines of the guide. */
function makeSigner(): { readonly publicKey: string; readonly secretKey: string } {
  const place = folder.make('signer');
  folder.keys('signer/signing');
  folder.make('signer/keys');
  for (const line of [/^mkdir -m 700 signing && gpg/, /^gpg --homedir signing --armor --export-secret-keys/, /^gpg --homedir signing --armor --export /]) {
    expect(sh(place, lineOfGuide(line)).status).toBe(0);
  }
  return { publicKey: readFileSync(join(place, 'keys/configuration-backup.asc'), 'utf8'), secretKey: readFileSync(join(place, 'signing-key'), 'utf8') };
}

/** What the guide's line says of an archive, in a new clone. */
function verify(archive: string): { readonly status: number; readonly output: string } {
  const clone = folder.renew('clone');
  folder.execute('git', ['clone', '--quiet', backup.repository, clone]);
  return sh(clone, lineOfGuide(/^GNUPGHOME=/).replace('core-business-prod/20260504T101500Z.json.gpg', `${NAMESPACE}/${archive}`));
}

beforeAll(async () => {
  folder = new ScratchFolder();
  reader = folder.reader('reader');
  signer = makeSigner();
  backup = await ConfigurationBackupRun.start(folder, signer.secretKey, render([reader.publicKey]));
  server = await GitServer.start(resolve(backup.repository, '..'), 'backup:of-the-server');
  await backup.apply(componentDefinition);
  await backup.kubectl('wait', '--for=condition=Established', 'crd/components.dapr.io', '--timeout=30s');
  await backup.kubectl('create', '-f', await binary('secrets-store-crd-1.4'));
  await backup.kubectl('wait', '--for=condition=Established', 'crd/secretproviderclasses.secrets-store.csi.x-k8s.io', '--timeout=30s');
  await backup.apply(settings, leader('10:00:00'), secret, service, deployment, autoscaler, component, providerClass);
});

afterAll(async () => {
  server?.stop();
  await backup?.dispose();
  folder?.dispose();
});

test('the first run commits what the API server holds, and its readers alone can read it', async () => {
  const { status, output } = await backup.backup();
  expect([status, output]).toEqual([0, expect.stringContaining(`Archive ${NAMESPACE} of `)]);
  expect(backup.files()).toEqual([expect.stringMatching(/^\d{8}T\d{6}Z\.json\.gpg$/), 'digest']);
  const archive = backup.read(newest(), reader);
  expect(object(archive, 'ConfigMap', 'settings')).toEqual(settings);
  expect(object(archive, 'Component', 'state')).toEqual(component);
  expect(object(archive, 'SecretProviderClass', 'payment')).toEqual(providerClass);
  expect(object(archive, 'Service', 'web')!.spec.clusterIP).toBeUndefined();
  expect(object(archive, 'ConfigMap', NAME)!.data).toEqual(backup.find('ConfigMap').data);
  expect(backup.git('cat-file', '-p', `main:${NAMESPACE}/digest`)).toMatch(new RegExp(`^[0-9a-f]{64} ${newest()}\\n$`));
  expect(backup.git('log', '--format=%an <%ae>: %s', 'main').trim())
    .toBe(`Configuration backup <configuration-backup@example.com>: Archive ${NAMESPACE} of ${newest().replace('.json.gpg', '')}`);
});

test('the commit is signed, which a line of the guide shows to who has the public key alone', () => {
  folder.keys('configuration-signers');
  expect(sh(folder.path('signer'), lineOfGuide(/^mkdir -m 700 ~\/configuration-signers/)).status).toBe(0);
  expect(verify(newest())).toEqual({ status: 0, output: expect.stringContaining('Good signature from "Configuration backup <configuration-backup@example.com>"') });
  expect(folder.execute('gpg', ['--homedir', folder.path('configuration-signers'), '--list-secret-keys'])).toBe('');
});

test('an archive of somebody else is recognised: without a signature, by another key, or an old one under a new name', async () => {
  const head = backup.git('rev-parse', 'main').trim();
  const own = newest();
  const content = folder.bytes('git', ['--git-dir', backup.repository, 'cat-file', 'blob', `main:${NAMESPACE}/${own}`]);
  const mallory = folder.reader('mallory');
  const gpg = join(folder.path('mallory'), 'gpg.sh');
  writeFileSync(gpg, `#!/bin/sh\nexec gpg --homedir '${mallory.home}' "$@"\n`, { mode: 0o755 });
  const byMallory = ['-c', `gpg.program=${gpg}`, '-c', 'user.signingkey=mallory@example.com', '-c', 'commit.gpgsign=true'];

  const [unsigned, signed, overwritten] = [ago(3), ago(2), own];
  backup.commit({ [`${NAMESPACE}/${unsigned}`]: content });
  backup.commit({ [`${NAMESPACE}/${signed}`]: content }, ...byMallory);
  await backup.kubectl('patch', 'configmap/settings', '--type=merge', '-p', '{"data":{"color":"brown"}}');
  expect((await backup.backup()).status).toBe(0);
  // what a backup has built upon did not become its own by that
  expect(verify(newest())).toMatchObject({ status: 0 });
  expect(verify(unsigned)).toEqual({ status: 1, output: '' });
  expect(verify(signed)).toEqual({ status: 1, output: expect.stringContaining("Can't check signature: No public key") });
  expect(verify(own)).toMatchObject({ status: 0 });
  backup.commit({ [`${NAMESPACE}/${overwritten}`]: 'something else' });
  expect(verify(overwritten)).toEqual({ status: 1, output: '' });
  expect(verify('20200101T000000Z.json.gpg').status).not.toBe(0);

  backup.git('update-ref', 'refs/heads/main', head);
  await backup.kubectl('patch', 'configmap/settings', '--type=merge', '-p', '{"data":{"color":"green"}}');
});

test('nothing is committed that could not be signed by the right key, which is no reader\'s', async () => {
  const commits = backup.commits();
  const said = async () => {
    const { status, output } = await backup.backup();
    return [status, output.trim().split('\n').at(-1)];
  };
  backup.writeSecret({ 'signing-key': '' });
  expect(await said()).toEqual([1, "the Secret's key signing-key is empty"]);
  const secretKey = (of: Reader) => folder.execute('gpg', ['--homedir', of.home, '--armor', '--export-secret-keys']);
  for (const wrong of [secretKey(reader), signer.publicKey]) {
    backup.writeSecret({ 'signing-key': wrong });
    expect(await said()).toEqual([1, expect.stringMatching(/^the Secret's key signing-key is not the private key of \S+\/signer\.asc, whose fingerprint is '[0-9A-F]{40}'$/)]);
  }
  backup.writeSecret({ 'signing-key': secretKey(reader) });
  backup.writeConfig({ 'signer.asc': reader.publicKey });
  expect(await said()).toEqual([1, expect.stringMatching(/\/reader-1\.asc is the key that signs, so whoever reads the Secret could read the archives$/)]);
  backup.writeConfig();
  backup.writeSecret();
  expect(backup.commits()).toBe(commits);
});

test('what is not installed in the cluster is left out, and said', async () => {
  const { output } = await backup.backup();
  expect(output).toContain('the API server has no monitoring.coreos.com/v1/prometheusrules');
  expect(output).not.toContain('the API server has no dapr.io/v1alpha1/components');
});

test('a run without a change commits nothing, whatever programs have written meanwhile', async () => {
  const commits = backup.commits();
  await backup.apply(leader('10:00:05'));
  await backup.kubectl('scale', 'deployment/web', '--replicas=3');
  await backup.kubectl('patch', 'deployment/web', '--subresource=status', '--type=merge', '-p', '{"status":{"collisionCount":7}}');
  const { status, output } = await backup.backup();
  expect([status, output]).toEqual([0, expect.stringContaining('nothing changed since')]);
  expect(backup.commits()).toBe(commits);
});

test('a change by hand gives a second archive with the change, and none holds a Secret', async () => {
  const [first] = backup.archives();
  await backup.kubectl('patch', 'configmap/settings', '--type=merge', '-p', '{"data":{"color":"red"}}');
  expect((await backup.backup()).status).toBe(0);
  expect(backup.archives()).toEqual([first, newest()]);
  expect(newest() > first).toBe(true);
  const [before, after] = [first, newest()].map((archive) => backup.read(archive, reader));
  expect(object(before, 'ConfigMap', 'settings')!.data!.color).toBe('green');
  expect(object(after, 'ConfigMap', 'settings')!.data!.color).toBe('red');
  const changed = after.items.filter((each) => JSON.stringify(each) !== JSON.stringify(object(before, each.kind, each.metadata.name)));
  expect(changed.map(({ kind, metadata: { name } }) => [kind, name])).toEqual([['ConfigMap', 'settings']]);
  for (const archive of [before, after]) {
    expect(archive.items.filter(({ kind }) => kind === 'Secret')).toEqual([]);
    expect(JSON.stringify(archive)).not.toContain('hunter-in-the-secret');
    const written = archive.items.flatMap((each) => [...Object.keys(each), ...Object.keys(each.metadata)]);
    expect([...new Set(written)].filter((field) => ['managedFields', 'resourceVersion', 'status', 'uid'].includes(field))).toEqual([]);
  }
});

test('an API server that does not answer is no change', async () => {
  const commits = backup.commits();
  const { status, output } = await backup.backup({ API_SERVER: 'https://127.0.0.1:9' });
  expect([status, output]).toEqual([7, expect.stringContaining('Failed to connect')]);
  expect(backup.commits()).toBe(commits);
});

test('Secrets and other namespaces are refused by the API server, and nothing is committed', async () => {
  const commits = backup.commits();
  backup.writeConfig({ 'api-resources': 'v1/configmaps\nv1/secrets\n' });
  const secrets = await backup.backup();
  backup.writeConfig();
  expect([secrets.status, secrets.output]).toEqual([1, expect.stringContaining('the API server answers 403 to a list of v1/secrets')]);
  const other = await backup.backup({ NAMESPACE: 'kube-system' });
  expect([other.status, other.output]).toEqual([1, expect.stringContaining('the API server answers 403 to a list of v1/configmaps')]);
  expect(backup.commits()).toBe(commits);
});

test('a push of somebody else meanwhile is built upon', async () => {
  const commits = backup.commits();
  const hook = join(backup.repository, 'hooks', 'pre-receive');
  // what this push is based on is outdated at the very moment when it arrives
  writeFileSync(hook, `#!/bin/sh
[ ! -e raced ] || exit 0
touch raced
unset GIT_QUARANTINE_PATH GIT_OBJECT_DIRECTORY GIT_ALTERNATE_OBJECT_DIRECTORIES
git update-ref refs/heads/main "$(git -c user.name=other -c user.email=other@example.com commit-tree -p main -m 'Of somebody else' 'main^{tree}')"
`, { mode: 0o755 });
  await backup.kubectl('patch', 'configmap/settings', '--type=merge', '-p', '{"data":{"color":"blue"}}');
  const { status, output } = await backup.backup();
  expect([status, output]).toEqual([0, expect.stringMatching(/rejected|failed to update ref/)]);
  expect(backup.commits()).toBe(commits + 2);
  expect(backup.git('log', '--format=%s', '-2', 'main').trim().split('\n')).toEqual([expect.stringContaining('Archive'), 'Of somebody else']);
  expect(object(backup.read(newest(), reader), 'ConfigMap', 'settings')!.data!.color).toBe('blue');
});

test('an archive never takes the name or the place in time of another one', async () => {
  const head = backup.git('rev-parse', 'main').trim();
  const later = ago(-1);
  backup.commit({ [`${NAMESPACE}/${later}`]: 'made this second, or by a clock that is wrong' });
  const commits = backup.commits();
  await backup.kubectl('patch', 'configmap/settings', '--type=merge', '-p', '{"data":{"color":"black"}}');
  const { status, output } = await backup.backup({ ATTEMPTS: '2' });
  expect([status, output]).toEqual([1, expect.stringContaining(
    `the newest archive is of ${later.replace('.json.gpg', '')}, and now is not later: it was made this second, or a clock is wrong`,
  )]);
  expect(output).toContain('given up after 2 attempts');
  expect(backup.commits()).toBe(commits);
  backup.git('update-ref', 'refs/heads/main', head);
  await backup.kubectl('patch', 'configmap/settings', '--type=merge', '-p', '{"data":{"color":"blue"}}');
});

test('a state that was in force within 90 days stays, older ones go, and other namespaces are left alone', async () => {
  const made = backup.archives();
  const [oldest, superseded, inForce, young] = [200, 100, 95, 10].map(ago);
  const foreign = `platform/${oldest}`;
  backup.commit({ [foreign]: 'old', ...Object.fromEntries([oldest, superseded, inForce, young].map((name) => [`${NAMESPACE}/${name}`, name])) });
  const { status, output } = await backup.backup();
  expect([status, output]).toEqual([0, expect.stringContaining(`Remove old archives of ${NAMESPACE}`)]);
  expect(backup.archives()).toEqual([inForce, young, ...made]);
  expect(backup.git('ls-tree', '-r', '--name-only', 'main').split('\n')).toContain(foreign);
});

test('the newest stays, however old it is', async () => {
  const last = newest();
  expect((await backup.backup({ RETENTION: '0' })).status).toBe(0);
  expect(backup.archives()).toEqual([last]);
  expect((await backup.backup({ RETENTION: '0' })).output).toContain('nothing changed since');
  expect(backup.archives()).toEqual([last]);
});

test('a new reader gets an archive at once, and so does the old one', async () => {
  const another = folder.reader('another');
  folder.write('config', render([reader.publicKey, another.publicKey]).find(({ kind, metadata: { name } }) => kind === 'ConfigMap' && name === NAME)!.data, 0o444);
  const [last] = backup.archives();
  expect((await backup.backup()).status).toBe(0);
  expect(backup.archives()).toEqual([last, newest()]);
  expect(backup.read(newest(), another)).toEqual(backup.read(newest(), reader));
  expect(() => backup.read(last, another)).toThrow(/decryption failed: No secret key/);
});

test('a server that asks for it gets the password of the Secret, sends no archive, and success is reported', async () => {
  backup.git('config', 'uploadpack.allowFilter', 'true');
  await backup.kubectl('patch', 'configmap/settings', '--type=merge', '-p', '{"data":{"color":"white"}}');
  const before = newest();
  const { status, output } = await backup.backup({ REPOSITORY: `${server.url}/repository.git`, PUSHGATEWAY_URL: server.url });
  expect([status, output]).toEqual([0, expect.stringContaining('Archive')]);
  expect(newest()).not.toBe(before);
  const fetched = folder.execute('git', ['--git-dir', join(folder.path('scratch'), 'repository'), 'cat-file', '--batch-all-objects', '--batch-check=%(objecttype)']);
  // the digest that was there, the new one and the new archive
  expect(fetched.split('\n').filter((type) => type === 'blob')).toHaveLength(3);
  expect([...server.reports]).toEqual([[
    `/metrics/job/configuration-backup/namespace/${NAMESPACE}/backup/${NAME}`,
    expect.stringMatching(/^configuration_backup_last_success_timestamp_seconds \d{10}\n$/),
  ]]);
});

test('a repository out of reach fails the run, and so does a key without which a digest would tell too much', async () => {
  const away = await backup.backup({ REPOSITORY: 'file:///nowhere', ATTEMPTS: '2' });
  expect([away.status, away.output]).toEqual([1, expect.stringContaining('given up after 2 attempts')]);
  backup.writeSecret({ 'digest-key': '' });
  const empty = await backup.backup();
  backup.writeSecret();
  expect([empty.status, empty.output]).toEqual([1, expect.stringContaining("the Secret's key digest-key is empty")]);
});

/** Does what a line of the guide does with an archive, and gives what kubectl says. */
async function followGuide(line: RegExp): Promise<string> {
  const [, decrypt, filter, apply] = line.exec(readFileSync(GUIDE, 'utf8'))!;
  const clone = folder.renew('clone');
  folder.execute('git', ['clone', '--quiet', backup.repository, clone]);
  const decrypted = folder.execute('sh', ['-c', `gpg --homedir ${reader.home} --batch ${decrypt.replace(/\S+\.gpg/, join(clone, NAMESPACE, newest()))} ${filter ?? ''}`]);
  const { status, stdout, stderr } = await backup.cluster.try(apply.split(' '), decrypted);
  expect([status, stderr.replace(/^Warning: .*\n/m, '')]).toEqual([0, '']);
  return stdout;
}

test('one object of an archive is back by a line of the guide, and no other is touched', async () => {
  await backup.kubectl('delete', 'configmap/settings');
  expect(await followGuide(/^gpg (--decrypt \S+) (\| jq '.*') \| kubectl (apply .*)$/m)).toBe('configmap/settings serverside-applied\n');
  expect(await backup.kubectl('get', 'configmap/settings', '-o', 'jsonpath={.data.color}')).toBe('white');
});

test('a whole namespace is back by a line of the guide', async () => {
  await backup.kubectl('delete', 'configmap/settings', 'service/web', 'deployment/web', 'component/state', 'secretproviderclass/payment', `rolebinding/${NAME}`);
  const said = await followGuide(/^gpg (--decrypt \S+)() \| kubectl (apply .*)$/m);
  expect(said.trim().split('\n')).toHaveLength(backup.read(newest(), reader).items.length);
  const kept = async (kind: string, name: string) => JSON.parse(await backup.kubectl('get', kind, name, '-o', 'json'));
  expect((await kept('configmap', 'settings')).data).toEqual({ ...settings.data, color: 'white' });
  expect((await kept('service', 'web')).spec).toMatchObject(service.spec);
  expect((await kept('deployment', 'web')).spec.template.spec.containers[0]).toMatchObject({ image: 'registry.example.com/web:1' });
  expect((await kept('component', 'state')).spec).toEqual(component.spec);
  expect((await kept('secretproviderclass', 'payment')).spec).toEqual(providerClass.spec);
  expect((await kept('rolebinding', NAME)).subjects).toMatchObject([{ kind: 'ServiceAccount', name: NAME }]);
});
