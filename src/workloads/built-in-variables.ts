import type { Construct } from 'constructs';
import type { WorkloadProps } from './workload-props';
import type { CallOptions } from '../core/connection-options';
import type { ServiceReference } from '../core/service-reference';
import { fail } from '../values/errors';

/** The names of the variables that a workload has by its own settings. */
function variableNames({ env, config, secretEnv }: Pick<WorkloadProps, 'env' | 'config' | 'secretEnv'>): string[] {
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

/** The variables by which an application finds its Dapr sidecar. */
const INJECTED_VARIABLES = ['DAPR_HTTP_PORT', 'DAPR_GRPC_PORT'];

/**
 * The source of each environment variable of a workload. Kubernetes uses one of two variables with the same name, or rejects the pod.
 */
export class VariableSources {
  private readonly sources = new Map([['APP_ENV', 'the environment'], ['LOG_LEVEL', 'logLevel']]);
  private readonly calls = new Map<string, string>();

  constructor(private readonly workload: Construct, dapr: boolean) {
    if (dapr) {
      INJECTED_VARIABLES.forEach((name) => this.sources.set(name, "Dapr's injector"));
    }
  }

  /** Records the source of a variable. Fails if it has another one. */
  public set(name: string, source: string): void {
    const conflict = this.conflict(name, source);
    if (conflict) {
      fail(this.workload, ...conflict);
    }
    this.sources.set(name, source);
  }

  /** Records the variable of a call, in place of the variable of an earlier statement about the same call. */
  public setForCall(callee: ServiceReference, { as: variable, direct }: CallOptions): void {
    const call = `calls('${callee}'${direct ? ', { direct: true }' : ''})`;
    const earlier = this.calls.get(call);
    if (earlier !== undefined) {
      this.sources.delete(earlier);
      this.calls.delete(call);
    }
    if (variable !== undefined) {
      this.set(variable, call);
      this.calls.set(call, variable);
    }
  }

  /** Problem and remedy, if a variable has a source other than this one. */
  public conflict(name: string, source: string): [string, string] | undefined {
    const other = this.sources.get(name);
    return other === undefined ? undefined
      : [`the variable '${name}' has two sources: ${other} and ${source}`, name === 'LOG_LEVEL' ? 'Set logLevel instead' : 'Remove one of them'];
  }
}
