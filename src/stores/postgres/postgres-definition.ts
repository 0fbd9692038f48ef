import { type PostgresValues, sharedBuffers } from './postgres-section';
import type { StoreHostedOptions } from '../../core/store-places';
import type { HostedStore } from '../hosted/hosted-store';

/** A kibibyte, as PostgreSQL counts memory. */
const KIBIBYTE = 1024n;
/** Of so many other members a commit waits for one: with the primary, a majority holds it. */
const OTHERS_FOR_ONE = 2;

/** A PostgreSQL cluster that is decided in all that does not depend on its engine. */
export interface PostgresDefinition extends HostedStore {
  readonly settings: Required<PostgresValues>;
  /** Where clients come in. */
  readonly entry: StoreHostedOptions;
}

/** The Service by which clients find the members that follow the primary, for reading. */
export function replicasService(name: string): string {
  return `${name}-replicas`;
}

/** `shared_buffers`, as PostgreSQL writes it. */
export function sharedBuffersText(settings: PostgresValues): string {
  return `${sharedBuffers('postgresql', settings) / KIBIBYTE}kB`;
}

/** How many other members a commit waits for, where it waits for any. */
export function synchronousMembers({ instances }: PostgresValues): number {
  return (instances - 1) / OTHERS_FOR_ONE;
}
