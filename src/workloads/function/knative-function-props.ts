import type { FunctionOptions } from './function-settings';
import type { FunctionTraffic } from './function-traffic';
import type { WorkloadProps } from '../workload-props';

/**
 * Properties for `KnativeFunction`. All are optional: what is left out comes from the platform profile in force.
 *
 * The label `type` is `functions.serviceType` of that profile, if nothing else is said. Knative gives its pods no token of the API server, so
 * `apiAccess` is refused, and so are `sidecars` and `initContainers`; `storage` needs two feature flags of the installation.
 */
export interface KnativeFunctionProps extends WorkloadProps, FunctionOptions {
  /**
   * The name of this revision, which becomes `<function>-<revision>`: a DNS label. With a name, Knative refuses every other change of the
   * function until the name changes too.
   *
   * @default - a number that Knative chooses, such as `00003`
   */
  readonly revision?: string;

  /**
   * Which share of the calls goes to which revision. The shares add up to 100.
   *
   * @default - all of them to the newest revision
   */
  readonly traffic?: FunctionTraffic[];
}
