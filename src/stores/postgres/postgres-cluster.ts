import { Construct } from 'constructs';
import type { PostgresFromHostOptions, PostgresFromNamespaceOptions } from './postgres-access';
import { definePostgres, decidePostgres } from './postgres-objects';
import type { PostgresSettings } from './postgres-settings';
import { existingPostgres, POSTGRES_ENGINE } from './postgres-store-engine';
import type { IStateStore, StoreEndpoint } from '../../core/store-endpoint';
import type { IReplicated } from '../../core/workload';
import { constructId } from '../../values/construct-id';
import type { RestoreAssertion } from '../backup/restore-assertion';
import type { HostedStoreProps } from '../hosted/hosted-store-props';

/**
 * Properties for `PostgresCluster`.
 */
export interface PostgresClusterProps extends PostgresSettings, HostedStoreProps {
  /**
   * What must hold in each copy that is restored to prove its backup.
   *
   * @default - that it can be read, that it lost no more than it may, and that no page is damaged
   */
  readonly restoreAssertions?: RestoreAssertion[];
}

/**
 * A PostgreSQL 15 cluster, reached by TLS: one member writes, the others follow it, and one of them takes its place when it is lost.
 *
 * Defines, in a file of its own, a StatefulSet of `instances` members with a volume each, Services for the primary (`<id>`), for those
 * that follow it (`<id>-replicas`) and for members (`<id>-members`), a ConfigMap, a PodDisruptionBudget, a ServiceAccount with the few
 * rights that Patroni needs, NetworkPolicies, and, as soon as a service uses it, the Job `<id>-databases`: it makes a database and a
 * user for each of them, both named by its group and its name (`core_business_order`), and may run again at any time.
 *
 * These Secrets must exist in its namespace: `<id>` with `administrator-password`, `replication-password` and `rewind-password`;
 * `<id>-tls` with `tls.crt`, `tls.key` and `ca.crt`, for the names `<id>.<namespace>.svc.<domain>` and
 * `*.<id>-members.<namespace>.svc.<domain>`, to serve and to connect (`serverAuth` and `clientAuth`); and `<id>-users` with a password
 * for each database, under its name.
 *
 * A service knows its database by a connection string, which is a secret as a whole, because it holds the password: in the Secret
 * `<id>-<service>` of its own namespace, such as `postgresql-prod-order`, under the key `connection-string`, a line such as
 * `host=postgresql-prod.infrastructure.svc.cluster.local port=5432 user=core_business_order dbname=core_business_order
 * sslmode=verify-full password=...`. Its Dapr component reads it there, and is its own too: `postgresql-statestore-order`.
 *
 * Without `strict` a commit waits for another member as long as there is one. Where the
 * platform profile names object storage (`backups.storage`), all of it is backed up there, and a drill proves each week that it can be
 * restored: `docs/backups.md`.
 *
 * All of this is what the engine `statefulset` defines. With `PostgresEngine.CLOUD_NATIVE_PG` the operator makes members from a `Cluster`
 * of this name, and services come in by `<id>-rw` or, with a pooler, by `<id>-pooler`. What it needs is in
 * `docs/postgresql-by-cloud-native-pg.md`.
 *
 * @see https://patroni.readthedocs.io/en/latest/
 * @see https://www.postgresql.org/docs/15/libpq-connect.html#LIBPQ-CONNSTRING
 *
 * @example
 *
 * class Infrastructure extends SharedChart {
 *   constructor(scope: Construct) {
 *     super(scope, 'infrastructure');
 *     for (const environment of Environment.standard()) {
 *       new stores.PostgresCluster(this, `postgresql-${environment.name}`, {
 *         environment,
 *         engine: stores.PostgresEngine.STATEFUL_SET,
 *         image: Image.of('registry.example.com/postgresql', { tag: '15.19-1' }),
 *       });
 *     }
 *   }
 * }
 */
export class PostgresCluster extends Construct implements IStateStore, IReplicated {
  /**
   * The instance of this environment in a namespace of the cluster, such as `postgresql-prod` in `infrastructure`.
   *
   * Each service has a Secret of its own, `<secretName>-<service>` such as `postgresql-prod-order`, with the key
   * `connection-string`. Options describe a server without TLS or password. Fails at synthesis if two environments would share one.
   */
  public static fromNamespace(scope: Construct, id: string, namespace: string, options: PostgresFromNamespaceOptions = {}): IStateStore {
    return existingPostgres(scope, options, (engine) => engine.fromNamespace(scope, id, namespace, options));
  }

  /**
   * A PostgreSQL server or cluster outside of the Kubernetes cluster.
   *
   * Each service has a Secret of its own, `<secretName>-<service>` such as `books-order`, with the key `connection-string`.
   * Options describe a server without TLS or password. Fails at synthesis if two environments would share one.
   */
  public static fromHost(scope: Construct, id: string, host: string, options: PostgresFromHostOptions): IStateStore {
    return existingPostgres(scope, options, (engine) => engine.fromHost(scope, id, host, options));
  }

  /** Where services find it. */
  public readonly stateEndpoint: StoreEndpoint;

  /** The name of its StatefulSet and of the Service of its primary, or of its `Cluster`. */
  public readonly name: string;

  /** The labels by which its members are selected. */
  public readonly selectorLabels: { [name: string]: string };

  /** How many members it has. */
  public readonly minReplicas: number;

  /**
   * Defines the cluster `id`, which is the name of its Service and a DNS label of at most 40 characters.
   */
  constructor(scope: Construct, id: string, props: PostgresClusterProps = {}) {
    super(scope, constructId(scope, id, new.target, props));
    const postgres = decidePostgres(this, props);
    this.name = postgres.name;
    this.selectorLabels = postgres.selectorLabels;
    this.minReplicas = postgres.settings.instances;
    this.stateEndpoint = POSTGRES_ENGINE.hosted(this, { port: postgres.settings.port, ...postgres.entry });
    definePostgres(this, postgres, this.stateEndpoint, props.restoreAssertions ?? []);
  }
}
