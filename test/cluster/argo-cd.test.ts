import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { dump, load, loadAll } from 'js-yaml';
import { binary } from './support/binary';
import { Cluster } from './support/cluster';
import { type Manifest, nameOf, readManifests } from './support/manifest';
import { attempt, type Output } from './support/process';
import { CoreBusiness } from '../../examples/shop/core-business';
import { Infrastructure } from '../../examples/shop/infrastructure';
import { organisation } from '../../examples/shop/organisation';
import { Platform } from '../../examples/shop/platform';
import { App, Environment } from '../../src';
import { ArgoCdRepository, ArgoCdSource, HelmCharts } from '../../src/delivery';

const ROOT = resolve(__dirname, '..', '..');
const APPLICATIONS = 'examples/shop/applications';
const TREE = join(ROOT, APPLICATIONS);
const REPOSITORY = 'https://git.example.com/acme/shop.git';

const GROUPS = { 'core-business': ['catalog', 'checkout', 'customer', 'order', 'payment'], 'platform': ['analytics', 'auth', 'notification', 'search'] };
const SERVICES = Object.values(GROUPS).flat().sort();

/** What synthesis wrote into the tree, a document each. */
const documents = readdirSync(TREE, { recursive: true, encoding: 'utf8' }).sort()
  .filter((file) => /-(?:appset|project)\.yaml$/.test(file) || file === 'shop.yaml')
  .flatMap((file) => loadAll(readFileSync(join(TREE, file), 'utf8')) as Manifest[]);

function copyOf(kind: string, name: string): Manifest {
  return JSON.parse(JSON.stringify(documents.find((each) => each.kind === kind && each.metadata.name === name)));
}

interface Answer {
  readonly applications: Manifest[];
  readonly refusals: string[];
}

type Applied = Record<string, { group: string; kind: string; namespace: string }[]>;

/** Has Argo CD's own code render ApplicationSets, and judge what is rendered by the AppProjects. */
async function argoCd(what: readonly Manifest[], objects: Applied = {}): Promise<Output> {
  return attempt(await binary('appset-3.2'), [], { input: JSON.stringify({ documents: what.map((each) => dump(each)), objects }) });
}

async function rendered(what: readonly Manifest[], objects?: Applied): Promise<Answer> {
  const { status, stdout, stderr } = await argoCd(what, objects);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return JSON.parse(stdout);
}

/** The objects that an Application would apply: those of its file in the repository. */
function objectsOf({ spec }: Manifest): Manifest[] {
  const { path, directory } = spec.source ?? {};
  return directory && !directory.recurse ? readManifests(join(ROOT, path, directory.include)) : [];
}

function kindsOf(applications: readonly Manifest[]): Applied {
  const applied = ({ apiVersion, kind, metadata }: Manifest) => (
    { group: apiVersion.includes('/') ? apiVersion.split('/')[0] : '', kind, namespace: metadata.namespace ?? '' });
  return Object.fromEntries(applications.map((application) => [application.metadata.name, objectsOf(application).map(applied)]));
}

// the binary may have to be built first
jest.setTimeout(900_000);

