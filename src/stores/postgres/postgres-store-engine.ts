import type { IConstruct } from 'constructs';
import { POSTGRES_SETTINGS } from './postgres-section';
import type { DaprComponent, StoreClient } from '../../core/store-client';
import { StoreEngine } from '../../core/store-engine';
import { PlatformProfile } from '../../profile/platform-profile';
import { SecretReference } from '../../values/secret-reference';

/** PostgreSQL, where each service is a user with a database of its own. */
class PostgresStoreEngine extends StoreEngine {
  constructor() {
    super('postgresql', { serviceUsers: true, actors: true, dataKinds: ['Cluster.postgresql.cnpg.io'] });
  }

  public portOf(scope: IConstruct): number {
    return POSTGRES_SETTINGS.of(PlatformProfile.of(scope)).port;
  }

  /** Host, user, database and password are one value here, which is a secret. */
  public stateComponent({ store, name }: StoreClient): DaprComponent {
    const secret = SecretReference.of(`${store.secretName}-${name}`, 'connection-string');
    return { type: 'state.postgresql', version: 'v2', metadata: [{ name: 'connectionString', secret }] };
  }
}

export const POSTGRES_ENGINE: StoreEngine = new PostgresStoreEngine();
