import { Construct } from 'constructs';
import { endpointInside, endpointOutside } from './store';
import type { IStateStore, StoreEndpoint } from '../core/store-endpoint';
import { StoreEngine } from '../core/store-endpoint';

/**
 * A PostgreSQL cluster that exists already, as services use it.
 */
export interface IPostgresCluster extends IStateStore {
}

/**
 * Where a PostgreSQL cluster runs in the cluster.
 */
export interface PostgresFromNamespaceOptions {
  /**
   * The `app` label of its pods, and the name of the Service of its primary.
   *
   * @default - the id and the name of the environment, such as `postgresql-prod`: each environment has its own
   */
  readonly instance?: string;

  /**
   * The Secret with the key `connection-string`. It must exist in the namespace of each service that uses it.
   *
   * @default - the name of the instance
   */
  readonly secretName?: string;

  /**
   * The port of its Service and of its pods.
   *
   * @default - `storage.postgresqlPort` of the platform profile in force
   */
  readonly port?: number;
}

/**
 * Where a PostgreSQL cluster runs outside of the cluster.
 */
export interface PostgresFromHostOptions {
  /**
   * The ranges of its addresses, such as `10.20.0.0/24`: NetworkPolicies know addresses, not names.
   */
  readonly cidrs: string[];

  /**
   * The Secret with the key `connection-string`. It must exist in the namespace of each service that uses it.
   *
   * @default - the id
   */
  readonly secretName?: string;

  /**
   * The port it listens on.
   *
   * @default - `storage.postgresqlPort` of the platform profile in force
   */
  readonly port?: number;
}

/**
 * A PostgreSQL cluster.
 *
 * The connection string is a secret as a whole, because it holds the password: a line such as
 * `host=postgresql-prod.infrastructure.svc port=5432 user=order dbname=order sslmode=verify-full password=...`.
 *
 * @see https://www.postgresql.org/docs/15/libpq-connect.html#LIBPQ-CONNSTRING
 */
export class PostgresCluster {
  /**
   * The instance of this environment in a namespace of the cluster, such as `postgresql-prod` in `infrastructure`.
   *
   * Fails at synthesis if two environments would share one.
   */
  public static fromNamespace(scope: Construct, id: string, namespace: string, options: PostgresFromNamespaceOptions = {}): IPostgresCluster {
    return new ExistingPostgres(scope, id, (postgres) => endpointInside(postgres, StoreEngine.POSTGRESQL, namespace, options));
  }

  /**
   * A PostgreSQL cluster outside of the Kubernetes cluster.
   *
   * Fails at synthesis if two environments would share one.
   */
  public static fromHost(scope: Construct, id: string, host: string, options: PostgresFromHostOptions): IPostgresCluster {
    return new ExistingPostgres(scope, id, (postgres) => endpointOutside(postgres, StoreEngine.POSTGRESQL, host, options));
  }

  private constructor() {}
}

class ExistingPostgres extends Construct implements IPostgresCluster {
  public readonly stateEndpoint: StoreEndpoint;

  constructor(scope: Construct, id: string, endpoint: (construct: Construct) => StoreEndpoint) {
    super(scope, id);
    this.stateEndpoint = endpoint(this);
  }
}
