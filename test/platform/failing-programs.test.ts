import { spawnSync } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { App, Dapr, Environment, Image, Microservice, ServiceChart, ServiceReference, SharedChart, Topic } from '../../src';
import { RedisCluster } from '../../src/stores';
import { CanaryStep, Worker } from '../../src/workloads';

const root = resolve(__dirname, '..', '..');
const image = Image.parse('registry.example.com/order:1.4.2');

// a process for each program, on a machine that may be busy
jest.setTimeout(60_000);

let work: string;
beforeEach(() => { work = realpathSync(mkdtempSync(join(tmpdir(), 'failing-'))); });
afterEach(() => { rmSync(work, { recursive: true, force: true }); });

function run(statements: string, DEBUG = ''): { status: number | null; stderr: string } {
  const file = join(work, 'main.js');
  writeFileSync(file, `
const { App, Environment, Image, Microservice, ServiceChart } = require(${JSON.stringify(join(root, 'src'))});
const app = new App();
const shop = new ServiceChart(app, 'shop', { environment: Environment.of('dev') });
${statements}
`);
  const { status, stderr } = spawnSync(process.execPath, ['--require', require.resolve('tsx/cjs'), file],
    { cwd: work, encoding: 'utf8', env: { ...process.env, DEBUG, ROOT: root, TSX_TSCONFIG_PATH: join(root, 'test', 'tsconfig.json') } });
  return { status, stderr };
}

describe('a program that fails', () => {
  test.each([
    ['in a constructor', "new Microservice(shop, 'Order', {});", "[shop-dev/Order] name 'Order' is not a DNS label: it has 'O'. Write 'order'.\n"],
    ['in synthesis', "shop.node.addValidation({ validate: () => ['is wrong'] }); app.synth();", 'Validation failed with the following errors:\n  [shop-dev] is wrong\n'],
    ['in constructs', "new (require(require.resolve('constructs', { paths: [process.env.ROOT] })).Construct)(app, 'shop-dev');", "There is already a Construct with name 'shop-dev' in App\n"],
    ['in a promise', "Promise.resolve().then(() => { new Microservice(shop, '', {}); });", '[shop-dev] a construct has an empty id. Give it a name.\n'],
  ])('%s ends with the message, without a stack', (_, statements, stderr) => {
    expect(run(statements)).toEqual({ status: 1, stderr });
  });

  test('shows the stack where DEBUG says so, and that of errors of its own', () => {
    expect(run("new Microservice(shop, 'Order', {});", '1').stderr).toMatch(/^Error: \[shop-dev\/Order\] name 'Order' is not a DNS label: it has 'O'\. Write 'order'\.\n {4}at .*main\.js/s);
    expect(run("throw new Error('mine');").stderr).toMatch(/^Error: mine\n {4}at .*main\.js/s);
    expect(run('undefined.x;').stderr).toMatch(/^TypeError: .*\n {4}at .*main\.js/s);
  });

  test('may handle its errors itself', () => {
    expect(run("process.on('uncaughtException', (error) => console.error('handled'));\nnew Microservice(shop, 'Order', {});")).toEqual({ status: 0, stderr: 'handled\n' });
  });
});

describe('a program without types is told what is wrong', () => {
  const errorOf = (define: (chart: ServiceChart, app: App) => void) => {
    const app = new App();
    try {
      define(new ServiceChart(app, 'shop', { environment: Environment.of('dev') }), app);
      app.synthYaml();
    } catch (error) {
      return (error as Error).message;
    }
    return '';
  };

  test.each<[string, (chart: ServiceChart, app: App) => unknown, string]>([
    ['null for properties', (chart) => new Microservice(chart, 'a', null as never), '[shop-dev/a] expected properties, got null. Write them in braces.'],
    ['null for a property', (chart) => new Worker(chart, 'a', { image, env: null } as never), "[shop-dev/a] 'env' is null. Leave it out, or give it a value."],
    ['text for an image', (chart) => new Microservice(chart, 'a', { image: 'order:1' } as never),
      "[shop-dev/a] expected 'image' to be a value such as Image.parse('registry.example.com/order:1.4.2'), got 'order:1'. Write image: Image.parse('registry.example.com/order:1.4.2')."],
    ['plain data for resources', (chart) => new Microservice(chart, 'a', { image, resources: { memory: '1Gi' } } as never),
      "[shop-dev/a] expected 'resources' to be a value such as Resources.of({ memory: '512Mi' }), got an object. Write resources: Resources.of({ memory: '512Mi' })."],
    ['no properties of a chart', (_, app) => new ServiceChart(app, 'x', undefined as never), "ServiceChart 'x': expected properties, got undefined. Write { environment: Environment.of('dev') }."],
    ['text for an environment', (_, app) => new ServiceChart(app, 'x', { environment: 'dev' } as never),
      "ServiceChart 'x': expected 'environment' to be a value such as Environment.of('dev'), got 'dev'. Write environment: Environment.of('dev')."],
    ['a step without a duration', () => (CanaryStep.weight as (percent: number) => CanaryStep)(50), 'CanaryStep.weight: expected properties, got undefined. Write { duration: Duration.minutes(5) }.'],
    ['a step with a number', () => CanaryStep.weight(50, { duration: 60 } as never),
      "CanaryStep.weight: expected 'duration' to be a value such as Duration.minutes(5), got 60. Write duration: Duration.minutes(5)."],
    ['the name of a member of objects', (chart) => new Microservice(chart, 'constructor', { image }),
      "[shop-dev] a construct has the id 'constructor', which every JavaScript object has as a member. Choose another name."],
    ['such a name of a topic', (chart) => new Topic(chart, 'valueOf', {} as never), "[shop-dev] a construct has the id 'valueOf', which every JavaScript object has as a member. Choose another name."],
    ['such a name of a store', (chart) => new RedisCluster(chart, 'toString'), "[shop-dev] a construct has the id 'toString', which every JavaScript object has as a member. Choose another name."],
    ['an empty id', (chart) => new Topic(chart, '', {} as never), '[shop-dev] a construct has an empty id. Give it a name.'],
  ])('%s', (_, define, message) => {
    expect(errorOf(define)).toBe(message);
  });

  test('a call from a SharedChart, which has no environment', () => {
    const app = new App();
    new Microservice(new SharedChart(app, 'infra'), 'a', { image, dapr: Dapr.none('a plain proxy') }).calls(ServiceReference.of('shop', 'order'));
    expect(() => app.synthYaml()).toThrow(new Error('Validation failed with the following errors:\n'
      + "  [infra/a] calls 'shop/order', which no SharedChart defines, and 'infra' belongs to no environment. "
      + "Define a Microservice 'order' in the group 'shop' below a SharedChart, or use ImportedService.fromName()."));
  });
});
