import type { Construct } from 'constructs';
import type { Environment } from '../../src';
import { DaprVersion, Image, KubernetesVersion, Microservice, PlatformProfile, Scaling, ServiceChart, workloads } from '../../src';

/** The target can be named from outside, so that the same is rendered for another cluster. */
const { SHOP_KUBERNETES_VERSION, SHOP_DAPR_VERSION } = process.env;

const organisation = PlatformProfile.standard().customize({
  kubernetesVersion: KubernetesVersion.of(SHOP_KUBERNETES_VERSION ?? '1.36'),
  daprVersion: DaprVersion.of(SHOP_DAPR_VERSION ?? '1.18'),
  // both services at their largest, twice while a new version comes, and their smoke tests
  defaultQuota: { cpu: '40', memory: '64Gi' },
});

/**
 * A service whose versions are exchanged all at once, and one whose new version takes a growing share.
 *
 * The checkout is called directly, by browsers through a gateway: its new pods get nothing before the exchange. The catalog is called through
 * Dapr, which knows pods and no weights: its share is the number of its pods, of which it has ten or more.
 */
export class Shop extends ServiceChart {
  constructor(scope: Construct, environment: Environment) {
    super(scope, 'shop', { environment, profile: organisation });

    const checkout = new Microservice(this, 'checkout', {
      image: Image.parse('registry.example.com/checkout:4.1.0@sha256:0b1d2f3a4c5e69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0'),
      delivery: workloads.ProgressiveDelivery.blueGreen({
        autoPromotion: false,
        smokeTest: { image: Image.parse('registry.example.com/checkout-smoke-test:4.1.0@sha256:4e5f60718293a4b5c6d7e8f901234567890abcdef1234567890abcdef1234567') },
      }),
    });
    const catalog = new Microservice(this, 'catalog', {
      image: Image.parse('registry.example.com/catalog:2.7.3@sha256:9c2a52e0a8a7b5b8f1c3d6e4f708192a3b4c5d6e7f8091a2b3c4d5e6f708192a'),
      scaling: Scaling.utilization({ min: 10, max: 12 }),
      delivery: workloads.ProgressiveDelivery.canary({
        smokeTest: { image: Image.parse('registry.example.com/catalog-smoke-test:2.7.3@sha256:f0d6ea3c9d409fecb798e3a0007ab8a6343732a79e201fb005e0aec1395fab9a') },
      }),
    });

    checkout.allowsGroup('shop');
    checkout.calls(catalog);
  }
}
