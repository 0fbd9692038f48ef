import { DaprVersion, Image, KubernetesVersion, PlatformProfile, network, stores } from '../../src';

const REDIS = Image.parse('registry.example.com/redis:7.2.7@sha256:f0d6ea3c9d409fecb798e3a0007ab8a6343732a79e201fb005e0aec1395fab9a');

/** The target can be named from outside, so that the same platform is rendered for another cluster. */
const { SHOP_KUBERNETES_VERSION, SHOP_DAPR_VERSION } = process.env;

/**
 * What holds for all services and stores of the organisation.
 */
export const organisation = PlatformProfile.standard().customize({
  imageRegistry: 'registry.example.com',
  kubernetesVersion: KubernetesVersion.of(SHOP_KUBERNETES_VERSION ?? '1.36'),
  daprVersion: DaprVersion.of(SHOP_DAPR_VERSION ?? '1.18'),
  storageQuotas: { infrastructure: '4Ti' },
}).with(network.NetworkDefaults.of({
  // the members of a PostgreSQL cluster ask the API server who of them writes
  network: { apiServerCidrs: ['10.0.0.1/32'] },
}), stores.StoreDefaults.of({
  postgresql: { image: Image.parse('registry.example.com/postgresql:15.15-1@sha256:9c2a52e0a8a7b5b8f1c3d6e4f708192a3b4c5d6e7f8091a2b3c4d5e6f708192a') },
  // less than the standard's members have, so that the quota of infrastructure holds both of each environment and Dapr's control plane
  redis: { image: REDIS, resources: { cpuRequest: '250m', cpuLimit: '250m' } },
  broker: { image: REDIS, resources: { cpuRequest: '200m', cpuLimit: '200m', memoryRequest: '512Mi', memoryLimit: '512Mi' } },
  backups: {
    uploadImage: Image.parse('registry.example.com/aws-cli:2.31.8@sha256:4d1f0e2b3c5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0'),
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
