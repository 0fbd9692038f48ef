import type { k8s } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import type { ServiceSettings } from './service-settings';
import { recordFinding } from '../core/findings';
import type { Plain } from '../core/kubernetes-object';
import { antiAffinity, CHECKSUM, checksum, containerSecurity, podSecurity, pullSecrets } from '../core/pod-parts';
import { fail } from '../model/errors';
import type { FileStorage } from '../model/file-storage';
import type { Labels } from '../model/labels';
import type { PlatformProfile } from '../model/platform-profile';
import type { Port } from '../model/port';
import type { ProbeSettings } from '../model/profile-settings';
import type { SecretReference } from '../model/secret-reference';
import { sorted } from '../model/sorted';

type PodTemplate = Plain<k8s.PodTemplateSpec>;
type Container = Plain<k8s.Container>;
type VolumeMount = Plain<k8s.VolumeMount>;
type Volume = Plain<k8s.Volume>;

/** The first version whose kubelet can wait by itself before it stops a container, without a shell in the image. */
const PRE_STOP_SLEEP = '1.30';

/** The root of secrets that are mounted, a folder for each Secret. */
const SECRETS_FOLDER = '/var/run/secrets';

/** What a pod of a service is made of. */
export interface PodDefinition {
  readonly service: Construct;
  readonly name: string;
  readonly labels: Labels;
  readonly selectorLabels: Labels;
  readonly profile: PlatformProfile;
  readonly settings: ServiceSettings;
  readonly ports: readonly Port[];
  readonly probes: ProbeSettings;
  readonly priorityClass: string;
  readonly appEnv: string;
  readonly configMap: boolean;
  /** Whether the pod gets a token of the API server. */
  readonly apiAccess: boolean;
  readonly secretFiles: readonly SecretReference[];
  readonly secretEnv: { [name: string]: SecretReference };
  readonly storage?: FileStorage;
}

/**
 * The pod template of a service: one container, that runs as nobody on a read-only file system.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted
 */
export function podTemplate(pod: PodDefinition): PodTemplate {
  const volumes = podVolumes(pod);
  checkVolumes(pod.service, volumes);
  return {
    metadata: { labels: { ...pod.labels } },
    spec: {
      serviceAccountName: pod.name,
      automountServiceAccountToken: pod.apiAccess,
      enableServiceLinks: false,
      priorityClassName: pod.priorityClass,
      terminationGracePeriodSeconds: gracePeriodSeconds(pod.profile),
      imagePullSecrets: pullSecrets(pod.profile),
      securityContext: podSecurity(pod.profile),
      affinity: { podAntiAffinity: antiAffinity(pod.profile, pod.selectorLabels) },
      topologySpreadConstraints: ['topology.kubernetes.io/zone', 'kubernetes.io/hostname'].map((topologyKey) => ({
        topologyKey,
        maxSkew: pod.profile._values.spread.maxSkew,
        // a zone that is full or gone must not keep the others from growing
        whenUnsatisfiable: 'ScheduleAnyway',
        labelSelector: { matchLabels: pod.selectorLabels },
        // the pods of the old version do not count, or a roll-out would end up askew
        matchLabelKeys: ['pod-template-hash'],
      })),
      containers: [container(pod, volumes.map(({ mount }) => mount))],
      volumes: volumes.map(({ volume }) => volume),
    },
  } as PodTemplate;
}

/** What of a pod is known when all connections are. */
export interface LatePodParts {
  readonly annotations: () => { [name: string]: string };
  readonly topicVariables: () => { [name: string]: string };
}

/** The template with what is known by now, and the checksum by which a change of its ConfigMap is one of the pods. */
export function completed({ metadata, spec }: PodTemplate, pod: Pick<PodDefinition, 'configMap' | 'settings'>, late: LatePodParts): PodTemplate {
  return {
    metadata: { ...metadata, annotations: { ...late.annotations(), ...pod.configMap ? { [CHECKSUM]: checksum(pod.settings.config) } : {} } },
    spec: withVariables(spec!, late.topicVariables()),
  };
}

/** The pods with variables whose values are known when all connections are. */
export function withVariables<S extends Plain<k8s.PodSpec>>(spec: S, variables: { [name: string]: string }): S {
  const added = Object.entries(variables).map(([name, value]) => ({ name, value }));
  const containers = spec.containers.map((each) => ({ ...each, env: sorted([...each.env ?? [], ...added], ({ name }) => name) }));
  return { ...spec, containers };
}

/** How long a pod may take to leave: every phase of it, and a margin. */
function gracePeriodSeconds(profile: PlatformProfile): number {
  const { preStopDelay, drain, sidecarDrain, graceMargin } = profile._values.rollout;
  return [preStopDelay, drain, sidecarDrain, graceMargin].reduce((sum, part) => sum + part.toSeconds(), 0);
}

/** Says what the target version cannot have. */
export function recordLowering(service: Construct, profile: PlatformProfile): void {
  if (!profile.kubernetesVersion.atLeast(PRE_STOP_SLEEP)) {
    recordFinding(service, `Kubernetes ${profile.kubernetesVersion} has no lifecycle.preStop.sleep, so a leaving pod gets SIGTERM while requests still arrive`,
      `Let the application serve for ${profile._values.rollout.preStopDelay.toSeconds()} s after SIGTERM, or use Kubernetes ${PRE_STOP_SLEEP}`);
  }
}

