import type { Construct } from 'constructs';
import { fail, nearest } from './errors';
import { show } from './value-checks';

const UTC = 'Etc/UTC';

/**
 * The name of a time zone of the IANA database, such as `Europe/Berlin`, written with the letters that it has there: the API server
 * tells them apart. Abbreviations mean different zones to different programs, so there is none but UTC.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#time-zones
 */
export function checkTimeZone(where: Construct | string, what: string, name: string): string {
  if (name === UTC) {
    return name;
  }
  const known = [UTC, 'UTC', ...Intl.supportedValuesOf('timeZone')];
  const resolved = typeof name === 'string' ? zoneOf(name) : undefined;
  if (known.includes(name) || (resolved !== undefined && isWritten(name))) {
    return name;
  }
  const near = resolved ?? (typeof name === 'string' ? nearest(name, known) : undefined);
  return fail(where, `expected ${what} to be a time zone of the IANA database, got ${show(name)}`, `Write '${near ?? UTC}'`);
}

/** Older names of a zone, which are in no list: the first letter of each part is a capital, and the rest are not. */
function isWritten(name: string): boolean {
  const parts = name.split('/');
  return parts.length > 1 && parts.every((part) => /^[A-Z][A-Za-z0-9_+-]*$/.test(part) && !/^[A-Z]{4,}$/.test(part));
}

/** The usual name of the zone, however it is written. */
function zoneOf(name: string): string | undefined {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}
