import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { dump, load } from 'js-yaml';

// gitlab-ci-local starts Node.js, on a machine that may be busy
jest.setTimeout(120_000);

const ROOT = resolve(__dirname, '..', '..');
const PIPELINES = 'examples/shop/pipelines';
const SERVICES = ['analytics', 'auth', 'catalog', 'checkout', 'customer', 'notification', 'order', 'payment', 'search'];
const tools = execFileSync(join(ROOT, '.ci/tools.sh'), ['--where-pipelines'], { encoding: 'utf8' }).trim();

let folder: string;
beforeEach(() => { folder = realpathSync(mkdtempSync(join(tmpdir(), 'pipelines-'))); });
afterEach(() => { rmSync(folder, { recursive: true, force: true }); });

interface Verdict {
  readonly status: number | null;
  readonly output: string;
}

function judge(program: string, args: readonly string[], cwd = ROOT): Verdict {
  const { status, stdout, stderr, error } = spawnSync(join(tools, program), args, {
    cwd, encoding: 'utf8', env: { ...process.env, PATH: `${tools}:${process.env.PATH}` }, maxBuffer: 1e8,
  });
  if (error) {
    throw error;
  }
  return { status, output: `${stdout}${stderr}` };
}

function files(kind: string, extension: string): string[] {
  return readdirSync(join(ROOT, PIPELINES, kind)).filter((file) => file.endsWith(extension)).sort().map((file) => join(ROOT, PIPELINES, kind, file));
}

/** A copy of a rendered file, with a fault. */
function twin(kind: string, change: (text: string) => string, service = 'checkout'): string {
  const text = readFileSync(join(ROOT, PIPELINES, kind, `${service}.yaml`), 'utf8');
  const changed = change(text);
  expect(changed).not.toBe(text);
  const file = join(folder, `${service}.yaml`);
  writeFileSync(file, changed);
  return file;
}

/** As `twin`, of the document. */
const edit = (change: (document: any) => void) => (text: string) => {
  const document = load(text);
  change(document);
  return dump(document, { noRefs: true });
};

const actionlint = (...names: string[]) => judge('actionlint', ['-no-color', ...names]);
const schema = (name: string, ...names: string[]) => judge('check-jsonschema', ['--builtin-schema', `vendor.${name}`, ...names]);
const shellcheck = (...names: string[]) => judge('shellcheck', ['--shell=sh', '--exclude=SC1091', ...names]);

/** What gitlab-ci-local makes of all files: a repository of its own, in which a file of a service may be another one. */
function gitLab(replaced?: string): Verdict {
  const repository = join(folder, 'repository');
  mkdirSync(join(repository, PIPELINES), { recursive: true });
  cpSync(join(ROOT, PIPELINES, 'gitlab'), join(repository, PIPELINES, 'gitlab'), { recursive: true });
  if (replaced) {
    cpSync(replaced, join(repository, PIPELINES, 'gitlab/checkout.yaml'));
  }
  for (const service of SERVICES) {
    mkdirSync(join(repository, 'services', service), { recursive: true });
    writeFileSync(join(repository, 'services', service, 'index.js'), '');
  }
  writeFileSync(join(repository, '.gitlab-ci.yml'), dump({ include: [{ local: `/${PIPELINES}/gitlab/pipeline.yaml` }] }));
  const git = (...args: string[]) => execFileSync('git', ['-c', 'user.name=Anna', '-c', 'user.email=anna@example.com', ...args], { cwd: repository });
  git('init', '--quiet', '--initial-branch=main');
  git('remote', 'add', 'origin', 'git@gitlab.example.com:acme/shop.git');
  // all sources changed since what the server has
  git('commit', '--quiet', '--allow-empty', '--message', 'Begin');
  git('update-ref', 'refs/remotes/origin/main', 'HEAD');
  git('add', '.');
  git('commit', '--quiet', '--message', 'Write services');
  return judge('gitlab-ci-local', ['--list-csv-all', '--no-color', '--home', join(folder, 'home')], repository);
}

describe('GitHub Actions', () => {
  test('takes the workflow of each service', () => {
    const workflows = files('github', '.yaml');
    expect(workflows.map((file) => file.split('/').at(-1))).toEqual(SERVICES.map((service) => `${service}.yaml`));
    expect(actionlint(...workflows)).toEqual({ status: 0, output: '' });
    expect(schema('github-workflows', ...workflows)).toEqual({ status: 0, output: 'ok -- validation done\n' });
  });

  type Change = (document: any) => void;
  const REFUSED: [string, Change, string][] = [
    ['needs a job that is not there', ({ jobs }) => { jobs.image.needs.push('lint'); }, 'job "image" needs job "lint" which does not exist'],
    ['needs itself', ({ jobs }) => { jobs.dev.needs.push('prod'); }, 'cyclic dependencies in "needs" job configurations are detected'],
    ['reads an output that nobody gives', ({ jobs }) => { jobs.dev.env.DIGEST = '${{ needs.image.outputs.digset }}'; }, 'property "digset" is not defined'],
    ['asks for a permission that does not exist', ({ jobs }) => { jobs.dev.permissions.deploy = 'write'; }, 'unknown permission scope "deploy"'],
    ['runs what somebody outside wrote', ({ jobs }) => { jobs.image.steps[1].run = 'echo ${{ github.event.head_commit.message }}'; }, 'is potentially untrusted'],
    ['has an unquoted variable in its shell', ({ jobs }) => { jobs.image.steps[1].run = 'sh $SCRIPTS/build.sh'; }, 'SC2086'],
    ['names no version of an action', ({ jobs }) => { jobs.dev.steps[0].uses = 'actions/checkout'; }, 'invalid'],
  ];
  test.each(REFUSED)('refuses one that %s', (_what, change, message) => {
    const { status, output } = actionlint(twin('github', edit(change)));
    expect({ status, output }).toEqual({ status: 1, output: expect.stringContaining(message) });
  });

  test('refuses by its schema a job without a machine', () => {
    const { status, output } = schema('github-workflows', twin('github', edit(({ jobs }) => { delete jobs.verify['runs-on']; })));
    expect({ status, output }).toEqual({ status: 1, output: expect.stringContaining('verify') });
  });
});

