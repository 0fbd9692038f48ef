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
