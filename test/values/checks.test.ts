import { Duration } from 'cdk8s';
import fc from 'fast-check';
import {
  dnsLabel, dnsSubdomain, environmentVariableName, plainText, portNumber, serviceName, show, wholeNumber, wholeSeconds,
} from '../../src/values/value-checks';

const WHERE = 'Here';

describe('a value in a message', () => {
  test.each([
    ['text is quoted', 'checkout', "'checkout'"],
    ['a number is not', 8000.5, '8000.5'],
    ['nothing is named', undefined, 'undefined'],
    ['an object is not unfolded', { password: 'x' }, 'an object'],
    ['a list is not unfolded', ['x'], 'a list'],
    ['sixty characters are shown', 'a'.repeat(60), `'${'a'.repeat(60)}'`],
    ['longer text is shortened', 'a'.repeat(61), `'${'a'.repeat(57)}...'`],
    ['a line break is escaped', 'a\nb', '"a\\nb"'],
    ['a right-to-left mark is escaped', 'a\u202eb', '"a\\u202eb"'],
    ['a byte-order mark is escaped', '\ufeffa', '"\\ufeffa"'],
    ['a control character that JSON leaves alone is escaped', 'a\u009bb', '"a\\u009bb"'],
  ])('%s', (_, value, shown) => {
    expect(show(value)).toBe(shown);
  });

  test('is never long and never disturbs a terminal', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (value) => {
      const shown = show(value);
      expect(shown.length).toBeLessThanOrEqual(2 + 60 * '\\ue0001'.length);
      expect(shown).not.toMatch(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u);
    }));
  });
});

describe('a whole number', () => {
  test.each([[1], [2147483647]])('takes %d', (value) => {
    expect(wholeNumber(WHERE, value, 1)).toBe(value);
  });

  test.each<[unknown, string]>([
    [0, 'expected a whole number of 1 or more, got 0. Use 1 or more.'],
    [-1, 'expected a whole number of 1 or more, got -1. Use 1 or more.'],
    [2.5, 'expected a whole number of 1 or more, got 2.5. Use 2.'],
    [NaN, 'expected a whole number of 1 or more, got NaN. Use 1 or more.'],
    [Infinity, 'expected a whole number of 1 or more, got Infinity. Use 1 or more.'],
    [2 ** 53, 'expected a whole number from 1 to 2147483647, got 9007199254740992. Use 2147483647 or less.'],
    ['3', "expected a whole number of 1 or more, got '3'. Write a number without quotes."],
    [true, 'expected a whole number of 1 or more, got true. Use 1 or more.'],
    [null, 'expected a whole number of 1 or more, got null. Use 1 or more.'],
  ])('fails on %p', (value, message) => {
    expect(() => wholeNumber(WHERE, value as number, 1)).toThrow(new Error(`Here: ${message}`));
  });

  test('fails outside a range with the field that it is for', () => {
    expect(() => wholeNumber(WHERE, 101, 1, 100, 'cpuPercent'))
      .toThrow(new Error('Here: expected cpuPercent to be a whole number from 1 to 100, got 101. Use 100 or less.'));
  });
});

test('fails on a port above the last one', () => {
  expect(portNumber(WHERE, 443)).toBe(443);
  expect(() => portNumber(WHERE, 70000)).toThrow(new Error('Here: expected a whole number from 1 to 65535, got 70000. Use 65535 or less.'));
});

test('a time is given in whole seconds', () => {
  expect(wholeSeconds(WHERE, 'timeout', Duration.minutes(2), 1)).toBe(120);
});

test.each([
  [Duration.seconds(0), 'expected timeout to be 1 to 1800 whole seconds, got 0 seconds. Use Duration.seconds(1).'],
  [Duration.millis(2500), 'expected timeout to be 1 to 1800 whole seconds, got 2.5 seconds. Use Duration.seconds(3).'],
  [Duration.hours(1), 'expected timeout to be 1 to 1800 whole seconds, got 3600 seconds. Use Duration.seconds(1800).'],
])('fails on a time out of range: %#', (value, message) => {
  expect(() => wholeSeconds(WHERE, 'timeout', value, 1, 1800)).toThrow(new Error(`Here: ${message}`));
});

