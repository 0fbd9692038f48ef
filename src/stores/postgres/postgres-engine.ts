/**
 * What runs the servers of a PostgreSQL cluster. Services use each in the same way.
 */
export class PostgresEngine {
  /**
   * A StatefulSet whose members agree by Patroni who writes: no operator is needed, only the API server.
   *
   * Its image is your own, because it holds Patroni besides PostgreSQL: `images/postgresql/Dockerfile` of this library builds one.
   *
   * @see https://patroni.readthedocs.io/en/latest/kubernetes.html
   */
  public static statefulSet(): PostgresEngine {
    return new PostgresEngine('statefulset');
  }

  /**
   * The operator CloudNativePG, which must run in the cluster: it makes the members, and decides which of them is the primary.
   *
   * Backups need its plug-in Barman Cloud besides, and CloudNativePG 1.27 or newer. Its settings are `cloudNativePg`.
   *
   * @see https://cloudnative-pg.io/documentation/current/
   */
  public static cloudNativePg(): PostgresEngine {
    return new PostgresEngine('cloud-native-pg');
  }

  /**
   * What it is called in messages and tables.
   *
   * @internal
   */
  public readonly _name: string;

  private constructor(name: string) {
    this._name = name;
  }

  /**
   * Its name, such as `statefulset`.
   */
  public toString(): string {
    return this._name;
  }
}
