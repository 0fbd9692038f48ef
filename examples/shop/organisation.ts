import { DaprVersion, KubernetesVersion, PlatformProfile } from '../../src';

/** The target can be named from outside, so that the same platform is rendered for another cluster. */
const { SHOP_KUBERNETES_VERSION, SHOP_DAPR_VERSION } = process.env;

/**
 * What holds for all services of the organisation.
 */
export const organisation = PlatformProfile.standard().customize({
  imageRegistry: 'registry.example.com',
  kubernetesVersion: KubernetesVersion.of(SHOP_KUBERNETES_VERSION ?? '1.36'),
  daprVersion: DaprVersion.of(SHOP_DAPR_VERSION ?? '1.18'),
});
