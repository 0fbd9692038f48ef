import { spawnSync } from 'node:child_process';
import { run } from '../../src/cli/run';
import { useOwnWorkingDirectory, write } from '../support/working-directory';

const config = (level: string, namespace = 'shop') => `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: order, namespace: ${namespace} }\ndata: { level: ${level} }\n`;

useOwnWorkingDirectory();

function git(...args: string[]): void {
  const { status, stderr } = spawnSync('git', ['-c', 'user.name=test', '-c', 'user.email=test@example.com', ...args], { encoding: 'utf8' });
  expect({ args, status, stderr: status === 0 ? '' : stderr }).toEqual({ args, status: 0, stderr: '' });
}

const CHANGED = `Other changes (1)
  ~ ConfigMap shop/order (new/order.yaml:1)
      data.level: "info" -> "warn"

`;

describe('diff', () => {
  test('ends with 0 and says so without differences', () => {
    write('old/order.yaml', config('info'));
    expect(run(['diff', 'old', 'old'])).toEqual({ status: 0, stdout: 'No differences in 1 files.\n', stderr: '' });
  });

  test('ends with 1 and lists the differences', () => {
    write('old/order.yaml', config('info'));
    write('new/order.yaml', config('warn'));
    expect(run(['diff', 'old', 'new'])).toEqual({ status: 1, stdout: CHANGED, stderr: '' });
  });

  test('compares with the manifests of a revision', () => {
    git('init', '--quiet', '--initial-branch', 'main');
    write('new/order.yaml', config('info'));
    write('new/notes.md', 'no manifest');
    git('add', '.');
    git('commit', '--quiet', '--message', 'first');
    write('new/order.yaml', config('warn'));
    expect(run(['diff', 'new', '--rev', 'main'])).toEqual({ status: 1, stdout: CHANGED, stderr: '' });
    process.chdir('new');
    expect(run(['diff', '.', '--rev', 'main'])).toMatchObject({ status: 1, stdout: expect.stringContaining('data.level: "info" -> "warn"') });
  });

  test('prints JSON', () => {
    write('old.yaml', config('info'));
    write('new.yaml', config('warn'));
    expect(JSON.parse(run(['diff', 'old.yaml', 'new.yaml', '--format', 'json']).stdout)).toEqual([{
      before: 'ConfigMap/shop/order', after: 'ConfigMap/shop/order', file: 'new.yaml', risk: 'other', refusals: [], fields: [{ field: 'data.level', before: 'info', after: 'warn' }],
    }]);
  });

  test('compares two environments, with words of one read as those of the other', () => {
    write('dist/staging/order.yaml', config('info', 'shop-staging'));
    write('dist/prod/order.yaml', config('warn', 'shop-prod'));
    expect(run(['diff', 'dist/staging', 'dist/prod']).stdout).toMatch(/^Objects are removed \(1\)\n/);
    expect(run(['diff', 'dist/staging', 'dist/prod', '--read', 'staging=prod']).stdout).toBe(CHANGED.replace('shop/', 'shop-prod/').replace('new/', 'dist/prod/'));
  });

  test.each([
    [['old.yaml'], 'diff: there is nothing to compare with. Name two paths, or one path with --rev.'],
    [['old.yaml', 'new.yaml', '--rev', 'main'], 'diff: a second path and --rev are given. Name two paths, or one path with --rev.'],
    [['old.yaml', 'absent.yaml'], 'absent.yaml: is not there. Name a file or a folder of manifests.'],
  ])('refuses %j', (args, message) => {
    write('old.yaml', config('info'));
    write('new.yaml', config('info'));
    expect(run(['diff', ...args])).toEqual({ status: 2, stdout: '', stderr: `${message}\n` });
  });

  test('says why a revision cannot be read', () => {
    write('old.yaml', config('info'));
    git('init', '--quiet');
    const { status, stderr } = run(['diff', 'old.yaml', '--rev', '--output=x']);
    expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringMatching(/^diff: Git cannot read the revision '--output=x': fatal: .+\. Run it in a clone that has the revision\.\n$/) });
  });
});
