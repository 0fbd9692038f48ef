/**
 * What runs the members of a Redis cluster. Services use each in the same way.
 */
export class RedisEngine {
  /**
   * A StatefulSet whose members form the cluster by scripts of this library: no operator is needed.
   */
  public static statefulSet(): RedisEngine {
    return new RedisEngine('statefulset');
  }

  /**
   * The operator of OT-CONTAINER-KIT, which must be installed: this renders the custom resource `RedisCluster` for it.
   *
   * It can do less. All services share the user `default`, which may do everything, because the operator itself is that user; nothing
   * brings snapshots away; members do not know their zones; and containers may write to their image.
   *
   * @see https://redis-operator.opstree.dev/docs/getting-started/cluster/
   */
  public static operator(): RedisEngine {
    return new RedisEngine('operator');
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
