import { Duration } from 'cdk8s';
import type { ProfileValues } from './profile-values';
import { CertificateSource } from '../gateway/certificate-source';
import { GatewayEngine } from '../gateway/gateway-engine';
import { Tier } from '../values/tier';

/**
 * The defaults of gateways: a part of the standard profile.
 */
export function standardGateway(): Pick<ProfileValues, 'gateway'> {
  return {
    gateway: {
      engine: GatewayEngine.envoyGateway(),
      // every environment has its own
      hostnames: [],
      envoyGatewayClass: 'eg',
      istioGatewayClass: 'istio',
      // every cluster has its own
      ingressClass: '',
      ingressAnnotations: {},
      certificates: CertificateSource.clusterIssuer('letsencrypt'),
      certificateLifetime: Duration.days(90),
      certificateRenewal: Duration.days(30),
      minTlsVersion: '1.3',
      redirectHttp: true,
      timeout: Duration.seconds(30),
      retries: 3,
      headersTimeout: Duration.seconds(10),
      idleTimeout: Duration.hours(1),
      streamIdleTimeout: Duration.minutes(5),
      maxConcurrentStreams: 100,
      bufferLimit: '32Ki',
      trustedHops: 0,
      keyCache: Duration.minutes(5),
      corsMaxAge: Duration.minutes(10),
      proxies: 2,
      proxyResources: {
        cpuRequest: '100m',
        cpuLimit: '1',
        memoryRequest: '128Mi',
        memoryLimit: '512Mi',
        ephemeralStorageRequest: '64Mi',
        ephemeralStorageLimit: '64Mi',
      },
      tier: Tier.CRITICAL,
    },
  };
}
