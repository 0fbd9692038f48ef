import type { FunctionDefinition } from './function-definition';
import { byKubernetes } from './function-scaling';
import { FEATURE, FUNCTION_SETTINGS } from './function-settings';
import type * as k8s from '../../../imports/k8s';
import { CHECKSUM, checksum, podSecurity } from '../../core/pod-parts';
import type { Port } from '../../values/port';
import type { Resources } from '../../values/resources';
import { podTemplate } from '../pod-template';
import type { PodDefinition } from '../pod-template';

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
export function revisionSpec(definition: FunctionDefinition, pod: PodDefinition): k8s.PodSpec & RevisionSpec {
  const { liveness, readiness = liveness, startup = liveness } = pod.probes;
  // each of them is said, so that none of the profile's is asked of a port that the function has not
  const { spec } = podTemplate({ ...pod, probes: { liveness, readiness, startup } });
  const { profile } = pod;
  const { features } = FUNCTION_SETTINGS.of(profile);
  const has = (feature: string) => features.includes(feature);
  const { fsGroupChangePolicy: _refused, ...security } = podSecurity(profile);
  return {
    containerConcurrency: definition.concurrency,
    timeoutSeconds: definition.timeout.toSeconds(),
    serviceAccountName: spec!.serviceAccountName,
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    imagePullSecrets: spec!.imagePullSecrets,
    containers: spec!.containers.map((container) => functionContainer(container, pod)),
    volumes: spec!.volumes,
    ...has(FEATURE.security) ? { securityContext: security } : undefined,
    ...has(FEATURE.priority) ? { priorityClassName: spec!.priorityClassName } : undefined,
    ...has(FEATURE.spread) ? { topologySpreadConstraints: spec!.topologySpreadConstraints } : undefined,
  };
}

function functionContainer(container: k8s.Container, pod: PodDefinition): k8s.Container {
  const [port] = pod.ports;
  const { runAsUser, runAsGroup, seccompProfile } = podSecurity(pod.profile);
  // the queue-proxy keeps a leaving container until its calls are done, by a hook of its own
  const { lifecycle: _knatives, livenessProbe: _liveness, readinessProbe: _readiness, startupProbe: _startup, ...rest } = container;
  const probe = (kind: 'liveness' | 'readiness' | 'startup') => numbered(pod.probes[kind]?._toKube(pod.ports, pod.service), port);
  return {
    ...rest,
    ports: [{ name: PORT_NAMES[port.name], containerPort: port.number, protocol: 'TCP' }],
    livenessProbe: probe('liveness'),
    readinessProbe: probe('readiness'),
    startupProbe: probe('startup'),
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
export function revisionAnnotations({ scaling, queueProxy, settings }: FunctionDefinition): { [name: string]: string } {
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
  return {
    ...Object.fromEntries(own),
    ...queueProxyAnnotations(queueProxy),
    ...Object.keys(settings.config).length > 0 ? { [CHECKSUM]: checksum(settings.config) } : {},
  };
}

function queueProxyAnnotations(resources: Resources): { [name: string]: string } {
  const { requests, limits } = resources._toKube();
  const amounts = (bound: string, quantities: { [resource: string]: string } = {}) =>
    Object.entries(quantities).map(([resource, amount]) => [`queue.sidecar.serving.knative.dev/${resource}-resource-${bound}`, amount]);
  return Object.fromEntries([...amounts('request', requests), ...amounts('limit', limits)]);
}
