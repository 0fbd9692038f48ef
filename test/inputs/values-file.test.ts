import * as fc from 'fast-check';
import { dump } from 'js-yaml';
import { read, TAG, VALUES } from './values-folder';
import { secretLooking } from '../../src/values/value-checks';
import { messageOf } from '../support/message-of';

const fails = (content: string) => messageOf(() => read({ [VALUES]: content }));

test('fails on an unknown key and names the one that was meant', () => {
  expect(fails('# production\n\nreplica:\n  min: 2\n')).toBe(`${VALUES}:4: unknown key 'replica.min'. Did you mean 'replicas.min'?`);
});

test.each([
  ['replcas: 3', "'replcas'. Did you mean 'replicas'?"],
  ['images: { tag: "1" }', "'images.tag'. Did you mean 'image.tag'?"],
  ['resources: { request: { cpu: "1" } }', "'resources.request.cpu'. Did you mean 'resources.requests.cpu'?"],
  ['loglevel: info', "'loglevel'. Did you mean 'logLevel'?"],
  ['toString: 1', "'toString'. Known keys are autoscaling, config, env, image, logLevel, replicas, resources, sidecar."],
  ['"": 1', "''. Known keys are autoscaling, config, env, image, logLevel, replicas, resources, sidecar."],
  ['image: { pullPolicy: Always }', "'image.pullPolicy'. Known keys are image.digest, image.repository, image.tag."],
  ['"\\e[31m": 1', '"\\u001b[31m". Known keys are autoscaling, config, env, image, logLevel, replicas, resources, sidecar.'],
  ['replicas.min: 1', "'replicas.min' with a dot in it. Write 'min' below 'replicas'."],
])('fails on the unknown key of %s', (content, expected) => {
  expect(fails(content)).toBe(`${VALUES}:1: unknown key ${expected}`);
});

test.each([
  'ports', 'calls', 'publishes', 'subscribes', 'uses', 'stores', 'delivery', 'strategy', 'dapr', 'probes', 'networkPolicy', 'topics', 'name', 'tier',
  'scaling', 'volumes', 'serviceAccount', 'containers', 'command', 'args',
])('fails on %s, which is shape', (key) => {
  expect(fails(`logLevel: info\n\n${key}: { http: 80 }`)).toBe(
    `${VALUES}:3: '${key}' is shape, which a file cannot set. Set it in the code of the service.`);
});

