/**
 * What runs the members of a Redis cluster. Services use each in the same way.
 */
export enum RedisEngine {
  /**
   * A StatefulSet whose members form the cluster by scripts of this library: no operator is needed.
   */
  STATEFUL_SET = 'statefulset',

  /**
   * The operator of OT-CONTAINER-KIT, which must be installed: this renders the custom resource `RedisCluster` for it.
   *
   * It can do less. All services share the user `default`, which may do everything, because the operator itself is that user; nothing
   * brings snapshots away; members do not know their zones; and containers may write to their image.
   *
   * @see https://redis-operator.opstree.dev/docs/getting-started/cluster/
   */
  OPERATOR = 'operator',
}
