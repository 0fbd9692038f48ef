import { Duration } from 'cdk8s';
import type { ProfileValues } from './profile-values';
import { Image } from '../values/image';
import { Port } from '../values/port';

/**
 * The defaults of containers beside the application: a part of the standard profile.
 */
export function standardContainers(): Pick<ProfileValues, 'containers'> {
  return {
    containers: {
      resources: {
        cpuRequest: '50m',
        cpuLimit: '100m',
        memoryRequest: '64Mi',
        memoryLimit: '128Mi',
        ephemeralStorageRequest: '64Mi',
        ephemeralStorageLimit: '256Mi',
      },
      drain: Duration.seconds(5),
      metricsPath: '/metrics',
      ambassador: {
        image: Image.of('docker.io/envoyproxy/envoy', { tag: 'distroless-v1.40.0' }),
        tlsPort: Port.https(8443),
        statusPort: Port.of('envoy-status', 9902),
        resources: {
          cpuRequest: '100m',
          cpuLimit: '200m',
          memoryRequest: '64Mi',
          memoryLimit: '128Mi',
          ephemeralStorageRequest: '64Mi',
          ephemeralStorageLimit: '256Mi',
        },
        concurrency: 1,
        maxConnections: 10_000,
        connectTimeout: Duration.seconds(5),
        operationTimeout: Duration.seconds(5),
        startTimeout: Duration.seconds(60),
        probeInterval: Duration.seconds(10),
      },
    },
  };
}
