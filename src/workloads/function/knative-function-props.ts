import type { Duration } from 'cdk8s';
import type { FunctionScaling } from './function-scaling';
import type { FunctionTraffic } from './function-traffic';
import type { FunctionVisibility } from './function-visibility';
import type { Port } from '../../values/port';
import type { ProbeSettings } from '../../values/probe-settings';
import type { ResourceAmounts } from '../../values/resources';
import type { WorkloadProps } from '../workload-props';

/**
 * Properties for `KnativeFunction`. All are optional: what is left out comes from the platform profile in force.
 *
 * The label `type` is `functions.serviceType` of that profile, if nothing else is said. Knative gives its pods no token of the API server, so
 * `apiAccess` is refused, and so are `sidecars` and `initContainers`; `storage` needs two feature flags of the installation.
 */
export interface KnativeFunctionProps extends WorkloadProps {
  /**
   * How many pods run, and by what that is decided.
   *
   * @default - the profile's `functions.scaling`
   */
  readonly scaling?: FunctionScaling;

  /**
   * How many calls a pod takes at a time: 1 to 1000, or 0 for any number. What comes beyond waits for another pod.
   *
   * @default - the profile's `functions.concurrency` (0)
   */
  readonly concurrency?: number;

  /**
   * How long a call may take, and a leaving pod to finish its calls: 1 whole second to `functions.longestTimeout`.
   *
   * @default - the profile's `functions.timeout` (300 s)
   */
  readonly timeout?: Duration;

  /**
   * From where it can be called.
   *
   * @default - the profile's `functions.visibility` (cluster-local)
   */
  readonly visibility?: FunctionVisibility;

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

  /**
   * The one port that the container listens on: `Port.http(...)` or `Port.grpc(...)`. Its number is also in the variable `PORT`.
   *
   * @default - the profile's `functions.port` (http 8080)
   */
  readonly port?: Port;

  /**
   * How the container is asked for its health.
   *
   * @default - the profile's `functions.probes`
   */
  readonly probes?: ProbeSettings;

  /**
   * Processors, memory and disk of the queue-proxy, which Knative puts beside the container.
   *
   * @default - the profile's `functions.queueProxy`
   */
  readonly queueProxy?: ResourceAmounts;
}
