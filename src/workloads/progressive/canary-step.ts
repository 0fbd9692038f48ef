import type { Duration } from 'cdk8s';
import { givenProps } from '../../values/given';
import { wholeNumber, wholeSeconds } from '../../values/value-checks';

/**
 * What happens while a canary takes a share of the requests.
 */
export interface CanaryStepOptions {
  /**
   * How long the new version is measured at this share before the next step begins: whole seconds. It must be long enough for two measurements.
   */
  readonly duration: Duration;

  /**
   * Whether the `smokeTest` of the strategy runs against the new version at this share, besides the measurements.
   *
   * @default false
   */
  readonly smokeTest?: boolean;
}

/**
 * One step of a canary.
 */
export class CanaryStep {
  /**
   * The new version takes this share of the requests, in percent from 1 to 100, and is measured for a time.
   */
  public static weight(percent: number, options: CanaryStepOptions): CanaryStep {
    wholeNumber('CanaryStep.weight', percent, 1, 100, 'percent');
    givenProps('CanaryStep.weight', options, ['duration', 'Duration.minutes(5)']);
    wholeSeconds('CanaryStep.weight', `the duration at ${percent} %`, options.duration, 1);
    return new CanaryStep(percent, options);
  }

  /**
   * The canary waits, at the share of the step before, until somebody promotes it: `kubectl argo rollouts promote <name>`.
   */
  public static approval(): CanaryStep {
    return new CanaryStep();
  }

  /**
   * Undefined where it waits for people.
   *
   * @internal
   */
  public readonly _percent?: number;

  /** @internal */
  public readonly _options?: CanaryStepOptions;

  private constructor(percent?: number, options?: CanaryStepOptions) {
    this._percent = percent;
    this._options = options;
  }

  /** Such as `10 % for 300 s`. */
  public toString(): string {
    return this._percent === undefined ? 'approval'
      : `${this._percent} % for ${this._options!.duration.toSeconds()} s${this._options!.smokeTest ? ' with smoke tests' : ''}`;
  }
}