describe('values of the wrong type', () => {
  test.each([
    ['image: { tag: 1.10 }', "'image.tag' is the number 1.10, expected text. Quote it: \"1.10\"."],
    ['image: { tag: 12e4567 }', "'image.tag' is the number 12e4567, expected text. Quote it: \"12e4567\"."],
    ['image: { tag: }', "'image.tag' is empty. Write a value, or remove the line."],
    ['image: { tag: "" }', "'image.tag' is empty. Write a value, or remove the line."],
    ['image: { tag: "1 0" }', "'image.tag' holds a blank. Remove it."],
    ['image: { tag: "1\u043e" }', "'image.tag' holds a character that is not ASCII. Remove it."],
    ['image: 1.2', "'image' is the number 1.2, expected a map of keys. Set image.digest, image.repository or image.tag."],
    ['image:', "'image' has no value, expected a map of keys. Set image.digest, image.repository or image.tag."],
    ['resources: { limits: { cpu: 1 } }', "'resources.limits.cpu' is the number 1, expected text. Quote it: \"1\"."],
    ['resources: { limits: { memory: [1Gi] } }', "'resources.limits.memory' is a list, expected text. Write one text."],
    ['resources: { limits: { memory: 1GI } }', "resources.limits.memory '1GI' is not a quantity of memory: 'GI' is no unit. Write '1Gi'."],
    ['replicas: { max: "10" }', "'replicas.max' is text, expected a whole number. Write it without quotes: 10."],
    ['replicas: { max: ten }', "'replicas.max' is text, expected a whole number. Write a number, such as 1, or remove the line."],
    ['replicas: { max: true }', "'replicas.max' is the truth value true, expected a whole number. Write a number, such as 1, or remove the line."],
    ['replicas: { max: null }', "'replicas.max' is null (null), expected a whole number. Write a number, such as 1, or remove the line."],
    ['replicas: { max: }', "'replicas.max' has no value, expected a whole number. Write a number, such as 1, or remove the line."],
    ['replicas: { max: {} }', "'replicas.max' is a map of keys, expected a whole number. Write a number, such as 1, or remove the line."],
    ['replicas: { max: 2.5 }', "'replicas.max' is the number 2.5, expected a whole number in plain digits. Write a number, such as 2."],
    ['replicas: { max: 0777 }', "'replicas.max' is the number 0777, expected a whole number in plain digits. Write a number, such as 777."],
    ['replicas: { max: 1e1 }', "'replicas.max' is the number 1e1, expected a whole number in plain digits. Write a number, such as 10."],
    ['replicas: { max: .inf }', "'replicas.max' is the number .inf, expected a whole number in plain digits. Write a number, such as 1."],
    ['replicas: { max: .nan }', "'replicas.max' is the number .nan, expected a whole number in plain digits. Write a number, such as 1."],
    ['replicas: { max: 9007199254740993 }',
      "'replicas.max' is the number 9007199254740993, expected a whole number from 1 to 2147483647. Write a number, such as 1."],
    ['replicas: { max: 4294967296 }', "expected 'replicas.max' to be a whole number from 1 to 2147483647, got 4294967296. Use 2147483647 or less."],
    ['replicas: { max: 0 }', "expected 'replicas.max' to be a whole number of 1 or more, got 0. Use 1 or more."],
    ['replicas: { max: -1 }', "expected 'replicas.max' to be a whole number of 1 or more, got -1. Use 1 or more."],
    ['autoscaling: { cpuPercent: 0 }', "expected 'autoscaling.cpuPercent' to be a whole number of 1 or more, got 0. Use 1 or more."],
    ['logLevel: verbose', "expected logLevel to be one of debug, info, warn, error, got 'verbose'. Use 'debug'."],
    ['logLevel: wran', "expected logLevel to be one of debug, info, warn, error, got 'wran'. Use 'warn'."],
    ['env: [A]', "'env' is a list, expected a map of keys. Write lines of the form NAME: \"text\" below it, or remove the line."],
    ['env:', "'env' has no value, expected a map of keys. Write lines of the form NAME: \"text\" below it, or remove the line."],
    ['env: { A: { B: c } }', "'env.A' is a map of keys, expected text. Write one text."],
    ['env: { 1A: x }', "'1A' is not the name of an environment variable. Use letters, digits and '_', and begin with a letter."],
    ['config: { a/b: x }', "'config.a/b' is not the key of a ConfigMap. Use letters, digits, '-', '_' and '.', such as 'application.yaml'."],
    ['config: { ..: x }', "'config...' is not the key of a ConfigMap. Use letters, digits, '-', '_' and '.', such as 'application.yaml'."],
    ['[a]', 'the file is a list, expected a map of keys. Set autoscaling, config, env, image, logLevel, replicas, resources or sidecar.'],
    ['hello', 'the file is text, expected a map of keys. Set autoscaling, config, env, image, logLevel, replicas, resources or sidecar.'],
  ])('fails on %s', (content, expected) => {
    expect(fails(content)).toBe(`${VALUES}:1: ${expected}`);
  });
});

