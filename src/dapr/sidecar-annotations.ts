import type { Duration } from 'cdk8s';
import type { SidecarSettings, SidecarValues } from './dapr-settings';
import type { TunedSidecarOptions } from './tuned-sidecar';
import type { DaprOptions } from '../values/dapr-options';
import type { ProbeTiming } from '../values/probe-timing';
import type { SecretReference } from '../values/secret-reference';

/** All settings of a sidecar: those of the service and those of the profile. */
export type Sidecar = TunedSidecarOptions & Omit<SidecarSettings, keyof DaprOptions> & Pick<SidecarValues, 'appProtocol'>;

/** What becomes of an annotation of the injector. */
export interface SidecarAnnotation {
  /** The setting that it renders. */
  readonly setting?: keyof Sidecar;
  /** Its text; undefined if there is none. */
  readonly text?: (value: any) => string | undefined;
  /** The first version of Dapr that reads it; the oldest supported one if undefined. */
  readonly since?: string;
  /** What decides about it, if no setting has it alone. */
  readonly decidedBy?: string;
  /** Why it cannot be set. */
  readonly unsupported?: string;
}

/**
 * Every annotation of the injector of Dapr, without `dapr.io/`. A test compares it with the sources of Dapr.
 *
 * @see https://github.com/dapr/dapr/blob/master/pkg/injector/annotations/annotations.go
 */
export const SIDECAR_ANNOTATIONS: { readonly [name: string]: SidecarAnnotation } = {
  'enabled': { decidedBy: 'Dapr.sidecar and Dapr.none' },
  'app-id': { decidedBy: 'appId, or else the name of the service' },
  'app-port': { decidedBy: 'appPort, or else the ports of the service' },
  'app-protocol': { decidedBy: 'appProtocol, where the service has a port' },
  'app-max-concurrency': { decidedBy: 'maxConcurrency, where the service has a port' },
  'app-channel-address': { setting: 'appChannelAddress' },
  'app-ssl': { unsupported: 'Dapr deprecates it: appProtocol has https and grpcs' },
  'app-token-secret': { setting: 'appToken', text: nameOf },
  'api-token-secret': { setting: 'apiToken', text: nameOf },
  'config': { decidedBy: 'the Configuration of the service or of its namespace' },
  'log-level': { setting: 'logLevel' },
  'log-as-json': { setting: 'logAsJson' },
  'enable-api-logging': { setting: 'apiLogging' },
  'enable-profiling': { setting: 'profiling' },
  'enable-metrics': { unsupported: 'it only removes the annotations for Prometheus; the Configuration decides about metrics' },
  'metrics-port': { decidedBy: 'the library, whose policies and meshes name 9090, and functions.sidecarMetricsPort' },
  'enable-debug': { setting: 'debugPort', text: () => 'true' },
  'debug-port': { setting: 'debugPort' },
  'env': { decidedBy: 'env, and memoryTargetPercent of the memory limit as GOMEMLIMIT' },
  'env-from-secret': { setting: 'secretEnv', text: pairs('='), since: '1.15' },
  'grpc-port': { setting: 'grpcPort', since: '1.15' },
  'internal-grpc-port': { since: '1.15', unsupported: 'a sidecar calls others at its own port, so all have 50002, which policies and meshes name' },
  'sidecar-cpu-request': { decidedBy: 'resources' },
  'sidecar-cpu-limit': { decidedBy: 'resources' },
  'sidecar-memory-request': { decidedBy: 'resources' },
  'sidecar-memory-limit': { decidedBy: 'resources' },
  'sidecar-listen-addresses': { setting: 'listenAddresses', text: list },
  ...probe('liveness', 'liveness'),
  ...probe('readiness', 'readiness'),
  'sidecar-image': { setting: 'image' },
  'sidecar-seccomp-profile-type': { decidedBy: 'the library, because Pod Security restricted requires RuntimeDefault' },
  'http-max-request-size': { unsupported: 'Dapr replaces it by max-body-size: maxBodySize' },
  'max-body-size': { setting: 'maxBodySize' },
  'http-read-buffer-size': { unsupported: 'Dapr replaces it by read-buffer-size: readBufferSize' },
  'read-buffer-size': { setting: 'readBufferSize' },
  'graceful-shutdown-seconds': { decidedBy: 'rollout.sidecarDrain of the profile, which the grace period of the pod contains' },
  'block-shutdown-duration': { decidedBy: 'blockShutdown, or else the time of the application; no native sidecar has it' },
  'unix-domain-socket-path': { setting: 'unixDomainSocket' },
  'volume-mounts': { setting: 'volumeMounts', text: pairs(':') },
  'volume-mounts-rw': { setting: 'writableVolumeMounts', text: pairs(':') },
  'disable-builtin-k8s-secret-store': { decidedBy: 'the library: the sidecar needs no token of the API server' },
  'enable-app-health-check': { decidedBy: 'the health of the application, where the service has a port' },
  'app-health-check-path': { decidedBy: 'the health of the application' },
  'app-health-probe-interval': { decidedBy: 'the health of the application' },
  'app-health-probe-timeout': { decidedBy: 'the health of the application' },
  'app-health-threshold': { decidedBy: 'the health of the application' },
  'placement-host-address': { setting: 'placementAddresses', text: list },
  'actors-disseminate-timeout': { setting: 'actorsDisseminateTimeout', text: (timeout: Duration) => `${timeout.toSeconds()}s`, since: '1.18' },
  'scheduler-host-address': { setting: 'schedulerAddresses', text: list },
  'pluggable-components': { setting: 'pluggableComponents', text: list },
  'pluggable-components-sockets-folder': { setting: 'pluggableComponentsFolder' },
  'component-container': { unsupported: 'the injector reads it in a Component, not in a pod' },
  'inject-pluggable-components': { unsupported: 'the containers that it adds have no resources, and restricted namespaces reject them: pluggableComponents names containers of the pod' },
  'sentry-request-jwt-audiences': { setting: 'jwtAudiences', text: list, since: '1.16' },
  'sidecar-svc-annotations': { setting: 'serviceAnnotations', text: pairs('='), since: '1.17' },
  'disable-init-endpoints': { setting: 'disabledInitEndpoints', text: list, since: '1.17' },
  'enable-native-sidecar': { decidedBy: 'the versions of Dapr and Kubernetes', since: '1.18' },
};

