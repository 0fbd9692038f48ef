import type { k8s } from 'cdk8s-plus-27';
import type { Plain } from '../../core/kubernetes-object';
import { containerSecurity, podSecurity, pullSecrets } from '../../core/pod-parts';
import type { ServiceGroup } from '../../core/service-group';
import type { Labels } from '../../model/labels';
import type { RedisSettings } from '../../model/redis-settings';
import type { Resources } from '../../model/resources';

type PodSpec = Plain<k8s.PodSpec>;
type Container = Plain<k8s.Container>;

/** A Redis cluster that is decided in every detail. */
export interface RedisDefinition {
  readonly name: string;
  readonly group: ServiceGroup;
  readonly settings: Required<RedisSettings>;
  readonly labels: Labels;
  readonly selectorLabels: { [name: string]: string };
  readonly port: number;
  readonly members: number;
  readonly memberResources: Resources;
  readonly formationResources: Resources;
  readonly files: { [file: string]: string };
}

/** The folders that scripts and configuration know by these variables. */
export const FOLDERS = {
  CONFIG_DIR: '/etc/redis',
  RUN_DIR: '/run/redis',
  DATA_DIR: '/data',
  SECRETS_DIR: '/var/run/secrets/redis',
  TLS_DIR: '/var/run/secrets/tls',
};

/** Secrets are read by the group of the pod alone: 0440, which YAML would write in octal. */
const READ_BY_GROUP = 0o440;

/** The keys of the Secret with credentials, and of the one with the certificate (as cert-manager writes it), that a pod reads. */
interface SecretKeys {
  readonly credentials: readonly string[];
  readonly certificate: readonly string[];
}

/** What a member reads of the Secrets. */
export const MEMBER_KEYS: SecretKeys = {
  credentials: ['username', 'password', 'member-password'],
  certificate: ['tls.crt', 'tls.key', 'ca.crt'],
};

/** What the Job reads of the Secrets: it acts as a member, and proves who it is by the password. */
export const FORMATION_KEYS: SecretKeys = { credentials: ['member-password'], certificate: ['ca.crt'] };

/** The headless Service by which members find each other. */
export function membersService(redis: RedisDefinition): string {
  return `${redis.name}-members`;
}

/** Each member as host and port, in the order of the pods. */
export function memberAddresses(redis: RedisDefinition): string[] {
  const { name, group, members, port } = redis;
  const domain = `${membersService(redis)}.${group.namespace}.svc.${group.profile._values.clusterDomain}`;
  return Array.from({ length: members }, (_, ordinal) => `${name}-${ordinal}.${domain}:${port}`);
}

/** A pod of the cluster's image that runs one of the scripts: with the credentials, nobody's rights, and no token. */
export function podSpec(redis: RedisDefinition, account: string, container: Partial<Container>, keys: SecretKeys): PodSpec {
  const { profile, namespace } = redis.group;
  const secret = (secretName: string, items: readonly string[]) => (
    { secretName, defaultMode: READ_BY_GROUP, items: items.map((key) => ({ key, path: key })) }
  );
  return {
    serviceAccountName: account,
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    priorityClassName: `${namespace}-${redis.settings.tier.name}`,
    imagePullSecrets: pullSecrets(profile),
    securityContext: podSecurity(profile),
    containers: [{
      name: 'redis',
      image: redis.settings.image.toString(),
      imagePullPolicy: 'Always',
      securityContext: containerSecurity(),
      ...container,
      volumeMounts: [
        { name: 'config', mountPath: FOLDERS.CONFIG_DIR, readOnly: true },
        { name: 'credentials', mountPath: FOLDERS.SECRETS_DIR, readOnly: true },
        { name: 'certificate', mountPath: FOLDERS.TLS_DIR, readOnly: true },
        ...container.volumeMounts ?? [],
      ],
    }],
    volumes: [
      { name: 'config', configMap: { name: redis.name } },
      { name: 'credentials', secret: secret(redis.name, keys.credentials) },
      { name: 'certificate', secret: secret(`${redis.name}-tls`, keys.certificate) },
    ],
  } as PodSpec;
}

/** Environment variables in the order of their names. */
export function variables(values: { [name: string]: string | number }): Plain<k8s.EnvVar>[] {
  return Object.entries(values).map(([name, value]) => ({ name, value: String(value) })).sort((a, b) => a.name < b.name ? -1 : 1);
}
