import * as fs from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { ApiObject, Chart } from 'cdk8s';
import { everyFileIn, filesIn, newOutdir } from './output-folders';
import { type Ended, run } from './programs';
import { App } from '../../src/platform/app';

// a process for each synthesis, on a machine that may be busy
jest.setTimeout(120_000);

const SUCCESS: Ended = { status: 0, signal: null, stderr: '' };
const HEADER = '# The files of this folder that cdk8s-microservices wrote, each with its program. Synthesis removes no other file. Commit this one with them.';

function put(folder: string, files: Record<string, string>): void {
  for (const [file, text] of Object.entries(files)) {
    fs.mkdirSync(dirname(join(folder, file)), { recursive: true });
    fs.writeFileSync(join(folder, file), text);
  }
}

/** All manifests by their file, without the time of their reading. */
function read(folder: string): Record<string, string> {
  return Object.fromEntries(filesIn(folder).map((file) => [file, fs.readFileSync(join(folder, file), 'utf8')]));
}

function synth(outdir: string, ...charts: string[]): void {
  const app = new App({ outdir });
  charts.forEach((chart) => new ApiObject(new Chart(app, chart), 'a', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } }));
  app.synth();
}

function failed(stderr: string): Ended {
  return { status: 1, signal: null, stderr };
}

describe('synthesis removes only what its program wrote', () => {
  test('and keeps every other file, whatever its name', () => {
    const outdir = newOutdir('m');
    const main = join(dirname(outdir), 'main.js');
    put(outdir, { 'team-b/precious.k8s.yaml': 'by hand', 'old.k8s.yaml': 'by hand', 'values.yaml': 'by hand' });
    expect(run(main, outdir, { kept: 'x', gone: 'x' })).toEqual(SUCCESS);
    expect(run(main, outdir, { kept: 'x' })).toEqual(SUCCESS);
    expect(filesIn(outdir)).toEqual(['kept.k8s.yaml', 'old.k8s.yaml', 'team-b/precious.k8s.yaml', 'values.yaml']);
    expect(fs.readFileSync(join(outdir, '.cdk8s-microservices'), 'utf8')).toBe(`${HEADER}\nkept.k8s.yaml ../main\n`);
  });

  test('so that two programs share a folder', () => {
    const outdir = newOutdir();
    const [a, b] = ['a', 'b'].map((name) => join(dirname(outdir), name, 'main.js'));
    expect(run(a, outdir, { one: 'x', two: 'x' })).toEqual(SUCCESS);
    expect(run(b, outdir, { three: 'x' })).toEqual(SUCCESS);
    expect(run(a, outdir, { two: 'x' })).toEqual(SUCCESS);
    expect(filesIn(outdir)).toEqual(['three.k8s.yaml', 'two.k8s.yaml']);
    expect(fs.readFileSync(join(outdir, '.cdk8s-microservices'), 'utf8')).toBe(`${HEADER}\nthree.k8s.yaml ../b/main\ntwo.k8s.yaml ../a/main\n`);

    expect(run(b, outdir, { two: 'y' })).toEqual(failed(`[two] output file 'two.k8s.yaml' would overwrite '${outdir}/two.k8s.yaml', which the program '../a/main' wrote. `
      + 'Give each program an outdir of its own.'));
    fs.renameSync(a, join(dirname(a), 'renamed.js'));
    expect(run(join(dirname(a), 'renamed.js'), outdir, { two: 'z' })).toEqual(SUCCESS);
  });

  test('so that a compiled program is the one that it was compiled from', () => {
    const outdir = newOutdir('project/src/dist');
    const [source, compiled] = ['project/src', 'project/lib/src'].map((folder) => join(dirname(outdir), '../..', folder, 'main.js'));
    expect(run(source, outdir, { one: 'x', two: 'x' })).toEqual(SUCCESS);
    expect(run(compiled, outdir, { one: 'y' })).toEqual(SUCCESS);
    expect(filesIn(outdir)).toEqual(['one.k8s.yaml']);
  });

  test('by the files that it writes where a program of another language has no name', () => {
    const outdir = newOutdir();
    const [first, second] = ['kernel-1', 'kernel-2'].map((folder) => join(dirname(outdir), folder, 'program.js'));
    const python = { JSII_AGENT: 'Python/3.11' };
    expect(run(first, outdir, { one: 'x', two: 'x' }, python)).toEqual(SUCCESS);
    expect(run(second, outdir, { one: 'y' }, python)).toEqual(SUCCESS);
    expect(filesIn(outdir)).toEqual(['one.k8s.yaml']);
    expect(fs.readFileSync(join(outdir, '.cdk8s-microservices'), 'utf8')).toBe(`${HEADER}\none.k8s.yaml\n`);
  });

  test('and does not replace a file that somebody adds later, unless it has the same text', () => {
    const outdir = newOutdir();
    synth(outdir, 'first');
    put(outdir, { 'same.k8s.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n', 'second.k8s.yaml': 'by hand' });
    synth(outdir, 'first', 'same');
    expect(() => synth(outdir, 'first', 'second')).toThrow(new Error(`[second] output file 'second.k8s.yaml' would overwrite '${outdir}/second.k8s.yaml', `
      + `which '${outdir}/.cdk8s-microservices' does not list, so somebody else wrote it. Move it away or remove it.`));
  });

  test('and refuses a folder of another program where neither has a name, as in Python', () => {
    const outdir = newOutdir();
    put(outdir, { 'other.k8s.yaml': 'a', '.cdk8s-microservices': 'other.k8s.yaml\n' });
    expect(() => synth(outdir, 'mine')).toThrow(new Error(`[App] the output folder '${outdir}' has 'other.k8s.yaml' of another synthesis, which this program does not write. `
      + 'Give each program an outdir of its own. If this program wrote it earlier, remove the folder.'));
    synth(outdir, 'other', 'mine');
    expect(filesIn(outdir)).toEqual(['mine.k8s.yaml', 'other.k8s.yaml']);
  });

  test('also after a merge of two versions of the record, and not by a record that leaves the folder', () => {
    const outdir = newOutdir('m/dist');
    put(dirname(outdir), { 'precious.k8s.yaml': 'by hand' });
    put(outdir, {
      'a.k8s.yaml': 'old',
      'b.k8s.yaml': 'old',
      'c/d.k8s.yaml': 'old',
      '.cdk8s-microservices': '<<<<<<< ours\na.k8s.yaml\nb.k8s.yaml\n=======\na.k8s.yaml\nc/d.k8s.yaml\n>>>>>>> theirs\n../precious.k8s.yaml\n',
    });
    synth(outdir, 'a');
    expect(everyFileIn(dirname(outdir))).toEqual(['dist/.cdk8s-microservices', 'dist/a.k8s.yaml', 'precious.k8s.yaml']);
    expect(fs.readFileSync(join(outdir, '.cdk8s-microservices'), 'utf8')).toBe(`${HEADER}\na.k8s.yaml\n`);
  });
});

