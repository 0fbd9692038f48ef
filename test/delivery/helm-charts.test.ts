import { existsSync, readFileSync } from 'node:fs';
import { ApiObject } from 'cdk8s';
import { load } from 'js-yaml';
import type { ServiceChart } from '../../src';
import { App, Dapr, Image, Scaling, Values } from '../../src';
import type { HelmChartsProps } from '../../src/delivery';
import { ArgoCdRepository, ArgoCdSource, HelmCharts } from '../../src/delivery';
import { Mesh } from '../../src/mesh';
import { OneOffJob, Worker } from '../../src/workloads';
import { filesIn, newOutdir } from '../output/output-folders';
import { DEV, group, PROD, profileWith, ROOMY, service, STAGING } from '../support/platform';
import { useOwnWorkingDirectory, write } from '../support/working-directory';

const HEADER = 'Made of manifests by cdk8s-microservices, and replaced at each synthesis. Change the program instead.';
const CURL = Image.of('registry.example.com/curl', { tag: '8.15.0' });

useOwnWorkingDirectory();
beforeEach(() => { jest.spyOn(process.stderr, 'write').mockReturnValue(true); });
afterEach(() => { jest.restoreAllMocks(); });

interface Setup extends Partial<HelmChartsProps> {
  readonly app?: App;
  readonly environments?: (typeof DEV)[];
  readonly define?: (chart: ServiceChart) => void;
  readonly values?: Values;
}

/** A group in each environment, with the service `checkout` unless something else is defined, and their charts. */
function setup({ app = new App(), environments = [DEV, PROD], define = (chart) => { service(chart); }, values, ...props }: Setup = {}) {
  environments.forEach((environment) => define(group({ app, environment, profile: ROOMY, values })));
  return { app, charts: new HelmCharts(app, 'charts', { directory: 'charts', ...props }) };
}

function synthesize(props: Setup = {}): void {
  setup(props).app.synth();
}

/** The message with which nothing is written. */
function refusal(props: Setup): string {
  try {
    synthesize(props);
  } catch (error) {
    expect(filesIn('.')).toEqual([]);
    return (error as Error).message;
  }
  throw new Error('nothing was refused');
}

const text = (file: string) => readFileSync(`charts/checkout/${file}`, 'utf8');
const values = (file: string): any => load(text(file));
const schema = (): any => JSON.parse(text('values.schema.json'));

/** An object of the service, beside its own. */
function beside(chart: ServiceChart, fields: object, name = 'checkout-rules', kind = 'ConfigMap'): void {
  new ApiObject(service(chart), 'Beside', { apiVersion: 'v1', kind, metadata: { name }, ...fields });
}