describe('what a text without quotes means', () => {
  test.each(['no', 'on', 'off', 'yes', 'y', '1:30', '=', '1_000', '2024-01-01', '0b11', 'nUll', '.', '--', '1.2.3', 'Infinity', 'NaN', '0o8'])(
    'a text is %s', (plain) => {
      expect(read({ [VALUES]: `env:\n  A: ${plain}\n` }).env.A).toBe(plain);
    });

  test.each(['1e3', '0777', '0o17', '0x1F', '1', '-1', '+1', '1.0', '.5', '1.', '.inf', '-.INF', '.NaN', '1e400', '-1e999'])('a number is %s', (plain) => {
    expect(fails(`env:\n  A: ${plain}\n`)).toBe(`${VALUES}:2: 'env.A' is the number ${plain}, expected text. Quote it: "${plain}".`);
  });

  test.each(['true', 'False', 'TRUE'])('a truth value is %s', (plain) => {
    expect(fails(`env:\n  A: ${plain}\n`)).toBe(`${VALUES}:2: 'env.A' is the truth value ${plain}, expected text. Quote it: "${plain}".`);
  });

  test.each(['~', 'null', 'Null'])('nothing is %s, which unsets an inherited text', (plain) => {
    expect(read({ [VALUES]: `env:\n  A: ${plain}\n` })).toMatchObject({ env: {}, unset: [{ family: 'env', name: 'A', found: false, inForce: true }] });
    expect(fails(`image:\n  tag: ${plain}\n`)).toBe(`${VALUES}:2: 'image.tag' is empty. Write a value, or remove the line.`);
    expect(fails(`logLevel: ${plain}\n`)).toBe(`${VALUES}:1: 'logLevel' is null (${plain}), expected text. Quote it: "${plain}".`);
  });

  test('a key without a value is none of them', () => {
    expect(fails('env:\n  A:\n')).toBe(`${VALUES}:2: 'env.A' has no value, expected text. Write "" for an empty text, null to unset an inherited key, or remove the line.`);
  });

  test.each(['no', '1e3', '0777', 'true', '~', '', '1.10'])('in quotes, %j is text', (quoted) => {
    expect(read({ [VALUES]: `env: { A: "${quoted}", B: '${quoted}' }` }).env).toMatchObject({ A: quoted, B: quoted });
  });
});

test('templates and references of other tools pass as they are', () => {
  const texts = { A: '{{ .Values.x }}', B: '${HOME}', C: '$(OTHER)', D: '{{values}}', E: '<no value>', F: '\u05d0\u200f' };
  expect({ ...read({ [VALUES]: dump({ env: texts }) }).env }).toEqual(texts);
});

test.each([
  ['NUL', '"a\\0b"', 'U+0000'],
  ['half of a character', '"\\uD800"', 'U+D800'],
])('fails on a value with %s', (_, value, code) => {
  expect(fails(`env: { A: ${value} }`)).toBe(
    `${VALUES}:1: 'env.A' holds the character ${code}, which no environment variable or file can. Remove it.`);
});

describe('tag.yaml belongs to CI', () => {
  test.each([
    ['image: { repository: x }', "'image.repository' does not belong into tag.yaml, which holds image.digest and image.tag only. Move it into values.yaml beside it."],
    ['replicas: { max: 3 }', "'replicas' does not belong into tag.yaml, which holds image.digest and image.tag only. Move it into values.yaml beside it."],
    ['env: { A: x }', "'env' does not belong into tag.yaml, which holds image.digest and image.tag only. Move it into values.yaml beside it."],
    ['logLevel: info', "'logLevel' does not belong into tag.yaml, which holds image.digest and image.tag only. Move it into values.yaml beside it."],
    ['ports: 80', "'ports' is shape, which a file cannot set. Set it in the code of the service."],
    ['other: 1', "unknown key 'other'. Known keys are image.digest, image.tag."],
    ['imag: { tag: "1" }', "unknown key 'imag.tag'. Did you mean 'image.tag'?"],
    ['image: 1', "'image' is the number 1, expected a map of keys. Set image.digest or image.tag."],
  ])('fails on %s', (content, expected) => {
    expect(messageOf(() => read({ [TAG]: content }))).toBe(`${TAG}:1: ${expected}`);
  });
});

