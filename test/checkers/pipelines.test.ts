import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { dump, load, loadAll } from 'js-yaml';
import { gitLabJobs } from '../support/pipeline-callers';

// gitlab-ci-local starts Node.js, on a machine that may be busy
jest.setTimeout(120_000);

const ROOT = resolve(__dirname, '..', '..');
const PIPELINES = 'examples/shop/pipelines';
const SERVICES = ['analytics', 'auth', 'catalog', 'checkout', 'customer', 'notification', 'order', 'payment', 'search'];
const ZIZMOR = join(__dirname, 'zizmor.yaml');
const tools = execFileSync(join(ROOT, '.ci/tools.sh'), ['--where-pipelines'], { encoding: 'utf8' }).trim();

let folder: string;
beforeEach(() => { folder = realpathSync(mkdtempSync(join(tmpdir(), 'pipelines-'))); });
afterEach(() => { rmSync(folder, { recursive: true, force: true }); });

interface Verdict {
  readonly status: number | null;
  readonly output: string;
}

function execute(program: string, args: readonly string[], cwd = ROOT) {
  const { status, stdout, stderr, error } = spawnSync(join(tools, program), args, {
    cwd, encoding: 'utf8', env: { ...process.env, PATH: `${tools}:${process.env.PATH}` }, maxBuffer: 1e8,
  });
  if (error) {
    throw error;
  }
  return { status, stdout, stderr };
}

function judge(program: string, args: readonly string[], cwd?: string): Verdict {
  const { status, stdout, stderr } = execute(program, args, cwd);
  return { status, output: `${stdout}${stderr}` };
}

function files(kind: string, extension: string): string[] {
  return readdirSync(join(ROOT, PIPELINES, kind)).filter((file) => file.endsWith(extension)).sort().map((file) => join(ROOT, PIPELINES, kind, file));
}

/** A change of a rendered file: a fault. */
interface Fault {
  readonly file: string;
  readonly change: (document: any) => void;
}

/** What both engines check by the repository that files are in: one with all of them, and a fault if there is one. */
function repository(fault?: Fault): string {
  const root = mkdtempSync(join(folder, 'repository-'));
  mkdirSync(join(root, PIPELINES), { recursive: true });
  // actionlint looks for what workflows call only where GitHub has its folder
  mkdirSync(join(root, '.github/workflows'), { recursive: true });
  cpSync(join(ROOT, PIPELINES), join(root, PIPELINES), { recursive: true });
  if (fault) {
    const path = join(root, PIPELINES, fault.file);
    const all = loadAll(readFileSync(path, 'utf8'));
    const before = JSON.stringify(all);
    fault.change(all.at(-1));
    expect(JSON.stringify(all)).not.toBe(before);
    writeFileSync(path, all.map((document) => dump(document, { noRefs: true })).join('---\n'));
  }
  for (const service of SERVICES) {
    mkdirSync(join(root, 'services', service), { recursive: true });
    writeFileSync(join(root, 'services', service, 'index.js'), '');
  }
  writeFileSync(join(root, '.gitlab-ci.yml'), dump({ include: [{ local: `/${PIPELINES}/gitlab/pipeline.yaml` }] }));
  const git = (...args: string[]) => execFileSync('git', ['-c', 'user.name=Anna', '-c', 'user.email=anna@example.com', ...args], { cwd: root });
  git('init', '--quiet', '--initial-branch=main');
  git('remote', 'add', 'origin', 'git@gitlab.example.com:acme/shop.git');
  // all sources changed since what the server has
  git('commit', '--quiet', '--allow-empty', '--message', 'Begin');
  git('update-ref', 'refs/remotes/origin/main', 'HEAD');
  git('add', '.');
  git('commit', '--quiet', '--message', 'Write services');
  return root;
}

/** What actionlint says of all workflows. */
function actionlint(fault?: Fault): Verdict {
  const root = repository(fault);
  const workflows = readdirSync(join(root, PIPELINES, 'github')).map((file) => `${PIPELINES}/github/${file}`);
  return judge('actionlint', ['-no-color', ...workflows], root);
}

/** What gitlab-ci-local makes of all files. */
function gitLab(fault?: Fault): Verdict {
  return judge('gitlab-ci-local', ['--list-csv-all', '--no-color', '--home', join(folder, 'home')], repository(fault));
}

const schema = (name: string, ...names: string[]) => judge('check-jsonschema', ['--builtin-schema', `vendor.${name}`, ...names]);
const shellcheck = (...names: string[]) => judge('shellcheck', ['--shell=sh', '--exclude=SC1091', ...names]);

