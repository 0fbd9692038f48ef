import type { Construct } from 'constructs';
import type { WorkloadProps } from './workload-props';
import { fail } from '../values/errors';

/** The names of the variables that a workload has by its own settings. */
export function variableNames({ env, config, secretEnv }: Pick<WorkloadProps, 'env' | 'config' | 'secretEnv'>): string[] {
  return [env, config, secretEnv].flatMap((variables) => Object.keys(variables ?? {}));
}

/**
 * Fails where a setting has the name of a variable that pods are given anyway: one of the two would be lost.
 *
 * @param purpose what the variables are for: `by which a leaf knows which it is`
 */
export function refuseVariables(where: Construct, given: readonly string[], own: Pick<WorkloadProps, 'env' | 'config' | 'secretEnv'>, purpose: string): void {
  const names = variableNames(own);
  const taken = given.find((name) => names.includes(name));
  if (taken !== undefined) {
    fail(where, `has '${taken}' among its own settings, ${purpose}`, 'Give the setting another name');
  }
}
