import { group, profileWith, ROOMY, service } from './platform';
import type { AnyChanges } from './settings';
import { customized } from './settings';
import type { ServiceChart } from '../../src/platform/service-chart';
import { DeliveryStrategy } from '../../src/values/delivery-strategy';
import { Image } from '../../src/values/image';
import { ProgressiveDelivery } from '../../src/workloads';
import type { MicroserviceProps } from '../../src/workloads/microservice-props';
import type { BlueGreenOptions, CanaryOptions } from '../../src/workloads/progressive/progressive-options';

export { group, profileWith, ROOMY, service };

/** A program that tries out new versions. */
export const SMOKE_TEST = { image: Image.of('registry.example.com/checkout-smoke-test', { tag: '1.0.0' }) };

/** The service `checkout` in a namespace with room for two versions. */
export function checkout(delivery: DeliveryStrategy, props: MicroserviceProps = {}, profile: AnyChanges = {}): ServiceChart {
  const chart = group({ profile: customized(profile, ROOMY) });
  service(chart, 'checkout', { delivery, ...props });
  return chart;
}

export function blueGreen(options: BlueGreenOptions = {}, props?: MicroserviceProps, profile?: AnyChanges): ServiceChart {
  return checkout(ProgressiveDelivery.blueGreen({ smokeTest: SMOKE_TEST, ...options }), props, profile);
}

export function canary(options: CanaryOptions = {}, props?: MicroserviceProps, profile?: AnyChanges): ServiceChart {
  return checkout(ProgressiveDelivery.canary({ smokeTest: SMOKE_TEST, ...options }), props, profile);
}