/** A file for each document, as the schema of GitLab has no more than one. */
function documents(fault?: Fault): string[] {
  const root = join(repository(fault), PIPELINES, 'gitlab');
  return readdirSync(root).flatMap((file) => loadAll(readFileSync(join(root, file), 'utf8')).map((document, index) => {
    const path = join(folder, `${index}-${file}`);
    writeFileSync(path, dump(document, { noRefs: true }));
    return path;
  }));
}

describe('GitHub Actions', () => {
  type Change = (document: any) => void;

  test('takes the workflow of each service, and the one that they call', () => {
    const workflows = files('github', '.yaml');
    expect(workflows.map((file) => file.split('/').at(-1))).toEqual([...SERVICES, 'delivery', 'delivery-manifests'].map((name) => `${name}.yaml`).sort());
    expect(actionlint()).toEqual({ status: 0, output: '' });
    expect(schema('github-workflows', ...workflows)).toEqual({ status: 0, output: 'ok -- validation done\n' });
  });

  const REFUSED: [string, Change, string][] = [
    ['needs a job that is not there', ({ jobs }) => { jobs.image.needs.push('lint'); }, 'job "image" needs job "lint" which does not exist'],
    ['needs itself', ({ jobs }) => { jobs.dev.needs.push('prod'); }, 'cyclic dependencies in "needs" job configurations are detected'],
    ['reads an output that nobody gives', ({ jobs }) => { jobs.dev.env.DIGEST = '${{ needs.image.outputs.digset }}'; }, 'property "digset" is not defined'],
    ['reads an input that is not defined', ({ jobs }) => { jobs.dev.env.SOURCE = '${{ inputs.sources }}'; }, 'property "sources" is not defined'],
    ['reads a secret that is not defined', ({ jobs }) => { jobs.dev.env.TOKEN = '${{ secrets.TOKEN }}'; }, 'property "token" is not defined'],
    ['asks for a permission that does not exist', ({ jobs }) => { jobs.dev.permissions.deploy = 'write'; }, 'unknown permission scope "deploy"'],
    ['runs what somebody outside wrote', ({ jobs }) => { jobs.image.steps[1].run = 'echo ${{ github.event.head_commit.message }}'; }, 'is potentially untrusted'],
    ['has an unquoted variable in its shell', ({ jobs }) => { jobs.image.steps[1].run = 'sh $SCRIPTS/build.sh'; }, 'SC2086'],
    ['names no version of an action', ({ jobs }) => { jobs.dev.steps[0].uses = 'actions/checkout'; }, 'invalid'],
  ];
  test.each(REFUSED)('refuses one that %s', (_what, change, message) => {
    const { status, output } = actionlint({ file: 'github/delivery.yaml', change });
    expect({ status, output }).toEqual({ status: 1, output: expect.stringContaining(message) });
  });

  const CALLERS: [string, (call: any) => void, string][] = [
    ['passes what is no input', (call) => { call.with['smok-commands'] = 'npm test'; }, 'input "smok-commands" is not defined in'],
    ['leaves out what every service passes', (call) => { delete call.with.repository; }, 'input "repository" is required by'],
    ['passes a secret that is not asked for', (call) => { call.secrets.TOKEN = '${{ secrets.TOKEN }}'; }, 'secret "TOKEN" is not defined in'],
    ['calls what is not there', (call) => { call.uses = call.uses.replace('delivery', 'deliver'); }, 'could not read reusable workflow file'],
  ];
  test.each(CALLERS)('refuses one of a service that %s', (_what, change, message) => {
    const { status, output } = actionlint({ file: 'github/checkout.yaml', change: ({ jobs }) => { change(jobs.delivery); } });
    expect({ status, output }).toEqual({ status: 1, output: expect.stringContaining(message) });
  });

  /** What zizmor says of all workflows, without asking GitHub. */
  const zizmor = (fault?: Fault) => {
    const root = repository(fault);
    cpSync(join(root, PIPELINES, 'github'), join(root, '.github/workflows'), { recursive: true });
    return judge('zizmor', ['--offline', '--no-progress', '--quiet', '--format=plain', `--config=${ZIZMOR}`, '.github/workflows'], root);
  };

  test('has no workflow with a weakness that zizmor knows', () => {
    expect(zizmor()).toEqual({ status: 0, output: expect.stringContaining('No findings to report') });
  });

  const WEAK: [string, Change, string][] = [
    ['puts what somebody outside wrote into a script', ({ jobs }) => { jobs.image.steps[1].run = 'echo ${{ github.event.pull_request.title }}'; }, 'template-injection'],
    ['keeps credentials in the clone', ({ jobs }) => { delete jobs.verify.steps[0].with; }, 'artipacked'],
    ['runs with secrets for what strangers propose', (workflow) => { workflow.on.pull_request_target = {}; }, 'dangerous-triggers'],
    ['names an action by a tag', ({ jobs }) => { jobs.dev.steps[0].uses = 'actions/checkout@v6'; }, 'unpinned-uses'],
  ];
  test.each(WEAK)('refuses by zizmor one that %s', (_what, change, rule) => {
    const { status, output } = zizmor({ file: 'github/delivery.yaml', change });
    expect(status).toBeGreaterThan(0);
    expect(output).toContain(`[${rule}]`);
  });

  test('refuses by its schema a job without a machine', () => {
    const root = repository({ file: 'github/delivery.yaml', change: ({ jobs }) => { delete jobs.verify['runs-on']; } });
    const { status, output } = schema('github-workflows', join(root, PIPELINES, 'github/delivery.yaml'));
    expect({ status, output }).toEqual({ status: 1, output: expect.stringContaining('verify') });
  });
});

