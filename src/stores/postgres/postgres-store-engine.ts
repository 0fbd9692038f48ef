import type { Construct, IConstruct } from 'constructs';
import type { PostgresAccess } from './postgres-access';
import { POSTGRES_SETTINGS } from './postgres-section';
import { roleOf } from './service-roles';
import { groupOf } from '../../core/service-group';
import type { DaprComponentSpec, StoreClient } from '../../core/store-client';
import type { IStateStore } from '../../core/store-endpoint';
import { type IStore, StoreEngine } from '../../core/store-engine';
import { PlatformProfile } from '../../profile/platform-profile';
import { oneOf } from '../../values/one-of';
import { SecretReference } from '../../values/secret-reference';
import { recordInsecure } from '../existing-store-findings';

/** PostgreSQL, where each service is a user with a database of its own. */
class PostgresStoreEngine extends StoreEngine {
  constructor(private readonly access: Required<PostgresAccess>) {
    super('postgresql', { serviceUsers: true, actors: true, dataKinds: ['Cluster.postgresql.cnpg.io'] });
  }

  public portOf(scope: IConstruct): number {
    return POSTGRES_SETTINGS.of(PlatformProfile.of(scope)).port;
  }

  /** Host, user, database and password are one value here, which is a secret unless it contains no password. */
  public stateComponent(client: StoreClient): DaprComponentSpec {
    const { store, name } = client;
    const field = this.access.password ? { secret: SecretReference.of(`${store.secretName}-${name}`, 'connection-string') } : { value: this.connectionString(client) };
    return { type: 'state.postgresql', version: this.access.stateVersion, metadata: [{ name: 'connectionString', ...field }] };
  }

  private connectionString({ store: { host, port }, construct, name }: StoreClient): string {
    const role = roleOf({ group: groupOf(construct as Construct), name });
    return `host=${host} port=${port} user=${role} dbname=${role} sslmode=${this.access.tls ? 'require' : 'disable'}`;
  }
}

/** How clients connect to a cluster that this library defines. */
const HOSTED: Required<PostgresAccess> = { tls: true, password: true, stateVersion: 'v2' };

export const POSTGRES_ENGINE: StoreEngine = new PostgresStoreEngine(HOSTED);

/** PostgreSQL that exists already, by the engine that describes it. */
export function existingPostgres(
  scope: Construct, { tls = true, password = true, stateVersion = HOSTED.stateVersion }: PostgresAccess, store: (engine: StoreEngine) => IStore,
): IStateStore {
  oneOf(scope, 'stateVersion', stateVersion, ['v1', 'v2']);
  const isHosted = tls && password && stateVersion === HOSTED.stateVersion;
  const existing = store(isHosted ? POSTGRES_ENGINE : new PostgresStoreEngine({ tls, password, stateVersion }));
  recordInsecure(existing as IStore & Construct, { tls, password });
  return existing;
}
