import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, normalize, resolve } from 'node:path';
import { loadAll } from 'js-yaml';
import { type Block, blocksOf, ROOT } from './markdown';
import { type Program, programsOf, README_SERVICES, readmePlatform, writeProgram } from './programs';
import { execute, exists, harness, lines, typeErrors } from './run-program';
import { withDefaults } from '../../scripts/default-lines';
import { TABLES, withTable } from '../../scripts/default-tables';
import { DaprVersion, KubernetesVersion } from '../../src';

// the compiler reads the whole library, on a machine that may be busy
jest.setTimeout(120_000);

const pages = readdirSync(join(ROOT, 'docs')).filter((file) => file.endsWith('.md')).sort();
const submodules = readdirSync(join(ROOT, 'src')).filter((folder) => exists(join(ROOT, 'src', folder, 'index.ts'))).sort();
const documents = [
  'README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'CHANGELOG.md', ...pages.map((file) => `docs/${file}`),
  ...submodules.map((folder) => `src/${folder}/README.md`),
];
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

  test('names the versions that its package asks for', () => {
    const { peerDependencies, engines } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
    expect(readme).toContain(`cdk8s ${peerDependencies.cdk8s.slice(1)}, constructs ${peerDependencies.constructs.slice(1)} and newer`);
    expect(`${engines.node}`.startsWith('>= 20.19') && readme.includes('Node 20.19')).toBe(true);
  });

  test.each(['Kubernetes', 'Dapr'])('names the oldest and the newest version of %s', (name) => {
    const [, oldest, newest] = new RegExp(`^\\| ${name} (\\S+) to (\\S+) `, 'm').exec(readme)!;
    const of = name === 'Dapr' ? (version: string) => DaprVersion.of(version) : (version: string) => KubernetesVersion.of(version);
    const neighbour = (version: string, step: number) => `1.${Number(version.split('.')[1]) + step}`;
    expect([of(oldest).toString(), of(newest).toString()]).toEqual([oldest, newest]);
    expect(() => of(neighbour(oldest, -1))).toThrow();
    expect(() => of(neighbour(newest, 1))).toThrow();
  });

  test('draws the calls and topics of the reference platform', () => {
    const diagram = blocks.find(({ language }) => language === 'mermaid')!.text;
    const drawn = lines(diagram).slice(1).map((line) => line.trim());
    expect([...drawn].sort()).toEqual(shopArrows());
  });
});

