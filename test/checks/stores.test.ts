import { testRules } from './rule-cases';

const object = (apiVersion: string, kind: string, spec: string) => `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: store, namespace: infrastructure }\nspec: ${spec}\n`;
const redis = (name: string, container: string) => `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: ${name}, namespace: shop }\n`
  + `spec: { template: { spec: { containers: [{ name: redis, ${container} }] } } }\n`;
const cluster = (spec: string) => object('postgresql.cnpg.io/v1', 'Cluster', spec);

testRules({
  'MS-STORE-001': {
    breaks: object('redis.redis.opstreelabs.in/v1beta2', 'RedisCluster', '{}'),
    report: 'MS-STORE-001 warning (1): An operator runs a Redis cluster: all services share a user that may do everything, and no snapshot leaves the volumes. '
      + 'Nothing to do, if a reviewer agrees. RedisEngine.STATEFUL_SET has neither problem.\n  m.yaml:1\n',
    keeps: object('apps/v1', 'StatefulSet', '{}'),
  },
  'MS-STORE-002': {
    breaks: object('operator.etcd.io/v1alpha1', 'EtcdCluster', '{ tls: { provider: cert-manager } }'),
    report: 'MS-STORE-002 warning (1): The operator of etcd 0.2.0 makes the certificates of a cluster with TLS, but starts its members without them, '
      + 'so no sidecar would get an answer. Install a version in which https://github.com/etcd-io/etcd-operator/issues/371 is fixed.\n  m.yaml:1 /spec/tls\n',
    keeps: object('operator.etcd.io/v1alpha1', 'EtcdCluster', '{ size: 3 }'),
  },
  'MS-STORE-003': {
    breaks: object('kafka.strimzi.io/v1', 'Kafka', '{ kafka: { listeners: [{ type: internal }, { type: route }] } }'),
    report: 'MS-STORE-003 warning (1): A Kafka listener has the type route, and Strimzi refuses the whole cluster where there are no Routes, which only OpenShift has. '
      + "Set kafka.externalListener to 'loadbalancer', 'nodeport' or 'none' on other clusters.\n  m.yaml:1 /spec/kafka/listeners/1/type\n",
    keeps: object('kafka.strimzi.io/v1', 'Kafka', '{ kafka: { listeners: [{ type: loadbalancer }] } }'),
  },
  'MS-STORE-004': {
    breaks: [
      redis('default', 'image: "redis:8.2-alpine"'),
      redis('options', 'image: "registry.example.com/library/valkey@sha256:00", command: [valkey-server, --requirepass, $(PASSWORD)]'),
      redis('arguments', 'image: redis, args: [--appendonly, "yes"]'),
    ].join('---\n'),
    report: 'MS-STORE-004 warning (3): Services connect to a store without TLS, so whoever reads the network reads their data and credentials. '
      + 'Enable TLS on the store, or acknowledge this with the reason why the network is trusted.\n'
      + "  m.yaml:1 in the container 'redis'\n  m.yaml:6 in the container 'redis'\n  m.yaml:11 in the container 'redis'\n",
    keeps: [
      redis('tls', 'image: "redis:8.2", args: [--port, "0", --tls-port, "6379"]'),
      redis('file', 'image: "redis:8.2", command: [redis-server, /etc/redis/redis.conf]'),
      redis('script', 'image: "redis:8.2", command: [/bin/sh, /etc/redis/start.sh]'),
      redis('exporter', 'image: "oliver006/redis_exporter:v1.77.0"'),
    ].join('---\n'),
  },
  'MS-STORE-005': {
    breaks: redis('tls', 'image: "redis:8.2", args: [--port, "0", --tls-port, "6379"]'),
    report: 'MS-STORE-005 warning (1): A store requires no password, so every pod that the network lets through reads and changes its data. '
      + "Require a password, or acknowledge this with the reason why the network policies suffice.\n  m.yaml:1 in the container 'redis'\n",
    keeps: [
      redis('password', 'image: "redis:8.2", args: [--requirepass, $(PASSWORD)]'),
      redis('users', 'image: "redis:8.2", command: [/usr/local/bin/redis-server, --aclfile, /etc/redis/users.acl]'),
      redis('script', 'image: "redis:8.2", command: [/bin/sh, /etc/redis/start.sh]'),
    ].join('---\n'),
  },
  'MS-BACKUP-001': {
    breaks: cluster('{ plugins: [{ name: barman-cloud.cloudnative-pg.io }] }'),
    report: 'MS-BACKUP-001 warning (1): Nothing proves that the backups of a PostgreSQL cluster can be restored: the engine cloudNativePg has no restore drill. '
      + 'Restore one by hand into a Cluster of its own now and then.\n  m.yaml:1 /spec/plugins\n',
    keeps: cluster('{ instances: 3 }'),
  },
  'MS-BACKUP-002': {
    breaks: [cluster('{ backup: { barmanObjectStore: { destinationPath: "s3://acme" } } }'), object('postgresql.cnpg.io/v1', 'ScheduledBackup', '{ method: barmanObjectStore }')].join('---\n'),
    report: 'MS-BACKUP-002 error (2): CloudNativePG makes a backup itself, which is deprecated since 1.26 and will be removed. '
      + 'Leave it out: backups of the platform profile with a storage go by the plug-in barman-cloud.cloudnative-pg.io, which needs an ObjectStore and no field but plugins.\n'
      + '  m.yaml:1 /spec/backup/barmanObjectStore\n  m.yaml:6 /spec/method\n',
    keeps: object('postgresql.cnpg.io/v1', 'ScheduledBackup', '{ method: plugin, pluginConfiguration: { name: barman-cloud.cloudnative-pg.io } }'),
  },
});
