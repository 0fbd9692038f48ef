import type { Construct } from 'constructs';
import type { Environment } from '../../src';
import { DaprVersion, Image, KubernetesVersion, Microservice, PlatformProfile, Scaling, ServiceChart, workloads } from '../../src';

/** The target can be named from outside, so that the same is rendered for another cluster. */
const { SHOP_KUBERNETES_VERSION, SHOP_DAPR_VERSION } = process.env;

/** Not the digest of any image: an obvious placeholder. Write the digest that your registry shows. */
const PLACEHOLDER = `sha256:${'0'.repeat(64)}`;

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
      image: Image.of('registry.example.com/checkout', { tag: '4.1.0', digest: PLACEHOLDER }),
      delivery: workloads.ProgressiveDelivery.blueGreen({
        autoPromotion: false,
        smokeTest: { image: Image.of('registry.example.com/checkout-smoke-test', { tag: '4.1.0', digest: PLACEHOLDER }) },
      }),
    });
    const catalog = new Microservice(this, 'catalog', {
      image: Image.of('registry.example.com/catalog', { tag: '2.7.3', digest: PLACEHOLDER }),
      scaling: Scaling.utilization({ min: 10, max: 12 }),
      delivery: workloads.ProgressiveDelivery.canary({
        smokeTest: { image: Image.of('registry.example.com/catalog-smoke-test', { tag: '2.7.3', digest: PLACEHOLDER }) },
      }),
    });

    checkout.allowsGroup('shop');
    checkout.calls(catalog, { idempotent: true });
  }
}
