import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { load, loadAll } from 'js-yaml';
import * as ts from 'typescript';
import { TABLES, withTable } from './defaults';
import { type Block, blocksOf, ROOT } from './markdown';
import { type Program, programsOf, README_SERVICES, readmePlatform, writeProgram } from './programs';

// the compiler reads the whole library, on a machine that may be busy
jest.setTimeout(120_000);

const documents = ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'CHANGELOG.md', ...readdirSync(join(ROOT, 'docs')).sort().map((file) => `docs/${file}`)];
const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
const blocks = documents.flatMap(blocksOf);

let work: string;
beforeEach(() => { work = realpathSync(mkdtempSync(join(tmpdir(), 'readme-'))); });
afterEach(() => { rmSync(work, { recursive: true, force: true }); });

describe('the README', () => {
  test('has at most 250 lines', () => {
    expect(readme.trimEnd().split('\n').length).toBeLessThanOrEqual(250);
  });

  test('shows two services in three environments in at most 20 lines', () => {
    const [program] = programsOf('README.md').filter(({ heading }) => heading === 'Two services in three environments');
    expect([...program.files.keys()]).toEqual(['main.ts']);
    expect(lines(program.files.get('main.ts')!).length).toBeLessThanOrEqual(20);
  });

  test('has no recipe of 15 lines or more', () => {
    const recipes = blocksOf('README.md').filter(({ heading }) => heading === 'Recipes');
    expect(recipes.length).toBeGreaterThan(3);
    expect(recipes.filter(({ text }) => lines(text).length >= 15).map(({ place }) => place)).toEqual([]);
  });

  test('draws the calls and topics of the reference platform', () => {
    const diagram = blocks.find(({ language }) => language === 'mermaid')!.text;
    const drawn = lines(diagram).slice(1).map((line) => line.trim());
    expect([...drawn].sort()).toEqual(shopArrows());
  });
});

