import { Duration } from 'cdk8s';
import type { Construct } from 'constructs';
import { section } from '../profile/section';
import { Image } from '../values/image';
import { PINS } from '../values/image-pins';
import { Port } from '../values/port';
import type { ResourceAmounts } from '../values/resources';
import { Resources } from '../values/resources';
import { plainText, wholeNumber, wholeSeconds } from '../values/value-checks';

/**
 * Envoy in front of an application, or between it and a store.
 *
 * @see https://www.envoyproxy.io/docs/envoy/latest/
 */
export interface AmbassadorSettings {
  /** The image of Envoy, which must have `envoy` on its path and run as nobody. */
  readonly image?: Image;
  /** The port on which TLS is taken in place of the application's first port. */
  readonly tlsPort?: Port;
  /** The port on which Envoy tells whether it is ready, and its metrics. */
  readonly statusPort?: Port;
  /** Processors, memory and disk of the container. */
  readonly resources?: ResourceAmounts;
  /** How many threads take connections: 1 or more. */
  readonly concurrency?: number;
  /** The most connections that are open at a time, beyond which new ones are closed: 1 or more. */
  readonly maxConnections?: number;
  /** How long Envoy tries to connect, to the application or to the store. */
  readonly connectTimeout?: Duration;
  /** How long an answer of a store may take. */
  readonly operationTimeout?: Duration;
  /** How long it may take until the configuration and the certificate are read and Envoy listens. */
  readonly startTimeout?: Duration;
  /** How often Envoy is asked whether it is ready. */
  readonly probeInterval?: Duration;
}

/**
 * The containers of a pod beside the application: sidecars, adapters, ambassadors and init containers. What is said of Dapr's own sidecar
 * is `sidecar`.
 */
export interface ContainerSettings {
  /** Processors, memory and disk of a container that says nothing itself. */
  readonly resources?: ResourceAmounts;
  /** How long a container may take to end after SIGTERM that says nothing itself. */
  readonly drain?: Duration;
  /** How metrics are asked for where an adapter says nothing itself: the path of the endpoint. */
  readonly metricsPath?: string;
  /** Envoy as an ambassador. */
  readonly ambassador?: AmbassadorSettings;
}

/** The settings with every value in place. */
export type ContainerValues = Required<ContainerSettings> & { readonly ambassador: Required<AmbassadorSettings> };

/** Fails on values that no container could have. */
export function checkContainers(where: Construct | string, { resources, drain, metricsPath, ambassador }: ContainerValues): void {
  Resources._partial(where, resources);
  Resources._partial(where, ambassador.resources);
  wholeSeconds(where, 'containers.drain', drain, 0);
  plainText(where, 'containers.metricsPath', metricsPath);
  wholeNumber(where, ambassador.concurrency, 1, undefined, 'containers.ambassador.concurrency');
  wholeNumber(where, ambassador.maxConnections, 1, undefined, 'containers.ambassador.maxConnections');
  for (const field of ['connectTimeout', 'operationTimeout', 'startTimeout', 'probeInterval'] as const) {
    wholeSeconds(where, `containers.ambassador.${field}`, ambassador[field], 1);
  }
}

/** Containers beside the application. */
export const CONTAINER_SETTINGS = section<ContainerValues>('containers', () => ({
  resources: {
    cpuRequest: '50m',
    cpuLimit: '100m',
    memoryRequest: '64Mi',
    memoryLimit: '128Mi',
    ephemeralStorageRequest: '64Mi',
    ephemeralStorageLimit: '256Mi',
  },
  drain: Duration.seconds(5),
  metricsPath: '/metrics',
  ambassador: {
    image: PINS.envoy.image,
    tlsPort: Port.https(8443),
    statusPort: Port.of('envoy-status', 9902),
    resources: {
      cpuRequest: '100m',
      cpuLimit: '200m',
      memoryRequest: '64Mi',
      memoryLimit: '128Mi',
      ephemeralStorageRequest: '64Mi',
      ephemeralStorageLimit: '256Mi',
    },
    concurrency: 1,
    maxConnections: 10_000,
    connectTimeout: Duration.seconds(5),
    operationTimeout: Duration.seconds(5),
    startTimeout: Duration.seconds(60),
    probeInterval: Duration.seconds(10),
  },
}), { check: checkContainers });
