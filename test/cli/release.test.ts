import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { run } from '../../src/cli/run';
import { Values } from '../../src/inputs/values';
import { useOwnWorkingDirectory, write } from '../support/working-directory';

const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`;
const OTHER = `sha256:${'fedcba9876543210'.repeat(4)}`;
const BEFORE = `# written by CI when the image of this environment changes
image:
  # people read this one
  tag: "1.4.2"
  digest: ${DIGEST}
`;

useOwnWorkingDirectory();
beforeEach(() => {
  for (const environment of ['dev', 'staging', 'prod']) {
    write(`applications/main/checkout/${environment}/tag.yaml`, BEFORE);
    write(`applications/main/order/${environment}/tag.yaml`, BEFORE);
  }
  write('applications/main/checkout/prod/values.yaml', 'logLevel: warn\n');
});

const FILE = 'applications/main/checkout/prod/tag.yaml';
const read = (file = FILE) => readFileSync(file, 'utf8');
const set = (version: string, service = 'checkout', environment = 'prod', ...rest: string[]) => run(['release', 'set', service, environment, version, ...rest]);

/** Every file and its text, so that a test can say that nothing was written. */
function everything(): Record<string, string> {
  const files = readdirSync('.', { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(files.sort().map((file) => [file, read(file)]));
}

describe('release set', () => {
  test('writes tag and digest, and keeps the comments', () => {
    expect(set(`1.5.0@${OTHER}`)).toEqual({ status: 0, stdout: `${FILE}: 1.4.2@${DIGEST} -> 1.5.0@${OTHER}\n`, stderr: '' });
    expect(read()).toBe(BEFORE.replace('1.4.2', '1.5.0').replace(DIGEST, OTHER));
  });

  test('removes the digest of the old image when only a tag is given, because it would win', () => {
    expect(set('1.5.0')).toEqual({ status: 0, stdout: `${FILE}: 1.4.2@${DIGEST} -> 1.5.0\n`, stderr: '' });
    expect(read()).toBe(BEFORE.replace('1.4.2', '1.5.0').replace(`  digest: ${DIGEST}\n`, ''));
  });

  test('removes the tag of the old image when only a digest is given, because it would be read', () => {
    expect(set(OTHER).stdout).toBe(`${FILE}: 1.4.2@${DIGEST} -> ${OTHER}\n`);
    expect(Values.directory('applications/main')._read('checkout', 'prod').image).toEqual({ digest: OTHER });
    expect(read()).toContain('# written by CI');
  });

  test('changes no other file', () => {
    const before = everything();
    set('1.5.0');
    const after = everything();
    expect(Object.keys(after)).toEqual(Object.keys(before));
    expect(Object.keys(after).filter((file) => after[file] !== before[file])).toEqual([FILE]);
  });

  test('says that a version is there already, and leaves the file as it is', () => {
    expect(set(`1.4.2@${DIGEST}`).stdout).toBe(`${FILE}: 1.4.2@${DIGEST} already\n`);
    expect(read()).toBe(BEFORE);
  });

  test('fills a file that holds a comment alone', () => {
    write(FILE, '# nothing is released yet\n');
    expect(set('1.4.2').stdout).toBe(`${FILE}: nothing -> 1.4.2\n`);
    expect(Values.directory('applications/main')._read('checkout', 'prod').image).toEqual({ tag: '1.4.2' });
    expect(read()).toContain('# nothing is released yet');
  });

  test.each(['1.10', '010', '1e3', 'no', '0x1F', '1_000', 'null', '2026-11-21'])('writes the tag %s so that every reader takes it for text', (tag) => {
    expect(set(tag).status).toBe(0);
    expect(read()).toContain(`tag: "${tag}"\n`);
    expect(Values.directory('applications/main')._read('checkout', 'prod').image.tag).toBe(tag);
  });

  test.each([
    ['in one line', 'image: { tag: 1.4.2 } # now\n', 'image: { tag: "1.5.0" } # now\n'],
    ['as JSON', '{"image": {"tag": "1.4.2"}}', '{ "image": { "tag": "1.5.0" } }\n'],
    ['with the line ends of Windows', '# CI\r\nimage:\r\n  tag: 1.4.2\r\n', '# CI\r\nimage:\r\n  tag: "1.5.0"\r\n'],
    ['with a comment beside the tag', 'image:\n  tag: 1.4.2 # stable\n', 'image:\n  tag: "1.5.0" # stable\n'],
  ])('changes a file that is written %s', (_how, before, after) => {
    write(FILE, before);
    expect(set('1.5.0').status).toBe(0);
    expect(read()).toBe(after);
  });

  test('follows a link to a file of the tree, and keeps the link', () => {
    rmSync('applications/main/checkout/staging/tag.yaml');
    symlinkSync('../prod/tag.yaml', 'applications/main/checkout/staging/tag.yaml');
    expect(set('1.5.0', 'checkout', 'staging').status).toBe(0);
    expect(read()).toContain('tag: "1.5.0"');
  });

  test.each(['image:\n  digest: &x "a"\n  tag: *x\n', 'image: &x\n  tag: "1.4.2"\n'])('replaces a value that has an anchor: %j', (text) => {
    write(FILE, text);
    expect(set('1.5.0')).toMatchObject({ status: 0, stderr: '' });
    expect(Values.directory('applications/main')._read('checkout', 'prod').image).toEqual({ tag: '1.5.0' });
  });

  test('finds the service in the folder that is named', () => {
    expect(set('1.5.0', 'order', 'dev', '--directory', 'applications/main').stdout).toContain('applications/main/order/dev/tag.yaml: ');
    expect(set('1.6.0', 'order', 'dev', '--directory=applications/').stdout).toContain('applications/main/order/dev/tag.yaml: 1.5.0 -> 1.6.0');
  });
});

describe('release set refuses, and writes nothing,', () => {
  const cases: [string, string[], string][] = [
    ['a tag that moves', ['checkout', 'prod', 'latest'], "release set: the tag 'latest' names another image every day. Give the tag of one build, such as '1.4.2'."],
    ['a tag that is none', ['checkout', 'prod', '1.4.2 beta'],
      "release set: '1.4.2 beta' is not a tag. Use letters, digits, '.', '_' and '-', at most 128, and begin with a letter or digit."],
    ['a tag that holds YAML', ['checkout', 'prod', '1.4.2"\nreplicas:\n  min: 9'],
      'release set: "1.4.2\\"\\nreplicas:\\n  min: 9" is not a tag. Use letters, digits, \'.\', \'_\' and \'-\', at most 128, and begin with a letter or digit.'],
    ['a tag that holds a comment', ['checkout', 'prod', '1.4.2 # x'],
      "release set: '1.4.2 # x' is not a tag. Use letters, digits, '.', '_' and '-', at most 128, and begin with a letter or digit."],
    ['a tag that holds a template', ['checkout', 'prod', '{{ .Values.tag }}'],
      "release set: the image holds a template '{{', which nothing fills in. Write the value itself."],
    ['a tag of 129 characters', ['checkout', 'prod', 'a'.repeat(129)],
      `release set: '${'a'.repeat(57)}...' is not a tag. Use letters, digits, '.', '_' and '-', at most 128, and begin with a letter or digit.`],
    ['an empty version', ['checkout', 'prod', ''], "release set: the version is empty. Give a tag, such as '1.4.2', or the digest that the registry shows."],
    ['a digest that is too short', ['checkout', 'prod', 'sha256:28b8'],
      "release set: 'sha256:28b8' is not a digest: expected 'sha256:' and 64 hexadecimal digits in lower case, got 4 digits. Copy the digest that the registry shows."],
    ['a digest in upper case', ['checkout', 'prod', DIGEST.toUpperCase()],
      `release set: '${DIGEST.toUpperCase().slice(0, 57)}...' is not a digest: expected 'sha256:' and 64 hexadecimal digits in lower case. Copy the digest that the registry shows.`],
    ['a digest of another kind', ['checkout', 'prod', '1.4.2@sha512:28b8'],
      "release set: 'sha512:28b8' is not a digest: expected 'sha256:' and 64 hexadecimal digits in lower case. Copy the digest that the registry shows."],
    ['two digests', ['checkout', 'prod', `1.4.2@${DIGEST}@${OTHER}`], "release set: '1.4.2@sha256:0123456789abcdef0123456789abcdef0123456789ab...' has more than one '@'. Write <tag>@<digest>."],
    ['a service that is not there', ['chekout', 'prod', '1.5.0'], "applications: there is no service 'chekout'. Did you mean 'checkout'?"],
    ['a service that is like no other', ['warehouse', 'prod', '1.5.0'], "applications: there is no service 'warehouse'. Known are checkout, order."],
    ['a service that is a way out of the folder', ['../../etc', 'prod', '1.5.0'],
      "release set: service '../../etc' is not a DNS label: it has '.'. Write 'etc'."],
    ['an environment that is not there', ['checkout', 'pord', '1.5.0'], "applications/main/checkout: there is no environment 'pord'. Did you mean 'prod'?"],
    ['an environment that is like no other', ['checkout', 'live', '1.5.0'], "applications/main/checkout: there is no environment 'live'. Known are dev, prod, staging."],
    ['an environment that is a way out of the folder', ['checkout', '..', '1.5.0'],
      "release set: environment '..' is not a DNS label: it has '.'. Use a to z, 0 to 9 and '-', at most 63 characters."],
    ['a folder that is not there', ['checkout', 'prod', '1.5.0', '--directory', 'aplications'],
      "release set: 'aplications' is not a directory. Name the folder of values files by --directory."],
  ];
  test.each(cases)('%s', (_what, args, message) => {
    const before = everything();
    expect(run(['release', 'set', ...args])).toEqual({ status: 2, stdout: '', stderr: `${message}\n` });
    expect(everything()).toEqual(before);
  });

  const files: [string, string, string][] = [
    ['shape', 'image:\n  tag: "1.4.2"\nreplicas:\n  min: 3\n', "'replicas' does not belong into tag.yaml, which holds image.digest and image.tag only. Move it into values.yaml beside it."],
    ['a sidecar', 'image:\n  tag: "1.4.2"\nsidecars: []\n', "'sidecars' is shape, which a file cannot set. Set it in the code of the service."],
    ['a tag twice', 'image:\n  tag: "1.4.2"\n  tag: "1.4.3"\n', "the key 'image.tag' stands in line 2 already. Keep one of the two."],
    ['a tag without quotes that is a number', 'image:\n  digest: x\n  tag: 1.10\n', "'image.tag' is the number 1.10, expected text. Quote it: \"1.10\"."],
    ['no valid YAML', 'image:\n  tag: "1.4.2"\n x: 1\n',
      'is no valid YAML at column 2: bad indentation of a mapping entry. Align the line with those around it, close each quote, '
      + "and quote a text that holds ': ' or begins with a sign such as '@'."],
  ];
  test.each(files)('a tag file that holds %s', (_what, text, message) => {
    write(FILE, text);
    const { status, stdout, stderr } = set('1.5.0');
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toBe(`${FILE}:3: ${message}\n`);
    expect(read()).toBe(text);
  });

  test('a tag file that is not there', () => {
    rmSync(FILE);
    const before = everything();
    expect(set('1.5.0').stderr).toBe(`${FILE}: is not there. Write it once, with 'image:' and below it 'tag:' and the first version.\n`);
    expect(everything()).toEqual(before);
  });

  test('a service of two folders', () => {
    write('applications/thirdparties/checkout/prod/tag.yaml', BEFORE);
    expect(set('1.5.0').stderr).toBe("applications: 'checkout' is in applications/main and in applications/thirdparties. Name one of them by --directory.\n");
    expect(read()).toBe(BEFORE);
  });

  test('a link that leaves the tree', () => {
    write('elsewhere.yaml', BEFORE);
    rmSync(FILE);
    symlinkSync('../../../../elsewhere.yaml', FILE);
    expect(set('1.5.0').stderr).toBe(`${FILE}: is a symbolic link that leaves 'applications'. Put the file itself there.\n`);
    expect(read('elsewhere.yaml')).toBe(BEFORE);
  });

  test.each([
    ['nothing', [], 'Usage: cdk8s-microservices [options] [command]'],
    ['another command', ['deploy', 'checkout'], "error: unknown command 'deploy'"],
    ['too little', ['release', 'set', 'checkout'], "error: missing required argument 'environment'"],
    ['too much', ['release', 'set', 'checkout', 'prod', '1.5.0', 'now'], "error: too many arguments for 'set'. Expected 3 arguments but got 4."],
    ['an unknown option', ['release', 'set', 'checkout', 'prod', '1.5.0', '--directroy', 'x'], "error: unknown option '--directroy'\n(Did you mean --directory?)"],
    ['an option without its value', ['release', 'set', 'checkout', 'prod', '1.5.0', '--directory'], "error: option '--directory <folder>' argument missing"],
  ])('%s', (_what, args, problem) => {
    const { status, stdout, stderr } = run(args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr.split('\n\n')[0]).toBe(problem);
    expect(stderr).toContain(args[0] === 'release' ? 'Usage: cdk8s-microservices release set [options] <service> <environment> <version>' : '  release ');
    expect(read()).toBe(BEFORE);
  });
});

describe('the program', () => {
  const root = resolve(__dirname, '..', '..');
  const start = (...args: string[]) => spawnSync(process.execPath, ['--import', require.resolve('tsx'), join(root, 'src/cli/main.ts'), ...args], { encoding: 'utf8' });

  test('writes, and ends well', () => {
    expect(start('release', 'set', 'checkout', 'prod', '1.5.0')).toMatchObject({ status: 0, stdout: `${FILE}: 1.4.2@${DIGEST} -> 1.5.0\n`, stderr: '' });
  }, 60_000);

  test('ends with an error that says what is wrong', () => {
    expect(start('release', 'set', 'checkout', 'pord', '1.5.0')).toMatchObject({
      status: 2, stdout: '', stderr: "applications/main/checkout: there is no environment 'pord'. Did you mean 'prod'?\n",
    });
  }, 60_000);

  test('is what the package installs as a command', () => {
    const { bin } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    expect(bin).toEqual({ 'cdk8s-microservices': 'lib/cli.js' });
    expect(readFileSync(join(root, 'src/cli/main.ts'), 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
  });
});
