import type { Construct } from 'constructs';
import { NETWORK_SETTINGS } from '../../../network/network-settings';
import { apiServerRule } from '../../../network/platform-peers';
import { NetworkPeer, type NetworkRule } from '../../../values/network-peer';
import type { Resources } from '../../../values/resources';
import type { PostgresDefinition } from '../postgres-definition';
import type { ClusterBackup } from './backup';

/** Where members and poolers listen, whatever the settings say: facts of the operator. */
export const POSTGRESQL_PORT = 5432;
/** Where members tell their metrics. */
export const METRICS_PORT = 9187;
/** Where members answer the operator, and a primary that lost the API server. */
export const STATUS_PORT = 8000;

/** What pods of the operator are known by. */
export const LABEL = { cluster: 'cnpg.io/cluster', role: 'cnpg.io/podRole' };
/** The role of a member, which the Jobs that make volumes do not have. */
export const MEMBER_ROLE = 'instance';
/** The role of a pod of PgBouncer. */
export const POOLER_ROLE = 'pooler';

/** A PostgreSQL cluster by CloudNativePG that is decided in every detail. */
export interface CloudNativePgDefinition extends PostgresDefinition {
  readonly memberResources: Resources;
  readonly backup: ClusterBackup | undefined;
}

/** The Service that leads to the primary. */
export function primaryService(name: string): string {
  return `${name}-rw`;
}

/** The pooler, its Service and the label of its pods. */
export function poolerName(name: string): string {
  return `${name}-pooler`;
}

/** The members, and the Jobs that make their volumes: those have no other label that is known before. */
export function membersOf({ name, group }: PostgresDefinition): NetworkPeer {
  return NetworkPeer._selected(group.namespace, { [LABEL.cluster]: name });
}

/** The way to the API server, which members and poolers read their definition from. */
export function apiServerOf(construct: Construct, { group }: PostgresDefinition): NetworkRule {
  return apiServerRule(construct, NETWORK_SETTINGS.of(group.profile),
    'has members that read their part from the API server, but no network policy could let them reach it: its addresses are not known');
}
