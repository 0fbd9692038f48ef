import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { load, loadAll } from 'js-yaml';
import { BUILT_IN_RULES } from '../../src/checks/built-in-rules';
import { judge } from '../../src/checks/judge';
import { ManifestSet } from '../../src/manifests/manifest-set';
import { Quantity } from '../../src/values/quantity';
import { readFolder } from '../support/example';

const root = resolve(__dirname, '..', '..');
const tsx = require.resolve('tsx');
const main = join(root, 'examples', 'shop', 'main.ts');

const SERVICES = {
  'core-business': ['catalog', 'checkout', 'customer', 'order', 'payment'],
  'platform': ['analytics', 'auth', 'notification', 'search'],
};
const STORES = ['broker', 'postgresql', 'redis'];
/** The namespace of the stores of each environment. */
const SHARED = { dev: 'infrastructure-dev', staging: 'infrastructure-staging', prod: 'infrastructure' };
/** Where values files, tag files and what Argo CD reads stand together, and where pipelines are. */
const TREES = ['examples/shop/applications', 'examples/shop/pipelines'];
/** Where the Helm charts of services stand, all of them written by synthesis. */
const CHARTS = 'examples/shop/charts';
/** Operator, sentry, placement, scheduler and injector, three of each: what `global.ha` of Dapr's chart makes. */
const DAPR_PODS = 15;

// a process for each synthesis, on a machine that may be busy
jest.setTimeout(60_000);

let work: string;
beforeEach(() => { work = realpathSync(mkdtempSync(join(tmpdir(), 'shop-'))); });
afterEach(() => { rmSync(work, { recursive: true, force: true }); });

interface Run {
  readonly program?: string;
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly umask?: string;
}

/** Synthesises the shop in a process of its own: the manifests by file, and what the program said. */
function synthesize({ program = main, cwd = root, env = {}, umask = '022' }: Run = {}): { manifests: Record<string, string>; stderr: string } {
  const outdir = join(work, 'out');
  const { status, stderr } = spawnSync('sh', ['-c', `umask ${umask} && exec "$0" "$@"`, process.execPath, '--import', tsx, program], {
    cwd, env: { ...process.env, CDK8S_OUTDIR: outdir, ...env }, encoding: 'utf8',
  });
  if (status !== 0) {
    throw new Error(stderr);
  }
  // beside an output folder in the working directory, and otherwise below it
  const tree = cwd === root ? {} : readTree(cwd);
  return { manifests: { ...readFolder(outdir), ...tree }, stderr };
}

/** What synthesis wrote among the files of people and CI, which are not its own. */
function readTree(folder: string): Record<string, string> {
  const read = (tree: string) => Object.entries(readFolder(join(folder, tree))).map(([file, text]) => [`${tree}/${file}`, text]);
  const rendered = TREES.flatMap(read).filter(([, text]) => text.startsWith('# Rendered by cdk8s-microservices'));
  return Object.fromEntries([...rendered, ...read(CHARTS)]);
}

function committed(): Record<string, string> {
  return { ...readFolder(join(root, 'dist')), ...readTree(root) };
}

function expectCommitted(manifests: Record<string, string>): void {
  const before = committed();
  const files = [...new Set([...Object.keys(before), ...Object.keys(manifests)])].sort();
  const different = files.filter((file) => before[file] !== manifests[file]);
  if (different.length > 0) {
    throw new Error(`dist/ is not what the program renders: ${different.join(', ')}. Run \`npm run synth\` and review the difference.`);
  }
}

/** A copy of the shop that stands elsewhere, with its sources changed. */
function changedShop(change: (file: string, text: string) => string): string {
  const folder = join(work, 'shop');
  cpSync(join(root, 'examples', 'shop'), folder, { recursive: true });
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.ts'))) {
    const text = change(file, readFileSync(join(folder, file), 'utf8'));
    writeFileSync(join(folder, file), text
      .replaceAll("'../../src'", JSON.stringify(join(root, 'src')))
      .replaceAll("'cdk8s'", JSON.stringify(require.resolve('cdk8s')))
      .replaceAll("'constructs'", JSON.stringify(require.resolve('constructs'))));
  }
  return join(folder, 'main.ts');
}

function object(file: string, kind: string, name: string): any {
  const objects = loadAll(readFileSync(join(root, 'dist', file), 'utf8')) as any[];
  return objects.find((each) => each.kind === kind && each.metadata.name === name);
}

