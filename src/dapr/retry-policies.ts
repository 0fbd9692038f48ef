import type { Duration } from 'cdk8s';
import { durationText } from './dapr-duration-text';
import type { CallSettings } from './dapr-settings';
import type * as dapr from '../../imports/dapr';
import type { EventValues } from '../messaging/event-settings';

type Retry = dapr.ResiliencySpecPoliciesRetries;

/** The named policies that targets refer to. Names say what they hold, so that equal ones are one. */
export class RetryPolicies {
  private readonly timeouts: Record<string, string> = {};
  private readonly retries: Record<string, Retry> = {};

  public timeout(duration: Duration): string {
    const text = durationText(duration);
    const name = `timeout-${text}`;
    this.timeouts[name] = text;
    return name;
  }

  public calls(maxRetries: number, { retryInterval, retriedHttpCodes, retriedGrpcCodes }: Required<CallSettings>, matches: boolean): string {
    const matching = matches ? { httpStatusCodes: retriedHttpCodes, gRPCStatusCodes: retriedGrpcCodes } : undefined;
    return this.constant('retry', { maxRetries, matching }, retryInterval);
  }

  public deliveries(maxRetries: number, { retryInterval, longestRetryInterval }: EventValues): string {
    return retryInterval ? this.constant('redeliver', { maxRetries }, retryInterval) : this.exponential('redeliver', { maxRetries }, longestRetryInterval);
  }

  public publications({ publishRetries, longestPublishInterval }: EventValues): string {
    return this.exponential('publish', { maxRetries: publishRetries }, longestPublishInterval);
  }

  public toSpec(): dapr.ResiliencySpecPolicies {
    return { timeouts: some(this.timeouts), retries: some(this.retries) };
  }

  private constant(verb: string, policy: Retry, interval: Duration): string {
    return this.add(`${verb}-${policy.maxRetries}-times-after-${durationText(interval)}`, { policy: 'constant', duration: durationText(interval), ...policy });
  }

  private exponential(verb: string, policy: Retry, longest: Duration): string {
    return this.add(`${verb}-${policy.maxRetries}-times-within-${durationText(longest)}`, { policy: 'exponential', maxInterval: durationText(longest), ...policy });
  }

  private add(name: string, policy: Retry): string {
    this.retries[name] = policy;
    return name;
  }
}

/** A map with something in it. */
export function some<T>(map: Record<string, T>): Record<string, T> | undefined {
  return Object.keys(map).length > 0 ? map : undefined;
}
