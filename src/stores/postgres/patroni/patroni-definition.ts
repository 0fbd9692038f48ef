import type { Resources } from '../../../values/resources';
import type { PostgresDefinition } from '../postgres-definition';
import type { MemberExtension } from './member-extension';

/** A PostgreSQL cluster by Patroni that is decided in every detail. */
export interface PatroniDefinition extends PostgresDefinition {
  readonly memberResources: Resources;
  readonly databasesResources: Resources;
  readonly extension: MemberExtension;
  /** What the ConfigMap of its members holds. */
  readonly files: { readonly [file: string]: string };
}

/** Where Patroni answers other members and the kubelet. */
export const PATRONI_PORT = 8008;

/** The folders that scripts and configuration know by these variables. */
export const FOLDERS = {
  CONFIG_DIR: '/etc/patroni',
  DATA_DIR: '/var/lib/postgresql',
  RUN_DIR: '/run/postgresql',
  SECRETS_DIR: '/var/run/secrets/postgresql',
  TLS_DIR: '/var/run/secrets/tls',
};

/** Where Debian's packages of PostgreSQL 15 have its programs. */
export const BIN_DIR = '/usr/lib/postgresql/15/bin';

/** The user by whom PostgreSQL belongs to itself: the superuser, who comes in by the socket of the pod alone. */
export const SUPERUSER = 'postgres';
/** The user by whom members follow the primary. */
export const REPLICATION_USER = 'replication';
/** The user by whom a former primary learns where it left the way of the others. */
export const REWIND_USER = 'rewind';
/** The user by whom the Job makes databases and users: no superuser. */
export const ADMINISTRATOR = 'administrator';

/** What a member reads of the Secret with credentials, and of the one with the certificate, as cert-manager writes it. */
export const MEMBER_KEYS = {
  credentials: ['administrator-password', 'replication-password', 'rewind-password'],
  certificate: ['tls.crt', 'tls.key', 'ca.crt'],
};

/** The headless Service by which members find each other. */
export function membersService({ name }: PostgresDefinition): string {
  return `${name}-members`;
}

/** The domain of the members' names. */
export function membersDomain(postgres: PostgresDefinition): string {
  const { namespace, profile } = postgres.group;
  return `${membersService(postgres)}.${namespace}.svc.${profile._values.clusterDomain}`;
}