describe('dist/', () => {
  test('is what the program renders', () => {
    expectCommitted(synthesize().manifests);
  });

  test('has nine services and their stores in three environments, their namespaces, and nothing else', () => {
    const files = ['dev', 'staging', 'prod'].flatMap((environment) => Object.entries(SERVICES)
      .flatMap(([group, services]) => ['namespace', ...services].map((name) => `${environment}/${group}/${name}.k8s.yaml`)));
    const stores = Object.entries(SHARED).flatMap(([environment, namespace]) => [...STORES.map((store) => `${store}-${environment}`), 'namespace']
      .map((name) => `shared/${namespace}/${name}.k8s.yaml`));
    expect(Object.keys(readFolder(join(root, 'dist')))).toEqual([...files, ...stores].sort());
  });

  test('has each service as a Deployment that is scaled, protected and reachable', () => {
    for (const environment of ['dev', 'staging', 'prod']) {
      for (const [group, services] of Object.entries(SERVICES)) {
        for (const service of services) {
          for (const kind of ['Deployment', 'Service', 'ServiceAccount', 'HorizontalPodAutoscaler', 'PodDisruptionBudget']) {
            expect(object(`${environment}/${group}/${service}.k8s.yaml`, kind, service)).toMatchObject({ metadata: { namespace: `${group}-${environment}` } });
          }
        }
      }
    }
  });

  test('lets only its two groups reach checkout, and checkout only the stores', () => {
    const namespace = (name: string) => ({ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name, name } } });
    const port = (number: number) => ({ port: number, protocol: 'TCP' });
    expect(object('prod/core-business/checkout.k8s.yaml', 'NetworkPolicy', 'checkout-network-policy').spec).toEqual({
      podSelector: { matchLabels: { app: 'checkout' } },
      policyTypes: ['Ingress', 'Egress'],
      ingress: [{ from: [namespace('core-business-prod'), namespace('platform-prod')], ports: [port(8000), port(9000)] }],
      egress: [{ to: [namespace('infrastructure')], ports: [port(5432), port(6379)] }],
    });
  });

  test('leaves a highly available control plane of Dapr room in the namespace of the stores, even while all their Jobs run', () => {
    const objects = Object.entries(committed()).filter(([file]) => file.startsWith('shared/infrastructure/')).flatMap(([, text]) => loadAll(text) as any[]);
    const { hard } = objects.find(({ kind }) => kind === 'ResourceQuota').spec;
    const { default: limits } = objects.find(({ kind }) => kind === 'LimitRange').spec.limits.find(({ type }: any) => type === 'Container');
    for (const resource of ['cpu', 'memory'] as const) {
      const quantity = Quantity[resource];
      const stores = objects.filter(({ kind }) => ['StatefulSet', 'Job', 'CronJob'].includes(kind)).flatMap(({ spec }) => {
        const pod = (spec.jobTemplate?.spec ?? spec).template.spec;
        return pod.containers.map((container: any) => quantity(container.resources.limits[resource])._times(spec.replicas ?? 1));
      });
      const needed = Quantity._sum(resource, stores);
      // as docs/message-broker.md says
      expect(needed.toString()).toBe({ cpu: '8.35', memory: '19Gi' }[resource]);
      const dapr = quantity(limits[resource])._times(DAPR_PODS);
      expect(needed._plus(dapr)._exceeds(quantity(hard[`limits.${resource}`]))).toBe(false);
    }
  });

  test('selects pods by their label `app` alone, the same in all environments', () => {
    for (const environment of ['dev', 'staging', 'prod']) {
      expect(object(`${environment}/core-business/checkout.k8s.yaml`, 'Deployment', 'checkout').spec.selector).toEqual({ matchLabels: { app: 'checkout' } });
    }
  });
});