describe('an output folder that has more than output is refused', () => {
  test.each([
    ['the root', '/', "[App] outdir '/' is the root of the file system. Choose a folder of its own below the working directory, such as 'dist'."],
    ['a parent of the working directory', dirname(process.cwd()), `[App] outdir '${dirname(process.cwd())}' contains the working directory '${process.cwd()}'. `
      + "Choose a folder of its own below the working directory, such as 'dist'."],
    ['its parent by way of dots', '..', `[App] outdir '..' contains the working directory '${process.cwd()}'. `
      + "Choose a folder of its own below the working directory, such as 'dist'."],
  ])('%s', (_, outdir, message) => {
    expect(() => synth(outdir, 'a')).toThrow(new Error(message));
  });

  test('and the working directory itself keeps what others wrote there', () => {
    const outdir = newOutdir();
    put(outdir, { 'own.k8s.yaml': 'by hand' });
    const main = join(outdir, 'main.js');
    expect(run(main, '.', { a: 'x', b: 'x' })).toEqual(SUCCESS);
    expect(run(main, '.', { b: 'y' })).toEqual(SUCCESS);
    expect(filesIn(outdir)).toEqual(['b.k8s.yaml', 'main.js', 'own.k8s.yaml']);
  });
});

describe('a synthesis that is killed', () => {
  const before = { a: 'old', b: 'old', gone: 'old' };
  const after = { a: 'new', b: 'new', c: 'new' };

  test.each([1, 2])('at move %d leaves the old tree or none, and the next run the new one without leftovers', (move) => {
    const outdir = newOutdir();
    const main = join(dirname(outdir), 'main.js');
    expect(run(main, outdir, before)).toEqual(SUCCESS);
    put(outdir, { 'README.md': 'by hand' });
    const old = read(outdir);
    expect(run(main, outdir, after, { KILLED_AT_RENAME: `${move}` })).toEqual({ status: null, signal: 'SIGKILL', stderr: '' });
    expect([old, {}]).toContainEqual(read(outdir));
    expect(fs.readdirSync(dirname(outdir)).filter((name) => name.startsWith('.dist-'))).toHaveLength(1);

    expect(run(main, outdir, after)).toEqual(SUCCESS);
    expect(filesIn(outdir)).toEqual(['README.md', 'a.k8s.yaml', 'b.k8s.yaml', 'c.k8s.yaml']);
    expect(fs.readdirSync(dirname(outdir)).sort()).toEqual(['dist', 'main.js']);
  });

  test('where the folder cannot be exchanged is completed by the next run', () => {
    const outdir = newOutdir();
    const main = join(dirname(outdir), 'main.js');
    const env = { NO_FOLDER_MOVES: 'yes' };
    expect(run(main, outdir, before, env)).toEqual(SUCCESS);
    // the folder, the record, a
    expect(run(main, outdir, after, { ...env, KILLED_AT_RENAME: '4' })).toEqual({ status: null, signal: 'SIGKILL', stderr: '' });
    expect(filesIn(outdir)).toEqual(['a.k8s.yaml', 'b.k8s.yaml', 'gone.k8s.yaml']);
    expect(run(main, outdir, after, env)).toEqual(SUCCESS);
    expect(filesIn(outdir)).toEqual(['a.k8s.yaml', 'b.k8s.yaml', 'c.k8s.yaml']);
    expect(fs.readdirSync(dirname(outdir)).sort()).toEqual(['dist', 'main.js']);
  });

  test('leaves folders of similar names, and those of processes that run, alone', () => {
    const outdir = newOutdir();
    const others = ['.dist-backup', '.dist-synth-x-abcdef', `.dist-synth-${process.ppid}-abcdef`];
    others.forEach((name) => fs.mkdirSync(join(dirname(outdir), name)));
    fs.mkdirSync(join(dirname(outdir), `.dist-synth-${process.pid}-abcdef`));
    synth(outdir, 'a');
    expect(fs.readdirSync(dirname(outdir)).sort()).toEqual([...others, 'dist'].sort());
  });
});