describe('a chart', () => {
  test('has a file for each kind, for each environment, and for what people read', () => {
    synthesize({ testImage: CURL, environments: [DEV, STAGING, PROD] });
    expect(filesIn('charts/checkout')).toEqual([
      'Chart.yaml',
      ...['dev', 'prod', 'staging'].flatMap((name) => [`environments/${name}/tag.yaml`, `environments/${name}/values.yaml`]),
      'templates/NOTES.txt', 'templates/_helpers.tpl', 'templates/deployment.yaml', 'templates/hpa.yaml', 'templates/pdb.yaml', 'templates/service.yaml',
      'templates/serviceaccount.yaml', 'templates/tests/health.yaml', 'values-base.yaml', 'values.schema.json',
    ]);
    expect(filesIn('charts').filter((file) => !readFileSync(`charts/${file}`, 'utf8').split('\n')[0].includes(HEADER))).toEqual([]);
  });

  test('says what it is, and for which Kubernetes', () => {
    synthesize({ version: '1.4.0-rc.1' });
    expect(text('Chart.yaml')).toBe(`# ${HEADER}
apiVersion: v2
name: checkout
description: The service checkout of core-business
type: application
version: 1.4.0-rc.1
kubeVersion: '>=1.36.0-0'
`);
  });

  test('is the same whatever the order of statements, and at the second synthesis', () => {
    const { app } = setup();
    app.synth();
    const all = () => filesIn('charts').map((file) => readFileSync(`charts/${file}`, 'utf8'));
    const before = all();
    app.synth();
    expect(all()).toEqual(before);
    synthesize({ environments: [PROD, DEV] });
    expect(all()).toEqual(before);
  });

  test('is there for the chosen services only', () => {
    synthesize({ define: (chart) => ['checkout', 'order'].forEach((name) => service(chart, name)), services: ['order'] });
    expect(new Set(filesIn('charts').map((file) => file.split('/')[0]))).toEqual(new Set(['order']));
  });

  test('goes when its service goes, and nothing else does', () => {
    // of an earlier process: what another app of this one wrote is not stale
    write('charts/order/Chart.yaml', `# ${HEADER}\nname: order\n`);
    write('charts/order/templates/_helpers.tpl', `{{- /* ${HEADER} */ -}}\n`);
    write('charts/order/values.schema.json', `{ "$comment": "${HEADER}" }\n`);
    write('charts/order/README.md', '# Of people\n');
    write('charts/lost.yaml', 'by: hand\n');
    synthesize();
    expect(filesIn('charts').filter((file) => !file.startsWith('checkout/'))).toEqual(['lost.yaml', 'order/README.md']);
  });

  test('never takes the place of a file that somebody else wrote', () => {
    write('charts/checkout/values-base.yaml', 'replicas: 3\n');
    expect(() => synthesize()).toThrow("[charts] output file 'checkout/values-base.yaml' would overwrite 'charts/checkout/values-base.yaml', which does not begin with "
      + `'${HEADER}', so somebody else wrote it. Move it away or remove it.`);
    expect(filesIn('.')).toEqual(['charts/checkout/values-base.yaml']);
  });

  test('goes below an output folder outside of the working directory, so that a trial changes no repository', () => {
    const outdir = newOutdir();
    synthesize({ app: new App({ outdir }) });
    expect(filesIn('.')).toEqual([]);
    expect(existsSync(`${outdir}/charts/checkout/Chart.yaml`)).toBe(true);
  });
});