describe('documents', () => {
  test('hold blocks of known languages only', () => {
    const known = ['ts', 'yaml', 'sh', 'python', 'text', 'mermaid'];
    expect(blocks.filter(({ language }) => !known.includes(language)).map(({ place, language }) => `${place}: '${language}'`)).toEqual([]);
  });

  test('link to files that are there', () => {
    const broken = documents.flatMap((file) => [...readFileSync(join(ROOT, file), 'utf8').matchAll(/\]\((?!https?:)([^)#]+)[^)]*\)/g)]
      .map(([, target]) => target).filter((target) => !exists(resolve(ROOT, dirname(file), target))).map((target) => `${file}: ${target}`));
    expect(broken).toEqual([]);
  });

  test.each([...TABLES])('%s has the defaults that the profile holds', (file, table) => {
    const text = readFileSync(join(ROOT, file), 'utf8');
    expect(text === withTable(text, table()) ? '' : `${file} is out of date. Run: npx tsx test/docs/write-defaults.ts`).toBe('');
  });

  test('name scripts of package.json only', () => {
    const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: Record<string, string> };
    const named = documents.flatMap((file) => [...readFileSync(join(ROOT, file), 'utf8').matchAll(/npm run ([\w:-]+)/g)].map(([, script]) => `${file}: ${script}`));
    expect(named.filter((use) => !(use.split(': ')[1] in scripts))).toEqual([]);
  });

  test('show shell commands that .ci/run executes', () => {
    const commands = blocks.filter(({ language, title }) => language === 'sh' && title !== 'install').flatMap(({ place, text }) => lines(text)
      .flatMap((line) => line.replace(/#.*/, '').split('&&')).map((command) => command.trim()).filter(Boolean).map((command) => ({ place, command })));
    const steps = readFileSync(join(ROOT, '.ci', 'run'), 'utf8');
    const isStep = (command: string) => {
      const [, jest] = /^npm (?:run )?(test\S*)$/.exec(command) ?? [];
      return command.startsWith('.ci/') || lines(steps).some((line) => line.trim() === command || (jest ? line.includes(`tests ${jest};`) : line.includes(`{ ${command}; }`)));
    };
    expect(commands.map(({ place, command }) => ({ place, command: command.replace(/^[A-Z_]+=\S+ /, '') })).filter(({ command }) => !isStep(command))).toEqual([]);
  });

  test('show packages that .ci/run installs', () => {
    const commands = blocks.filter(({ title }) => title === 'install').flatMap(({ text }) => lines(text));
    expect(commands.map((command) => command.split(' ')[0])).toEqual(['npm', 'pip']);
  });

  test('show YAML that can be read', () => {
    for (const { text } of blocks.filter(({ language }) => language === 'yaml')) {
      expect(loadAll(text)).not.toEqual([]);
    }
  });
});

describe('what the cluster must have', () => {
  const page = readFileSync(join(ROOT, 'docs', 'dapr-installation.md'), 'utf8');
  const components = ['dev', 'staging', 'prod'].flatMap((environment) => objectsOf(join(ROOT, 'dist', environment))
    .filter(({ kind }) => kind === 'Component').flatMap(({ spec }) => spec.metadata as any[])
    .map(({ name, value, secretKeyRef }) => ({ name, value, secret: secretKeyRef && { ...secretKeyRef, name: secretKeyRef.name.replace(`-${environment}`, '-<environment>') } })));

  test('is told with each Secret that the reference platform names', () => {
    const rows = [...page.matchAll(/^\| `(\S+-<environment>)` \| (.*?) \|/gm)].flatMap(([, name, keys]) => keys.split(', ').map((key) => `${name} ${key.replaceAll('`', '')}`));
    const named = components.flatMap(({ secret }) => secret ? [`${secret.name} ${secret.key}`] : []);
    expect([...new Set(named)].sort()).toEqual(rows.sort());
  });

  test('is told with the host of each store', () => {
    const hosts = components.filter(({ name }) => name === 'redisHost').map(({ value }) => value.replace(/-(?:dev|staging|prod)\./, '-<environment>.'));
    expect([...new Set(hosts)].map((host) => page.includes(`\`${host}\``))).toEqual([true]);
  });
});

describe('TypeScript of the documents', () => {
  test('is right by its types', () => {
    for (const [index, program] of documents.flatMap(programsOf).entries()) {
      writeProgram(program, join(work, `program-${index}`));
    }
    fragments().forEach((block, index) => writeFileSync(join(work, `fragment-${index}.ts`), harness(block)));
    expect(typeErrors(work)).toEqual([]);
  });

  test('of the first program writes the manifests that the README lists', () => {
    const program = programsOf('README.md')[0];
    expect(run(program)).toEqual({ status: 0, stderr: expect.any(String) });
    const written = manifests(join(work, 'dist')).filter(({ file }) => file.startsWith('dev/'))
      .map(({ file, kinds }) => `dist/${file}: ${kinds.join(', ')}`);
    expect(written).toEqual(lines(program.output!));
    const folders = [...new Set(manifests(join(work, 'dist')).map(({ file }) => file.split('/')[0]))];
    expect(folders).toEqual(['dev', 'prod', 'staging']);
  });

  test('of the platform synthesises, each value from where the README says', () => {
    expect(run(readmePlatform(), README_SERVICES)).toEqual({ status: 0, stderr: expect.any(String) });
    const object = (file: string, kind: string) => (loadAll(readFileSync(join(work, 'dist', file), 'utf8')) as any[]).find((each) => each.kind === kind);
    expect(object('prod/core-business/checkout.k8s.yaml', 'Deployment').spec.template.spec.containers[0].image)
      .toBe('registry.example.com/checkout:1.4.2@sha256:28b89acdce598ba80821fe5a1aac5a26e2228876b006e473a6eff151fb2404c5');
    expect(object('prod/core-business/order.k8s.yaml', 'HorizontalPodAutoscaler').spec).toMatchObject({ minReplicas: 4, maxReplicas: 8 });
    expect(object('dev/core-business/order.k8s.yaml', 'HorizontalPodAutoscaler').spec).toMatchObject({ minReplicas: 1, maxReplicas: 3 });
    expect(object('dev/core-business/checkout.k8s.yaml', 'HorizontalPodAutoscaler').spec).toMatchObject({ minReplicas: 1, maxReplicas: 10 });
    expect(object('prod/core-business/checkout.k8s.yaml', 'Resiliency').spec.targets.apps).toEqual({
      'auth': { timeout: 'timeout-30s', retry: 'retry-3-times-after-1s' },
      'auth.platform-prod': { timeout: 'timeout-30s', retry: 'retry-3-times-after-1s' },
      'order': { timeout: 'timeout-30s', retry: 'retry-3-times-after-1s' },
      'payment': { timeout: 'timeout-30s' },
    });
  });

  test('of the platform fails without the group that it calls, and writes nothing', () => {
    const program = readmePlatform();
    const main = program.files.get('main.ts')!;
    const alone = main.split('\n').filter((line) => !line.includes('platform')).join('\n');
    expect(alone).not.toBe(main);
    const { status, stderr } = run({ ...program, files: new Map([...program.files, ['main.ts', alone]]) }, README_SERVICES);
    const errors = stderr.split('\n').filter((line) => line.startsWith('  [')).map((line) => line.trim());
    expect(errors).toEqual(['dev', 'staging', 'prod'].map((environment) =>
      `[core-business-${environment}/checkout] calls 'platform/auth', which environment '${environment}' does not define. `
      + `Define a Microservice 'auth' in the group 'platform' of '${environment}', or use ImportedService.fromName().`));
    expect(status).toBe(1);
    expect(exists(join(work, 'dist'))).toBe(false);
  });

  test('of a recipe synthesises', () => {
    for (const block of fragments()) {
      const { status, stderr } = run({ heading: '', files: new Map([['main.ts', harness(block)]]) });
      expect({ place: block.place, status, stderr: status === 0 ? '' : stderr }).toEqual({ place: block.place, status: 0, stderr: '' });
    }
  });

  test('knows the words that explain where a value comes from', () => {
    const program = readmePlatform();
    const core = program.files.get('core-business.ts')!.replace('checkout.calls(order);', "checkout.calls(order);\n    console.log(order.explain('replicas.max'));");
    const { status, stdout } = execute({ ...program, files: new Map([...program.files, ['core-business.ts', core]]) }, README_SERVICES);
    expect(status).toBe(0);
    expect(lines(stdout)).toEqual(["Environment 'dev'", "Environment 'staging'", 'applications/main/order/prod/values.yaml:3']);
  });
});

describe('Python of the documents', () => {
  test('says the same platform as the TypeScript of the README', () => {
    const python = readFileSync(join(ROOT, 'test', 'python', 'main.py'), 'utf8');
    const statements = (text: string) => [...text.matchAll(/\b(\w+)\.(calls|publishes|subscribes|uses)\(/g)].map(([, subject, verb]) => `${subject} ${verb}`);
    expect(statements(python)).toEqual(statements([...readmePlatform().files.values()].join('\n')));
  });
});

// ---- what the tests are made of --------------------------------------------------------------------------------------

function lines(text: string): string[] {
  return text.trimEnd().split('\n');
}

function exists(path: string): boolean {
  return ts.sys.fileExists(path) || ts.sys.directoryExists(path);
}

/** TypeScript blocks that are no file: statements in a group. */
function fragments(): Block[] {
  return blocks.filter(({ language, title }) => language === 'ts' && title === '');
}

const SERVICES = ['order', 'checkout', 'payment', 'notification'];

/** A program around a fragment: a group with two stores, and the services that it names and does not define. */
function harness({ text }: Block): string {
  const services = SERVICES.filter((name) => new RegExp(`\\b${name}\\b[.,]`).test(text) && !text.includes(`const ${name} `))
    .map((name) => `const ${name} = new Microservice(this, '${name}');`);
  const stores = ['redis', 'postgresql'].filter((name) => text.includes(name))
    .map((name) => `const ${name} = ${name === 'redis' ? 'Redis' : 'Postgres'}Cluster.fromNamespace(this, '${name}', 'infrastructure');`);
  const names = [...new Set(`${text}${services.join()}${stores.join()} App Environment ServiceChart Image`.match(/\b[A-Z]\w+\b/g))].filter((name) => name in library);
  // images come from nowhere in a fragment: every service gets the same
  return `import { ${names.join(', ')} } from 'cdk8s-microservices';
class Group extends ServiceChart {
  define(): void {
    ${[...services, ...stores, ...lines(text)].join('\n    ').replace(/new Microservice\((\w+), '(\w+)'(?:, \{)?/g, (found, scope, name) => `new Microservice(${scope}, '${name}', { image: Image.of('registry.example.com/${name}', { tag: '1.0.0' }), ${found.endsWith('{') ? '' : '}'}`)}
  }
}
const app = new App();
new Group(app, 'group', { environment: Environment.of('dev', { capacityPool: 'development' }) }).define();
app.synth();
`;
}

const library: Record<string, unknown> = jest.requireActual('../../src');

/** The errors of the compiler in the files of a folder. */
function typeErrors(folder: string): string[] {
  install(folder);
  const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.json'), (path) => ts.sys.readFile(path));
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [], files: [] }, ts.sys, ROOT);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.startsWith('node_modules')).map((file) => join(folder, file));
  expect(files).not.toEqual([]);
  const program = ts.createProgram(files, { ...options, noEmit: true, rootDir: '/', types: [] });
  return files.flatMap((file) => ts.getPreEmitDiagnostics(program, program.getSourceFile(file))).map(({ file, start, messageText }) =>
    `${file?.fileName}:${file ? ts.getLineAndCharacterOfPosition(file, start!).line + 1 : 0}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`);
}

function run(program: Program, services: readonly string[] = []): { status: number | null; stderr: string } {
  const { status, stderr } = execute(program, services);
  return { status, stderr };
}

/** Runs main.ts of a program in a folder of its own. */
function execute(program: Program, services: readonly string[]): { status: number | null; stdout: string; stderr: string } {
  install(work);
  writeProgram(program, work, services);
  return spawnSync(process.execPath, ['--import', require.resolve('tsx'), 'main.ts'], {
    cwd: work, encoding: 'utf8', env: { ...process.env, CDK8S_OUTDIR: undefined },
  });
}

/** Gives a folder the packages that a user of the library has, the library's own from its sources. */
function install(folder: string): void {
  const own = join(folder, 'node_modules', 'cdk8s-microservices');
  mkdirSync(own, { recursive: true });
  writeFileSync(join(own, 'package.json'), JSON.stringify({ name: 'cdk8s-microservices', main: 'index.ts', types: 'index.ts' }));
  writeFileSync(join(own, 'index.ts'), `export * from ${JSON.stringify(join(ROOT, 'src', 'index'))};\n`);
  for (const name of ['cdk8s', 'constructs'].filter((each) => !exists(join(folder, 'node_modules', each)))) {
    symlinkSync(join(ROOT, 'node_modules', name), join(folder, 'node_modules', name));
  }
}

function manifests(folder: string): { file: string; kinds: string[] }[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.yaml')).sort().map((file) => ({
    file, kinds: [...new Set((loadAll(readFileSync(join(folder, file), 'utf8')) as { kind: string }[]).map(({ kind }) => kind))].sort(),
  }));
}

function objectsOf(folder: string): any[] {
  return manifests(folder).flatMap(({ file }) => loadAll(readFileSync(join(folder, file), 'utf8')));
}

/** The arrows that the manifests of prod hold: who waits for whom, and who takes what from whom. */
function shopArrows(): string[] {
  const folder = join(ROOT, 'dist', 'prod');
  const objects = objectsOf(folder);
  const calls = objects.filter(({ kind }) => kind === 'Resiliency').flatMap(({ metadata, spec }) => Object.keys(spec.targets.apps ?? {})
    .filter((app) => !app.includes('.')).map((app) => `${metadata.name} --> ${app}`));
  const publishers = new Map(objects.filter(({ kind, spec }) => kind === 'Component' && spec.type.startsWith('pubsub'))
    .flatMap(({ spec }) => spec.metadata.find(({ name }: any) => name === 'publishingScopes').value.split(';'))
    .flatMap((scope: string) => scope.split('=')[1].split(',').filter((topic) => topic !== '' && !topic.endsWith('-dead-letter')).map((topic) => [topic, scope.split('=')[0]])));
  const events = objects.filter(({ kind }) => kind === 'Subscription')
    .map(({ spec, scopes }) => `${publishers.get(spec.topic)} -. ${spec.topic} .-> ${scopes[0]}`);
  return [...calls, ...events].sort();
}

test('values files of the README are those that a service reads', () => {
  const [tag] = [...readmePlatform().files].filter(([name]) => name.endsWith('tag.yaml')).map(([, text]) => load(text));
  expect(tag).toEqual({ image: { tag: expect.any(String), digest: expect.stringMatching(/^sha256:/) } });
});
