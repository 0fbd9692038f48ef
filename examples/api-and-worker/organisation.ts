import { DaprVersion, Image, KubernetesVersion, PlatformProfile, stores } from '../../src';

/** The target can be named from outside, so that the same pair is rendered for another cluster. */
const { SHOP_KUBERNETES_VERSION, SHOP_DAPR_VERSION } = process.env;

/** Not the digest of any image: an obvious placeholder. Write the digest that your registry shows. */
export const PLACEHOLDER = `sha256:${'0'.repeat(64)}`;

/**
 * What holds for all services and stores of the organisation.
 */
export const organisation = PlatformProfile.standard().customize({
  kubernetesVersion: KubernetesVersion.of(SHOP_KUBERNETES_VERSION ?? '1.36'),
  daprVersion: DaprVersion.of(SHOP_DAPR_VERSION ?? '1.18'),
  quotas: { infrastructure: { cpu: '20', memory: '40Gi' } },
  // room for both at their largest, twice while a new version comes
  defaultQuota: { cpu: '48', memory: '80Gi' },
}).with(stores.StoreDefaults.of({
  redis: { image: Image.of('registry.example.com/redis', { tag: '7.2.16', digest: PLACEHOLDER }) },
}));