describe('the template engine of Argo CD', () => {
  test('makes an Application of each service, store and namespace in each environment, and one of each chart', async () => {
    const { applications, refusals } = await rendered(documents);
    const environments = ['dev', 'prod', 'staging'];
    const deployed = [
      ...SERVICES,
      ...['broker', 'postgresql', 'redis', 'core-business-namespace', 'platform-namespace'],
    ].flatMap((name) => environments.map((environment) => `${name}-${environment}`));
    expect(applications.map(({ metadata }) => metadata.name).sort()).toEqual([
      ...deployed, 'dapr', 'infrastructure-namespace', 'infrastructure-namespace-dev', 'infrastructure-namespace-staging', 'shop',
    ].sort());
    expect(refusals).toEqual([]);
  });

  test('makes the Application of checkout in prod as people expect it', async () => {
    const { applications } = await rendered([copyOf('ApplicationSet', 'checkout')]);
    const [application] = applications.filter(({ metadata }) => metadata.name === 'checkout-prod');
    const { labels, finalizers = null } = application.metadata;
    expect(dump({ labels, finalizers, spec: application.spec }, { noRefs: true, sortKeys: true })).toBe(`finalizers: null
labels:
  app.kubernetes.io/name: checkout
  app.kubernetes.io/part-of: core-business
  environment: prod
spec:
  destination:
    name: in-cluster
    namespace: core-business-prod
  ignoreDifferences:
    - group: apps
      jsonPointers:
        - /spec/replicas
      kind: Deployment
      name: checkout
  project: core-business
  source:
    directory:
      include: checkout.k8s.yaml
      jsonnet: {}
    path: dist/prod/core-business
    repoURL: ${REPOSITORY}
    targetRevision: main
  syncPolicy:
    automated:
      prune: true
      selfHeal: true
    retry:
      backoff:
        duration: 5s
        factor: 2
        maxDuration: 180s
      limit: 8
    syncOptions:
      - CreateNamespace=false
      - FailOnSharedResource=true
      - PruneLast=true
      - RespectIgnoreDifferences=true
      - ServerSideApply=true
`);
  });

  test('deletes what is no longer rendered, but for what has Prune=false, and heals as each environment says', async () => {
    const { applications } = await rendered([copyOf('ApplicationSet', 'checkout')]);
    expect(Object.fromEntries(applications.map(({ metadata, spec }) => [metadata.name, spec.syncPolicy.automated]))).toEqual({
      'checkout-dev': { prune: true }, 'checkout-staging': { prune: true, selfHeal: true }, 'checkout-prod': { prune: true, selfHeal: true },
    });
  });

  test('leaves an environment to people that does not synchronise by itself', async () => {
    const set = copyOf('ApplicationSet', 'checkout');
    set.spec.generators[0].list.elements.forEach((element: any) => { element.autoSync = false; });
    const { applications } = await rendered([set]);
    expect(applications.map(({ spec }) => spec.syncPolicy.automated)).toEqual([undefined, undefined, undefined]);
    expect(applications.map(({ spec }) => spec.syncPolicy.retry.limit)).toEqual([8, 8, 8]);
  });

  test('reads the values of a chart in the order of their rank, and fails where a file is lost', async () => {
    const [{ spec }] = (await rendered([copyOf('ApplicationSet', 'dapr')])).applications;
    expect(spec.sources[0]).toMatchObject({ chart: 'dapr', helm: { valueFiles: ['$values/examples/shop/applications/thirdparties/dapr/values-base.yaml'] } });
    expect(spec.sources[0].helm.ignoreMissingValueFiles).toBeUndefined(); // which is false
    expect(spec.sources[1]).toEqual({ repoURL: REPOSITORY, targetRevision: 'main', ref: 'values' });
  });

  test('finds every rendered file in just one Application', async () => {
    const { applications } = await rendered(documents);
    const files = applications.map(({ spec }) => spec.source).filter((source) => source && !source.directory.recurse)
      .map(({ path, directory }) => join(path, directory.include));
    const dist = readdirSync(join(ROOT, 'dist'), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.k8s.yaml')).map((file) => join('dist', file));
    expect(files.sort()).toEqual(dist.sort());
  });

  test('may apply everything that is rendered by the AppProject of its group', async () => {
    const { applications } = await rendered(documents);
    const objects = kindsOf(applications);
    expect(Object.values(objects).flat().length).toBeGreaterThan(500);
    expect((await rendered(documents, objects)).refusals).toEqual([]);
  });

  test('may apply nothing else', async () => {
    const { refusals } = await rendered(documents, {
      'checkout-prod': [
        { group: 'rbac.authorization.k8s.io', kind: 'ClusterRole', namespace: '' },
        { group: '', kind: 'Secret', namespace: 'core-business-prod' },
        { group: '', kind: 'ConfigMap', namespace: 'kube-system' },
        { group: 'argoproj.io', kind: 'AppProject', namespace: 'argocd' },
        { group: '', kind: 'ConfigMap', namespace: 'core-business-prod' },
      ],
    });
    expect(refusals).toEqual([
      'checkout-prod: ClusterRole.rbac.authorization.k8s.io in namespace \'\'',
      'checkout-prod: Secret in namespace \'core-business-prod\'',
      'checkout-prod: ConfigMap in namespace \'kube-system\'',
      'checkout-prod: AppProject.argoproj.io in namespace \'argocd\'',
    ]);
  });

  type Change = (set: Manifest) => void;
  const REFUSED: [string, Change, string][] = [
    ['an unknown parameter', (set) => { set.spec.template.spec.destination.name = '{{ .clustr }}'; }, 'map has no entry for key "clustr"'],
    ['a parameter that one environment lacks', (set) => { delete set.spec.generators[0].list.elements[1].revision; }, 'map has no entry for key "revision"'],
    ['an unknown parameter of the patch', (set) => { set.spec.templatePatch = set.spec.templatePatch.replace('.selfHeal', '.heal'); }, 'map has no entry for key "heal"'],
    ['an unknown field', (set) => { set.spec.template.spec.source.directory.includes = '*'; }, 'unknown field "includes"'],
    ['a template that does not end', (set) => { set.spec.template.metadata.name = '{{ .name'; }, 'unclosed action'],
  ];
  test.each(REFUSED)('refuses %s', async (_what, change, message) => {
    const set = copyOf('ApplicationSet', 'checkout');
    change(set);
    const { status, stdout, stderr } = await argoCd([set]);
    expect({ status, stdout, stderr }).toEqual({ status: 1, stdout: '', stderr: expect.stringContaining(message) });
  });

  test('would fill an unknown parameter with a word, if the ApplicationSet did not say that it is an error', async () => {
    const set = copyOf('ApplicationSet', 'checkout');
    set.spec.template.spec.destination.name = '{{ .clustr }}';
    set.spec.goTemplateOptions = [];
    expect((await rendered([set])).applications[0].spec.destination.name).toBe('<no value>');
  });

  test('sees a source, a namespace and a project that are not permitted', async () => {
    const set = copyOf('ApplicationSet', 'checkout');
    const [element] = set.spec.generators[0].list.elements;
    set.spec.generators[0].list.elements = [{ ...element, namespace: 'kube-system' }];
    set.spec.template.spec.source.repoURL = 'https://git.example.com/mallory/shop.git';
    const orphan = copyOf('ApplicationSet', 'auth');
    orphan.spec.template.spec.project = 'nobody';
    const { refusals } = await rendered([copyOf('AppProject', 'core-business'), set, orphan]);
    expect(refusals).toEqual([
      'checkout-dev: source https://git.example.com/mallory/shop.git',
      'checkout-dev: destination in-cluster/kube-system',
      ...['auth-dev', 'auth-prod', 'auth-staging'].map((name) => `${name}: there is no project nobody`),
    ]);
  });
});

/** A repository with the reference platform, all of whose services come from their charts, and their ApplicationSets. */
let repository: string;
let sets: Manifest[];

beforeAll(() => {
  repository = mkdtempSync(join(tmpdir(), 'charts-'));
  cpSync(TREE, join(repository, APPLICATIONS), { recursive: true });
  const app = new App({ outdir: join(repository, 'dist') });
  const stderr = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  for (const environment of Environment.standard()) {
    new Infrastructure(app, environment);
    new CoreBusiness(app, environment);
    new Platform(app, environment);
  }
  const charts = new HelmCharts(app, 'charts', { directory: 'charts' });
  new ArgoCdRepository(app, 'shop', {
    profile: organisation, repository: REPOSITORY, directory: APPLICATIONS, manifests: 'dist', source: ArgoCdSource.helmChart(charts),
  });
  app.synth();
  stderr.mockRestore();
  // the trees are below an output folder that is outside of the working directory
  cpSync(join(repository, 'dist', APPLICATIONS), join(repository, APPLICATIONS), { recursive: true });
  cpSync(join(repository, 'dist', 'charts'), join(repository, 'charts'), { recursive: true });
  sets = SERVICES.map((name) => load(readFileSync(join(repository, APPLICATIONS, 'main', name, `${name}-appset.yaml`), 'utf8')) as Manifest);
});
afterAll(() => rmSync(repository, { recursive: true, force: true }));

describe('a service by its Helm chart', () => {
  const helm = () => execFileSync(join(ROOT, '.ci/tools.sh'), ['--where-helm'], { encoding: 'utf8' }).trim();
  const request = async (what: readonly Manifest[]) => attempt(await binary('appset-3.2'), [], {
    input: JSON.stringify({ documents: what.map((each) => dump(each)), repository, kubeVersion: '1.36' }), env: { PATH: `${helm()}:${process.env.PATH}` },
  });

  /** What Argo CD would apply, by the names of Applications. */
  async function applied(what: readonly Manifest[]): Promise<Record<string, Record<string, Manifest>>> {
    const { status, stdout, stderr } = await request(what);
    // Argo CD logs each command of Helm
    expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' });
    return Object.fromEntries(Object.entries<string[]>(JSON.parse(stdout).manifests).map(([name, objects]) => (
      [name, byName(objects.map((object) => JSON.parse(object)))])));
  }

  const byName = (objects: readonly Manifest[]) => Object.fromEntries(objects.map((object) => [nameOf(object), object]));
  const plain = (environment: string, group: string, service: string) => readManifests(join(ROOT, 'dist', environment, group, `${service}.k8s.yaml`));
  const tagFile = (service: string, environment: string) => join(repository, APPLICATIONS, 'main', service, environment, 'tag.yaml');
  const checkout = () => sets.filter(({ metadata }) => metadata.name === 'checkout');

  test('is an Application with base values, those of the environment, and the tag file of CI', async () => {
    const { applications } = await rendered(checkout());
    const [{ spec }] = applications.filter(({ metadata }) => metadata.name === 'checkout-prod');
    expect(dump({ source: spec.source, sources: spec.sources ?? null }, { noRefs: true, sortKeys: true })).toBe(`source:
  helm:
    releaseName: checkout
    skipTests: true
    valueFiles:
      - values-base.yaml
      - environments/prod/values.yaml
      - /examples/shop/applications/main/checkout/prod/tag.yaml
  path: charts/checkout
  repoURL: ${REPOSITORY}
  targetRevision: main
sources: null
`);
    expect(checkout()[0].spec.template.spec.source.helm.ignoreMissingValueFiles).toBe(false);
  });

  test('is permitted by the AppProject of its group', async () => {
    const projects = documents.filter(({ kind }) => kind === 'AppProject');
    expect((await rendered([...projects, ...sets], kindsOf((await rendered(documents)).applications))).refusals).toEqual([]);
  });

  test('gives the objects of the plain manifests, for every service in every environment', async () => {
    const expected = Object.fromEntries(['dev', 'prod', 'staging'].flatMap((environment) => Object.entries(GROUPS).flatMap(([group, services]) => services
      .map((service) => [`${service}-${environment}`, byName(plain(environment, group, service))]))));
    expect(await applied(sets)).toEqual(expected);
  });

  test('has another version when CI commits a tag file, and no synthesis is needed', async () => {
    const file = tagFile('checkout', 'prod');
    const before = readFileSync(file, 'utf8');
    const [, digest] = /digest: (sha256:[0-9a-f]+)/.exec(before)!;
    try {
      writeFileSync(file, `# CI\nimage: { tag: "1.6.0", digest: "sha256:${'0a'.repeat(32)}" }\n`);
      const expected = JSON.stringify(byName(plain('prod', 'core-business', 'checkout')))
        .replaceAll(`1.4.2@${digest}`, `1.6.0@sha256:${'0a'.repeat(32)}`).replaceAll('"app.kubernetes.io/version":"1.4.2"', '"app.kubernetes.io/version":"1.6.0"');
      expect(expected).not.toContain('1.4.2');
      expect((await applied(checkout()))['checkout-prod']).toEqual(JSON.parse(expected));
    } finally {
      writeFileSync(file, before);
    }
  });

  test.each([
    ['is lost', undefined, 'no such file or directory'],
    ['has no version', 'image: {}', "at '/image': 'anyOf' failed"],
    ['holds a template', 'image: { tag: "{{ .Release.Name }}" }', "does not match pattern '^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$'"],
    ['says more than a version', 'image: { tag: "1.6.0" }\nservice: {}', "additional properties 'service' not allowed"],
  ])('is not deployed where the tag file %s', async (_what, text, message) => {
    const file = tagFile('checkout', 'prod');
    const before = readFileSync(file, 'utf8');
    try {
      rmSync(file);
      if (text !== undefined) {
        writeFileSync(file, text);
      }
      expect(await request(checkout())).toEqual({ status: 1, stdout: '', stderr: expect.stringContaining(message) });
    } finally {
      writeFileSync(file, before);
    }
  });
});

describe.each(['1.36', '1.27'])('on Kubernetes %s, with the CRDs of Argo CD', (version) => {
  let cluster: Cluster;

  beforeAll(async () => {
    cluster = await Cluster.start(version);
    expect(await cluster.installCrds('argo-cd.argoproj.io.yaml')).toMatchObject({ status: 0, stderr: '' });
    await cluster.kubectl('create', 'namespace', 'argocd');
  }, 300_000);
  afterAll(() => cluster?.stop());

  test('every document is taken whole, without a warning', async () => {
    const { status, stdout, stderr } = await cluster.apply(documents);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout.trimEnd().split('\n')).toHaveLength(documents.length);
  });

  test('every Application that Argo CD makes of them is taken too', async () => {
    const { applications } = await rendered(documents);
    const withoutStatus = applications.map(({ metadata, spec }) => (
      { apiVersion: 'argoproj.io/v1alpha1', kind: 'Application', metadata: { name: metadata.name, namespace: 'argocd', labels: metadata.labels }, spec }));
    const { status, stderr } = await cluster.apply(withoutStatus);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  test('so are those of services that come from their charts', async () => {
    const twins = sets.map((set) => ({ ...set, metadata: { ...set.metadata, name: `${set.metadata.name}-by-chart` } }));
    const { status, stderr } = await cluster.apply(twins);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  type Change = (manifest: Manifest) => void;
  const REFUSED: [string, [string, string], Change, string][] = [
    ['has no generators', ['ApplicationSet', 'checkout'], ({ spec }) => { delete spec.generators; }, 'spec.generators: Required value'],
    ['misspells a field of its template', ['ApplicationSet', 'checkout'], ({ spec }) => { spec.template.spec.ignoreDifference = []; }, 'ignoreDifference: field not declared in schema'],
    ['says its automation in words', ['Application', 'shop'], ({ spec }) => { spec.syncPolicy.automated.prune = 'no'; }, 'expected boolean, got'],
    ['ignores a difference of no kind', ['ApplicationSet', 'checkout'], ({ spec }) => { delete spec.template.spec.ignoreDifferences[0].kind; }, 'ignoreDifferences[0].kind: Required value'],
    ['synchronises in an unknown way', ['ApplicationSet', 'checkout'], ({ spec }) => { spec.syncPolicy.applicationsSync = 'create'; }, 'Unsupported value: "create"'],
    ['permits a kind without saying which', ['AppProject', 'core-business'], ({ spec }) => { delete spec.namespaceResourceWhitelist[0].kind; }, 'kind: Required value'],
  ];
  test.each(REFUSED)('a document is refused that %s', async (_what, [kind, name], change, message) => {
    const twin = copyOf(kind, name);
    twin.metadata.name = `${name}-twin`;
    change(twin);
    const { status, stderr } = await cluster.apply([twin]);
    expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringContaining(message) });
  });
});

test('the values file of Dapr says what its page says', () => {
  const page = readFileSync(join(ROOT, 'docs/dapr-installation.md'), 'utf8');
  const [, block] = /## Dapr's Helm values[^]*?```yaml\n([^]*?)```/.exec(page)!;
  expect(load(readFileSync(join(TREE, 'thirdparties/dapr/values-base.yaml'), 'utf8'))).toEqual(load(block));
});
