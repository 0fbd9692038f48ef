/** A file of CRDs, the module of imports/ that is generated from it, and the kinds kept. */
export interface CrdSelection {
  /** The file's name inside the folder of CRDs. */
  readonly file: string;
  /** The name of the generated module: `imports/<module>.ts`. */
  readonly module: string;
  /** The kinds this library renders; the others are left out. */
  readonly kinds: readonly string[];
  /** Fields that nobody here sets, or that are rendered as plain data: their schema, at whatever depth, is left to the API server. */
  readonly open?: readonly string[];
}

/** The custom resources this library renders. A further kind is one more word, a further project one more line. */
export const CRDS: readonly CrdSelection[] = [
  { file: 'barman-cloud.barmancloud.cnpg.io.yaml', module: 'barman-cloud', kinds: ['ObjectStore'] },
  { file: 'cloudnative-pg.postgresql.cnpg.io.yaml', module: 'cloud-native-pg', kinds: ['Cluster', 'Database', 'Pooler', 'ScheduledBackup'] },
  { file: 'dapr.dapr.io.yaml', module: 'dapr', kinds: ['Component', 'Configuration', 'Resiliency', 'Subscription'] },
  { file: 'etcd-operator.operator.etcd.io.yaml', module: 'etcd', kinds: ['EtcdCluster'] },
  {
    file: 'keda.keda.sh.yaml',
    module: 'keda',
    kinds: ['ScaledJob', 'ScaledObject', 'TriggerAuthentication'],
    open: [
      'awsSecretManager', 'azureKeyVault', 'behavior', 'boundServiceAccountToken', 'env', 'gcpSecretManager', 'hashiCorpVault', 'jobTargetRef', 'oauth2',
      'podIdentity', 'rollout',
    ],
  },
  { file: 'prometheus-operator.monitoring.coreos.com.yaml', module: 'prometheus-operator', kinds: ['PodMonitor', 'PrometheusRule'] },
  { file: 'redis-operator.redis.redis.opstreelabs.in.yaml', module: 'redis-operator', kinds: ['RedisCluster'] },
  { file: 'strimzi.kafka.strimzi.io.yaml', module: 'strimzi', kinds: ['Kafka', 'KafkaNodePool', 'KafkaTopic', 'KafkaUser'] },
  { file: 'velero.velero.io.yaml', module: 'velero', kinds: ['BackupStorageLocation', 'Schedule'] },
];
