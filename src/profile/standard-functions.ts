import { Duration } from 'cdk8s';
import { Port } from '../values/port';
import { Probe } from '../values/probe';
import type { FunctionValues } from '../workloads/function/function-checks';
import { FunctionVisibility } from '../workloads/function/function-visibility';

/**
 * The defaults of functions: a part of the standard profile.
 */
export function standardFunctions(): FunctionValues {
  return {
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
  };
}
