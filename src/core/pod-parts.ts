import { createHash } from 'node:crypto';
import type { Construct } from 'constructs';
import type * as k8s from '../../imports/k8s';
import type { PlatformProfile } from '../profile/platform-profile';
import { POD_SECURITY_SETTINGS } from '../security/pod-security-settings';
import { fail } from '../values/errors';
import { plainFolder } from '../values/folder';
import type { Labels } from '../values/labels';
import type { SecretReference } from '../values/secret-reference';
import { frozen, shared } from '../values/shared';
import { sorted } from '../values/sorted';
import { SPREAD_SETTINGS } from '../workloads/spread-settings';

/** The checksum of a ConfigMap as an annotation of pods, so that a change of it is a new pod template and rolls out. */
export const CHECKSUM = 'checksum/config';

export function checksum(data: Readonly<Record<string, string>>): string {
  return createHash('sha256').update(JSON.stringify(Object.entries(data).sort(([a], [b]) => a < b ? -1 : 1))).digest('hex');
}

/**
 * The user of a pod: nobody, as Pod Security `restricted` wants it.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted
 */
export const podSecurity = shared((profile: PlatformProfile): k8s.PodSecurityContext => {
  const { userId, groupId } = POD_SECURITY_SETTINGS.of(profile);
  return {
    runAsNonRoot: true,
    runAsUser: userId,
    runAsGroup: groupId,
    fsGroup: groupId,
    // a large volume is not walked through at every start
    fsGroupChangePolicy: 'OnRootMismatch',
    seccompProfile: { type: 'RuntimeDefault' },
  };
});

/** A container that cannot become root and cannot write to its image. */
export function containerSecurity(): k8s.SecurityContext {
  return CONTAINER_SECURITY;
}

const CONTAINER_SECURITY: k8s.SecurityContext = frozen({
  runAsNonRoot: true,
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ['ALL'] },
});

/** The names of the Secrets by which images are pulled, if there are any. */
export function pullSecrets(profile: PlatformProfile): { name: string }[] | undefined {
  const { imagePullSecrets } = POD_SECURITY_SETTINGS.of(profile);
  return imagePullSecrets.length > 0 ? imagePullSecrets.map((name) => ({ name })) : undefined;
}

/** The wish to share no node with a pod of the same workload. */
export function antiAffinity(profile: PlatformProfile, selectorLabels: Labels): k8s.PodAntiAffinity {
  return {
    preferredDuringSchedulingIgnoredDuringExecution: [{
      weight: SPREAD_SETTINGS.of(profile).antiAffinityWeight,
      podAffinityTerm: { topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: { ...selectorLabels } } },
    }],
  };
}

/**
 * The first version whose kubelet knows sidecars: init containers that restart always, which start before the application and end after it.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/
 */
export const NATIVE_SIDECARS = '1.29';

/** The root of secrets that are mounted, a folder for each Secret. */
export const SECRETS_FOLDER = '/var/run/secrets';

