import { Duration } from 'cdk8s';
import { Image } from './image';
import type { ProfileValues } from './profile-values';
import { Tier } from './tier';

/**
 * The defaults of the stores that the platform runs itself: a part of the standard profile.
 */
export function standardStores(): Pick<ProfileValues, 'redis'> {
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
  };
}
