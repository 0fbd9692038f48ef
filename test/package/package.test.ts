import { cpSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { filesBelow, packed, ROOT, UserFolder } from './installed';

const NAME = 'cdk8s-microservices';
/** The versions that this library is developed with, which are the oldest that it supports. */
const { cdk8s, constructs } = (JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { devDependencies: Record<string, string> }).devDependencies;
const PEERS = [`cdk8s@${cdk8s}`, `constructs@${constructs}`];

const user = new UserFolder(packed(), ...PEERS);
const withoutLibrary = new UserFolder(...PEERS);
const home = join(user.path, 'node_modules', NAME);
const files = filesBelow(home);
afterAll(() => { [user, withoutLibrary].forEach(({ path }) => { rmSync(path, { recursive: true, force: true }); }); });

const TWO_SERVICES = `
const app = new App();
const chart = new ServiceChart(app, 'shop', { environment: Environment.standard()[0] });
const order = new Microservice(chart, 'order', { image: Image.of('registry.example.com/order', { tag: '1.0.0' }) });
new Microservice(chart, 'checkout', { image: Image.of('registry.example.com/checkout', { tag: '1.0.0' }) }).calls(order);
stores.RedisCluster.fromNamespace(chart, 'redis', 'infrastructure');
app.synth();
`;
const NAMES = '{ App, Environment, Image, Microservice, ServiceChart, stores }';
const WRITTEN = ['dev/shop/checkout.k8s.yaml', 'dev/shop/namespace.k8s.yaml', 'dev/shop/order.k8s.yaml'];

describe('installing', () => {
  test('adds one folder to those of cdk8s and constructs', () => {
    const { [NAME]: own, ...others } = user.installed;
    expect(own).toBeDefined();
    expect(others).toEqual(withoutLibrary.installed);
    expect(files.filter((file) => file.includes('node_modules'))).toEqual([]);
  });

  test('runs no install script', () => {
    expect(Object.entries(user.installed).filter(([, { hasInstallScript }]) => hasInstallScript)).toEqual([]);
  });
});

describe('the package', () => {
  test('mentions no cdk8s-plus in its types', () => {
    const types = files.filter((file) => file.endsWith('.d.ts') || file === '.jsii');
    expect(types.length).toBeGreaterThan(200);
    expect(types.filter((file) => readFileSync(join(home, file), 'utf8').includes('cdk8s-plus'))).toEqual([]);
  });

  test('contains two files of code', () => {
    expect(files.filter((file) => /\.[cm]?js$/.test(file))).toEqual(['lib/cli.js', 'lib/index.js']);
  });

  test('contains the licences of the code that is compiled in', () => {
    const notices = readFileSync(join(home, 'THIRD_PARTY_NOTICES'), 'utf8');
    expect(notices.match(/^\S+ \d+\.\d+\.\d+ \(.*\)$/gm)?.map((line) => line.replace(/ \d\S+/, ''))).toEqual([
      'cdk8s-plus-27 (Apache-2.0)', 'commander (MIT)', 'fastest-levenshtein (MIT)', 'js-yaml (MIT)', 'yaml (ISC)',
    ]);
  });

  test('has types that compile without skipLibCheck', () => {
    user.write('typed.ts', `import ${NAMES} from '${NAME}';\n${TWO_SERVICES}`);
    expect(user.compile('--noEmit', 'typed.ts')).toEqual('');
  });

  test('refuses imports of its inner files, for the compiler and for Node', () => {
    user.write('inner.ts', `import { App } from '${NAME}/lib/src/platform/app';\nnew App();\n`);
    expect(user.compile('--noEmit', 'inner.ts')).toContain(`error TS2307: Cannot find module '${NAME}/lib/src/platform/app'`);
    expect(user.run('node', '-e', `require('${NAME}/lib/src/platform/app')`).stderr).toContain('ERR_PACKAGE_PATH_NOT_EXPORTED');
  });
});

describe('a program of two services', () => {
  test.each([
    ['CommonJS', 'main.cjs', `const ${NAMES} = require('${NAME}');`],
    ['an ES module', 'main.mjs', `import ${NAMES} from '${NAME}';`],
  ])('runs as %s', (_kind, file, statement) => {
    rmSync(join(user.path, 'dist'), { recursive: true, force: true });
    user.write(file, statement + TWO_SERVICES);
    expect(user.run('node', file)).toMatchObject({ status: 0, stdout: '' });
    expect(filesBelow(join(user.path, 'dist'))).toEqual(expect.arrayContaining(WRITTEN));
  });

  test('loads nothing of cdk8s before it uses an export', () => {
    const loads = (statement: string) => user.run('node', '-e', `
      const load = require('module')._load, loaded = new Set();
      require('module')._load = (name, ...rest) => { loaded.add(name); return load(name, ...rest); };
      ${statement}
      console.log(loaded.has('cdk8s'));
    `).stdout.trim();
    expect(loads(`require('${NAME}')`)).toBe('false');
    expect(loads(`require('${NAME}').App`)).toBe('true');
  });
});

describe('the command line', () => {
  test('checks manifests', () => {
    user.write('manifests/service.yaml', 'apiVersion: v1\nkind: Service\nmetadata:\n  name: order\n  namespace: shop\nspec: {}\n');
    const { status, stdout, stderr } = user.run('npx', '--no', NAME, 'check', 'manifests');
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: 'No findings in 1 manifests.\n', stderr: '' });
  });

  test('sets a version, and keeps the comments of the file', () => {
    user.write('applications/main/order/prod/tag.yaml', '# by CI\nimage:\n  tag: "1.0.0" # stable\n');
    expect(user.run('npx', '--no', NAME, 'release', 'set', 'order', 'prod', '1.1.0'))
      .toMatchObject({ status: 0, stdout: 'applications/main/order/prod/tag.yaml: 1.0.0 -> 1.1.0\n', stderr: '' });
    expect(user.read('applications/main/order/prod/tag.yaml')).toBe('# by CI\nimage:\n  tag: "1.1.0" # stable\n');
  });
});

describe('an example', () => {
  test.each([['shop', 'dist'], ['api-and-worker', 'examples/api-and-worker/dist'], ['progressive-delivery', 'examples/progressive-delivery/dist'], ['boutique', 'examples/boutique/dist']])(
    '%s gives the committed bytes', (example, output) => {
      rmSync(join(user.path, 'dist'), { recursive: true, force: true });
      cpSync(join(ROOT, 'examples', example), join(user.path, 'examples', example), { recursive: true, filter: (path) => !path.endsWith('/dist') });
      const sources = filesBelow(join(user.path, 'examples', example)).filter((file) => file.endsWith('.ts')).map((file) => `examples/${example}/${file}`);
      sources.forEach((file) => { user.write(file, user.read(file).replaceAll("'../../src'", `'${NAME}'`)); });
      expect(user.compile(...sources)).toEqual('');
      expect(user.run('node', `examples/${example}/main.js`)).toMatchObject({ status: 0 });

      const expected = filesBelow(join(ROOT, output)).filter((file) => file !== 'construct-metadata.json');
      expect(expected.length).toBeGreaterThan(1);
      expect(filesBelow(join(user.path, output))).toEqual(expected);
      expect(expected.filter((file) => user.read(join(output, file)) !== readFileSync(join(ROOT, output, file), 'utf8'))).toEqual([]);
    });
});