function container(pod: PodDefinition, volumeMounts: VolumeMount[]): Container {
  const { settings } = pod;
  return {
    name: pod.name,
    image: settings.image.toString(),
    imagePullPolicy: 'Always',
    // what listens on no port serves nobody: it is asked nothing, and leaves at once
    ...pod.ports.length > 0 ? serving(pod) : undefined,
    env: environmentVariables(pod),
    envFrom: pod.configMap ? [{ configMapRef: { name: pod.name } }] : undefined,
    resources: settings.resources._toKube(),
    securityContext: containerSecurity(),
    volumeMounts,
  } as Container;
}

/** The ports of a container, by which others reach it and the kubelet asks for its health, and its time to leave them. */
function serving({ profile, ports, service, probes: own }: PodDefinition): Partial<Container> {
  const { probes, rollout } = profile._values;
  const probe = (kind: 'liveness' | 'readiness' | 'startup') => {
    const rendered = (own[kind]?._merge(probes[kind]._timing) ?? probes[kind])._toKube(ports, service);
    if (kind !== 'readiness' && rendered.successThreshold !== undefined && rendered.successThreshold > 1) {
      fail(service, `the ${kind} probe has successThreshold ${rendered.successThreshold}, and Kubernetes takes nothing but 1 there`, 'Leave successThreshold out');
    }
    return rendered;
  };
  return {
    ports: ports.map((port) => ({ name: port.name, containerPort: port.number, protocol: 'TCP' })),
    livenessProbe: probe('liveness'),
    readinessProbe: probe('readiness'),
    startupProbe: probe('startup'),
    lifecycle: profile.kubernetesVersion.atLeast(PRE_STOP_SLEEP)
      ? { preStop: { sleep: { seconds: rollout.preStopDelay.toSeconds() } } }
      : undefined,
  } as Partial<Container>;
}

function environmentVariables(pod: PodDefinition): Plain<k8s.EnvVar>[] {
  const plain = { APP_ENV: pod.appEnv, LOG_LEVEL: pod.settings.logLevel, ...pod.settings.env };
  return sorted([
    ...Object.entries(plain).map(([name, value]) => ({ name, value: literally(value) })),
    ...Object.entries(pod.secretEnv).map(([name, secret]) => ({ name, valueFrom: secret._toKube() })),
  ], ({ name }) => name) as Plain<k8s.EnvVar>[];
}

/** Kubernetes replaces `$(NAME)` and `$$` in a value; what a user wrote is meant as it stands. */
export function literally(value: string): string {
  return value.replace(/\${2,}|\$(?=\()/g, (dollars) => dollars + dollars);
}

/** What the API server refuses, and what would hide one folder behind another. */
function checkVolumes(service: Construct, volumes: readonly { volume: Volume; mount: VolumeMount }[]): void {
  const twice = (values: string[]) => values.find((value, index) => values.indexOf(value) !== index);
  const path = twice(volumes.map(({ mount }) => mount.mountPath));
  if (path !== undefined) {
    fail(service, `two volumes are mounted at '${path}'`, 'Give each a folder of its own');
  }
  const names = volumes.map(({ volume }) => volume.name);
  const name = twice(names) ?? names.find((each) => !/^[a-z0-9-]{0,62}[a-z0-9]$/.test(each));
  if (name !== undefined) {
    fail(service, `'${name}' is not the name of one volume: it occurs twice, is longer than 63 characters, or ends with '-'`,
      'Use other names for folders or Secrets');
  }
}

function podVolumes(pod: PodDefinition): { volume: Volume; mount: VolumeMount }[] {
  const { security } = pod.profile._values;
  const scratch = security.scratchPaths.map((mountPath) => {
    const name = `scratch${mountPath.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`;
    return { volume: { name, emptyDir: { sizeLimit: security.scratchSize } }, mount: { name, mountPath } };
  });
  const secrets = [...secretItems(pod.secretFiles)].map(([secretName, keys]) => ({
    volume: { name: `secret-${secretName.replaceAll('.', '-')}`, secret: { secretName, items: keys.map((key) => ({ key, path: key })) } },
    mount: { name: `secret-${secretName.replaceAll('.', '-')}`, mountPath: `${SECRETS_FOLDER}/${secretName}`, readOnly: true },
  }));
  const storage = pod.storage ? [{
    volume: { name: 'storage', persistentVolumeClaim: { claimName: pod.name } },
    mount: { name: 'storage', mountPath: pod.storage.mountPath },
  }] : [];
  return [...scratch, ...secrets, ...storage] as { volume: Volume; mount: VolumeMount }[];
}

function secretItems(references: readonly SecretReference[]): Map<string, string[]> {
  const items = new Map<string, string[]>();
  for (const { name, key } of sorted(references, (reference) => `${reference}`)) {
    items.set(name, [...new Set([...items.get(name) ?? [], key])]);
  }
  return items;
}
