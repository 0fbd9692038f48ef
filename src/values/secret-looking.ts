/** Words of a name that speak of a secret, and endings that take it back: PASSWORD, but not PASSWORD_FILE. */
const SECRET_WORDS = new Set(['password', 'passwd', 'passphrase', 'pwd', 'secret', 'token', 'credential', 'credentials', 'apikey', 'privatekey']);
const SECRET_PAIRS = new Set(['api key', 'access key', 'private key', 'secret key', 'encryption key', 'signing key', 'account key', 'auth key']);
const HARMLESS_ENDINGS = new Set([
  'file', 'path', 'dir', 'name', 'id', 'url', 'uri', 'endpoint', 'host', 'ref', 'store', 'type', 'header', 'issuer', 'audience', 'algorithm',
  'ttl', 'expiry', 'expiration', 'lifetime', 'seconds', 'minutes', 'hours', 'days', 'timeout', 'interval', 'length', 'size', 'limit', 'count',
  'enabled', 'required', 'policy', 'rotation', 'version',
]);

const KEY_MARKS: readonly (readonly [RegExp, string])[] = [
  [/(?:^|[^A-Za-z0-9])(?:AKIA|ASIA)[A-Z0-9]{16}(?![A-Za-z0-9])/, 'the id of an AWS access key'],
  [/(?:^|[^A-Za-z0-9])(?:gh[oprsu]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{22})/, 'a GitHub token'],
  [/(?:^|[^A-Za-z0-9])glpat-[A-Za-z0-9_-]{20}/, 'a GitLab token'],
  [/(?:^|[^A-Za-z0-9])xox[abeoprs]-[A-Za-z0-9-]{10}/, 'a Slack token'],
  [/(?:^|[^A-Za-z0-9])AIza[A-Za-z0-9_-]{35}/, 'a Google API key'],
  [/(?:^|[^A-Za-z0-9])(?:sk|rk)_live_[A-Za-z0-9]{16}/, 'a Stripe key'],
];

const ASSIGNMENT = /(?:password|passwd|pwd|secret|api[_-]?key|accountkey|sharedaccesskey)["']?\s*[=:]\s*["']?(?!\$[({])[^\s;,&"'}]/i;

/**
 * Why an environment variable looks like a secret in plain text, or undefined. The reason never holds the value.
 *
 * A value that only refers to another variable, `$(NAME)`, is no secret. Takes time in proportion to the value.
 */
export function secretLooking(name: string, value: string): string | undefined {
  if (value.trim() === '' || /^\$(?:\([^()]*\)|\{[^{}]*\})$/.test(value.trim())) {
    return undefined;
  }
  const word = secretWord(name);
  if (word !== undefined && value !== 'true' && value !== 'false') {
    return `its name speaks of a secret ('${word}')`;
  }
  const content = secretContent(value);
  return content && `its value holds ${content}`;
}

function secretWord(name: string): string | undefined {
  const words = name.slice(0, 253)
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase().split(/[^a-z0-9]/).filter((word) => word !== '');
  if (words.length === 0 || HARMLESS_ENDINGS.has(words[words.length - 1])) {
    return undefined;
  }
  const pairs = words.slice(1).map((word, index) => `${words[index]} ${word}`);
  return words.find((word) => SECRET_WORDS.has(word) || /(?:password|passwd|apikey|secret)$/.test(word))
    ?? pairs.find((pair) => SECRET_PAIRS.has(pair));
}

function secretContent(value: string): string | undefined {
  if (/-----BEGIN [A-Z ]{0,40}PRIVATE KEY/.test(value)) {
    return 'a private key in PEM form';
  }
  const mark = KEY_MARKS.find(([pattern]) => pattern.test(value));
  if (mark) {
    return mark[1];
  }
  if (holdsJsonWebToken(value)) {
    return 'a JSON Web Token';
  }
  if (holdsUrlWithPassword(value)) {
    return 'a URL with a password';
  }
  if (ASSIGNMENT.test(value)) {
    return 'an assignment of a password or key';
  }
  return isRandom(value.trim()) ? 'text as random as a key' : undefined;
}

function holdsJsonWebToken(value: string): boolean {
  return value.split(/[^A-Za-z0-9_.-]/).some((piece) => {
    const parts = piece.split('.');
    return parts.some((part, index) => part.startsWith('eyJ') && (parts[index + 1] ?? '').startsWith('eyJ'));
  });
}

/** Looks from each `://` to the end of the authority only, so that a hostile value is read once. */
function holdsUrlWithPassword(value: string): boolean {
  return value.split('://').slice(1).some((rest) => {
    const authority = rest.split(/[/?#\s"'<>]/, 1)[0];
    const credentials = authority.slice(0, Math.max(0, authority.lastIndexOf('@')));
    const colon = credentials.indexOf(':');
    const password = credentials.slice(colon + 1);
    return colon >= 0 && password !== '' && !/^\$(?:\([^()]*\)|\{[^{}]*\})$/.test(password);
  });
}

/** One unbroken word of letters and digits in which hardly any character repeats: no word, path, hash or UUID is so. */
function isRandom(value: string): boolean {
  if (value.length < 32 || value.length > 512 || !/^[A-Za-z0-9+=_-][A-Za-z0-9+/=_-]*$/.test(value)) {
    return false;
  }
  const counts = new Map<string, number>();
  for (const character of value) {
    counts.set(character, (counts.get(character) ?? 0) + 1);
  }
  const all = [...counts.values()];
  const entropy = -all.reduce((sum, count) => sum + count / value.length * Math.log2(count / value.length), 0);
  return entropy > 4.3 && [/[a-z]/g, /[A-Z]/g, /[0-9]/g].every((kind) => (value.match(kind) ?? []).length >= 2);
}
