import type { Construct } from 'constructs';
import { fail } from '../values/errors';

/**
 * Fails where a setting has the name of a variable that pods are given anyway: one of the two would be lost.
 *
 * @param settings what was said of variables, each by its names
 * @param purpose what the variables are for: `by which a leaf knows which it is`
 */
export function refuseGiven(where: Construct, given: readonly string[], settings: readonly (object | undefined)[], purpose: string): void {
  const taken = given.find((name) => settings.some((own) => own !== undefined && Object.hasOwn(own, name)));
  if (taken !== undefined) {
    fail(where, `has '${taken}' among its own settings, ${purpose}`, 'Give the setting another name');
  }
}
