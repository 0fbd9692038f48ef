import { fail } from './errors';
import { wholeNumber } from './value-checks';

/**
 * How many pods a rolling update adds and takes away at a time, each in pods or in percent of the replicas.
 */
export interface RollingOptions {
  /**
   * Pods that may run above the wanted number, 0 or more. Not together with `maxSurgePercent`.
   *
   * @default - the profile's `delivery` (maxSurgePercent 100, maxUnavailable 0)
   */
  readonly maxSurge?: number;

  /**
   * Pods above the wanted number in percent of it, from 0 to 100, rounded up to whole pods.
   *
   * @default - the profile's `delivery` (maxSurgePercent 100, maxUnavailable 0)
   */
  readonly maxSurgePercent?: number;

  /**
   * Pods that may be missing from the wanted number, 0 or more. Not together with `maxUnavailablePercent`.
   *
   * @default - the profile's `delivery` (maxSurgePercent 100, maxUnavailable 0)
   */
  readonly maxUnavailable?: number;

  /**
   * Missing pods in percent of the wanted number, from 0 to 100, rounded down to whole pods.
   *
   * @default - the profile's `delivery` (maxSurgePercent 100, maxUnavailable 0)
   */
  readonly maxUnavailablePercent?: number;
}

/** The fields of a rolling update, as Deployments and canaries have them. */
interface RollingUpdate {
  maxSurge?: number | string;
  maxUnavailable?: number | string;
}

/** Fails where no pod could ever be replaced. */
export function rollingUpdate(options: RollingOptions): RollingUpdate {
  const surge = amount('maxSurge', options.maxSurge, options.maxSurgePercent);
  const unavailable = amount('maxUnavailable', options.maxUnavailable, options.maxUnavailablePercent);
  if (surge === 0 && unavailable === 0) {
    fail('DeliveryStrategy.rolling', 'maxSurge and maxUnavailable are both 0, so no pod could ever be replaced', 'Use maxSurge 1');
  }
  return {
    ...(surge === undefined ? undefined : { maxSurge: surge }),
    ...(unavailable === undefined ? undefined : { maxUnavailable: unavailable }),
  };
}

/** Options with the defaults where they say nothing: of the surge, and of the missing pods. */
export function mergeRolling(options: RollingOptions, defaults: RollingOptions): RollingOptions {
  const { maxSurge, maxSurgePercent, maxUnavailable, maxUnavailablePercent } = options;
  const surge = maxSurge ?? maxSurgePercent;
  const unavailable = maxUnavailable ?? maxUnavailablePercent;
  return {
    maxSurge: surge === undefined ? defaults.maxSurge : maxSurge,
    maxSurgePercent: surge === undefined ? defaults.maxSurgePercent : maxSurgePercent,
    maxUnavailable: unavailable === undefined ? defaults.maxUnavailable : maxUnavailable,
    maxUnavailablePercent: unavailable === undefined ? defaults.maxUnavailablePercent : maxUnavailablePercent,
  };
}

/** A count of pods, or a percentage as Kubernetes writes it; nothing at all is 0 in either form. */
function amount(what: 'maxSurge' | 'maxUnavailable', pods?: number, percent?: number): number | string | undefined {
  const where = 'DeliveryStrategy.rolling';
  if (pods !== undefined && percent !== undefined) {
    fail(where, `${what} ${pods} and ${what}Percent ${percent} are two forms of one field`, `Leave out ${what} or ${what}Percent`);
  }
  if (pods !== undefined) {
    return wholeNumber(where, pods, 0, undefined, what);
  }
  return percent === undefined ? undefined : wholeNumber(where, percent, 0, 100, `${what}Percent`) === 0 ? 0 : `${percent}%`;
}
