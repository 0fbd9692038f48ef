import { createHash } from 'node:crypto';
import type { k8s } from 'cdk8s-plus-27';
import type { Plain } from './kubernetes-object';
import type { Labels } from '../model/labels';
import type { PlatformProfile } from '../model/platform-profile';

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
export function podSecurity(profile: PlatformProfile): Plain<k8s.PodSecurityContext> {
  const { userId, groupId } = profile._values.security;
  return {
    runAsNonRoot: true,
    runAsUser: userId,
    runAsGroup: groupId,
    fsGroup: groupId,
    // a large volume is not walked through at every start
    fsGroupChangePolicy: 'OnRootMismatch',
    seccompProfile: { type: 'RuntimeDefault' },
  };
}

/** A container that cannot become root and cannot write to its image. */
export function containerSecurity(): Plain<k8s.SecurityContext> {
  return {
    runAsNonRoot: true,
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ['ALL'] },
  };
}

/** The names of the Secrets by which images are pulled, if there are any. */
export function pullSecrets(profile: PlatformProfile): { name: string }[] | undefined {
  const { imagePullSecrets } = profile._values.security;
  return imagePullSecrets.length > 0 ? imagePullSecrets.map((name) => ({ name })) : undefined;
}

/** The wish to share no node with a pod of the same workload. */
export function antiAffinity(profile: PlatformProfile, selectorLabels: Labels): Plain<k8s.PodAntiAffinity> {
  return {
    preferredDuringSchedulingIgnoredDuringExecution: [{
      weight: profile._values.spread.antiAffinityWeight,
      podAffinityTerm: { topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: { ...selectorLabels } } },
    }],
  };
}
