import { loadAll } from 'js-yaml';
import { ConfigurationBackupRun, NAME, NAMESPACE, ScratchFolder } from './configuration-backup';
import type { Reader } from './configuration-backup';
import { App, ConfigurationBackup, GitRepository, Image, PlatformProfile, SharedChart } from '../../src';
import type { Manifest } from '../cluster/support/manifest';

const settings = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings', namespace: NAMESPACE }, data: { color: 'green', note: 'ñ\n"quoted"' } };
const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'credentials', namespace: NAMESPACE }, stringData: { password: 'hunter-in-the-secret' } };

let backup: ConfigurationBackupRun;
let reader: Reader;

function render(publicKeys: string[]): Manifest[] {
  const app = new App();
  const profile = PlatformProfile.standard().customize({ network: { apiServerCidrs: ['10.0.0.1/32'] } });
  new ConfigurationBackup(new SharedChart(app, NAMESPACE, { profile }), NAME, {
    image: Image.of('registry.example.com/configuration-backup', { tag: '1.0.0' }),
    repository: GitRepository.https('https://git.example.com/acme/configuration.git', { secretName: NAME, cidrs: ['10.40.0.0/28'] }),
    publicKeys,
  });
  return loadAll(app.synthYaml()) as Manifest[];
}

const object = (archive: { items: readonly Manifest[] }, kind: string, name: string) => archive.items.find((each) => each.kind === kind && each.metadata.name === name);

beforeAll(async () => {
  const folder = new ScratchFolder();
  reader = folder.reader('reader');
  backup = await ConfigurationBackupRun.start(folder, render([reader.publicKey]));
  await backup.apply(settings, secret);
});

afterAll(() => backup?.dispose());

test('the first run commits what the API server holds, for its readers alone', async () => {
  const { status, output } = await backup.backup();
  expect([status, output]).toEqual([0, expect.stringContaining(`Archive ${NAMESPACE} of `)]);
  expect(backup.files()).toEqual([expect.stringMatching(/^\d{8}T\d{6}Z\.json\.gpg$/), 'digest']);
  const archive = backup.read(backup.archives()[0], reader);
  expect(object(archive, 'ConfigMap', 'settings')).toEqual(settings);
});