/** The annotations of settings that are set, by their names without `dapr.io/`. */
export function annotationsOf(sidecar: Sidecar): { [name: string]: string | undefined } {
  return Object.fromEntries(Object.entries(SIDECAR_ANNOTATIONS).flatMap(([name, { setting, text = String }]) => {
    const value = setting && sidecar[setting];
    return value === undefined ? [] : [[name, text(value)]];
  }));
}

/** The names of the environment variables and volumes, each with its value: sorted, and undefined if there are none. */
export function pairs(separator: string): (values: { readonly [name: string]: unknown }) => string | undefined {
  return (values) => {
    const entries = Object.entries(values).map(([name, value]) => `${name}${separator}${reference(value)}`).sort();
    return entries.length === 0 ? undefined : entries.join(',');
  };
}

/** A key of a Secret, as the injector reads it. */
function reference(value: unknown): string {
  const { name, key } = value as SecretReference;
  return typeof value === 'string' ? value : `${name}:${key}`;
}

function nameOf({ name }: SecretReference): string {
  return name;
}

function list(entries: readonly string[]): string {
  return entries.join(',');
}

function probe(name: string, setting: 'readiness' | 'liveness'): { readonly [name: string]: SidecarAnnotation } {
  const seconds = (duration: Duration | undefined) => duration && String(duration.toSeconds());
  return {
    [`sidecar-${name}-probe-delay-seconds`]: { setting, text: ({ initialDelay }: ProbeTiming) => seconds(initialDelay) },
    [`sidecar-${name}-probe-timeout-seconds`]: { setting, text: ({ timeout }: ProbeTiming) => seconds(timeout) },
    [`sidecar-${name}-probe-period-seconds`]: { setting, text: ({ period }: ProbeTiming) => seconds(period) },
    [`sidecar-${name}-probe-threshold`]: { setting, text: ({ failureThreshold }: ProbeTiming) => failureThreshold === undefined ? undefined : String(failureThreshold) },
  };
}