describe('GitLab CI', () => {
  test('takes the file of each service, and that which includes them', () => {
    const names = files('gitlab', '.yaml');
    expect(names).toHaveLength(SERVICES.length + 1);
    expect(schema('gitlab-ci', ...names)).toEqual({ status: 0, output: 'ok -- validation done\n' });
  });

  test('runs all jobs in their stages, each after those that it needs', () => {
    const { status, output } = gitLab();
    expect(status).toBe(0);
    const rows = output.split('\n').filter((line) => line.startsWith('checkout:')).map((line) => line.split(';'));
    const stages = new Map(rows.map(([name, , stage]) => [name, stage]));
    expect([...stages].filter(([name]) => name.endsWith(':release'))).toEqual([
      ['checkout:dev:release', 'dev'], ['checkout:staging:release', 'staging'], ['checkout:prod:release', 'prod'],
    ]);
    expect([...stages.keys()].filter((name) => name.split(':').length === 2)).toEqual(
      ['compile', 'test', 'scan', 'synthesis', 'build', 'inspect', 'sign'].map((name) => `checkout:${name}`));
    expect(rows.find(([name]) => name === 'checkout:prod:release')).toContain('manual');
    expect(SERVICES.filter((service) => !output.includes(`${service}:prod:release`))).toEqual([]);
  });

  type Change = (document: any) => void;
  const BY_SCHEMA: [string, Change][] = [
    ['is named as a keyword is', (jobs) => { jobs.image = jobs['checkout:test']; }],
    ['starts in no way', (jobs) => { jobs['checkout:prod:release'].rules[0].when = 'by-hand'; }],
    ['retries for an unknown reason', (jobs) => { jobs['checkout:test'].retry.when = ['bad_luck']; }],
    ['has a token without an audience', (jobs) => { delete jobs['checkout:sign'].id_tokens.SIGSTORE_ID_TOKEN.aud; }],
  ];
  test.each(BY_SCHEMA)('refuses by its schema a job that %s', (_what, change) => {
    expect(schema('gitlab-ci', twin('gitlab', edit(change))).status).toBe(1);
  });

  const BY_RUNNER: [string, Change, RegExp][] = [
    ['needs one that is not there', (jobs) => { jobs['checkout:build'].needs.push('checkout:lint'); }, /checkout:lint/],
    ['is in a stage that is not there', (jobs) => { jobs['checkout:test'].stage = 'qa'; }, /stage.*qa/],
    ['does nothing', (jobs) => { delete jobs['checkout:test'].script; }, /checkout:test.*script/],
  ];
  test.each(BY_RUNNER)('cannot run a job that %s', (_what, change, message) => {
    const { status, output } = gitLab(twin('gitlab', edit(change)));
    expect({ status, output }).toEqual({ status: 1, output: expect.stringMatching(message) });
  });
});

describe('the scripts', () => {
  test('have no fault that ShellCheck knows', () => {
    const names = files('scripts', '.sh');
    expect(names.length).toBeGreaterThan(10);
    expect(shellcheck(...names)).toEqual({ status: 0, output: '' });
  });

  test('would be refused with an unquoted variable', () => {
    const file = join(folder, 'twin.sh');
    writeFileSync(file, readFileSync(join(ROOT, PIPELINES, 'scripts/scan.sh'), 'utf8').replace('"$SOURCE"', '$SOURCE'));
    expect(shellcheck(file)).toEqual({ status: 1, output: expect.stringContaining('SC2086') });
  });

  test('are all that the workflows run', () => {
    const written = files('scripts', '.sh').map((file) => file.split('/').at(-1)!);
    const named = [...files('github', '.yaml'), ...files('gitlab', '.yaml')].flatMap((file) => (
      [...readFileSync(file, 'utf8').matchAll(/([a-z-]+\.sh)\b/g)].map(([, script]) => script)));
    expect([...new Set(named)].filter((script) => !written.includes(script))).toEqual([]);
    expect(dirname(files('scripts', '.sh')[0])).toBe(join(ROOT, PIPELINES, 'scripts'));
  });
});
