import { Duration } from 'cdk8s';
import { Mesh } from './mesh';
import { section } from '../profile/section';
import { Stage } from '../profile/stage';
import { type ResourceAmounts, Resources } from '../values/resources';
import { type Place, wholeNumber, wholeSeconds } from '../values/value-checks';

/**
 * When a mesh takes a pod out of those that it sends requests to.
 *
 * Istio applies all of it. Linkerd applies `consecutiveErrors` and `ejection`, and tries the pod again by itself. Cilium and calls between Dapr
 * sidecars have none.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/#OutlierDetection
 * @see https://linkerd.io/2/reference/circuit-breaking/
 */
export interface CircuitBreakerSettings {
  /** How many errors in a row, such as answers 500 to 599, take a pod out. At least 1. */
  readonly consecutiveErrors?: number;
  /** How often errors are looked at. At least one second. */
  readonly interval?: Duration;
  /** For how long a pod is out, the first time. At least one second. */
  readonly ejection?: Duration;
  /** The most of a service's pods that may be out at a time, in percent: 1 to 100. */
  readonly maxEjectedPercent?: number;
}

function checkCircuitBreaker(where: Place, settings: Required<CircuitBreakerSettings>): void {
  wholeNumber(where, settings.consecutiveErrors, 1, undefined, 'circuitBreaker.consecutiveErrors');
  wholeNumber(where, settings.maxEjectedPercent, 1, 100, 'circuitBreaker.maxEjectedPercent');
  wholeSeconds(where, 'circuitBreaker.interval', settings.interval, 1);
  wholeSeconds(where, 'circuitBreaker.ejection', settings.ejection, 1);
}

/** The service mesh. */
export const MESH_SETTING = section<Mesh>('mesh', () => Mesh.none());

/** Processors and memory of the proxy that a mesh puts beside a service. */
export const MESH_PROXY_SETTINGS = section<ResourceAmounts>('meshProxy', () => ({ cpuRequest: '100m', cpuLimit: '300m', memoryRequest: '128Mi', memoryLimit: '256Mi' }), {
  check: (where, amounts) => Resources._partial(where, amounts),
});

/** When a mesh takes a failing pod out of those that it sends requests to. */
export const CIRCUIT_BREAKER_SETTINGS = section<Required<CircuitBreakerSettings>>('circuitBreaker', () => ({ consecutiveErrors: 5, interval: Duration.seconds(10), ejection: Duration.seconds(30), maxEjectedPercent: 50 }), { check: checkCircuitBreaker });

/** Whether a `FaultRehearsal` may be defined: it lets real requests fail. */
export const FAULT_REHEARSALS_SETTING = section<boolean>('faultRehearsals', () => false, {
  stages: { [Stage.DEVELOPMENT]: true, [Stage.STAGING]: true },
});