describe('GitLab CI', () => {
  type Change = (document: any) => void;
  const TEST = '$[[ inputs.service ]]:test';

  test('takes the file of each service, the jobs that they include, and those jobs with the values of all services', () => {
    const names = documents();
    // jobs have a document of their inputs before them
    expect(names).toHaveLength(SERVICES.length + 3);
    expect(schema('gitlab-ci', ...names)).toEqual({ status: 0, output: 'ok -- validation done\n' });
    const { stdout } = execute('gitlab-ci-local', ['--preview', '--no-color', '--home', join(folder, 'home')], repository());
    const preview = load(stdout) as any;
    for (const service of SERVICES) {
      const jobs = gitLabJobs(join(ROOT, PIPELINES, `gitlab/${service}.yaml`));
      expect(Object.keys(preview).filter((name) => name.startsWith(`${service}:`))).toEqual(Object.keys(jobs));
      Object.entries<any>(jobs).forEach(([name, { variables, script }]) => expect(preview[name]).toMatchObject({ variables, script }));
    }
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

  const BY_SCHEMA: [string, Change][] = [
    ['is named as a keyword is', (jobs) => { jobs.image = jobs[TEST]; }],
    ['starts in no way', (jobs) => { jobs['$[[ inputs.service ]]:prod:release'].rules[0].when = 'by-hand'; }],
    ['retries for an unknown reason', (jobs) => { jobs[TEST].retry.when = ['bad_luck']; }],
    ['has a token without an audience', (jobs) => { delete jobs['$[[ inputs.service ]]:sign'].id_tokens.SIGSTORE_ID_TOKEN.aud; }],
  ];
  test.each(BY_SCHEMA)('refuses by its schema a job that %s', (_what, change) => {
    expect(schema('gitlab-ci', ...documents({ file: 'gitlab/delivery.yaml', change })).status).toBe(1);
  });

  const BY_RUNNER: [string, Change, RegExp][] = [
    ['needs one that is not there', (jobs) => { jobs['$[[ inputs.service ]]:build'].needs.push('checkout:lint'); }, /checkout:lint/],
    ['is in a stage that is not there', (jobs) => { jobs[TEST].stage = 'qa'; }, /stage.*qa/],
    ['does nothing', (jobs) => { delete jobs[TEST].script; }, /:test must have script/],
  ];
  test.each(BY_RUNNER)('cannot run a job that %s', (_what, change, message) => {
    const { status, output } = gitLab({ file: 'gitlab/delivery.yaml', change });
    expect({ status, output }).toEqual({ status: 1, output: expect.stringMatching(message) });
  });

  const CALLERS: [string, (inputs: any) => void, RegExp][] = [
    ['leaves out what every service passes', (inputs) => { delete inputs.repository; }, /repository/],
    ['passes commands that are no list', (inputs) => { inputs['smoke-commands'] = 'npm test'; }, /smoke-commands/],
  ];
  test.each(CALLERS)('cannot run the file of a service that %s', (_what, change, message) => {
    const { status, output } = gitLab({ file: 'gitlab/checkout.yaml', change: ({ include: [{ inputs }] }) => { change(inputs); } });
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
