import { Duration } from 'cdk8s';
import type { ProfileValues } from './profile-values';
import { PostgresEngine } from '../stores/postgres/postgres-engine';
import { RedisEngine } from '../stores/redis/redis-engine';
import type { RedisMemberSettings } from '../stores/redis/redis-member-settings';
import { Image } from '../values/image';
import { Schedule } from '../values/schedule';
import { Tier } from '../values/tier';

/**
 * The defaults of the stores that the platform runs itself: a part of the standard profile.
 */
export function standardStores(): Pick<ProfileValues, 'backups' | 'broker' | 'etcd' | 'kafka' | 'postgresql' | 'redis'> {
  return {
    postgresql: {
      engine: PostgresEngine.statefulSet(),
      // nobody else builds one that fits: images/postgresql/Dockerfile
      image: undefined,
      instances: 3,
      synchronousMode: 'quorum',
      strict: false,
      storage: '100Gi',
      storageClass: '',
      resources: {
        cpuRequest: '1',
        cpuLimit: '1',
        memoryRequest: '2Gi',
        memoryLimit: '2Gi',
        ephemeralStorageRequest: '256Mi',
        ephemeralStorageLimit: '256Mi',
      },
      databasesResources: {
        cpuRequest: '100m',
        cpuLimit: '100m',
        memoryRequest: '128Mi',
        memoryLimit: '128Mi',
        ephemeralStorageRequest: '64Mi',
        ephemeralStorageLimit: '64Mi',
      },
      tier: Tier.CRITICAL,
      zoneSpread: 'DoNotSchedule',
      ttl: Duration.seconds(20),
      loopWait: Duration.seconds(5),
      retryTimeout: Duration.seconds(5),
      primaryStartTimeout: Duration.seconds(30),
      maximumLag: '1Mi',
      sharedBuffersPercent: 25,
      sharedMemory: '256Mi',
      parameters: {
        max_connections: '200',
        // a member that was away for a while follows without a copy of everything, and one that never comes back does not fill the disk
        max_slot_wal_keep_size: '10GB',
        wal_keep_size: '1GB',
      },
      probeInterval: Duration.seconds(10),
      probeTimeout: Duration.seconds(5),
      probeFailures: 3,
      startTimeout: Duration.seconds(300),
      shutdown: Duration.seconds(60),
      certificateInterval: Duration.seconds(60),
      databasesTimeout: Duration.seconds(300),
      cloudNativePg: {
        image: Image.of('ghcr.io/cloudnative-pg/postgresql', { tag: '15.13-bookworm' }),
        // recovery from the log after a crash, which the operator itself gives an hour
        startTimeout: Duration.seconds(3600),
        pooler: {
          instances: 0,
          // each version of the operator has its own
          image: undefined,
          clientConnections: 1000,
          poolSize: 20,
          resources: {
            cpuRequest: '100m',
            cpuLimit: '500m',
            memoryRequest: '128Mi',
            memoryLimit: '128Mi',
            ephemeralStorageRequest: '64Mi',
            ephemeralStorageLimit: '64Mi',
          },
        },
        cluster: {},
      },
    },
    redis: {
      ...redisMembers(),
      replicasPerPrimary: 1,
      engine: RedisEngine.statefulSet(),
      operatorImage: Image.of('quay.io/opstree/redis', { tag: 'v7.0.15' }),
    },
    broker: { ...redisMembers(), partitions: 16, replication: 3 },
    kafka: {
      version: '4.3.0',
      metadataVersion: '4.3-IV0',
      // the newest that the oldest supported Dapr knows, and not older than Kafka 4 still understands
      protocolVersion: '3.6.0',
      brokers: 3,
      controllers: 3,
      replicationFactor: 3,
      minInSyncReplicas: 2,
      partitions: 16,
      retention: Duration.days(7),
      storage: '10000Gi',
      controllerStorage: '20Gi',
      storageClass: '',
      resources: { cpuRequest: '1', cpuLimit: '1', memoryRequest: '2Gi', memoryLimit: '2Gi' },
      controllerResources: { cpuRequest: '250m', cpuLimit: '250m', memoryRequest: '512Mi', memoryLimit: '512Mi' },
      operatorResources: { cpuRequest: '100m', cpuLimit: '100m', memoryRequest: '256Mi', memoryLimit: '256Mi' },
      externalListener: 'route',
      externalPort: 9094,
      tier: Tier.CRITICAL,
      zoneSpread: 'DoNotSchedule',
      shutdown: Duration.seconds(120),
      metrics: false,
    },
    etcd: {
      size: 3,
      version: 'v3.6.5',
      image: 'gcr.io/etcd-development/etcd',
      storage: '10Gi',
      storageClass: '',
      issuerKind: 'Issuer',
      operatorNamespace: 'etcd-operator-system',
    },
    backups: {
      // every organisation has its own
      storage: undefined,
      schedule: Schedule.daily('01:30'),
      retention: Duration.days(30),
      configurationRetention: Duration.days(90),
      archiveTimeout: Duration.seconds(30),
      uploadAllowance: Duration.seconds(30),
      recoveryPoint: Duration.seconds(60),
      restoreTime: Duration.minutes(30),
      restoreRate: '100M',
      uploadImage: Image.of('docker.io/amazon/aws-cli', { tag: '2.22.35' }),
      resources: {
        cpuRequest: '250m',
        cpuLimit: '250m',
        memoryRequest: '256Mi',
        memoryLimit: '256Mi',
        ephemeralStorageRequest: '512Mi',
        ephemeralStorageLimit: '512Mi',
      },
      drill: {
        schedule: Schedule.weekly('sunday', '04:00'),
        pointInTime: Duration.minutes(10),
        // a day, and two hours for the backup itself
        oldestBackup: Duration.hours(26),
        deadline: Duration.hours(2),
        resources: {
          cpuRequest: '500m',
          cpuLimit: '500m',
          memoryRequest: '1Gi',
          memoryLimit: '1Gi',
          ephemeralStorageRequest: '512Mi',
          ephemeralStorageLimit: '512Mi',
        },
      },
    },
  };
}

/** The members of a Redis cluster, whether it keeps state or carries topics. */
function redisMembers(): Required<RedisMemberSettings> {
  return {
    image: Image.of('docker.io/library/redis', { tag: '7.2.7-bookworm' }),
    primaries: 3,
    storage: '50Gi',
    storageClass: '',
    resources: {
      cpuRequest: '500m',
      cpuLimit: '500m',
      memoryRequest: '1Gi',
      memoryLimit: '1Gi',
      ephemeralStorageRequest: '256Mi',
      ephemeralStorageLimit: '256Mi',
    },
    formationResources: {
      cpuRequest: '100m',
      cpuLimit: '100m',
      memoryRequest: '64Mi',
      memoryLimit: '64Mi',
      ephemeralStorageRequest: '64Mi',
      ephemeralStorageLimit: '64Mi',
    },
    tier: Tier.CRITICAL,
    maxMemoryPercent: 60,
    nodeTimeout: Duration.seconds(5),
    appendFsync: 'everysec',
    savePoints: ['3600 1', '300 100', '60 10000'],
    zoneSpread: 'DoNotSchedule',
    meetInterval: Duration.seconds(5),
    formationTimeout: Duration.seconds(600),
    probeInterval: Duration.seconds(10),
    probeTimeout: Duration.seconds(5),
    probeFailures: 3,
    loadingTimeout: Duration.seconds(900),
    handover: Duration.seconds(10),
    shutdown: Duration.seconds(20),
    snapshotTimeout: Duration.minutes(30),
  };
}
