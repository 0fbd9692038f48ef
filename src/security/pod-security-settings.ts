import { section } from '../profile/section';
import { oneOf, POD_SECURITY_LEVELS } from '../values/one-of';
import { dnsSubdomain, wholeNumber } from '../values/value-checks';

/**
 * The user and file system of every container.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
export interface SecuritySettings {
  /** The user id of the process, above 10,000 so that it is nobody's on the node. */
  readonly userId?: number;
  /** The group id of the process and of its volumes. */
  readonly groupId?: number;
  /** Folders that stay writable although the root file system is read-only. */
  readonly scratchPaths?: string[];
  /** The most that one scratch folder may hold, such as `128Mi`. */
  readonly scratchSize?: string;
  /** Names of the Secrets by which images are pulled. */
  readonly imagePullSecrets?: string[];
  /** The Pod Security level of the namespaces: `restricted`, `baseline` or `privileged`. */
  readonly podSecurityLevel?: string;
}

/** A user or group id below this may belong to a user of the node. */
const FIRST_FREE_ID = 10_000;

/** The user and file system of every container. */
export const POD_SECURITY_SETTINGS = section<Required<SecuritySettings>>('security', () => ({
  userId: 65532,
  groupId: 65532,
  scratchPaths: ['/tmp'],
  scratchSize: '128Mi',
  imagePullSecrets: [],
  podSecurityLevel: 'restricted',
}), {
  check: (where, { userId, groupId, imagePullSecrets, podSecurityLevel }) => {
    imagePullSecrets.forEach((name) => dnsSubdomain(where, 'security.imagePullSecrets', name));
    oneOf(where, 'security.podSecurityLevel', podSecurityLevel, POD_SECURITY_LEVELS);
    wholeNumber(where, userId, FIRST_FREE_ID, undefined, 'security.userId');
    wholeNumber(where, groupId, FIRST_FREE_ID, undefined, 'security.groupId');
  },
});
