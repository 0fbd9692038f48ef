/**
 * What runs the servers of a PostgreSQL cluster. Services use each in the same way.
 */
export enum PostgresEngine {
  /**
   * A StatefulSet whose members agree by Patroni who writes: no operator is needed, only the API server.
   *
   * Its image is your own, because it contains Patroni besides PostgreSQL: `images/postgresql/Dockerfile` of this library builds one.
   *
   * @see https://patroni.readthedocs.io/en/latest/kubernetes.html
   */
  STATEFUL_SET = 'statefulset',

  /**
   * The operator CloudNativePG, which must run in the cluster: it makes the members, and decides which of them is the primary.
   *
   * Backups need its plug-in Barman Cloud besides, and CloudNativePG 1.27 or newer. Its settings are `cloudNativePg`.
   *
   * @see https://cloudnative-pg.io/documentation/current/
   */
  CLOUD_NATIVE_PG = 'cloud-native-pg',
}