/** Kubernetes replaces `$(NAME)` and `$$` in a value; what a user wrote is meant as it stands. */
export function literally(value: string): string {
  return value.replace(/\${2,}|\$(?=\()/g, (dollars) => dollars + dollars);
}

/** The environment variables of a container, sorted by their names. */
export function variables(plain: { readonly [name: string]: string }, secrets: { readonly [name: string]: SecretReference }): k8s.EnvVar[] {
  return sorted([
    ...Object.entries(plain).map(([name, value]) => ({ name, value: literally(value) })),
    ...Object.entries(secrets).map(([name, secret]) => ({ name, valueFrom: secret._toKube() })),
  ], ({ name }) => name);
}

/** A volume and where a container finds it. */
export interface MountedVolume {
  readonly volume: k8s.Volume;
  readonly mount: k8s.VolumeMount;
}

/** What a container may write to: a folder for each scratch path, in volumes with names that begin with a prefix. */
export function scratchVolumes(profile: PlatformProfile, prefix: string): MountedVolume[] {
  const { scratchPaths, scratchSize } = POD_SECURITY_SETTINGS.of(profile);
  return scratchPaths.map((mountPath) => emptyFolder(prefix, mountPath, { sizeLimit: scratchSize }));
}

/** A folder that is empty when the pod starts, in a volume with a name that begins with a prefix. */
export function emptyFolder(prefix: string, mountPath: string, emptyDir: k8s.EmptyDirVolumeSource): MountedVolume {
  const name = `${prefix}${folderName(mountPath)}`;
  return { volume: { name, emptyDir }, mount: { name, mountPath } };
}

/** A folder with the files of an object that exists, in a volume with a name that begins with a prefix. */
export function filledFolder(prefix: string, mountPath: string, source: Omit<k8s.Volume, 'name'>): MountedVolume {
  const name = `${prefix}${folderName(mountPath)}`;
  return { volume: { name, ...source }, mount: { name, mountPath, readOnly: true } };
}

/** What a container takes of secrets. */
export interface TakenSecrets {
  readonly secretFiles?: readonly SecretReference[];
  readonly secretEnv?: { readonly [name: string]: SecretReference };
}

/** The driver that mounts what a SecretProviderClass says. */
const SECRETS_DRIVER = 'secrets-store.csi.k8s.io';

/**
 * Secrets as files, a volume for each Secret or SecretProviderClass, with names that begin with a prefix. What a variable takes of a
 * SecretProviderClass is mounted too, because its Secret is there for as long only.
 */
export function secretVolumes({ secretFiles = [], secretEnv = {} }: TakenSecrets, prefix: string): MountedVolume[] {
  const references = [...secretFiles, ...Object.values(secretEnv).filter(({ _mount }) => _mount)];
  const classes = [...new Set(references.filter(({ _mount }) => _mount).map(({ name }) => name))].sort();
  return [
    ...[...secretItems(references.filter(({ _mount }) => !_mount))].map(([secretName, keys]) =>
      secretVolume(secretName, prefix, { secret: { secretName, items: keys.map((key) => ({ key, path: key })) } })),
    ...classes.map((secretProviderClass) =>
      secretVolume(secretProviderClass, prefix, { csi: { driver: SECRETS_DRIVER, readOnly: true, volumeAttributes: { secretProviderClass } } })),
  ];
}

function secretVolume(folder: string, prefix: string, source: Omit<k8s.Volume, 'name'>): MountedVolume {
  const name = `${prefix}-${folder.replaceAll('.', '-')}`;
  return { volume: { name, ...source }, mount: { name, mountPath: `${SECRETS_FOLDER}/${folder}`, readOnly: true } };
}

/** Fails where a variable would be taken from a Secret that never is. */
export function checkSecretVariable(construct: Construct, variable: string, reference: SecretReference): void {
  if (!reference._inSecret) {
    fail(construct, `takes the variable '${variable}' from '${reference}', which is a file of a SecretProviderClass and in no Secret`,
      'Name it in secretFiles, or give the SecretProviderClass sync: true');
  }
}

/** A folder as the end of a volume's name: `-var-log`. */
export function folderName(path: string): string {
  return path.toLowerCase().replace(/[^a-z0-9]+/g, '-');
}

/** Where the kubelet mounts the token of a ServiceAccount. */
const TOKEN_FOLDER = '/var/run/secrets/kubernetes.io/serviceaccount/';

/** What would hide one folder behind another. */
export function checkMounts(construct: Construct, mounts: readonly { readonly mountPath: string }[]): void {
  const paths = mounts.map(({ mountPath }) => plainFolder(mountPath));
  const inToken = paths.find((each) => `${each}/`.startsWith(TOKEN_FOLDER));
  if (inToken !== undefined) {
    fail(construct, `a volume at '${inToken}' would take the place of the token of the ServiceAccount`, 'Mount it in another folder');
  }
  const path = repeated(paths);
  if (path !== undefined) {
    fail(construct, `two volumes are mounted at '${path}'`, 'Give each a folder of its own');
  }
}

/** Names that the API server refuses. */
export function checkVolumeNames(construct: Construct, volumes: readonly { readonly name: string }[]): void {
  const names = volumes.map(({ name }) => name);
  const name = repeated(names) ?? names.find((each) => !/^[a-z0-9-]{0,62}[a-z0-9]$/.test(each));
  if (name !== undefined) {
    fail(construct, `'${name}' is not the name of one volume: it occurs twice, is longer than 63 characters, or ends with '-'`,
      'Use other names for folders, containers or Secrets');
  }
}

function repeated(values: readonly string[]): string | undefined {
  return values.find((value, index) => values.indexOf(value) !== index);
}

function secretItems(references: readonly SecretReference[]): Map<string, string[]> {
  const items = new Map<string, string[]>();
  for (const { name, key } of sorted(references, (reference) => `${reference}`)) {
    items.set(name, [...new Set([...items.get(name) ?? [], key])]);
  }
  return items;
}