describe('a value', () => {
  test('of a well-known name is said in the base where all environments agree, and its version always in the tag file', () => {
    synthesize();
    expect(values('values-base.yaml')).toEqual({
      autoscaling: { cpuPercent: 70, memoryPercent: 80 },
      daprChecksum: expect.stringMatching(/^[0-9a-f]{64}$/),
      env: {},
      image: { repository: 'registry.example.com/checkout' },
      logLevel: 'info',
      replicas: {},
      resources: { limits: { 'cpu': '500m', 'ephemeral-storage': '512Mi', 'memory': '1Gi' }, requests: { 'cpu': '200m', 'ephemeral-storage': '256Mi', 'memory': '512Mi' } },
    });
    expect(values('environments/dev/values.yaml')).toEqual({ env: { APP_ENV: 'development' }, environment: 'dev', replicas: { max: 3, min: 1 } });
    expect(values('environments/prod/tag.yaml')).toEqual({ image: { tag: '1.4.2' } });
  });

  test('of another place has the name of that place, under the object', () => {
    synthesize({ define: (chart) => beside(chart, { data: { 'a-b': chart.environment.appEnv, 'a_b': `${chart.environment.appEnv.length}`, 'same': 'x' } }) });
    expect(values('environments/prod/values.yaml').configMap).toEqual({ checkout_rules: { data: { a_b: 'production', a_b_2: '10' } } });
    expect(text('templates/configmap.yaml')).toContain('  a-b: {{ .Values.configMap.checkout_rules.data.a_b | toJson }}\n  a_b: {{ .Values.configMap.checkout_rules.data.a_b_2 | toJson }}\n  same: x\n');
  });

  test('is none where only the name of the environment differs, in keys as in text', () => {
    synthesize({ define: (chart) => beside(chart, { data: { [`shop-${chart.environment.name}.yaml`]: `http://shop.${chart.namespace}`, product: 'production' } }) });
    expect(text('templates/configmap.yaml')).toContain('  product: production\n  "shop-{{ .Values.environment }}.yaml": "http://shop.core-business-{{ .Values.environment }}"\n');
  });

  test('says whether something is there that an environment lacks', () => {
    synthesize({ define: (chart) => { chart.environment === PROD ? beside(chart, { data: { a: 'x' } }) : service(chart); } });
    expect(text('templates/configmap.yaml')).toBe(`# ${HEADER}
{{- if .Values.configMap.checkout_rules.enabled }}
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: checkout-rules
  namespace: core-business-prod
data:
  a: x
{{- end }}
`);
    expect(values('environments/dev/values.yaml').configMap).toEqual({ checkout_rules: { enabled: false } });
    expect(schema().properties.configMap.properties.checkout_rules.properties.enabled).toEqual({ description: 'whether ConfigMap checkout-rules is there', type: 'boolean' });
  });

  test('is there itself, or not, where it is a variable of some environments', () => {
    synthesize({ define: (chart) => { service(chart, 'checkout', { env: chart.environment === DEV ? { DEBUG_CART: 'yes' } : {} }); } });
    expect(text('templates/deployment.yaml')).toContain(`{{- if hasKey .Values.env "DEBUG_CART" }}
            - name: DEBUG_CART
              value: {{ .Values.env.DEBUG_CART | toJson }}
{{- end }}
`);
    expect(schema().properties.env.required).toEqual(['APP_ENV']);
  });

  test('is a whole list where lists differ in more than their items', () => {
    synthesize({ define: (chart) => beside(chart, { items: chart.environment === PROD ? ['a', 'b'] : ['b'] }) });
    expect(text('templates/configmap.yaml')).toContain('items: {{ .Values.configMap.checkout_rules.items | toJson }}\n');
    expect(schema().properties.configMap.properties.checkout_rules.properties.items).toEqual({ description: 'ConfigMap checkout-rules: items', type: 'array', items: { type: 'string' } });
  });

  test('is never what a template engine would read', () => {
    synthesize({ define: (chart) => beside(chart, { data: { '{{ a }}': '{{ .Values.x }}', 'b': `{{ ${chart.environment.name} {` } }) });
    expect(text('templates/configmap.yaml')).toContain('  b: "{{"{{"}} {{ .Values.environment }} {"\n  \'{{"{{"}} a }}\': \'{{"{{"}} .Values.x }}\'\n');
  });
});

describe('a schema', () => {
  test('knows each value with its type, and refuses all others', () => {
    synthesize();
    const { properties, required, additionalProperties } = schema();
    expect([required, additionalProperties]).toEqual([['autoscaling', 'daprChecksum', 'env', 'environment', 'image', 'logLevel', 'replicas', 'resources'], false]);
    expect(properties.environment).toEqual({ enum: ['dev', 'prod'] });
    expect(properties.replicas.properties.max).toEqual({ description: 'HorizontalPodAutoscaler checkout: spec.maxReplicas', type: 'integer' });
    const open: string[] = [];
    const visit = (path: string, node: any) => {
      if (node.type === 'object' && node.additionalProperties !== false) {
        open.push(path);
      }
      Object.entries(node.properties ?? {}).forEach(([name, inner]) => visit(`${path}.${name}`, inner));
    };
    visit('', schema());
    expect(open).toEqual([]);
  });
});

describe('the test of a chart', () => {
  const hooks = () => existsSync('charts/checkout/templates/tests/health.yaml');

  test('asks what the kubelet asks, through the Service', () => {
    synthesize({ testImage: CURL });
    expect(text('templates/tests/health.yaml')).toContain('        - http://checkout:8000/health/ready\n');
  });

  test.each<[string, Setup]>([
    ['no image is given for it', {}],
    ['nobody can call the service', { testImage: CURL, define: (chart) => { new Worker(chart, 'checkout', { image: CURL, scaling: Scaling.replicas(2) }); } }],
    ['the pods end by themselves', { testImage: CURL, define: (chart) => { new OneOffJob(chart, 'checkout', { image: CURL }); } }],
  ])('is not there where %s', (_why, props) => {
    synthesize(props);
    expect([existsSync('charts/checkout/Chart.yaml'), hooks()]).toEqual([true, false]);
  });

  test('is not there in a mesh, which lets in nobody without a proxy', () => {
    const app = new App();
    service(group({ app, environment: PROD, profile: profileWith({ mesh: Mesh.istio() }) }));
    new HelmCharts(app, 'charts', { directory: 'charts', testImage: CURL });
    app.synth();
    expect([existsSync('charts/checkout/Chart.yaml'), hooks()]).toEqual([true, false]);
  });
});

