import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { loadAll } from 'js-yaml';
import type { HelmOutput } from './helm';
import { byName, CHARTS, helm, objectsIn, template, valuesOf } from './helm';
import type { Manifest } from './manifests';
import { DIST } from './manifests';

const FILES_OF_PEOPLE = resolve(__dirname, '../../examples/shop/applications/main');
const ENVIRONMENTS = ['dev', 'prod', 'staging'];
const SERVICES = ['analytics', 'auth', 'catalog', 'checkout', 'customer', 'notification', 'order', 'payment', 'search'];
const EACH = SERVICES.flatMap((service) => ENVIRONMENTS.map((environment): [string, string] => [service, environment]));

let folder: string;
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'charts-')); });
afterEach(() => { rmSync(folder, { recursive: true, force: true }); });

const chartOf = (service: string) => join(CHARTS, service);

/** The plain manifests of a service. */
function plain(service: string, environment: string): Map<string, Manifest> {
  const group = ['core-business', 'platform'].find((each) => existsSync(join(DIST, environment, each, `${service}.k8s.yaml`)))!;
  return byName(loadAll(readFileSync(join(DIST, environment, group, `${service}.k8s.yaml`), 'utf8')) as Manifest[]);
}

/** A chart in which something is changed. */
function changed(service: string, file: string, change: (text: string) => string): string {
  const copy = join(folder, service);
  cpSync(chartOf(service), copy, { recursive: true });
  const before = readFileSync(join(copy, file), 'utf8');
  const after = change(before);
  expect(after).not.toBe(before);
  writeFileSync(join(copy, file), after);
  return copy;
}

function write(text: string): string {
  const file = join(folder, 'values.yaml');
  writeFileSync(file, text);
  return file;
}

test('every service has a chart, and nothing else has', () => {
  expect(readdirSync(CHARTS).sort()).toEqual(SERVICES);
});

test.each(EACH)('Helm renders %s in %s as its plain manifests are', (service, environment) => {
  const expected = plain(service, environment);
  expect(expected.size).toBeGreaterThan(4);
  expect(objectsIn(template(chartOf(service), environment, '--skip-tests'))).toEqual(expected);
});

