import { DaprVersion, Image, KubernetesVersion, PlatformProfile, stores } from '../../src';

/** The target can be named from outside, so that the same pair is rendered for another cluster. */
const { SHOP_KUBERNETES_VERSION, SHOP_DAPR_VERSION } = process.env;

/**
 * What holds for all services and stores of the organisation.
 */
export const organisation = PlatformProfile.standard().customize({
  kubernetesVersion: KubernetesVersion.of(SHOP_KUBERNETES_VERSION ?? '1.36'),
  daprVersion: DaprVersion.of(SHOP_DAPR_VERSION ?? '1.18'),
  // room for both at their largest, twice while a new version comes
  defaultQuota: { cpu: '48', memory: '80Gi' },
}).with(stores.StoreDefaults.of({
  redis: { image: Image.parse('registry.example.com/redis:7.2.7@sha256:f0d6ea3c9d409fecb798e3a0007ab8a6343732a79e201fb005e0aec1395fab9a') },
}));