describe('the same bytes come', () => {
  test.each([
    ['in Turkish, at UTC+13:45', { env: { LC_ALL: 'tr_TR.UTF-8', LANG: 'tr_TR.UTF-8', LANGUAGE: 'tr', TZ: 'Pacific/Chatham' } }],
    ['in Swedish, at UTC-9:30', { env: { LC_ALL: 'sv_SE.UTF-8', LANG: 'sv_SE.UTF-8', TZ: 'Pacific/Marquesas' } }],
    ['without a locale', { env: { LC_ALL: 'C', LANG: '', TZ: 'UTC' } }],
    ['for a user whose files nobody else may read', { umask: '077' }],
  ])('%s', (_where, run) => {
    expectCommitted(synthesize(run).manifests);
  });

  test('from values files with Windows line ends', () => {
    const files = join(work, 'examples', 'shop', 'applications');
    cpSync(join(root, 'examples', 'shop', 'applications'), files, { recursive: true });
    const texts = readFolder(files);
    for (const [file, text] of Object.entries(texts)) {
      writeFileSync(join(files, file), text.replaceAll('\n', '\r\n'));
    }
    expect(Object.keys(texts)).not.toEqual([]);
    expectCommitted(synthesize({ cwd: work }).manifests);
  });

  test('when every service stands one level further down', () => {
    const moved = changedShop((_file, text) => text
      .replace("import type { Construct } from 'constructs';", "import { Construct } from 'constructs';\nconst below = (scope: Construct) => new Construct(scope, `Level${scope.node.children.length}`);")
      .replaceAll('new Microservice(this,', 'new Microservice(below(this),'));
    expect(readFileSync(join(work, 'shop', 'core-business.ts'), 'utf8')).toContain("new Microservice(below(this), 'checkout')");
    expectCommitted(synthesize({ program: moved }).manifests);
  });

  test('when environments and groups are defined in another order', () => {
    const turned = changedShop((file, text) => file !== 'main.ts' ? text : text
      .replace('Environment.standard()', 'Environment.standard().reverse()')
      .replace(/( *new Infrastructure\(.*\n)( *new CoreBusiness\(.*\n)( *new Platform\(.*\n)/, '$3$2$1'));
    expect(readFileSync(turned, 'utf8')).toMatch(/reverse[^]*new Platform[^]*new CoreBusiness[^]*new Infrastructure/);
    expectCommitted(synthesize({ program: turned }).manifests);
  });

  test('by `cdk8s synth`', () => {
    const { app, output } = load(readFileSync(join(root, 'cdk8s.yaml'), 'utf8')) as { app: string; output: string };
    expect({ app, output }).toEqual({ app: 'node lib/examples/shop/main.js', output: 'dist' });
    const cli = join(root, 'node_modules', 'cdk8s-cli', 'bin', 'cdk8s');
    const out = join(work, 'out');
    const { status, stderr } = spawnSync(process.execPath, [cli, 'synth', '--app', `${process.execPath} --import ${tsx} ${main}`, '--output', out], {
      cwd: root, env: { ...process.env, CDK8S_CHECK_UPGRADE: 'false' }, encoding: 'utf8',
    });
    expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' });
    const { 'construct-metadata.json': _metadata, ...manifests } = readFolder(out);
    expectCommitted(manifests);
  });
});

describe('checks', () => {
  test('find nothing in the platform that is not acknowledged', () => {
    expect(synthesize().stderr).toBe('');
  });

  test('find nothing in its files but what the program acknowledges', () => {
    const manifests = Object.fromEntries(Object.entries(readFolder(join(root, 'dist'))).filter(([file]) => file.endsWith('.yaml')));
    expect([...new Set(judge(ManifestSet.parse(manifests), BUILT_IN_RULES).findings.map(({ rule: { id } }) => id))]).toEqual(['MS-CAP-001']);
  });

  test('find what an older cluster cannot have, each rule once', () => {
    const { stderr } = synthesize({ env: { SHOP_KUBERNETES_VERSION: '1.27' } });
    expect(stderr.split('\n').filter((line) => /^\S/.test(line)).map((line) => line.split(':')[0])).toEqual(['MS-AVAIL-003 warning (27)', 'MS-AVAIL-004 info (27)']);
    expect(stderr).toContain('\n  [core-business-prod/checkout/Deployment] /spec/template/spec/containers/0/lifecycle\n');
  });

  test('are acknowledged in one place, at most three rules, each with a reason', () => {
    const sources = readdirSync(join(root, 'examples', 'shop')).filter((file) => file.endsWith('.ts')).map((file) => readFileSync(join(root, 'examples', 'shop', file), 'utf8'));
    const acknowledging = sources.filter((text) => text.includes('acknowledge('));
    expect(acknowledging).toHaveLength(1);
    expect(acknowledging[0].match(/acknowledge\('MS-[A-Z]+-\d{3}', \{\s+reason: '.{40,}'/g)?.length).toBe(2);
    expect(acknowledging[0].match(/acknowledge\(/g)).toHaveLength(2);
  });
});
