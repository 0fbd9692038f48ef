import { spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { run } from '../../src/cli/run';
import { useOwnWorkingDirectory, write } from '../support/working-directory';

const cronJob = (annotations = '') => `apiVersion: batch/v1\nkind: CronJob\nmetadata:\n  name: invoices\n${annotations}spec:\n  suspend: true\n`;
const UNTIL = '  annotations:\n    cdk8s-microservices/acknowledged: "MS-BATCH-001 until 2026-11-30: the year is closed"\n';
const SUSPENDED = 'MS-BATCH-001 warning (1): A CronJob is suspended, so no run of it starts. Remove suspend when it may go on.\n';

useOwnWorkingDirectory();
beforeEach(() => {
  write('dist/prod/order.k8s.yaml', 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: order\n');
});

function program(command: string, path: string, options: { readonly input?: string } = {}) {
  const main = join(resolve(__dirname, '..', '..'), 'src/cli/main.ts');
  return spawnSync(process.execPath, ['--import', require.resolve('tsx'), main, command, path], { encoding: 'utf8', ...options });
}

describe('check', () => {
  test('ends well where no rule finds anything', () => {
    expect(run(['check', 'dist'])).toEqual({ status: 0, stdout: 'No findings in 1 manifests.\n', stderr: '' });
  });

  test('prints what rules find in all files of a folder, and ends with 1', () => {
    write('dist/prod/invoices.k8s.yaml', `---\n${cronJob()}`);
    write('dist/README.md', 'kind: CronJob');
    write('dist/.cache/old.yaml', cronJob());
    symlinkSync('prod/invoices.k8s.yaml', 'dist/again.yaml');
    expect(run(['check', 'dist/'])).toEqual({ status: 1, stdout: `${SUSPENDED}  dist/prod/invoices.k8s.yaml:2 /spec/suspend\n`, stderr: '' });
  });

  test('reads files that are named, YAML and JSON, each once', () => {
    write('job.json', JSON.stringify({ apiVersion: 'batch/v1', kind: 'CronJob', metadata: { name: 'a' }, spec: { suspend: true } }));
    expect(run(['check', 'job.json', 'dist', 'job.json']).stdout).toBe(`${SUSPENDED}  job.json:1 /spec/suspend\n`);
  });

  test('ends well with information alone', () => {
    write('dist/ingress.yaml', 'apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: api\n');
    expect(run(['check', 'dist'])).toMatchObject({ status: 0, stdout: expect.stringMatching(/^MS-GATE-001 info \(1\): /) });
  });

  test('judges acknowledgements by the day that is given, or by the clock', () => {
    write('dist/prod/invoices.k8s.yaml', cronJob(UNTIL));
    expect(run(['check', 'dist', '--today', '2026-11-30'], { systemDay: '2027-01-01' }).status).toBe(0);
    expect(run(['check', 'dist'], { systemDay: '2026-11-30' }).status).toBe(0);
    for (const { status, stdout } of [run(['check', 'dist', '--today=2026-12-01'], { systemDay: '2026-11-30' }), run(['check', 'dist'], { systemDay: '2026-12-01' })]) {
      expect(status).toBe(1);
      expect(stdout).toContain('  dist/prod/invoices.k8s.yaml:1 /spec/suspend\n');
      expect(stdout).toContain('MS-CHECK-002 warning (1): ');
    }
  });

  test.each([
    ['a path that is not there', ['dits'], 'dits: is not there. Name a file or a folder of manifests.'],
    ['a folder without manifests', ['empty'], 'empty: holds no file of YAML or JSON. Name a folder of manifests.'],
    ['a file that holds something else', ['values.yaml'], 'values.yaml:1: has no apiVersion, which every Kubernetes object has. Add apiVersion, or remove the document.'],
  ])('ends with 2 on %s', (_what, paths, message) => {
    mkdirSync('empty');
    write('values.yaml', 'replicas: 3\n');
    expect(run(['check', ...paths])).toEqual({ status: 2, stdout: '', stderr: `${message}\n` });
  });

  test.each([
    ['no path', ['check'], "error: missing required argument 'path'"],
    ['a day that is none', ['check', 'dist', '--today', '1.12.2026'], "error: option '--today <day>' argument '1.12.2026' is invalid. Write a day such as 2026-11-30."],
    ['an option without its value', ['check', 'dist', '--today'], "error: option '--today <day>' argument missing"],
    ['an option of another command', ['check', 'dist', '--directory', 'x'], "error: unknown option '--directory'"],
  ])('shows its usage on %s', (_what, args, problem) => {
    const { status, stdout, stderr } = run(args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/\n\nUsage: cdk8s-microservices check \[options\] <path\.\.\.>\n/);
    expect(stderr.split('\n\n')[0]).toBe(problem);
  });

  test('reads standard input as -', () => {
    const { status, stdout } = program('check', '-', { input: cronJob() });
    expect({ status, stdout }).toEqual({ status: 1, stdout: `${SUSPENDED}  standard input:1 /spec/suspend\n` });
  }, 60_000);

  test('explains itself with an example, and each command is in the list of all', () => {
    expect(run(['check', '--help']).stdout).toMatch(/\nExample:\n {2}npx cdk8s-microservices check dist\n/);
    expect(run(['--help']).stdout.match(/^ {2}(check|reach|release) /gm)).toHaveLength(3);
    expect(run(['--version'])).toEqual({ status: 0, stdout: '0.0.0\n', stderr: '' });
    expect(run(['chekc', 'dist']).stderr).toMatch(/^error: unknown command 'chekc'\n\(Did you mean check\?\)\n/);
  });

  test('reads the clock as a program', () => {
    write('dist/prod/invoices.k8s.yaml', cronJob(UNTIL.replace('2026', '2020')));
    const { status, stdout, stderr } = program('check', 'dist');
    expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
    expect(stdout).toContain('MS-CHECK-002 warning (1): ');
  }, 60_000);
});