describe('secrets', () => {
  const remedy = 'Keep it in a Secret, and refer to that with SecretReference.of() in the code of the service.';

  test.each([
    ['env: { DB_PASSWORD: CANARY }', "'env.DB_PASSWORD' looks like a secret: its name speaks of a secret ('password')."],
    ['env: { DB_PASSWORD: 12345678 }', "'env.DB_PASSWORD' looks like a secret: its name speaks of a secret ('password')."],
    ['env: { A: "postgres://user:CANARY@db/x" }', "'env.A' looks like a secret: its value holds a URL with a password."],
    ['config: { app.properties: "db.password=CANARY" }', "'config.app.properties' looks like a secret: its value holds an assignment of a password or key."],
    ['image: { repository: "https://user:CANARY@registry.example.com/x" }', "'image.repository' looks like a secret: its value holds a URL with a password."],
    ['logLevel: "password=CANARY"', "'logLevel' looks like a secret: its value holds an assignment of a password or key."],
  ])('fails on one in %s, and does not show it', (content, expected) => {
    expect(fails(content)).toBe(`${VALUES}:1: ${expected} ${remedy}`);
  });

  test.each([
    ['replicas: { max: "CANARY" }'],
    ['password: CANARY'],
    ['env: CANARY'],
    ['CANARY'],
    ['image: { tag: "CANARY value" }'],
    ['env: { A: "CANARY\\0" }'],
    ['env: { A: "CANARY }'],
    ['env: { A: CANARY: CANARY }'],
    ['env: { A: [CANARY, }'],
    ['env: { A: !CANARY x }'],
    ['env: { A: !CANARY!x x }'],
    ['env: { A: !<CANARY x }'],
    ['env: { A: *CANARY }'],
    ['env: { A: %CANARY }'],
    ['env: { A: @CANARY }'],
    ['env:\n  A: CANARY\n B: x'],
    ['env: { "postgres://user:CANARY@db": x }'],
    ['"postgres://user:CANARY@db": x'],
    ['"postgres://user:CANARY@db": x\n"postgres://user:CANARY@db": y'],
    ['env:\n  A: |\n    CANARY\n\u0007'],
  ])('no message shows the value in %j', (content) => {
    const message = fails(content);
    expect(message).toMatch(/^applications\/main\/checkout\/prod\/values\.yaml:[1-9]/);
    expect(message).not.toContain('CANARY');
  });

  test('a reference to another variable is no secret', () => {
    expect(read({ [VALUES]: 'env: { DB_PASSWORD: $(FROM_SECRET), PASSWORD_FILE: /run/secrets/x }' }).env.DB_PASSWORD).toBe('$(FROM_SECRET)');
  });
});

test('any text that js-yaml writes is read back the same', () => {
  const usable = fc.string({ unit: 'binary', maxLength: 200 })
    .filter((text) => !text.includes('\0') && secretLooking('A', text) === undefined);
  fc.assert(fc.property(usable, (text) => {
    expect(read({ [VALUES]: dump({ env: { A: text }, config: { 'a.txt': text } }) })).toMatchObject({ env: { A: text }, config: { 'a.txt': text } });
  }), { numRuns: 300 });
});

test('any bytes are read, or fail with file, line, problem and remedy', () => {
  const snippets = fc.array(fc.constantFrom(
    'env:', '\n', '  ', 'A: ', 'replicas', ': ', '{', '}', '[', ']', ',', '"', "'", '|', '>', '&a ', '*a', '!x ', '? ', '- ', '---', '...', '%YAML 1.2',
    '<<: ', '__proto__: ', '\t', '\r', '#', '1', '~', '\\', '\u2028', '\ufeff', '\0', '\ud83d\ude00',
  )).map((parts) => Buffer.from(parts.join('')));
  const bytes = fc.uint8Array({ maxLength: 300 }).map((array) => Buffer.from(array));
  fc.assert(fc.property(fc.oneof(snippets, bytes), (content) => {
    try {
      read({ [VALUES]: content });
    } catch (error) {
      expect((error as Error).message).toMatch(/^applications\/main\/checkout\/prod\/values\.yaml:[1-9][0-9]*: [^\n\0]+[.?]$/);
    }
  }), { numRuns: 1000 });
});
