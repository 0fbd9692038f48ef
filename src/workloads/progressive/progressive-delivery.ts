import type { BlueGreenOptions, CanaryOptions } from './progressive-options';
import { checkBlueGreen, checkCanary } from './progressive-options';
import { DeliveryStrategy } from '../../values/delivery-strategy';

/**
 * Delivery strategies that Argo Rollouts carries out.
 *
 * The service becomes a Rollout in place of a Deployment, with the same name and labels.
 *
 * @see https://argo-rollouts.readthedocs.io/en/stable/
 */
export class ProgressiveDelivery {
  /**
   * All pods of the new version start beside the old ones, are tried out behind a Service of their own, and then take all requests at once.
   * If they fail afterwards, the old ones, which are still there, take them back.
   *
   * A namespace needs room for both versions. Calls between Dapr sidecars and events reach the new pods as soon as they are ready: see `docs/delivery-strategies.md`.
   *
   * @see https://argo-rollouts.readthedocs.io/en/stable/features/bluegreen/
   */
  public static blueGreen(options: BlueGreenOptions = {}): DeliveryStrategy {
    checkBlueGreen('ProgressiveDelivery.blueGreen', options);
    return DeliveryStrategy._progressive('blueGreen', options);
  }

  /**
   * The new version takes a share of the requests that grows in steps. It is measured in each, and taken back when it fails.
   *
   * Fails if the weights of the steps do not rise to 100.
   *
   * @see https://argo-rollouts.readthedocs.io/en/stable/features/canary/
   */
  public static canary(options: CanaryOptions = {}): DeliveryStrategy {
    checkCanary('ProgressiveDelivery.canary', options);
    return DeliveryStrategy._progressive('canary', options);
  }

  private constructor() {}
}

/** The options of a blue-green strategy. */
export function blueGreenOf(strategy: DeliveryStrategy): BlueGreenOptions | undefined {
  return strategy._optionsOf('blueGreen') as BlueGreenOptions | undefined;
}

/** The options of a canary strategy. */
export function canaryOf(strategy: DeliveryStrategy): CanaryOptions | undefined {
  return strategy._optionsOf('canary') as CanaryOptions | undefined;
}
