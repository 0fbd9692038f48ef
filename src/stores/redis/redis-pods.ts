import type { RedisDefinition } from './redis-definition';
import { ROLLOUT_SETTINGS } from '../../workloads/rollout-settings';
import { type Container, type PodSpec, storeContainer, storePod } from '../hosted/hosted-pods';
import { secretVolume, type Volume } from '../hosted/volumes';

/** The folders that scripts and configuration know by these variables. */
export const FOLDERS = {
  CONFIG_DIR: '/etc/redis',
  RUN_DIR: '/run/redis',
  DATA_DIR: '/data',
  SECRETS_DIR: '/var/run/secrets/redis',
  TLS_DIR: '/var/run/secrets/tls',
};

/** The keys of the Secret with credentials, and of the one with the certificate (as cert-manager writes it), that a pod reads. */
interface SecretKeys {
  readonly credentials: readonly string[];
  readonly certificate: readonly string[];
}

/** The password of the user that takes snapshots and can do nothing else. */
const SNAPSHOT_PASSWORD = 'snapshot-password';

/** What a member reads of the Secrets. */
export function memberKeys(redis: RedisDefinition): SecretKeys {
  return {
    credentials: ['username', 'password', 'member-password', ...redis.snapshots ? [SNAPSHOT_PASSWORD] : []],
    certificate: ['tls.crt', 'tls.key', 'ca.crt'],
  };
}

/** What the pods read of them that take snapshots. */
export const SNAPSHOT_KEYS: SecretKeys = { credentials: [SNAPSHOT_PASSWORD], certificate: ['ca.crt'] };

/** What the Job reads of the Secrets: it acts as a member, and proves who it is by the password. */
export const FORMATION_KEYS: SecretKeys = { credentials: ['member-password'], certificate: ['ca.crt'] };

/** The headless Service by which members find each other. */
export function membersService(redis: RedisDefinition): string {
  return `${redis.name}-members`;
}

/** Each member as host and port, in the order of the pods. */
export function memberAddresses(redis: RedisDefinition): string[] {
  const { name, group, members, settings: { port } } = redis;
  const domain = `${membersService(redis)}.${group.namespace}.svc.${group.profile._values.clusterDomain}`;
  return Array.from({ length: members }, (_, ordinal) => `${name}-${ordinal}.${domain}:${port}`);
}

/** A pod of the cluster's image that runs one of the scripts, with the credentials it needs. */
export function podSpec(redis: RedisDefinition, account: string, container: Partial<Container>, keys: SecretKeys): PodSpec {
  return {
    ...storePod(redis, account),
    containers: [storeContainer(redis, 'redis', {
      ...container,
      volumeMounts: [
        { name: 'config', mountPath: FOLDERS.CONFIG_DIR, readOnly: true },
        { name: 'credentials', mountPath: FOLDERS.SECRETS_DIR, readOnly: true },
        { name: 'certificate', mountPath: FOLDERS.TLS_DIR, readOnly: true },
        ...container.volumeMounts ?? [],
      ],
    })],
    volumes: [
      { name: 'config', configMap: { name: redis.name } },
      ...secretVolumes(redis, keys),
    ],
  };
}

/** The Secrets as volumes. */
export function secretVolumes(redis: RedisDefinition, keys: SecretKeys): Volume[] {
  return [secretVolume('credentials', redis.name, keys.credentials), secretVolume('certificate', `${redis.name}-tls`, keys.certificate)];
}

/** How long a member may take to leave, in seconds: handing its keys over, writing them down, and a margin. */
export function gracePeriod({ settings, group }: RedisDefinition): number {
  return [settings.handover, settings.shutdown, ROLLOUT_SETTINGS.of(group.profile).graceMargin].reduce((sum, part) => sum + part.toSeconds(), 0);
}
