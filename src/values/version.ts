import { fail } from './errors';
import { show } from './value-checks';

const FORM = /^1\.(0|[1-9][0-9]{0,2})(?:\.(?:0|[1-9][0-9]{0,3}))?$/;

/** The releases of a product that manifests can be rendered for, by their minor number: the oldest and the newest. */
export interface SupportedMinors {
  readonly oldest: number;
  readonly newest: number;
}

/**
 * The minor number of a version `1.x` or `1.x.y`.
 */
export function minorOf(where: string, text: string, { newest }: SupportedMinors): number {
  const minor = typeof text === 'string' ? FORM.exec(text)?.[1] : undefined;
  return minor === undefined ? fail(where, `expected a version, got ${show(text)}`, remedy(text, newest)) : Number(minor);
}

/**
 * The minor number of a version, which must be a supported one.
 */
export function supportedMinorOf(where: string, text: string, supported: SupportedMinors): number {
  const { oldest, newest } = supported;
  const minor = minorOf(where, text, supported);
  if (minor < oldest || minor > newest) {
    fail(where, `version ${show(text)} is outside 1.${oldest} to 1.${newest}`, `Use '1.${minor < oldest ? oldest : newest}'`);
  }
  return minor;
}

function remedy(text: unknown, newest: number): string {
  const bare = typeof text === 'string' && text.length < 20 ? text.trim().replace(/^v|[-+].*$/g, '') : '';
  // a number has lost its last zero: 1.30 is 1.3
  return FORM.test(bare) ? `Write '${bare}'` : `Write it as text, such as '1.${newest}'`;
}