test('the Job of a version is named after the version that the tag file says', () => {
  synthesize({ define: (chart) => { new OneOffJob(chart, 'checkout', { image: Image.of('registry.example.com/checkout', { tag: '1.4.2' }), dapr: Dapr.none('reads a file') }); } });
  expect(text('templates/job.yaml')).toContain('  name: "{{ include "checkout.run" . }}"\n');
});

test('a release may say a digest where none was said before', () => {
  synthesize();
  expect(Object.keys(schema().properties.image.properties)).toEqual(['digest', 'repository', 'tag']);
  expect(schema().properties.image.anyOf).toEqual([{ required: ['digest'] }, { required: ['tag'] }]);
});

describe('refused is', () => {
  test.each<[string, Setup, string]>([
    ['a service that is not there', { services: ['chekout'] }, "[charts] there is no service 'chekout'. Did you mean 'checkout'?"],
    ['a service that is nearly nothing', { services: ['billing'] }, "[charts] there is no service 'billing'. Services are checkout."],
    ['a service where there is none', { services: ['billing'], define: () => {} }, "[charts] there is no service 'billing'. Define it in a ServiceChart."],
    ['a service that is named twice', { services: ['checkout', 'checkout'] }, "[charts] 'checkout' is named twice in services. Name it once."],
    ['a folder elsewhere', { directory: '../charts' }, "[charts] directory '../charts' is not folders joined by '/'. Write them from the root of the repository, such as 'applications' or 'deploy/dist'."],
    ['a version of two numbers', { version: '1.4' }, "[charts] version '1.4' is not the version of a chart. Write all three numbers, such as '1.4.2'."],
    ['a control character that differs', { define: (chart) => beside(chart, { data: { a: `${chart.environment.appEnv}\u0085` } }) },
      '[core-business-dev/checkout] ConfigMap checkout-rules: data.a differs between environments and holds the character U+0085, which Helm would lose. Remove it, or say the same in all environments.'],
    ['a line separator that differs, in a list', { define: (chart) => beside(chart, { items: chart.environment === PROD ? [] : [{ '\u2028': 1 }] }) },
      '[core-business-dev/checkout] ConfigMap checkout-rules: items differs between environments and holds the character U+2028, which Helm would lose. Remove it, or say the same in all environments.'],
    ['a number that no reader keeps', { define: (chart) => beside(chart, { data: { a: 2 ** 53 } }) },
      '[core-business-dev/checkout/Beside] data.a is 9007199254740992, beyond 9007199254740991, so its last digits may be lost. Give it as text if the field takes text.'],
  ])('%s', (_what, props, message) => {
    expect(refusal(props)).toBe(message);
  });

  test('a name that two groups have, because a folder holds one chart of a name', () => {
    const app = new App();
    ['core-business', 'platform'].forEach((name) => service(group({ app, name, profile: ROOMY })));
    new HelmCharts(app, 'charts', { directory: 'charts' });
    expect(() => app.synth()).toThrow("[platform-prod/checkout] would be deployed under the name 'checkout', as core-business-prod/checkout is, and a folder holds one chart of a name. Rename one of them.");
    expect(filesIn('.')).toEqual([]);
  });
});

