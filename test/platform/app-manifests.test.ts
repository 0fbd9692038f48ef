import { existsSync, readFileSync } from 'node:fs';
import { ApiObject, App as StockApp, Chart, Testing, YamlOutputType } from 'cdk8s';
import { ArgoCdRepository } from '../../src/delivery';
import { ManifestSet } from '../../src/manifests';
import { App } from '../../src/platform/app';
import { filesIn } from '../output/output-folders';
import { group, refusal, ROOMY, service } from '../support/platform';
import { useOwnWorkingDirectory } from '../support/working-directory';

useOwnWorkingDirectory();

const ADDRESS = 'https://git.example.com/acme/shop.git';

function shop(app: App = new App()): App {
  service(group({ app, profile: ROOMY }));
  new ArgoCdRepository(app, 'shop', { repository: ADDRESS, directory: 'applications', manifests: 'dist' });
  return app;
}

function plain(yamlOutputType: YamlOutputType): App {
  const app = new App({ yamlOutputType });
  const [chart, other] = ['shop', 'other'].map((name) => new Chart(app, name, { namespace: name }));
  new ApiObject(chart, 'Settings', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' } });
  new ApiObject(other, 'Settings', { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'settings' } });
  other.addDependency(chart);
  return app;
}

describe('the manifests of an app', () => {
  test('are those that it writes, in the files that they name', () => {
    const app = shop();
    const manifests = app.manifests();
    expect(existsSync('dist')).toBe(false);
    app.synth();
    const files = [...filesIn('dist').map((file) => [file, `dist/${file}`]), ...filesIn('applications').map((file) => [`applications/${file}`, `applications/${file}`])];
    const written = ManifestSet.parse(Object.fromEntries(files.map(([name, file]) => [name, readFileSync(file, 'utf8')])));
    const contents = ({ all }: ManifestSet) => Object.fromEntries(all.map(({ id, json, place: { file } }) => [`${file} ${id}`, json]));
    expect(contents(manifests)).toEqual(contents(written));
    expect(manifests.all.length).toBeGreaterThan(10);
  });

  test('know the construct that renders them, and whose file they are in', () => {
    expect(shop().manifests().named('Deployment', 'checkout', 'core-business-prod')!.place).toEqual({
      file: 'prod/core-business/checkout.k8s.yaml', path: 'core-business-prod/checkout/Deployment', owner: 'core-business-prod/checkout',
    });
  });

  test.each([
    [YamlOutputType.FILE_PER_APP, ['app.k8s.yaml', 'app.k8s.yaml']],
    [YamlOutputType.FILE_PER_CHART, ['0000-shop.k8s.yaml', '0001-other.k8s.yaml']],
    [YamlOutputType.FILE_PER_RESOURCE, ['ConfigMap.settings.k8s.yaml', 'Secret.settings.k8s.yaml']],
    [YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE, ['0000-shop/ConfigMap.settings.k8s.yaml', '0001-other/Secret.settings.k8s.yaml']],
  ])('are in files of the type %s', (type, files) => {
    const app = plain(type);
    expect(app.manifests().all.map(({ place: { file } }) => file)).toEqual(files);
    app.synth();
    expect(filesIn('dist')).toEqual([...new Set(files)]);
  });

  test('are valid', () => {
    const app = new App();
    new Chart(app, 'chart').node.addValidation({ validate: () => ['is wrong'] });
    expect(() => app.manifests()).toThrow('Validation failed with the following errors:\n  [chart] is wrong');
  });
});

test('lost patches of several objects are reported together', () => {
  expect(refusal((app) => {
    const checkout = service(group({ app, profile: ROOMY }));
    checkout.patch('Deployment', '/spec/missing/x', 1, 'why');
    checkout.patch('Service', '/spec/missing/x', 1, 'why');
  }).split('\n').slice(1).sort()).toEqual([
    '  [core-business-prod/checkout] the patch of Deployment at /spec/missing/x did not arrive in the manifest. Give a path whose parent exists, and a value that YAML can hold.',
    '  [core-business-prod/checkout] the patch of Service at /spec/missing/x did not arrive in the manifest. Give a path whose parent exists, and a value that YAML can hold.',
  ]);
});

test('what is made of manifests is refused by the App of cdk8s, which renders no chart before others', () => {
  const app = new StockApp();
  service(group({ app }));
  const repository = new ArgoCdRepository(app, 'shop', { repository: ADDRESS, directory: 'applications', manifests: 'dist' });
  expect(() => Testing.synth(repository)).toThrow(
    '[shop] is made of the manifests of other charts, which the App of cdk8s does not render first. Use the App of cdk8s-microservices.');
});
