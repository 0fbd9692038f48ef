import type { Construct } from 'constructs';
import type { FileStorage } from './file-storage';
import { ROLLOUT_SETTINGS } from './rollout-settings';
import type { ServiceSettings } from './service-settings';
import { SPREAD_SETTINGS } from './spread-settings';
import type * as k8s from '../../imports/k8s';
import type { PodContainers } from '../containers/pod-containers';
import type { ResourcesOf } from '../containers/rendering';
import { renderContainers } from '../containers/rendering';
import type { MountedVolume } from '../core/pod-parts';
import {
  antiAffinity, CHECKSUM, checkMounts, checksum, checkVolumeNames, containerSecurity, podSecurity, pullSecrets, scratchVolumes, secretVolumes,
  variables,
} from '../core/pod-parts';
import type { PlatformProfile } from '../profile/platform-profile';
import { fail } from '../values/errors';
import type { Labels } from '../values/labels';
import type { Port } from '../values/port';
import type { Probe } from '../values/probe';
import type { ProbeSettings } from '../values/probe-settings';
import type { SecretReference } from '../values/secret-reference';
import { shared } from '../values/shared';
import { sorted } from '../values/sorted';

type PodTemplate = k8s.PodTemplateSpec;
type Container = k8s.Container;
type VolumeMount = k8s.VolumeMount;

/** The first version whose kubelet can wait by itself before it stops a container, without a shell in the image. */
const PRE_STOP_SLEEP = '1.30';

/** What a pod of a service is made of. */
export interface PodDefinition {
  readonly service: Construct;
  readonly name: string;
  readonly labels: Labels;
  readonly selectorLabels: Labels;
  readonly profile: PlatformProfile;
  readonly settings: ServiceSettings;
  /** Of its own container. */
  readonly ports: readonly Port[];
  /** The other containers. */
  readonly beside: PodContainers;
  readonly probes: ProbeSettings;
  readonly priorityClass: string;
  readonly appEnv: string;
  readonly configMap: boolean;
  /** Whether the pod gets a token of the API server. */
  readonly apiAccess: boolean;
  readonly secretFiles: readonly SecretReference[];
  readonly secretEnv: { [name: string]: SecretReference };
  readonly storage?: FileStorage;
  /** By which the pods of one version are told from those of another. */
  readonly versionLabel: string;
}

/**
 * The pod template of a service: one container, that runs as nobody on a read-only file system.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted
 */
export function podTemplate(pod: PodDefinition): PodTemplate {
  const own = podVolumes(pod);
  const beside = renderContainers(pod.beside, resourcesBeside(pod.settings));
  const mounts = [...own.map(({ mount }) => mount), ...beside.sharedMounts];
  const volumes = [...own.map(({ volume }) => volume), ...beside.volumes];
  checkMounts(pod.service, mounts);
  checkVolumeNames(pod.service, volumes);
  return {
    metadata: { labels: { ...pod.labels } },
    spec: {
      serviceAccountName: pod.name,
      automountServiceAccountToken: pod.apiAccess,
      enableServiceLinks: false,
      priorityClassName: pod.priorityClass,
      terminationGracePeriodSeconds: gracePeriodSeconds(pod.profile) + beside.graceSeconds,
      imagePullSecrets: pullSecrets(pod.profile),
      securityContext: podSecurity(pod.profile),
      affinity: { podAntiAffinity: antiAffinity(pod.profile, pod.selectorLabels) },
      topologySpreadConstraints: ['topology.kubernetes.io/zone', 'kubernetes.io/hostname'].map((topologyKey) => ({
        topologyKey,
        maxSkew: SPREAD_SETTINGS.of(pod.profile).maxSkew,
        // a zone that is full or gone must not keep the others from growing
        whenUnsatisfiable: 'ScheduleAnyway',
        labelSelector: { matchLabels: pod.selectorLabels },
        // the pods of the old version do not count, or a roll-out would end up askew
        matchLabelKeys: [pod.versionLabel],
      })),
      initContainers: beside.initContainers.length > 0 ? beside.initContainers : undefined,
      containers: [container(pod, mounts), ...beside.containers],
      volumes,
    },
  } as PodTemplate;
}

/** What of a pod is known when all connections are. */
export interface LatePodParts {
  readonly annotations: () => { [name: string]: string };
  readonly topicVariables: () => { [name: string]: string };
  /** Labels of the pods that nobody selects them by. */
  readonly podLabels?: Labels;
}

