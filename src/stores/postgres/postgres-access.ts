import type { StoreFromHostOptions, StoreFromNamespaceOptions } from '../../core/store-places';

/**
 * How clients connect to an existing PostgreSQL server or cluster.
 */
export interface PostgresAccess {
  /**
   * Whether clients connect by TLS. Without TLS, the connection strings need `sslmode=disable`, and synthesis reports `MS-STORE-004`.
   *
   * @default true
   */
  readonly tls?: boolean;

  /**
   * Whether the server requires a password. Without one, the Dapr component contains the connection string, no Secret is read, and synthesis
   * reports `MS-STORE-005`. User and database are those that this library creates on its own clusters, such as `core_business_order`.
   *
   * @default true
   */
  readonly password?: boolean;

  /**
   * Version of the Dapr state component, `v1` or `v2`. They keep state in tables of different forms, and neither reads those of the other.
   *
   * @default v2
   */
  readonly stateVersion?: string;
}

/**
 * PostgreSQL that runs in a namespace of the cluster.
 */
export interface PostgresFromNamespaceOptions extends StoreFromNamespaceOptions, PostgresAccess {
}

/**
 * PostgreSQL outside of the cluster.
 */
export interface PostgresFromHostOptions extends StoreFromHostOptions, PostgresAccess {
}