const RULE = "Use a to z, 0 to 9 and '-', at most 63 characters.";

describe('a DNS label', () => {
  test.each(['a', '9', 'order', 'order-2', 'a'.repeat(63)])('takes %s', (value) => {
    expect(dnsLabel(WHERE, 'the name', value)).toBe(value);
  });

  test.each<[unknown, string]>([
    ['', `the name '' is not a DNS label: it is empty. ${RULE}`],
    ['Order', "the name 'Order' is not a DNS label: it has 'O'. Write 'order'."],
    ['order_service', "the name 'order_service' is not a DNS label: it has '_'. Write 'order-service'."],
    ['order.service', "the name 'order.service' is not a DNS label: it has '.'. Write 'order-service'."],
    ['order service', "the name 'order service' is not a DNS label: it has ' '. Write 'order-service'."],
    [' ', `the name ' ' is not a DNS label: it has ' '. ${RULE}`],
    ['-order', "the name '-order' is not a DNS label: it begins with '-'. Write 'order'."],
    ['order-', "the name 'order-' is not a DNS label: it ends with '-'. Write 'order'."],
    ['\u043erder', `the name '\u043erder' is not a DNS label: it has '\u043e' (U+043E). ${RULE}`],
    ['order\n', `the name "order\\n" is not a DNS label: it has "\\n" (U+000A). ${RULE}`],
    ['order\u0000', `the name "order\\u0000" is not a DNS label: it has "\\u0000" (U+0000). ${RULE}`],
    ['\ufefforder', `the name "\\ufefforder" is not a DNS label: it has "\\ufeff" (U+FEFF). ${RULE}`],
    ['\u202eorder', `the name "\\u202eorder" is not a DNS label: it has "\\u202e" (U+202E). ${RULE}`],
    ['a/../b', "the name 'a/../b' is not a DNS label: it has '/'. Write 'a-b'."],
    ['a'.repeat(64), `the name '${'a'.repeat(57)}...' is not a DNS label: it has 64 characters, and 63 are the most. ${RULE}`],
    [3, 'expected the name to be text, got 3. Write a name in quotes.'],
    [undefined, 'expected the name to be text, got undefined. Write a name in quotes.'],
  ])('fails on %p', (value, message) => {
    expect(() => dnsLabel(WHERE, 'the name', value as string)).toThrow(new Error(`Here: ${message}`));
  });

  test('takes what Kubernetes takes and nothing else', () => {
    const kubernetes = (value: string) => value.length <= 63 && /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(value) && !value.includes('\n');
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom('a', 'z', '0', '-', '.', 'A', '\n', '\u00e9'), maxLength: 5 }), (value) => {
      const accepts = () => {
        try {
          return dnsLabel(WHERE, 'the name', value) === value;
        } catch {
          return false;
        }
      };
      expect(accepts()).toBe(kubernetes(value));
    }), { numRuns: 1000 });
  });

  test('can be shorter where something is appended to it', () => {
    expect(() => dnsLabel(WHERE, 'the application id', 'a'.repeat(59), 58)).toThrow(new Error(
      `Here: the application id '${'a'.repeat(59)}' is not a DNS label: it has 59 characters, and 58 are the most. `
      + "Use a to z, 0 to 9 and '-', at most 58 characters."));
  });
});

test('fails on the name of a Service that begins with a digit', () => {
  expect(serviceName(WHERE, 'the name', 'order')).toBe('order');
  expect(() => serviceName(WHERE, 'the name', '2checkout'))
    .toThrow(new Error("Here: the name '2checkout' is not the name of a Service: it begins with a digit. Begin it with a letter."));
});

