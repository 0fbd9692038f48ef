import { group, profileWith, ROOMY, service } from './platform';
import type { ServiceChart } from '../../src/platform/service-chart';
import type { ProfileChanges } from '../../src/profile/profile-changes';
import { Image } from '../../src/values/image';
import type { MicroserviceProps } from '../../src/workloads/microservice-props';
import { DeliveryStrategy } from '../../src/workloads/progressive/delivery-strategy';
import type { BlueGreenOptions, CanaryOptions } from '../../src/workloads/progressive/progressive-options';

export { group, profileWith, ROOMY, service };

/** A program that tries out new versions. */
export const SMOKE_TEST = { image: Image.of('registry.example.com/checkout-smoke-test', { tag: '1.0.0' }) };

/** The service `checkout` in a namespace with room for two versions. */
export function checkout(delivery: DeliveryStrategy, props: MicroserviceProps = {}, profile: ProfileChanges = {}): ServiceChart {
  const chart = group({ profile: ROOMY.customize(profile) });
  service(chart, 'checkout', { delivery, ...props });
  return chart;
}

export function blueGreen(options: BlueGreenOptions = {}, props?: MicroserviceProps, profile?: ProfileChanges): ServiceChart {
  return checkout(DeliveryStrategy.blueGreen({ smokeTest: SMOKE_TEST, ...options }), props, profile);
}

export function canary(options: CanaryOptions = {}, props?: MicroserviceProps, profile?: ProfileChanges): ServiceChart {
  return checkout(DeliveryStrategy.canary({ smokeTest: SMOKE_TEST, ...options }), props, profile);
}
