import { Duration } from 'cdk8s';
import { Image } from './image';
import type { ProfileValues } from './profile-values';
import { Tier } from './tier';

/**
 * The defaults of the stores that the platform runs itself: a part of the standard profile.
 */
export function standardStores(): Pick<ProfileValues, 'redis' | 'kafka' | 'etcd'> {
  return {
    redis: {
      image: Image.of('docker.io/library/redis', { tag: '7.2.7-bookworm' }),
      primaries: 3,
      replicasPerPrimary: 1,
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
    },
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
  };
}
