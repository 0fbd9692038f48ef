import { secretLooking, show } from '../values/value-checks';

/**
 * A key as messages name it. One that looks like a secret itself, as when a value was pasted before a colon, is not shown.
 */
export function keyName(path: string): string {
  return holdsSecret(path) || looksRandom(path) ? "'(hidden, as it looks like a secret)'" : show(path);
}

/** Whether a key looks like the value of a secret. */
export function holdsSecret(path: string): boolean {
  return [path, ...path.split('.')].some((text) => secretLooking('', text) !== undefined);
}

/** Whether a part of a key is no word but random characters, as tokens are. */
function looksRandom(path: string): boolean {
  return path.split(/[^A-Za-z0-9+/=]/).some((part) => part.length >= 20 && /[0-9]/.test(part) && /[A-Za-z]/.test(part));
}
