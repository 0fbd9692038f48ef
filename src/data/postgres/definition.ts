import type { PostgresValues } from '../../model/postgres-checks';
import type { HostedStore } from '../hosted/hosted-store';
import type { HostedEntry } from '../store';

/** A PostgreSQL cluster that is decided in all that does not depend on its engine. */
export interface PostgresDefinition extends HostedStore {
  readonly settings: Required<PostgresValues>;
  readonly port: number;
  /** Where clients come in. */
  readonly entry: HostedEntry;
}

/** The Service by which clients find the members that follow the primary, for reading. */
export function replicasService(name: string): string {
  return `${name}-replicas`;
}
