import { execFileSync } from 'child_process';
import fs from 'fs';
import { createServer } from 'net';
import { read, VALUES, write } from './values-folder';
import { readTextFile } from '../../src/inputs/text-file';
import { messageOf } from '../support/message-of';

const FOLDER = 'applications/main/checkout/prod';
const fails = (content: string | Uint8Array) => messageOf(() => read({ [VALUES]: content }));

test('text is read as it is, with its line ends', () => {
  write('values/a.yaml', 'a: \u00e9\u{1f600}\r\n\tb\n');
  expect(readTextFile('values', 'values/a.yaml')).toBe('a: \u00e9\u{1f600}\r\n\tb\n');
});

test('a file, its folder or the whole directory may be absent', () => {
  expect(readTextFile('values', 'values/service/a.yaml')).toBeUndefined();
  write('values/b.yaml', '');
  expect([readTextFile('values', 'values/a.yaml'), readTextFile('values', 'values/b.yaml')]).toEqual([undefined, '']);
});

describe('encodings', () => {
  test.each([
    ['UTF-16 of Windows', Buffer.from('\ufeffa: 1', 'utf16le'), '1: is UTF-16. Save it as UTF-8 without a byte-order mark.'],
    ['UTF-16 of networks', Buffer.from('\ufeffa: 1', 'utf16le').swap16(), '1: is UTF-16. Save it as UTF-8 without a byte-order mark.'],
    ['UTF-16 without mark', Buffer.from('a: 1', 'utf16le'), '1: holds the character U+0000. Remove it, or write it as "\\u0000" in double quotes.'],
    ['a byte-order mark', Buffer.from('\ufeffa: 1'), '1: begins with a byte-order mark. Save it as UTF-8 without a byte-order mark.'],
    ['Latin-1', Buffer.from('# x\r\n\n# caf\u00e9\n', 'latin1'), '3: is not UTF-8. Save it as UTF-8.'],
    ['a cut character', Buffer.from([0x61, 0x0a, 0xc3]), '2: is not UTF-8. Save it as UTF-8.'],
    ['NUL', Buffer.from('a: 1\n\0'), '2: holds the character U+0000. Remove it, or write it as "\\u0000" in double quotes.'],
    ['an escape character', Buffer.from('a:\r\rb: \u001b[31m'), '3: holds the character U+001B. Remove it, or write it as "\\u001b" in double quotes.'],
    ['a line separator', Buffer.from('a: x\u2028y'), '1: holds the character U+2028. Remove it, or write it as "\\u2028" in double quotes.'],
    ['a next-line character', Buffer.from('a: x\u0085y'), '1: holds the character U+0085. Remove it, or write it as "\\u0085" in double quotes.'],
  ])('fails on %s', (_, content, expected) => {
    expect(fails(content)).toBe(`${VALUES}:${expected}`);
  });
});

test('fails above 1 MiB, before it reads the file', () => {
  const megabyte = '#'.repeat(1024 * 1024);
  expect(read({ [VALUES]: megabyte }).env).toEqual({});
  expect(fails(`${megabyte}#`)).toBe(`${VALUES}: has 1048577 bytes, and 1048576 are the most. Leave only the values of this service in it.`);
  fs.truncateSync(VALUES, 1e12);
  expect(messageOf(() => read())).toBe(`${VALUES}: has 1000000000000 bytes, and 1048576 are the most. Leave only the values of this service in it.`);
});

describe('what is no file', () => {
  beforeEach(() => fs.mkdirSync(FOLDER, { recursive: true }));

  test('fails on a folder', () => {
    fs.mkdirSync(VALUES);
    expect(messageOf(() => read())).toBe(`${VALUES}: is a folder, expected a file. Put a file there, or remove it.`);
  });

  test('fails on a named pipe at once', () => {
    execFileSync('mkfifo', [VALUES]);
    expect(messageOf(() => read())).toBe(`${VALUES}: is a named pipe, expected a file. Put a file there, or remove it.`);
  });

  test('fails on a socket', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => { server.listen(VALUES, resolve); });
    expect(messageOf(() => read())).toBe(`${VALUES}: is a socket, expected a file. Put a file there, or remove it.`);
    server.close();
  });

  test('fails where a folder of the path is a file', () => {
    fs.rmdirSync(FOLDER);
    fs.writeFileSync(FOLDER, '');
    expect(messageOf(() => read())).toBe(`${VALUES}: cannot be read (ENOTDIR). A part of this path is a file: put a folder there.`);
  });

  test.each([
    ['EACCES', 'Give the user who runs the synthesis the right to read it'],
    ['EIO', 'Put a readable file there'],
  ])('fails on a file that the system does not open: %s', (code, remedy) => {
    write(VALUES, 'env: {}');
    const open = jest.spyOn(fs, 'openSync').mockImplementation(() => {
      throw Object.assign(new Error(`${code}: /somewhere/else`), { code });
    });
    const message = messageOf(() => readTextFile('applications/main', VALUES));
    open.mockRestore();
    expect(message).toBe(`${VALUES}: cannot be read (${code}). ${remedy}.`);
  });
});

describe('symbolic links', () => {
  beforeEach(() => fs.mkdirSync(FOLDER, { recursive: true }));

  test('are followed inside the directory', () => {
    write('applications/main/shared.yaml', 'logLevel: warn');
    fs.symlinkSync('../../shared.yaml', VALUES);
    expect(read().origin('logLevel')).toEqual({ file: VALUES, line: 1 });
  });

  test('may lead to the directory itself', () => {
    write('elsewhere/checkout/prod/values.yaml', 'logLevel: warn');
    fs.rmSync('applications', { recursive: true });
    fs.mkdirSync('applications');
    fs.symlinkSync('../elsewhere', 'applications/main');
    expect(read().logLevel).toBe('warn');
  });

  test.each([
    ['a file', '/etc/hostname'],
    ['a file beside the directory', '../../../main-secrets.yaml'],
    ['a folder', '/etc'],
  ])('fail when they leave the directory for %s', (_, target) => {
    write('applications/main-secrets.yaml', 'logLevel: warn');
    fs.symlinkSync(target, VALUES);
    expect(messageOf(() => read())).toBe(`${VALUES}: is a symbolic link that leaves 'applications/main'. Put the file itself there.`);
  });

  test('fail when a folder of the path leaves the directory', () => {
    write('elsewhere/values.yaml', 'logLevel: warn');
    fs.rmdirSync(FOLDER);
    fs.symlinkSync('../../../elsewhere', FOLDER);
    expect(messageOf(() => read())).toBe(`${VALUES}: is a symbolic link that leaves 'applications/main'. Put the file itself there.`);
  });

  test('fail when they lead nowhere', () => {
    fs.symlinkSync('missing.yaml', VALUES);
    expect(messageOf(() => read())).toBe(`${VALUES}: is a symbolic link to nothing. Put the file itself there.`);
  });

  test('fail when they run in a circle', () => {
    fs.symlinkSync('values.yaml', VALUES);
    expect(messageOf(() => read())).toBe(`${VALUES}: cannot be read (ELOOP). Its symbolic links run in a circle: put the file itself there.`);
  });
});
