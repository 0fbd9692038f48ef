import { RoutePath } from '../../src/gateway/route-path';

const REWRITTEN = "is a path that gateways change before they compare it, so that it would match nothing. Write it without '//', '/.', '/..' and '%2F'.";

test.each([
  ['/%2e%2e', `'/%2e%2e' ${REWRITTEN}`],
  ['/a/%2E/b', `'/a/%2E/b' ${REWRITTEN}`],
  ['/a//b', `'/a//b' ${REWRITTEN}`],
  ['/%61bc', "'/%61bc' writes characters as %xx that gateways compare as themselves. Write '/abc'."],
  ['/a%7Eb%2d', "'/a%7Eb%2d' writes characters as %xx that gateways compare as themselves. Write '/a~b-'."],
])('%s is refused, because a gateway compares another path', (path, message) => {
  expect(() => RoutePath.prefix(path)).toThrow(new Error(`RoutePath.prefix: ${message}`));
  expect(() => RoutePath.exact(path)).toThrow(new Error(`RoutePath.exact: ${message}`));
});

test('a path has as many characters as a gateway accepts', () => {
  expect(`${RoutePath.exact(`/${'a'.repeat(1023)}`)}`).toHaveLength(1024);
  expect(() => RoutePath.exact(`/${'a'.repeat(1100)}`)).toThrow(new Error(
    `RoutePath.exact: '/${'a'.repeat(56)}...' has 1101 characters, and a gateway accepts 1024 at most. Shorten it.`));
});

test.each(['/', '/a.b', '/.well-known', '/a%20b', '/a%3Ab', '/...'])('%s stays as it is', (path) => {
  expect(`${RoutePath.exact(path)}`).toBe(path);
});