describe('the README of a submodule', () => {
  test.each(submodules)('%s has 10 to 25 lines, one example in TypeScript and a link to another page', (folder) => {
    const file = `src/${folder}/README.md`;
    const text = readFileSync(join(ROOT, file), 'utf8').trimEnd();
    const length = text.split('\n').length;
    expect({ isShort: length >= 10 && length <= 25, examples: blocksOf(file).map(({ language }) => language), links: /\]\(\.\.\/\.\.\//.test(text) })
      .toEqual({ isShort: true, examples: ['ts'], links: true });
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

  test('link to files of the package, where readers of the package have no others', () => {
    const packed = spawnSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { cwd: ROOT, encoding: 'utf8' });
    const [{ files }] = JSON.parse(packed.stdout) as [{ files: { path: string }[] }];
    const paths = files.map(({ path }) => path);
    const packedPages = paths.filter((path) => path.endsWith('.md'));
    expect(packedPages).toEqual(expect.arrayContaining(['README.md', 'CHANGELOG.md', 'docs/pods.md', 'docs/api/README.md']));
    const dead = packedPages.flatMap((page) => [...readFileSync(join(ROOT, page), 'utf8').matchAll(/\]\((?!https?:)([^)#]+)[^)]*\)/g)]
      .map(([, target]) => normalize(join(dirname(page), target))).filter((target) => !paths.some((path) => path === target || path.startsWith(`${target}/`)))
      .map((target) => `${page}: ${target}`));
    expect(dead).toEqual([]);
  });

  test('link to headings that are there', () => {
    const slugs = (file: string) => [...readFileSync(file, 'utf8').matchAll(/^#+ (.*)$/gm)]
      .map(([, heading]) => heading.toLowerCase().replace(/[^\w\- ]/g, '').replaceAll(' ', '-'));
    const links = documents.flatMap((file) => [...readFileSync(join(ROOT, file), 'utf8').matchAll(/\]\((?!https?:)([^)#]*)#([^)]+)\)/g)]
      .map(([, target, anchor]) => ({ file, target: target === '' ? resolve(ROOT, file) : resolve(ROOT, dirname(file), target), anchor })));
    expect(links.length).toBeGreaterThan(5);
    expect(links.filter(({ target, anchor }) => !slugs(target).includes(anchor)).map(({ file, anchor }) => `${file}: #${anchor}`)).toEqual([]);
  });

  test.each([...TABLES])('%s has the defaults that the profile holds', (file, table) => {
    const text = readFileSync(join(ROOT, file), 'utf8');
    expect(text === withTable(text, table()) ? '' : `${file} is out of date. Run: npx tsx scripts/defaults.ts`).toBe('');
  });

  test('and doc comments name the defaults that the profile holds', () => {
    const sources = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
    const stale = sources.filter((file) => {
      const text = readFileSync(join(ROOT, 'src', file), 'utf8');
      return text !== withDefaults(text);
    });
    expect(stale.map((file) => `src/${file} is out of date. Run: npx tsx scripts/defaults.ts`)).toEqual([]);
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
    .filter(({ kind }) => kind === 'Component').flatMap(({ spec, scopes }) => (spec.metadata as any[]).map((item) => ({ ...item, users: scopes.join() })))
    .map(({ name, value, secretKeyRef, users }) => ({
      name, value, secret: secretKeyRef && { ...secretKeyRef, name: secretKeyRef.name.replace(`-${environment}`, '-<environment>').replace(`>-${users}`, '>-<service>') },
    })));

  test('is told with each Secret that the reference platform names', () => {
    const rows = [...page.matchAll(/^\| `(\S+-<environment>\S*)` \| (.*?) \|/gm)].flatMap(([, name, keys]) => keys.split(', ').map((key) => `${name} ${key.replaceAll('`', '')}`));
    const named = components.flatMap(({ secret }) => secret ? [`${secret.name} ${secret.key}`] : []);
    expect([...new Set(named)].sort()).toEqual(rows.sort());
  });

  test('is told with the host of each store', () => {
    const hosts = components.filter(({ name }) => name === 'redisHost').map(({ value }) => value.replace(/-(?:dev|staging|prod)\.infrastructure(?:-dev|-staging)?\./, '-<environment>.infrastructure.'));
    expect([...new Set(hosts)].map((host) => [host, page.includes(`\`${host}\``)])).toEqual(['broker', 'redis']
      .map((store) => [`${store}-<environment>.infrastructure.svc.cluster.local:6379`, true]));
  });
});

describe('TypeScript of the documents', () => {
  test('is right by its types', () => {
    for (const [index, program] of documents.flatMap(programsOf).entries()) {
      writeProgram(program, join(work, `program-${index}`));
    }
    fragments().forEach((block, index) => writeFileSync(join(work, `fragment-${index}.ts`), harness(block)));
    expect(readdirSync(work).length).toBeGreaterThan(6);
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
      'auth': { timeout: 'timeout-30s' },
      'auth.platform-prod': { timeout: 'timeout-30s' },
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

  test('of all recipes synthesises', () => {
    const { status, stderr } = run({ heading: '', files: new Map([['main.ts', harness(...fragments())]]) });
    expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' });
  });

  test('knows the words that explain where a value comes from', () => {
    const program = readmePlatform();
    const core = program.files.get('core-business.ts')!.replace(/checkout\.calls\(payment\);/, "$&\n    console.log(order.explain('replicas.max'));");
    const { status, stdout } = execute(work, { ...program, files: new Map([...program.files, ['core-business.ts', core]]) }, README_SERVICES);
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

/** TypeScript blocks that are no file: statements in a group. */
function fragments(): Block[] {
  return blocks.filter(({ language, title }) => language === 'ts' && title === '');
}

function run(program: Program, services: readonly string[] = []): { status: number | null; stderr: string } {
  const { status, stderr } = execute(work, program, services);
  return { status, stderr };
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
  // each partition of a topic has a subscription, and the reader of a diagram sees one topic
  const events = objects.filter(({ kind }) => kind === 'Subscription')
    .map(({ spec, scopes }) => `${publishers.get(spec.topic)} -. ${spec.topic.replace(/-[0-9]{2}-[b-z]{3}$/, '')} .-> ${scopes[0]}`);
  return [...calls, ...new Set(events)].sort();
}
