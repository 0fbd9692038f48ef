import type { Duration } from 'cdk8s';
import type { AnalysisSettings } from './analysis-settings';
import type { CanaryStep } from './canary-step';
import type { CanaryTraffic } from './canary-traffic';

/**
 * How services change their version by `DeliveryStrategy.blueGreen`.
 */
export interface BlueGreenSettings {
  /** Whether the new version takes the requests by itself when it has passed. */
  readonly autoPromotion?: boolean;
  /** How long the old version stays after the exchange. Whole seconds, longer than `postPromotion`. */
  readonly scaleDownDelay?: Duration;
  /** How long the new version is measured before the exchange. Whole seconds. */
  readonly prePromotion?: Duration;
  /** How long it is measured afterwards. Whole seconds. */
  readonly postPromotion?: Duration;
}

/**
 * How services change their version by `DeliveryStrategy.canary`.
 */
export interface CanarySettings {
  /** The steps. Their weights rise to 100. */
  readonly steps?: CanaryStep[];
  /** What lets the new version have its share. */
  readonly traffic?: CanaryTraffic;
}

/**
 * What strategies take that Argo Rollouts carries out, where they say nothing themselves.
 */
export interface ProgressiveDeliverySettings {
  /** How versions are exchanged all at once. */
  readonly blueGreen?: BlueGreenSettings;
  /** How versions are exchanged step by step. */
  readonly canary?: CanarySettings;
  /** How a new version is measured, and when it is taken back. */
  readonly analysis?: AnalysisSettings;
  /** How long a smoke test may take. Whole seconds, 1 or more. */
  readonly smokeTestDeadline?: Duration;
}
