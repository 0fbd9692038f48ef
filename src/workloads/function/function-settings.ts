import type { Duration } from 'cdk8s';
import type { FunctionScaling } from './function-scaling';
import type { FunctionVisibility } from './function-visibility';
import type { EventingSettings } from '../../messaging/eventing-settings';
import type { Port } from '../../values/port';
import type { ProbeSettings } from '../../values/profile-settings';
import type { ResourceAmounts } from '../../values/resources';

/**
 * Functions: what Knative Serving runs while there are calls.
 *
 * @see https://knative.dev/docs/serving/
 */
export interface FunctionSettings {
  /** What kind of service a function is that says nothing: the value of the label `type`. */
  readonly serviceType?: string;
  /** How many pods of a function run. */
  readonly scaling?: FunctionScaling;
  /** How many calls a pod takes at a time: 1 to 1000, or 0 for any number. */
  readonly concurrency?: number;
  /** How long a call may take, and a pod to leave: 1 whole second to `longestTimeout`. */
  readonly timeout?: Duration;
  /** What `max-revision-timeout-seconds` is in the ConfigMap `config-defaults` of the installation. */
  readonly longestTimeout?: Duration;
  /** From where functions can be called. */
  readonly visibility?: FunctionVisibility;
  /** The port that a function listens on, `http` or `grpc`. */
  readonly port?: Port;
  /** How functions are asked for their health. A readiness probe without a period is sent many times a second while a pod starts. */
  readonly probes?: ProbeSettings;
  /** Processors, memory and disk of the queue-proxy, which Knative puts beside every function. */
  readonly queueProxy?: ResourceAmounts;
  /** How long the kubelet waits before it first asks the Dapr sidecar of a function for readiness. */
  readonly sidecarReadinessDelay?: Duration;
  /** Where the Dapr sidecar of a function has its metrics: its usual port is the queue-proxy's. */
  readonly sidecarMetricsPort?: number;
  /** What the ConfigMap `config-features` of the installation allows to pods beyond the usual, such as `kubernetes.podspec-priorityclassname`. */
  readonly features?: string[];
  /** The ports of the gateway's pods at which calls from inside of the cluster arrive. */
  readonly gatewayPorts?: number[];
  /** The brokers that wake functions by events. */
  readonly eventing?: EventingSettings;
}
