import { joined } from './object-metadata';
import { podVolumes } from './pod-volumes';
import { ROLLOUT_SETTINGS } from './rollout-settings';
import { SPREAD_SETTINGS } from './spread-settings';
import type { WorkloadPod } from './workload-pod';
import type { WorkloadSettings } from './workload-settings';
import type * as k8s from '../../imports/k8s';
import { renderContainers } from '../containers/rendering';
import {
  antiAffinity, CHECKSUM, checkMounts, checksum, checkVolumeNames, containerSecurity, podSecurity, pullSecrets, variables,
} from '../core/pod-parts';
import { renderProbes } from '../core/pod-probes';
import { priorityClassOf } from '../core/priority-class';
import { versionLabelsOf } from '../core/scale-target';
import { tokenVariables } from '../dapr/decided-sidecar';
import type { PlatformProfile } from '../profile/platform-profile';
import { fail } from '../values/errors';
import type { Port } from '../values/port';
import { shared } from '../values/shared';
import { sorted } from '../values/sorted';

type PodTemplate = k8s.PodTemplateSpec;
type Container = k8s.Container;
type VolumeMount = k8s.VolumeMount;

/** The first version whose kubelet can wait by itself before it stops a container, without a shell in the image. */
const PRE_STOP_SLEEP = '1.30';

/**
 * The pod template of any workload: an application that runs as nobody on a read-only file system, and the containers beside it.
 *
 * Renders the pod at once, so that an error names the workload and not its manifest. The result adds what is known once all connections are.
 *
 * @param shape what a kind of workload changes of it
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted
 */
export function podTemplate(pod: WorkloadPod, shape = (spec: k8s.PodSpec): k8s.PodSpec => spec): () => PodTemplate {
  const { node: { construct, name, selectorLabels }, settings: { labels, config, pod: { metadata } } } = pod;
  const spec = shape(podSpec(pod));
  return () => ({
    metadata: {
      labels: joined(construct, 'label', metadata.pod.labels, { ...labels, ...selectorLabels, ...pod.podLabels }),
      // a change of its ConfigMap is a change of the pods
      annotations: unlessEmpty(joined(construct, 'annotation', metadata.pod.annotations,
        { ...pod.annotations(), ...Object.keys(config).length > 0 ? { [CHECKSUM]: checksum(config) } : {} })),
    },
    spec: withVariables(spec, name, pod.lateVariables()),
  });
}

function unlessEmpty<T extends object>(map: T): T | undefined {
  return Object.keys(map).length > 0 ? map : undefined;
}

function podSpec(pod: WorkloadPod): k8s.PodSpec {
  const { node: { construct, name, group, selectorLabels }, settings } = pod;
  const { profile } = group;
  const own = podVolumes(pod);
  const beside = renderContainers(settings.containers, (resources) => settings.resourcesBeside(resources));
  const mounts = [...own.map(({ mount }) => mount), ...beside.sharedMounts];
  const volumes = [...own.map(({ volume }) => volume), ...beside.volumes];
  checkMounts(construct, mounts);
  checkVolumeNames(construct, volumes);
  return {
    serviceAccountName: name,
    automountServiceAccountToken: settings.apiAccess !== undefined,
    enableServiceLinks: false,
    priorityClassName: settings.kind.withoutPriority ? undefined : priorityClassOf(group, settings.tier),
    terminationGracePeriodSeconds: graceSeconds(pod, beside.graceSeconds),
    imagePullSecrets: pullSecrets(profile),
    securityContext: podSecurity(profile),
    affinity: { podAntiAffinity: antiAffinity(profile, selectorLabels) },
    ...settings.pod.spec,
    topologySpreadConstraints: ['topology.kubernetes.io/zone', 'kubernetes.io/hostname'].map((topologyKey) => ({
      topologyKey,
      maxSkew: SPREAD_SETTINGS.of(profile).maxSkew,
      // a zone that is full or gone must not keep the others from growing
      whenUnsatisfiable: 'ScheduleAnyway',
      labelSelector: { matchLabels: selectorLabels },
      // the pods of the old version do not count, or a roll-out would end up askew
      matchLabelKeys: versionLabelsOf(construct),
    })),
    initContainers: beside.initContainers.length > 0 ? beside.initContainers : undefined,
    containers: [container(pod, mounts), ...beside.containers],
    volumes,
  };
}

/** The pods with variables of the application's own container whose values are known when all connections are. */
function withVariables(spec: k8s.PodSpec, application: string, late: { [name: string]: string }): k8s.PodSpec {
  const added = Object.entries(late).map(([name, value]) => ({ name, value }));
  const containers = spec.containers.map((each) => each.name !== application ? each
    : { ...each, env: sorted([...each.env ?? [], ...added], ({ name }) => name) });
  return { ...spec, containers };
}

/** How long a pod may take to leave: every phase of it, and a margin. Fails if the user's own time is over before the phases beside the application. */
function graceSeconds({ node: { construct, group: { profile } }, settings, sidecar }: WorkloadPod, beside: number): number {
  const { preStopDelay, drain, sidecarDrain, graceMargin } = ROLLOUT_SETTINGS.of(profile);
  const least = [preStopDelay, sidecar?.drain ?? sidecarDrain, graceMargin].reduce((sum, part) => sum + part.toSeconds(), beside);
  const own = settings.pod.graceSeconds;
  if (own !== undefined && own < least) {
    fail(construct, `terminationGracePeriod is ${own} seconds, and before and after the application a pod takes ${least} (rollout.preStopDelay, rollout.sidecarDrain, rollout.graceMargin and its sidecars)`,
      `Use Duration.seconds(${least}) or more, or shorten those by WorkloadDefaults.of()`);
  }
  return own ?? least + drain.toSeconds();
}

function container({ node: { name, group }, settings }: WorkloadPod, volumeMounts: VolumeMount[]): Container {
  const appEnv = group.environment?.appEnv ?? group.name;
  return {
    name,
    image: settings.image.toString(),
    imagePullPolicy: 'Always',
    command: settings.pod.command,
    args: settings.pod.args,
    ...serving(settings, group.profile),
    env: variables(
      { APP_ENV: appEnv, LOG_LEVEL: settings.logLevel, ...settings.env },
      { ...tokenVariables(group.profile, settings.kind.dapr), ...settings.secretEnv },
    ),
    envFrom: Object.keys(settings.config).length > 0 ? [{ configMapRef: { name } }] : undefined,
    resources: settings.resources._toKube(),
    securityContext: containerSecurity(),
    volumeMounts,
  };
}

/** The ports of a container, by which others reach it and the kubelet asks for its health, and its time to leave them. */
function serving({ containers: { main: { workload, ports } }, kind: { probes } }: WorkloadSettings, profile: PlatformProfile): Partial<Container> {
  const serves = ports.length > 0;
  return {
    ports: serves ? ports.map(containerPort) : undefined,
    ...renderProbes(workload, ports, probes),
    // without a port it serves no clients: it leaves at once
    lifecycle: serves ? lifecycle(profile) : undefined,
  };
}

const containerPort = shared((port: Port): k8s.ContainerPort => ({ name: port.name, containerPort: port.number, protocol: 'TCP' }));

const lifecycle = shared((profile: PlatformProfile): k8s.Lifecycle | undefined => {
  const seconds = ROLLOUT_SETTINGS.of(profile).preStopDelay.toSeconds();
  // Kubernetes 1.30 to 1.32 refuse a sleep of 0
  return seconds > 0 && profile.kubernetesVersion.atLeast(PRE_STOP_SLEEP) ? { preStop: { sleep: { seconds } } } as k8s.Lifecycle : undefined;
});