test('a change keeps the time of files that do not change, and empty folders', () => {
  const outdir = newOutdir();
  synth(outdir, 'a', 'b');
  fs.mkdirSync(join(outdir, 'empty'));
  fs.utimesSync(join(outdir, 'a.k8s.yaml'), 1, 1);
  synth(outdir, 'a', 'c');
  expect(fs.statSync(join(outdir, 'a.k8s.yaml')).mtimeMs).toBe(1000);
  expect(fs.statSync(join(outdir, 'a.k8s.yaml')).nlink).toBe(1);
  expect(fs.readdirSync(outdir).sort()).toEqual(['.cdk8s-microservices', 'a.k8s.yaml', 'b.k8s.yaml', 'c.k8s.yaml', 'empty']);
});

describe('an error of the file system names the path and the remedy', () => {
  const refusal = (outdir: string, problem: string, remedy: string) => failed(`[App] the output folder '${outdir}' cannot be written: ${problem}. ${remedy}.`);

  test('where no folder can be created, at once', () => {
    const main = join(newOutdir(), 'main.js');
    expect(run(main, '/proc/x/dist', { a: 'x' })).toEqual(refusal('/proc/x/dist', "'/proc/x' does not exist and cannot be created (ENOENT)", 'Choose another folder'));
    expect(run(main, '/proc/dist', { a: 'x' }).stderr).toMatch(/^\[App\] the output folder '\/proc\/dist' cannot be written: '\/proc\/\S+' does not exist and cannot be created \(ENOENT\)\. Choose another folder\.$/);
  });

  test('below a file', () => {
    const outdir = newOutdir('file/dist');
    fs.writeFileSync(dirname(outdir), '');
    expect(run(join(dirname(dirname(outdir)), 'main.js'), outdir, { a: 'x' }))
      .toEqual(refusal(outdir, `'${dirname(outdir)}' is a file (ENOTDIR)`, 'Move the file away, or choose another folder'));
  });

  test('on a full disk, which leaves the manifests as they were', () => {
    const outdir = newOutdir();
    const main = join(dirname(outdir), 'main.js');
    expect(run(main, outdir, { a: 'old' })).toEqual(SUCCESS);
    const before = read(outdir);
    expect(run(main, outdir, { a: 'new' }, { FULL_DISK: 'yes' }))
      .toEqual(refusal(outdir, `'${outdir}' cannot be written, because the disk is full (ENOSPC)`, 'Free disk space, or choose another folder'));
    expect(read(outdir)).toEqual(before);
    expect(fs.readdirSync(dirname(outdir)).sort()).toEqual([basename(outdir), 'main.js']);
  });
});
