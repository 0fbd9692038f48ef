import fc from 'fast-check';
import { secretLooking } from '../../src/values/secret-looking';

// assembled, so that no scanner takes this file for a leak
const AWS = `${'AKIA'}IOSFODNN7EXAMPLE`;
const JWT = `${'eyJ'}hbGciOiJIUzI1NiJ9.${'eyJ'}zdWIiOiJvcmRlciJ9.c2lnbmF0dXJl`;
const PEM = `-----BEGIN ${'RSA PRIVATE'} KEY-----\nMIIB\n-----END ${'RSA PRIVATE'} KEY-----`;
const RANDOM = 'q7Zt2LxV9bKp4RwYc8NfGh3JmDs6TuAe';

test.each([
  ['PASSWORD', "its name speaks of a secret ('password')"],
  ['DB_PASSWORD', "its name speaks of a secret ('password')"],
  ['dbPassword', "its name speaks of a secret ('password')"],
  ['PGPASSWORD', "its name speaks of a secret ('pgpassword')"],
  ['CLIENT_SECRET', "its name speaks of a secret ('secret')"],
  ['AWS_SECRET_ACCESS_KEY', "its name speaks of a secret ('secret')"],
  ['GITHUB_TOKEN', "its name speaks of a secret ('token')"],
  ['API_KEY', "its name speaks of a secret ('api key')"],
  ['stripe.api-key', "its name speaks of a secret ('api key')"],
  ['APIKEY', "its name speaks of a secret ('apikey')"],
  ['SIGNING_KEY', "its name speaks of a secret ('signing key')"],
])('%s with any value looks like a secret', (name, reason) => {
  expect(secretLooking(name, 'hunter2')).toBe(reason);
});

test.each([
  ['LOG_LEVEL', 'info'],
  ['PASSWORD', ''],
  ['PASSWORD', '$(PASSWORD_FROM_SECRET)'],
  ['PASSWORD_FILE', '/run/secrets/password'],
  ['SECRET_NAME', 'database'],
  ['TOKEN_URL', 'https://login.example.com/token'],
  ['TOKEN_TTL_SECONDS', '300'],
  ['MAX_TOKENS', '4096'],
  ['USE_TOKEN', 'true'],
  ['KEYBOARD', 'qwerty'],
  ['DATABASE_URL', 'postgres://order:$(PASSWORD)@database/orders'],
  ['ENDPOINT', 'http://order:8000/a@b?c=d:e@f'],
  ['CA', '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----'],
  ['DIGEST', `sha256:${'0123456789abcdef'.repeat(4)}`],
  ['TRACE_ID', '550e8400-e29b-41d4-a716-446655440000'],
  ['HANDLER', 'com.example.orders.OrderPlacedEventHandlerVersion22'],
  ['REDIS_URL', 'redis://order:@redis:6379'],
  ['TOPIC', 'OrderPlacedEventHandlerVersion22Topic'],
  ['MODE', `${'password='}$(PASSWORD)`],
])('%s=%s does not', (name, value) => {
  expect(secretLooking(name, value)).toBeUndefined();
});

test.each([
  [PEM, 'its value holds a private key in PEM form'],
  [AWS, 'its value holds the id of an AWS access key'],
  [`key is ${AWS}.`, 'its value holds the id of an AWS access key'],
  [`${'ghp_'}${'a1B2'.repeat(9)}`, 'its value holds a GitHub token'],
  [`${'glpat-'}${'a1B2'.repeat(5)}`, 'its value holds a GitLab token'],
  [`${'xoxb-'}${'12345678901'}`, 'its value holds a Slack token'],
  [`${'AIza'}${'a1B2c'.repeat(7)}`, 'its value holds a Google API key'],
  [`${'sk_live_'}${'a1B2'.repeat(4)}`, 'its value holds a Stripe key'],
  [JWT, 'its value holds a JSON Web Token'],
  [`Bearer ${JWT}`, 'its value holds a JSON Web Token'],
  ['postgres://order:hunter2@database/orders', 'its value holds a URL with a password'],
  ['redis://:hunter2@redis:6379', 'its value holds a URL with a password'],
  ['see http://a.example.com and amqp://u:p@b', 'its value holds a URL with a password'],
  ['Server=database;Password=hunter2;', 'its value holds an assignment of a password or key'],
  ['{"password": "hunter2"}', 'its value holds an assignment of a password or key'],
  [RANDOM, 'its value holds text as random as a key'],
])('a telling value looks like a secret whatever its name: %#', (value, reason) => {
  expect(secretLooking('SETTING', value)).toBe(reason);
});

test('the reason never holds the value', () => {
  fc.assert(fc.property(fc.string({ unit: fc.constantFrom(...'ABXYZ019'), minLength: 8, maxLength: 40 }), (password) => {
    const reasons = [secretLooking('PASSWORD', password), secretLooking('URL', `postgres://u:${password}@h`)];
    reasons.forEach((reason) => {
      expect(reason).toBeDefined();
      expect(reason).not.toContain(password);
    });
  }));
});

test.each([
  'a', 'eyJ-', 'eyJ.', 'a://', '://', ':', '@', 'AKIA', '-----BEGIN ', 'password ', 'password = ', 'pwd\n', '$(', 'ghp_', 'A1b', 'aB',
])('a hundred thousand times %p costs no time', (unit) => {
  const long = unit.repeat(100_000);
  const started = performance.now();
  secretLooking('SETTING', long);
  secretLooking(long, 'value');
  expect(performance.now() - started).toBeLessThan(1000);
});