describe('as a source of Argo CD', () => {
  const repository = (app: App, source?: ArgoCdSource) => (
    new ArgoCdRepository(app, 'shop', { repository: 'https://git.example.com/acme/shop.git', directory: 'applications', manifests: 'dist', source }));
  const set = (): any => load(readFileSync('applications/main/checkout/checkout-appset.yaml', 'utf8'));
  const tagFiles = () => set().spec.generators[0].list.elements.map(({ tagFile }: any) => tagFile);

  test('a chart is read with its values in the order of their rank, each of which must be there', () => {
    const { app, charts } = setup();
    repository(app, ArgoCdSource.helmChart(charts));
    app.synth();
    expect(set().spec.template.spec.source).toEqual({
      repoURL: 'https://git.example.com/acme/shop.git',
      targetRevision: '{{ .revision }}',
      path: 'charts/checkout',
      helm: {
        releaseName: 'checkout', ignoreMissingValueFiles: false, skipTests: true, valueFiles: ['values-base.yaml', 'environments/{{ .environment }}/values.yaml', '{{ .tagFile }}'],
      },
    });
    expect(tagFiles()).toEqual(['environments/dev/tag.yaml', 'environments/prod/tag.yaml']);
  });

  test('the version comes from the tag file of CI where that alone says it', () => {
    const digest = `sha256:${'0a'.repeat(32)}`;
    write('applications/main/checkout/values-base.yaml', `image: { digest: "${digest}" }\n`);
    write('applications/main/checkout/dev/tag.yaml', 'image: { tag: "1.5.0" }\n');
    // its digest is that of another file
    write('applications/main/checkout/prod/tag.yaml', '# nothing yet\n');
    const { app, charts } = setup({ values: Values.directory('applications/main/') });
    repository(app, ArgoCdSource.helmChart(charts));
    app.synth();
    expect(tagFiles()).toEqual(['/applications/main/checkout/dev/tag.yaml', 'environments/prod/tag.yaml']);
  });

  test('two folders of charts in one place are one, and neither removes what the other writes', () => {
    const app = new App();
    setup({ app, define: (chart) => ['checkout', 'order'].forEach((name) => service(chart, name)), services: ['checkout'] });
    new HelmCharts(app, 'others', { directory: 'charts', services: ['order'] });
    app.synth();
    app.synth();
    expect(new Set(filesIn('charts').map((file) => file.split('/')[0]))).toEqual(new Set(['checkout', 'order']));
  });

  test('charts may stand in the folder of what Argo CD reads', () => {
    const { app } = setup({ directory: 'applications' });
    repository(app);
    app.synth();
    app.synth();
    expect(filesIn('applications')).toEqual(expect.arrayContaining(['checkout/Chart.yaml', 'main/checkout/checkout-appset.yaml', 'shop.yaml']));
  });

  test('one service may differ from all others', () => {
    const { app, charts } = setup({ define: (chart) => ['checkout', 'order'].forEach((name) => service(chart, name)) });
    repository(app).deploys('checkout', ArgoCdSource.helmChart(charts));
    app.synth();
    expect(set().spec.template.spec.source.path).toBe('charts/checkout');
    expect((load(readFileSync('applications/main/order/order-appset.yaml', 'utf8')) as any).spec.template.spec.source.path).toBe('{{ .path }}');
  });

  test.each<[string, (argoCd: ArgoCdRepository, charts: HelmCharts) => void, string]>([
    ['a service that is not there', (argoCd) => argoCd.deploys('chekout', ArgoCdSource.manifests()),
      "Validation failed with the following errors:\n  [shop] deploys 'chekout', and there is no such service. Did you mean 'checkout'?"],
    ['a service far from all', (argoCd) => argoCd.deploys('billing', ArgoCdSource.manifests()),
      "Validation failed with the following errors:\n  [shop] deploys 'billing', and there is no such service. Define it, or remove the line."],
    ['a service without a chart', (argoCd, charts) => argoCd.deploys('checkout', ArgoCdSource.helmChart(charts)),
      "Validation failed with the following errors:\n  [shop] deploys 'checkout' by its chart, and [charts] makes none of it. Add it to services there."],
    ['two sources', (argoCd) => ['checkout', 'checkout'].forEach((name) => argoCd.deploys(name, ArgoCdSource.manifests())),
      "[shop] says twice what 'checkout' is rendered from. Say it once."],
  ])('%s is an error', (_what, say, message) => {
    const { app, charts } = setup({ define: (chart) => ['checkout', 'order'].forEach((name) => service(chart, name)), services: ['order'] });
    expect(() => {
      say(repository(app), charts);
      app.synth();
    }).toThrow(new Error(message));
    expect(filesIn('.')).toEqual([]);
  });
});
