import { Duration } from 'cdk8s';
import { retryBudget, totalTimeout } from './retry-budget';
import type { ConnectionIndex } from '../core/connection-index';
import { directCallsTo } from '../core/direct-calls';
import type { ServiceNode } from '../core/edges';

/** What holds for all that call a service directly, where a mesh cannot tell them apart. */
export interface ServiceBudget {
  /** Of one attempt. */
  readonly timeout: Duration;
  readonly total: Duration;
  readonly retries: number;
  /** Whether callers asked for something else. */
  readonly differs: boolean;
}

/** The longest patience and the fewest retries of any caller: nothing is done twice that one of them wants once. */
export function budgetOfCallers(connections: ConnectionIndex, service: ServiceNode): ServiceBudget | undefined {
  const budgets = directCallsTo(connections, service).map(retryBudget);
  const [first] = budgets;
  if (!first) {
    return undefined;
  }
  const longest = (durations: Duration[]) => Duration.millis(Math.max(...durations.map((each) => each.toMilliseconds())));
  const timeout = longest(budgets.map((each) => each.timeout));
  const retries = Math.min(...budgets.map((each) => each.retries));
  return {
    timeout,
    retries,
    total: totalTimeout({ timeout, retries, interval: longest(budgets.map((each) => each.interval)) }),
    differs: budgets.some((each) => each.retries !== first.retries || each.timeout.toMilliseconds() !== first.timeout.toMilliseconds()),
  };
}
