import { wholeNumber } from '../values/value-checks';

/** The unit of a limit, as Envoy Gateway names it. */
type RateLimitUnit = 'Second' | 'Minute' | 'Hour';

/**
 * How a rate limit counts.
 */
export interface RateLimitOptions {
  /**
   * Whether all proxies of the gateway count together. It needs the rate limit service of Envoy Gateway and its Redis.
   *
   * @default false - each proxy counts for itself, so that two of them let twice as many requests through
   * @see https://gateway.envoyproxy.io/docs/tasks/traffic/global-rate-limit/
   */
  readonly shared?: boolean;
}

/**
 * How many requests a gateway lets through; it answers the others with 429.
 */
export class RateLimit {
  /** At most so many requests in a second, 1 or more. */
  public static perSecond(requests: number, options: RateLimitOptions = {}): RateLimit {
    return new RateLimit('RateLimit.perSecond', requests, 'Second', options);
  }

  /** At most so many requests in a minute, 1 or more. */
  public static perMinute(requests: number, options: RateLimitOptions = {}): RateLimit {
    return new RateLimit('RateLimit.perMinute', requests, 'Minute', options);
  }

  /** At most so many requests in an hour, 1 or more. */
  public static perHour(requests: number, options: RateLimitOptions = {}): RateLimit {
    return new RateLimit('RateLimit.perHour', requests, 'Hour', options);
  }

  /** @internal */
  public readonly _requests: number;

  /** @internal */
  public readonly _unit: RateLimitUnit;

  /** @internal */
  public readonly _shared: boolean;

  private constructor(where: string, requests: number, unit: RateLimitUnit, options: RateLimitOptions) {
    this._requests = wholeNumber(where, requests, 1);
    this._unit = unit;
    this._shared = options.shared ?? false;
  }
}
