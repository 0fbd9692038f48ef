import fc from 'fast-check';
import { Image } from '../../src/values/image';

const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`;

test.each([
  'checkout:1.4.2',
  'registry.example.com/checkout:1.4.2',
  `registry.example.com/checkout@${DIGEST}`,
  `registry.example.com/checkout:1.4.2@${DIGEST}`,
  `registry.example.com:5000/shop/check__out-2/a.b:V1_2-rc.1@${DIGEST}`,
  'localhost:5000/checkout:1',
  'check_out.v2:1',
])('%s is rendered as it was given', (text) => {
  expect(Image.parse(text).toString()).toBe(text);
});

test('the parts of a reference can be read', () => {
  expect(Image.parse(`registry.example.com:5000/checkout:1.4.2@${DIGEST}`))
    .toMatchObject({ repository: 'registry.example.com:5000/checkout', tag: '1.4.2', digest: DIGEST });
  expect(Image.parse(`checkout@${DIGEST}`)).toMatchObject({ repository: 'checkout', tag: undefined, digest: DIGEST });
});

test('an image can be put together from its parts', () => {
  expect(Image.of('registry.example.com/checkout', { tag: '1.4.2' }).toString()).toBe('registry.example.com/checkout:1.4.2');
  expect(Image.of('registry.example.com/checkout', { tag: '1.4.2', digest: DIGEST }).toString())
    .toBe(`registry.example.com/checkout:1.4.2@${DIGEST}`);
});

test('what is put together parses to the same parts', () => {
  const name = fc.stringMatching(/^[a-z0-9]{1,5}([._-][a-z0-9]{1,5}){0,2}$/);
  const registry = fc.constantFrom('localhost/', 'registry.example.com/', 'registry.example.com:5000/');
  const reference = fc.record({
    tag: fc.option(fc.stringMatching(/^v[A-Za-z0-9_.-]{0,20}$/), { nil: undefined }), digest: fc.constantFrom(undefined, DIGEST),
  }).filter(({ tag, digest }) => tag !== undefined || digest !== undefined);
  fc.assert(fc.property(registry, fc.array(name, { minLength: 1, maxLength: 3 }), reference, (host, names, version) => {
    const image = Image.of(host + names.join('/'), version);
    expect(Image.parse(image.toString())).toEqual(image);
  }));
});

const ADDRESS = "Write registry and name, such as 'registry.example.com/checkout'.";
const CREDENTIALS = "an '@' stands before something that is no digest, and credentials may stand before it. "
  + 'Write the address without user and password, and name a pull secret in the platform profile.';
const TAG = "Use letters, digits, '.', '_' and '-', at most 128, and begin with a letter or digit.";
const DIGEST_FORM = "is not a digest: expected 'sha256:' and 64 hexadecimal digits in lower case";

test.each<[unknown, string]>([
  ['', "the image is empty. Write an image, such as 'registry.example.com/checkout:1.4.2'."],
  ['  ', "the image is empty. Write an image, such as 'registry.example.com/checkout:1.4.2'."],
  ['check out:1', "image 'check out' has a blank. Remove it."],
  ['checkout: 1', `' 1' is not a tag. ${TAG}`],
  ['checkout:', `'' is not a tag. ${TAG}`],
  ['checkout:1:2', `'1:2' is not a tag. ${TAG}`],
  ['checkout:-1', `'-1' is not a tag. ${TAG}`],
  [`checkout:${'1'.repeat(129)}`, `'${'1'.repeat(57)}...' is not a tag. ${TAG}`],
  ['checkout:1\u202e', `"1\\u202e" is not a tag. ${TAG}`],
  ['registry.example.com/checkout', "image 'registry.example.com/checkout' has neither tag nor digest. "
    + "Give a tag, such as '1.4.2', or the digest that the registry shows."],
  ['registry.example.com/Checkout:1',
    "image 'registry.example.com/Checkout' has upper-case letters before its tag. Write 'registry.example.com/checkout'."],
  ['checkout:latest', "the tag 'latest' names another image every day. Give the tag of one build, such as '1.4.2'."],
  [`checkout:latest@${DIGEST}`, "the tag 'latest' names another image every day. Give the tag of one build, such as '1.4.2'."],
  ['checkout:tag', "the tag 'tag' is a placeholder. Give the tag of one build, such as '1.4.2'."],
  ['checkout:1@sha256:abc', `'sha256:abc' ${DIGEST_FORM}, got 3 digits. Copy the digest that the registry shows.`],
  [`checkout@${DIGEST}0`, `'${DIGEST.slice(0, 57)}...' ${DIGEST_FORM}, got 65 digits. Copy the digest that the registry shows.`],
  ['checkout@sha1:abc', `'sha1:abc' ${DIGEST_FORM}. Copy the digest that the registry shows.`],
  ['checkout@md5:abc', `'md5:abc' ${DIGEST_FORM}. Copy the digest that the registry shows.`],
  [`checkout@${DIGEST.toUpperCase()}`, `'${DIGEST.toUpperCase().slice(0, 57)}...' ${DIGEST_FORM}. Copy the digest that the registry shows.`],
  ['https://registry.example.com/checkout:1',
    "image 'https://registry.example.com/checkout' begins with 'https://'. Write the address without 'https://'."],
  ['checkout:{{ .Values.tag }}', "the image holds a template '{{', which nothing fills in. Write the value itself."],
  ['shop//checkout:1', `'shop//checkout' is not the address of an image. ${ADDRESS}`],
  ['/checkout:1', `'/checkout' is not the address of an image. ${ADDRESS}`],
  ['registry.example.com:123456/checkout:1', `'registry.example.com:123456/checkout' is not the address of an image. ${ADDRESS}`],
  ['registry..example.com/checkout:1', `'registry..example.com/checkout' is not the address of an image. ${ADDRESS}`],
  ['check..out:1', `'check..out' is not the address of an image. ${ADDRESS}`],
  ['\u0441heckout:1', `'\u0441heckout' is not the address of an image. ${ADDRESS}`],
  [`${'a'.repeat(256)}:1`, `'${'a'.repeat(57)}...' is not the address of an image. ${ADDRESS}`],
  [1, "expected an image as text, got 1. Write it in quotes, such as 'registry.example.com/checkout:1.4.2'."],
])('fails on %p', (text, message) => {
  expect(() => Image.parse(text as string)).toThrow(new Error(`Image.parse: ${message}`));
});

test.each([
  'robot:hunter2@registry.example.com/checkout:1',
  'https://robot:hunter2@registry.example.com/checkout:1',
  `robot:hunter2@registry.example.com/checkout:1@${DIGEST}`,
  'robot:hunter2@checkout:10',
  'hunter2@registry.example.com/checkout:1',
  'robot@sha256:hunter2/checkout:1',
  `hunter2@${DIGEST}@${DIGEST}`,
])('fails on credentials, and does not show them: %#', (text) => {
  expect(() => Image.parse(text)).toThrow(new Error(`Image.parse: ${CREDENTIALS}`));
  expect(() => Image.of(text, { tag: '1' })).toThrow(new Error(`Image.of: ${CREDENTIALS}`));
});

test.each([
  ['checkout:1', { tag: '1' }, "the repository 'checkout:1' holds a tag. Give it as tag, or use Image.parse."],
  [`checkout@${DIGEST}`, { tag: '1' }, 'the repository holds a digest. Give it as digest, or use Image.parse.'],
  ['checkout', {}, "image 'checkout' has neither tag nor digest. Give a tag, such as '1.4.2', or the digest that the registry shows."],
  ['checkout', { digest: '' }, `'' ${DIGEST_FORM}. Copy the digest that the registry shows.`],
])('fails on the parts %p, %j', (repository, reference, message) => {
  expect(() => Image.of(repository, reference)).toThrow(new Error(`Image.of: ${message}`));
});

test.each(['a', 'a/', '-', 'a-', 'a__', '@', ':', 'a:', '.'])('a hundred thousand times %p costs no time', (unit) => {
  const started = performance.now();
  expect(() => Image.parse(unit.repeat(100_000))).toThrow(/^Image.parse: /);
  expect(() => Image.of(unit.repeat(100_000), { tag: '1' })).toThrow(/^Image.of: /);
  expect(performance.now() - started).toBeLessThan(1000);
});
