import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { run, SOURCES } from './programs';

const tools = execFileSync(resolve(SOURCES, '..', '.ci', 'tools.sh'), ['--where-linters'], { encoding: 'utf8' }).trim();

const files = (extension: string) => readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith(extension)).sort().map((file) => join(SOURCES, file));

let folder: string;
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'scripts-')); });
afterEach(() => { rmSync(folder, { recursive: true }); });

/** A script that is written for a test. */
function faulty(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

describe('ShellCheck', () => {
  const shellcheck = (...names: string[]) => run(join(tools, 'shellcheck'), [
    '--norc', '--shell=sh', '--external-sources', '--source-path=SCRIPTDIR', '--format=gcc', ...names,
  ]);

  test('finds nothing in the shell scripts, nor in what they read', () => {
    expect(files('.sh')).toContain(join(SOURCES, 'stores/redis/scripts/form.sh'));
    expect(shellcheck(...files('.sh'))).toEqual({ status: 0, output: '' });
  });

  test.each([
    ['a variable without quotes', 'rm $1\n', 'SC2086'],
    ['a directive before a branch of a case', 'case $1 in\n  # shellcheck disable=SC2086\n  a) rm $1 ;;\nesac\n', 'SC1124'],
    ['a script to read that is not there', '. "$CONFIG_DIR/common.sh"\n', 'SC1091'],
  ])('finds %s', (_, text, code) => {
    expect(shellcheck(faulty('faulty.sh', text))).toEqual({ status: 1, output: expect.stringContaining(code) });
  });
});

describe('Ruff', () => {
  // images of users may have an older Python than ours
  const ruff = (...names: string[]) => run(join(tools, 'ruff'), [
    'check', '--isolated', '--no-cache', '--output-format=concise', '--line-length=150', '--target-version=py39', '--select=E,W,F,I,B,C4,PL,RET,RUF,SIM,UP', ...names,
  ]);

  test('finds nothing in the Python scripts', () => {
    expect(files('.py')).toContain(join(SOURCES, 'stores/postgres/backup/scripts/catalog.py'));
    expect(ruff(...files('.py'))).toEqual({ status: 0, output: 'All checks passed!\n' });
  });

  test('finds a name that is not defined', () => {
    expect(ruff(faulty('faulty.py', 'print(missing)\n'))).toEqual({ status: 1, output: expect.stringContaining('F821') });
  });
});

describe.each([
  ['awk', '.awk', 'END { print 1\n', 2, 'missing }'],
  ['jq', '.jq', '.items[ | length\n', 3, 'syntax error'],
])('%s', (program, extension, fault, status, complaint) => {
  const parse = (file: string) => run(program, ['-f', file, '/dev/null']);

  test(`parses the scripts that end with ${extension}`, () => {
    expect(files(extension)).not.toEqual([]);
    expect(files(extension).filter((file) => parse(file).status !== 0)).toEqual([]);
  });

  test('does not parse half a program', () => {
    expect(parse(faulty(`faulty${extension}`, fault))).toEqual({ status, output: expect.stringContaining(complaint) });
  });
});