test.each(SERVICES)('Helm has nothing to say against the chart of %s', (service) => {
  for (const environment of ENVIRONMENTS) {
    const { status, stdout, stderr } = helm('lint', '--strict', chartOf(service), ...valuesOf(chartOf(service), environment));
    expect({ status, stderr, complaints: stdout.split('\n').filter((line) => /^\[(?!INFO)/.test(line)) }).toEqual({ status: 0, stderr: '', complaints: [] });
  }
});

test.each(EACH)('the files of people for %s in %s may follow those of the chart, and change nothing', (service, environment) => {
  const files = ['values-base.yaml', `${environment}/values.yaml`, `${environment}/tag.yaml`].map((file) => join(FILES_OF_PEOPLE, service, file)).filter(existsSync);
  expect(files).not.toEqual([]);
  expect(objectsIn(template(chartOf(service), environment, '--skip-tests', ...files.flatMap((file) => ['--values', file])))).toEqual(plain(service, environment));
});

describe('a difference is seen', () => {
  const BROKEN: [string, string, (text: string) => string][] = [
    ['in a literal', 'templates/deployment.yaml', (text) => text.replace('readOnlyRootFilesystem: true', 'readOnlyRootFilesystem: false')],
    ['in the type of a literal', 'templates/deployment.yaml', (text) => text.replace("dapr.io/app-port: '8000'", 'dapr.io/app-port: 8000')],
    ['in a value', 'environments/prod/values.yaml', (text) => text.replace('max: 10', 'max: 11')],
    ['in a file of templates that is lost', 'templates/networkpolicy.yaml', () => ''],
  ];
  test.each(BROKEN)('%s', (_what, file, change) => {
    const chart = changed('checkout', file, change);
    expect(objectsIn(template(chart, 'prod', '--skip-tests'))).not.toEqual(plain('checkout', 'prod'));
  });
});

/** Checkout in prod with another tag file, as Argo CD renders it. */
function released(version: string): HelmOutput {
  return helm('template', 'release', chartOf('checkout'), '--kube-version', '1.36', ...valuesOf(chartOf('checkout'), 'prod').slice(0, -1), write(version));
}

describe('a release', () => {
  const image = (version: string) => {
    const objects = objectsIn(released(version));
    const { metadata, spec } = objects.get('apps/v1 Deployment core-business-prod/checkout') as any;
    return [spec.template.spec.containers[0].image, metadata.labels['app.kubernetes.io/version']];
  };

  test('is one file of values', () => {
    expect(image('image: { tag: "1.6.0" }')).toEqual(['registry.example.com/checkout:1.6.0', '1.6.0']);
  });

  test('is told from others by the digits of its digest where it has no tag', () => {
    expect(image(`image: { digest: "sha256:${'a1b2c3d4'.repeat(8)}" }`)).toEqual([`registry.example.com/checkout@sha256:${'a1b2c3d4'.repeat(8)}`, 'a1b2c3d4a1b2']);
  });
});

test('a change of the configuration is a change of the pods', () => {
  const pods = (...args: string[]) => (objectsIn(template(chartOf('checkout'), 'prod', ...args)).get('apps/v1 Deployment core-business-prod/checkout') as any)
    .spec.template.metadata.annotations['checksum/config'];
  expect(pods('--values', write('config: { CART_TTL: "3h" }'))).not.toBe(pods());
});

describe('the schema refuses', () => {
  const REFUSED: [string, string, string][] = [
    ['an unknown value', 'replica: 3', "additional properties 'replica' not allowed"],
    ['an unknown value further down', 'resources: { limits: { gpu: "1" } }', "additional properties 'gpu' not allowed"],
    ['an unknown variable', 'env: { CURENCY: EUR }', "additional properties 'CURENCY' not allowed"],
    ['an unknown environment', 'environment: qa', "value must be one of 'dev', 'prod', 'staging'"],
    ['text where a number is expected', 'replicas: { max: "10" }', 'got string, want integer'],
    ['a number where text is expected', 'env: { CURRENCY: 978 }', 'got number, want string'],
    ['a part of a number', 'replicas: { max: 2.5 }', 'got number, want integer'],
    ['a tag that other readers take for a number', 'image: { tag: 1.10 }', 'got number, want string'],
    ['a template in a tag', 'image: { tag: "{{ .Release.Name }}" }', "does not match pattern '^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$'"],
    ['a command in a tag', 'image: { tag: "1.4.2; reboot" }', "does not match pattern '^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$'"],
    ['half of a digest', 'image: { digest: "sha256:28b8" }', "does not match pattern '^sha256:[0-9a-f]{64}$'"],
    ['no version at all', 'image: { tag: null, digest: null }', 'got null, want string'],
  ];
  test.each(REFUSED)('%s', (_what, values, message) => {
    const { status, stdout, stderr } = template(chartOf('checkout'), 'prod', '--values', write(values));
    expect({ status, stdout, stderr }).toEqual({ status: 1, stdout: '', stderr: expect.stringContaining(message) });
  });

  test('an image without a version', () => {
    expect(released('image: {}')).toEqual({ status: 1, stdout: '', stderr: expect.stringContaining("missing property 'tag'") });
  });

  test('a chart without the values of an environment', () => {
    const missing = ['autoscaling', 'config', 'daprChecksum', 'env', 'environment', 'image', 'logLevel', 'networkPolicy', 'replicas', 'resources', 'syncOptions'];
    const { status, stderr } = helm('template', 'release', chartOf('checkout'));
    expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringContaining(`missing properties ${missing.map((name) => `'${name}'`).join(', ')}`) });
  });
});

test('an environment whose files are lost is an error', () => {
  const { status, stderr } = template(chartOf('checkout'), 'qa');
  expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringContaining('environments/qa/values.yaml: no such file or directory') });
});

test('an older Kubernetes than the manifests are for is an error', () => {
  const { status, stderr } = template(chartOf('checkout'), 'prod', '--kube-version', '1.30');
  expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringContaining('chart requires kubeVersion: >=1.36.0-0 which is incompatible with Kubernetes v1.30') });
});

test('the test of a chart asks its service whether it is ready, and is let', () => {
  const objects = [...objectsIn(template(chartOf('checkout'), 'prod')).entries()].filter(([, { metadata }]) => (metadata as any).annotations?.['helm.sh/hook'] === 'test');
  expect(objects.map(([name]) => name).sort()).toEqual([
    'networking.k8s.io/v1 NetworkPolicy core-business-prod/checkout-test-callee',
    'networking.k8s.io/v1 NetworkPolicy core-business-prod/checkout-test-caller',
    'v1 Pod core-business-prod/checkout-test',
  ]);
  const { spec } = new Map(objects).get('v1 Pod core-business-prod/checkout-test')!;
  expect(spec.containers[0].command.slice(-1)).toEqual(['http://checkout:8000/health/ready']);
});