describe('a DNS subdomain', () => {
  test.each(['a', 'a.b', 'order-db.v2', 'a'.repeat(253)])('takes %s', (value) => {
    expect(dnsSubdomain(WHERE, 'the name', value)).toBe(value);
  });

  test.each([
    ['', "the name '' is not a DNS subdomain: it is empty. Use a to z, 0 to 9 and '-', at most 253 characters."],
    ['Order.DB', "the name 'Order.DB' is not a DNS subdomain: it has 'O'. Write 'order.db'."],
    ['a..b', "the name 'a..b' is not a DNS subdomain: it has '..'. Write 'a.b'."],
    ['a.-b', "the name 'a.-b' is not a DNS subdomain: its part '-b' begins or ends with '-'. Write 'a.b'."],
    ['a-.b', "the name 'a-.b' is not a DNS subdomain: its part 'a-' begins or ends with '-'. Write 'a.b'."],
    ['.a', "the name '.a' is not a DNS subdomain: it begins with '.'. Write 'a'."],
    ['a.', "the name 'a.' is not a DNS subdomain: it ends with '.'. Write 'a'."],
  ])('fails on %p', (value, message) => {
    expect(() => dnsSubdomain(WHERE, 'the name', value)).toThrow(new Error(`Here: ${message}`));
  });
});

describe('plain text', () => {
  test.each(['plain TCP server', 'Zahlung für Köln', '支払い', '\u{1f469}\u200d\u{1f4bb} team'])('takes %s', (value) => {
    expect(plainText(WHERE, 'the reason', value)).toBe(value);
  });

  test.each<[unknown, string]>([
    ['', 'the reason is empty. Write at least one word.'],
    [' \t', 'the reason is empty. Write at least one word.'],
    ['a\nb', 'the reason "a\\nb" has the control or invisible character U+000A. Write one line of plain text.'],
    ['a\rb', 'the reason "a\\rb" has the control or invisible character U+000D. Write one line of plain text.'],
    ['a\u0000b', 'the reason "a\\u0000b" has the control or invisible character U+0000. Write one line of plain text.'],
    ['a\u2028b', 'the reason "a\\u2028b" has the control or invisible character U+2028. Write one line of plain text.'],
    ['a\u202eb', 'the reason "a\\u202eb" has the control or invisible character U+202E. Write one line of plain text.'],
    ['\ufeffa', 'the reason "\\ufeffa" has the control or invisible character U+FEFF. Write one line of plain text.'],
    ['a\ud800', 'the reason "a\\ud800" has the control or invisible character U+D800. Write one line of plain text.'],
    ['a'.repeat(1001), `the reason '${'a'.repeat(57)}...' has 1001 characters, and 1000 are the most. Shorten it.`],
    [1, 'expected the reason to be text, got 1. Write it in quotes.'],
  ])('fails on %p', (value, message) => {
    expect(() => plainText(WHERE, 'the reason', value as string)).toThrow(new Error(`Here: ${message}`));
  });
});

describe('the name of an environment variable', () => {
  test.each(['APP_ENV', '_x', 'log.level', 'log-level', '.a', '-a'])('takes %s', (value) => {
    expect(environmentVariableName(WHERE, value)).toBe(value);
  });

  const rule = "Use letters, digits and '_', and begin with a letter.";
  test.each<[unknown, string]>([
    ['', `'' is not the name of an environment variable. ${rule}`],
    ['2FA', `'2FA' is not the name of an environment variable. ${rule}`],
    ['..', `'..' is not the name of an environment variable. ${rule}`],
    ['.', `'.' is not the name of an environment variable. ${rule}`],
    ['APP ENV', "'APP ENV' is not the name of an environment variable. Write 'APP_ENV'."],
    ['A=B', "'A=B' is not the name of an environment variable. Write 'A_B'."],
    ['A\n', "\"A\\n\" is not the name of an environment variable. Write 'A'."],
    [1, `1 is not the name of an environment variable. ${rule}`],
  ])('fails on %p', (value, message) => {
    expect(() => environmentVariableName(WHERE, value as string)).toThrow(new Error(`Here: ${message}`));
  });
});

test.each(['a', '-', '.', ' ', 'a.', 'A_', '\n', '\u{1f469}'])('a hundred thousand times %p costs no time', (unit) => {
  const long = unit.repeat(100_000);
  const started = performance.now();
  for (const check of [dnsLabel, dnsSubdomain, serviceName, plainText]) {
    expect(() => check(WHERE, 'the name', long)).toThrow(/^Here: /);
  }
  expect(() => environmentVariableName(WHERE, `${long}=`)).toThrow(/^Here: /);
  expect(performance.now() - started).toBeLessThan(1000);
});
