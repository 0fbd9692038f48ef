import { Duration } from 'cdk8s';
import { DaprVersion, Image, KubernetesVersion, PlatformProfile, network, stores, workloads } from '../../src';

/** Not the digest of any image: an obvious placeholder. Write the digest that your registry shows. */
export const PLACEHOLDER = `sha256:${'0'.repeat(64)}`;

const REDIS = Image.of('registry.example.com/redis', { tag: '7.2.16', digest: PLACEHOLDER });

/** The target can be named from outside, so that the same platform is rendered for another cluster. */
const { SHOP_KUBERNETES_VERSION, SHOP_DAPR_VERSION } = process.env;

/**
 * What holds for all services and stores of the organisation.
 */
export const organisation = PlatformProfile.standard().customize({
  imageRegistry: 'registry.example.com',
  kubernetesVersion: KubernetesVersion.of(SHOP_KUBERNETES_VERSION ?? '1.36'),
  daprVersion: DaprVersion.of(SHOP_DAPR_VERSION ?? '1.18'),
  quotas: {
    'core-business-dev': { cpu: '16', memory: '32Gi' },
    'core-business-staging': { cpu: '30', memory: '60Gi' },
    'core-business-prod': { cpu: '50', memory: '100Gi' },
    'platform-dev': { cpu: '12', memory: '24Gi' },
    'platform-staging': { cpu: '24', memory: '48Gi' },
    'platform-prod': { cpu: '30', memory: '60Gi' },
    'infrastructure': { cpu: '20', memory: '40Gi' },
    'infrastructure-dev': { cpu: '12', memory: '24Gi' },
    'infrastructure-staging': { cpu: '12', memory: '24Gi' },
  },
  capacity: {
    production: { cpu: '100', memory: '200Gi' },
    // the stores of staging come on top of what its services may use
    staging: { cpu: '66', memory: '132Gi' },
    development: { cpu: '40', memory: '80Gi' },
  },
  storageQuotas: { 'infrastructure': '2Ti', 'infrastructure-dev': '1Ti', 'infrastructure-staging': '2Ti' },
}).with(workloads.WorkloadDefaults.of({
  // a requirement of the shop; the injector itself waits 1 s
  sidecar: { readiness: { initialDelay: Duration.seconds(30) } },
}), network.NetworkDefaults.of({
  // the members of a PostgreSQL cluster ask the API server who of them writes
  network: { apiServerCidrs: ['10.0.0.1/32'] },
}), stores.StoreDefaults.of({
  postgresql: { image: Image.of('registry.example.com/postgresql', { tag: '15.19-1', digest: PLACEHOLDER }) },
  // less than the standard's members have, so that the quota of infrastructure holds both of prod and Dapr's control plane
  redis: { image: REDIS, resources: { cpuRequest: '250m', cpuLimit: '250m' } },
  broker: { image: REDIS, resources: { cpuRequest: '200m', cpuLimit: '200m', memoryRequest: '512Mi', memoryLimit: '512Mi' } },
  backups: {
    uploadImage: Image.of('registry.example.com/aws-cli', { tag: '2.31.8', digest: PLACEHOLDER }),
    storage: stores.ObjectStorage.s3({
      bucket: 'shop-backups',
      region: 'eu-central-1',
      replicaRegion: 'eu-west-1',
      cidrs: ['10.20.0.0/24'],
      credentials: stores.StorageCredentials.secret('backup-writer'),
      readCredentials: stores.StorageCredentials.secret('backup-reader'),
    }),
  },
}));
