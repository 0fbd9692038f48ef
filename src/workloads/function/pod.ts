import type { FunctionDefinition } from './function-definition';
import { byKubernetes } from './function-scaling';
import { FEATURE, FUNCTION_SETTINGS } from './function-settings';
import type * as k8s from '../../../imports/k8s';
import { podSecurity } from '../../core/pod-parts';
import type { PlatformProfile } from '../../profile/platform-profile';
import type { Port } from '../../values/port';
import type { Resources } from '../../values/resources';

/** The names by which Knative knows what is spoken on a port: HTTP/1, and HTTP/2 without TLS. */
const PORT_NAMES: { readonly [name: string]: string } = { http: 'http1', grpc: 'h2c' };

/** What a revision says beside its pods. */
interface RevisionSpec {
  readonly containerConcurrency: number;
  readonly timeoutSeconds: number;
}

/**
 * The pods of a function, as far as Knative lets anybody say what they are: it refuses whatever else is in a manifest.
 *
 * The user of the process stands in the container and not in the pod, where it would need a feature flag.
 *
 * @see https://knative.dev/docs/serving/configuration/feature-flags/
 */
export function revisionSpec(pod: k8s.PodSpec, definition: FunctionDefinition, profile: PlatformProfile, port: Port): k8s.PodSpec & RevisionSpec {
  const { features } = FUNCTION_SETTINGS.of(profile);
  const has = (feature: string) => features.includes(feature);
  const { fsGroupChangePolicy: _refused, ...security } = podSecurity(profile);
  return {
    containerConcurrency: definition.concurrency,
    timeoutSeconds: definition.timeout.toSeconds(),
    serviceAccountName: pod.serviceAccountName,
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    imagePullSecrets: pod.imagePullSecrets,
    containers: pod.containers.map((container) => functionContainer(container, profile, port)),
    volumes: pod.volumes,
    ...has(FEATURE.security) ? { securityContext: security } : undefined,
    priorityClassName: pod.priorityClassName,
    nodeSelector: pod.nodeSelector,
    tolerations: pod.tolerations,
    runtimeClassName: pod.runtimeClassName,
    hostAliases: pod.hostAliases,
    dnsConfig: pod.dnsConfig,
    ...has(FEATURE.spread) ? { topologySpreadConstraints: pod.topologySpreadConstraints } : undefined,
  };
}

function functionContainer(container: k8s.Container, profile: PlatformProfile, port: Port): k8s.Container {
  const { runAsUser, runAsGroup, seccompProfile } = podSecurity(profile);
  // the queue-proxy keeps a leaving container until its calls are done, by a hook of its own
  const { lifecycle: _knatives, ...rest } = container;
  return {
    ...rest,
    ports: [{ name: PORT_NAMES[port.name], containerPort: port.number, protocol: 'TCP' }],
    livenessProbe: numbered(container.livenessProbe, port),
    readinessProbe: numbered(container.readinessProbe, port),
    startupProbe: numbered(container.startupProbe, port),
    securityContext: { ...container.securityContext, runAsUser, runAsGroup, seccompProfile },
  };
}

/** A probe by the number of its port, whose name Knative replaces. */
function numbered(probe: k8s.Probe | undefined, { number }: Port): k8s.Probe | undefined {
  return probe && {
    ...probe,
    ...probe.httpGet ? { httpGet: { ...probe.httpGet, port: number } } : undefined,
    ...probe.tcpSocket ? { tcpSocket: { ...probe.tcpSocket, port: number } } : undefined,
  };
}

/** The annotations of a revision: how it is scaled, and what the queue-proxy may use. */
export function revisionAnnotations({ scaling, queueProxy }: FunctionDefinition): { [name: string]: string } {
  const kubernetes = byKubernetes(scaling);
  const { target, window, scaleDownDelay } = scaling;
  const own = Object.entries({
    'class': `${kubernetes ? 'hpa' : 'kpa'}.autoscaling.knative.dev`,
    'min-scale': scaling.min,
    'max-scale': scaling.max,
    'initial-scale': scaling.initial,
    'metric': scaling.metric,
    'target': target,
    'window': `${window.toSeconds()}s`,
    // a HorizontalPodAutoscaler has neither
    'target-utilization-percentage': kubernetes ? undefined : scaling.utilizationPercent,
    'scale-down-delay': kubernetes ? undefined : `${scaleDownDelay.toSeconds()}s`,
  }).flatMap(([name, value]) => value === undefined ? [] : [[`autoscaling.knative.dev/${name}`, String(value)]]);
  return { ...Object.fromEntries(own), ...queueProxyAnnotations(queueProxy) };
}

function queueProxyAnnotations(resources: Resources): { [name: string]: string } {
  const { requests, limits } = resources._toKube();
  const amounts = (bound: string, quantities: { [resource: string]: string } = {}) =>
    Object.entries(quantities).map(([resource, amount]) => [`queue.sidecar.serving.knative.dev/${resource}-resource-${bound}`, amount]);
  return Object.fromEntries([...amounts('request', requests), ...amounts('limit', limits)]);
}
