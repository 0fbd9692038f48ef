import type { Construct } from 'constructs';
import type { FunctionScaling } from './function-scaling';
import { checkFunctionScaling } from './function-scaling';
import type { FunctionSettings } from './function-settings';
import { checkEventing } from '../../messaging/eventing-settings';
import type { EventingSettings } from '../../messaging/eventing-settings';
import { fail } from '../../values/errors';
import { checkLabels } from '../../values/labels';
import { oneOf } from '../../values/one-of';
import type { Port } from '../../values/port';
import { QUEUE_PROXY, SERVING_RESERVED } from '../../values/ports';
import type { ProbeSettings } from '../../values/profile-settings';
import { Resources } from '../../values/resources';
import type { ResourceAmounts } from '../../values/resources';
import { portNumber, wholeNumber, wholeSeconds } from '../../values/value-checks';

/** The settings with all of them in place. */
export interface FunctionValues extends Required<FunctionSettings> {
  readonly scaling: Required<FunctionScaling>;
  readonly queueProxy: Required<ResourceAmounts>;
  readonly probes: ProbeSettings;
  readonly eventing: Required<EventingSettings>;
}

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
} as const;

/** What Knative itself allows, if its ConfigMaps say nothing else. */
const MOST_CONCURRENCY = 1000;

/** How many calls a pod takes at a time. */
export function checkConcurrency(where: Construct | string, concurrency: number, what: string): number {
  return wholeNumber(where, concurrency, 0, MOST_CONCURRENCY, what);
}

/** Fails where no function could run as it is said. */
export function checkFunctions(where: Construct | string, functions: FunctionValues): void {
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
  if (reserved(port.number)) {
    fail(where, `port '${port.name}' ${port.number} is Knative's own, and a pod has each port once`, `Use a port other than ${RESERVED.join(', ')}`);
  }
  return port;
}
