import { Duration } from 'cdk8s';
import type { Construct } from 'constructs';
import type { FunctionScaling } from './function-scaling';
import { checkFunctionScaling } from './function-scaling';
import { FunctionVisibility } from './function-visibility';
import { checkEventing } from '../../messaging/eventing-settings';
import type { EventingSettings } from '../../messaging/eventing-settings';
import { section } from '../../profile/section';
import { fail } from '../../values/errors';
import { checkLabels } from '../../values/labels';
import { oneOf } from '../../values/one-of';
import { Port } from '../../values/port';
import { QUEUE_PROXY, SERVING_RESERVED } from '../../values/ports';
import { Probe } from '../../values/probe';
import type { ProbeSettings } from '../../values/probe-settings';
import { Resources } from '../../values/resources';
import type { ResourceAmounts } from '../../values/resources';
import { portNumber, wholeNumber, wholeSeconds } from '../../values/value-checks';

/**
 * How Knative Serving runs and calls a function.
 */
export interface FunctionOptions {
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

/**
 * Functions: what Knative Serving runs while there are calls.
 *
 * @see https://knative.dev/docs/serving/
 */
export interface FunctionSettings extends FunctionOptions {
  /** What kind of service a function is that says nothing: the value of the label `type`. */
  readonly serviceType?: string;
  /** What `max-revision-timeout-seconds` is in the ConfigMap `config-defaults` of the installation. */
  readonly longestTimeout?: Duration;
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

/** The settings with all of them in place. */
export type FunctionValues = Required<FunctionSettings> & {
  readonly scaling: Required<FunctionScaling>;
  readonly queueProxy: Required<ResourceAmounts>;
  readonly probes: ProbeSettings;
  readonly eventing: Required<EventingSettings>;
};

/**
 * The names that `config-features` has for what pods of this library have. The wish to share no node is not among them: Knative adds its own.
 *
 * @see https://knative.dev/docs/serving/configuration/feature-flags/
 */
export const FEATURE = {
  claims: 'kubernetes.podspec-persistent-volume-claim',
  claimWrites: 'kubernetes.podspec-persistent-volume-write',
  priority: 'kubernetes.podspec-priorityclassname',
  security: 'kubernetes.podspec-securitycontext',
  spread: 'kubernetes.podspec-topologyspreadconstraints',
  csi: 'kubernetes.podspec-volumes-csi',
  nodeSelector: 'kubernetes.podspec-nodeselector',
  tolerations: 'kubernetes.podspec-tolerations',
  runtimeClass: 'kubernetes.podspec-runtimeclassname',
  hostAliases: 'kubernetes.podspec-hostaliases',
  dnsConfig: 'kubernetes.podspec-dnsconfig',
} as const;

/** What Knative itself allows, if its ConfigMaps say nothing else. */
const MOST_CONCURRENCY = 1000;

/** How many calls a pod takes at a time. */
export function checkConcurrency(where: Construct | string, concurrency: number, what: string): number {
  return wholeNumber(where, concurrency, 0, MOST_CONCURRENCY, what);
}

/** Fails where no function could run as it is said. */
function checkFunctions(where: Construct | string, functions: FunctionValues): void {
  checkLabels(where, { type: functions.serviceType });
  checkFunctionScaling(where, 'functions.scaling', functions.scaling);
  checkConcurrency(where, functions.concurrency, 'functions.concurrency');
  wholeSeconds(where, 'functions.longestTimeout', functions.longestTimeout, 1);
  wholeSeconds(where, 'functions.timeout', functions.timeout, 1, functions.longestTimeout.toSeconds());
  wholeSeconds(where, 'functions.sidecarReadinessDelay', functions.sidecarReadinessDelay, 0);
  functions.features.forEach((feature) => oneOf(where, 'functions.features', feature, Object.values(FEATURE)));
  functions.gatewayPorts.forEach((port) => portNumber(where, port));
  if (functions.gatewayPorts.length === 0) {
    fail(where, 'functions.gatewayPorts is an empty list, so no function could be called', 'Name the port, such as 8081');
  }
  checkFunctionPort(where, functions.port);
  portNumber(where, functions.sidecarMetricsPort);
  if (reserved(functions.sidecarMetricsPort)) {
    fail(where, `functions.sidecarMetricsPort ${functions.sidecarMetricsPort} is Knative's own, and a pod has each port once`, `Use a port other than ${RESERVED.join(', ')}`);
  }
  Resources._partial(where, functions.queueProxy);
  checkEventing(where, functions.eventing);
}

const RESERVED: readonly number[] = [...new Set([...Object.values(QUEUE_PROXY), ...SERVING_RESERVED])].sort((a, b) => a - b);

function reserved(port: number): boolean {
  return RESERVED.includes(port);
}

/** Fails on a port that a function cannot listen on. */
export function checkFunctionPort(where: Construct | string, port: Port): Port {
  if (port.name !== 'http' && port.name !== 'grpc') {
    fail(where, `the port '${port.name}' is neither http nor grpc, and Knative passes on nothing else`, 'Use Port.http(...) or Port.grpc(...)');
  }
  port._checkUnmapped(where, 'and the Service that Knative makes always has port 80');
  if (reserved(port.number)) {
    fail(where, `port '${port.name}' ${port.number} is Knative's own, and a pod has each port once`, `Use a port other than ${RESERVED.join(', ')}`);
  }
  return port;
}

/** Functions that Knative runs while there are calls. */
export const FUNCTION_SETTINGS = section<FunctionValues>('functions', () => ({
  serviceType: 'function',
  scaling: {
    min: 0,
    max: 10,
    initial: 1,
    metric: 'concurrency',
    target: 100,
    utilizationPercent: 70,
    window: Duration.seconds(60),
    scaleDownDelay: Duration.seconds(0),
  },
  concurrency: 0,
  timeout: Duration.seconds(300),
  longestTimeout: Duration.seconds(600),
  visibility: FunctionVisibility.CLUSTER_LOCAL,
  port: Port.http(8080),
  probes: {
    liveness: Probe.httpGet('/health/live', {
      initialDelay: Duration.seconds(10), period: Duration.seconds(10), timeout: Duration.seconds(2), failureThreshold: 3,
    }),
    // without a period, so that a call that waits for the first pod waits no longer than that pod needs
    readiness: Probe.httpGet('/health/ready'),
    startup: undefined,
  },
  queueProxy: {
    cpuRequest: '25m',
    cpuLimit: '100m',
    memoryRequest: '64Mi',
    memoryLimit: '128Mi',
    ephemeralStorageRequest: '64Mi',
    ephemeralStorageLimit: '64Mi',
  },
  sidecarReadinessDelay: Duration.seconds(1),
  sidecarMetricsPort: 9099,
  features: [],
  // of Kourier, and of Istio as Knative installs it
  gatewayPorts: [8081],
  eventing: {
    brokerClass: 'MTChannelBasedBroker',
    brokerConfig: 'config-br-default-channel',
    namespace: 'knative-eventing',
    ingressService: 'broker-ingress',
    ingressPort: 8080,
    retries: 5,
    backoff: 'exponential',
    backoffDelay: Duration.seconds(1),
  },
}), { check: checkFunctions });