/** The template with what is known by now, and the checksum by which a change of its ConfigMap is one of the pods. */
export function completed({ metadata, spec }: PodTemplate, pod: Pick<PodDefinition, 'name' | 'configMap' | 'settings'>, late: LatePodParts): PodTemplate {
  return {
    metadata: {
      labels: { ...metadata!.labels, ...late.podLabels },
      annotations: { ...late.annotations(), ...pod.configMap ? { [CHECKSUM]: checksum(pod.settings.config) } : {} },
    },
    spec: withVariables(spec!, pod.name, late.topicVariables()),
  };
}

/** The pods with variables of the application's own container whose values are known when all connections are. */
export function withVariables<S extends k8s.PodSpec>(spec: S, application: string, late: { [name: string]: string }): S {
  const added = Object.entries(late).map(([name, value]) => ({ name, value }));
  const containers = spec.containers.map((each) => each.name !== application ? each
    : { ...each, env: sorted([...each.env ?? [], ...added], ({ name }) => name) });
  return { ...spec, containers };
}

/** How long a pod may take to leave: every phase of it, and a margin. */
const gracePeriodSeconds = shared((profile: PlatformProfile): number => {
  const { preStopDelay, drain, sidecarDrain, graceMargin } = ROLLOUT_SETTINGS.of(profile);
  return [preStopDelay, drain, sidecarDrain, graceMargin].reduce((sum, part) => sum + part.toSeconds(), 0);
});

function container(pod: PodDefinition, volumeMounts: VolumeMount[]): Container {
  const { settings } = pod;
  return {
    name: pod.name,
    image: settings.image.toString(),
    imagePullPolicy: 'Always',
    // what listens on no port serves nobody: it is asked nothing, and leaves at once
    ...pod.ports.length > 0 ? serving(pod) : undefined,
    env: variables({ APP_ENV: pod.appEnv, LOG_LEVEL: settings.logLevel, ...settings.env }, pod.secretEnv),
    envFrom: pod.configMap ? [{ configMapRef: { name: pod.name } }] : undefined,
    resources: settings.resources._toKube(),
    securityContext: containerSecurity(),
    volumeMounts,
  } as Container;
}

/** The ports of a container, by which others reach it and the kubelet asks for its health, and its time to leave them. */
function serving(pod: PodDefinition): Partial<Container> {
  const { profile, ports, service } = pod;
  const probe = (kind: ProbeKind) => {
    const rendered = probeOf(pod, kind)._toKube(ports, service);
    if (kind !== 'readiness' && rendered.successThreshold !== undefined && rendered.successThreshold > 1) {
      fail(service, `the ${kind} probe has successThreshold ${rendered.successThreshold}, and Kubernetes takes nothing but 1 there`, 'Leave successThreshold out');
    }
    return rendered;
  };
  return {
    ports: ports.map(containerPort),
    livenessProbe: probe('liveness'),
    readinessProbe: probe('readiness'),
    startupProbe: probe('startup'),
    lifecycle: lifecycle(profile),
  } as Partial<Container>;
}

const containerPort = shared((port: Port): k8s.ContainerPort => ({ name: port.name, containerPort: port.number, protocol: 'TCP' }));

const lifecycle = shared((profile: PlatformProfile) => profile.kubernetesVersion.atLeast(PRE_STOP_SLEEP)
  ? { preStop: { sleep: { seconds: ROLLOUT_SETTINGS.of(profile).preStopDelay.toSeconds() } } }
  : undefined);

/** Resources of containers beside the application's own, by the quality of service of the pod. */
export function resourcesBeside(settings: ServiceSettings): ResourcesOf {
  return (resources) => settings.resourcesBeside(resources);
}

type ProbeKind = 'liveness' | 'readiness' | 'startup';

function probeOf({ profile, probes }: Pick<PodDefinition, 'profile' | 'probes'>, kind: ProbeKind): Probe {
  const standard = profile._values.probes[kind];
  return probes[kind]?._merge(standard._timing) ?? standard;
}

/** What the kubelet asks of the container by HTTP, at which port by its name. */
export function probePaths(pod: Pick<PodDefinition, 'service' | 'profile' | 'probes' | 'ports'>): { port: string; path: string }[] {
  const kinds: ProbeKind[] = pod.ports.length > 0 ? ['liveness', 'readiness', 'startup'] : [];
  return kinds.flatMap((kind) => probeOf(pod, kind)._toKube(pod.ports, pod.service).httpGet ?? []);
}

const ownScratchVolumes = shared((profile: PlatformProfile) => scratchVolumes(profile, 'scratch'));

function podVolumes(pod: PodDefinition): MountedVolume[] {
  const storage = pod.storage ? [{
    volume: { name: 'storage', persistentVolumeClaim: { claimName: pod.name } },
    mount: { name: 'storage', mountPath: pod.storage.mountPath },
  }] : [];
  return [...ownScratchVolumes(pod.profile), ...secretVolumes(pod, 'secret'), ...storage];
}
