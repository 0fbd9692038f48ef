import { Duration } from 'cdk8s';
import type { Construct } from 'constructs';
import { section } from '../profile/section';
import { fail } from '../values/errors';
import { checkLabels } from '../values/labels';
import { wholeNumber, wholeSeconds } from '../values/value-checks';

/**
 * How workers are scaled on their queues that do not say otherwise.
 *
 * @see https://keda.sh/docs/latest/reference/scaledobject-spec/
 */
export interface WorkerSettings {
  /** What kind of service a worker is that says nothing: the value of the label `type`. */
  readonly type?: string;
  /** The fewest replicas: 0 or more. At 0, nothing runs while nothing waits. */
  readonly min?: number;
  /** The most replicas: 1 or more, and at least `min`. */
  readonly max?: number;
  /** How many events that wait or are in work make up the load of one replica: 1 or more. */
  readonly queueLength?: number;
  /** How often KEDA asks for the length of the queues of a worker that it may start or stop: 1 second or more. */
  readonly pollingInterval?: Duration;
  /** How long the queues must be empty before the last replica goes, where `min` is 0. */
  readonly cooldown?: Duration;
  /** How long a new worker runs before it may be scaled to zero: it must have subscribed its topics by then. */
  readonly initialCooldown?: Duration;
  /** How often in a row the queues may be out of reach before KEDA falls back to `fallbackReplicas`: 1 or more. */
  readonly failureThreshold?: number;
  /** The fewest replicas while nobody knows how long the queues are: 1 or more. */
  readonly fallbackReplicas?: number;
}

/** What `Scaling.queue` may set, and what a profile holds, as far as it is said. */
export type QueueNumbers = Omit<WorkerSettings, 'type'>;

/** Fails where a setting is out of its range, or where two contradict each other. */
export function checkQueueNumbers(where: Construct | string, numbers: QueueNumbers, prefix = ''): void {
  const { min, max, fallbackReplicas, pollingInterval, cooldown, initialCooldown } = numbers;
  for (const [what, least] of [['min', 0], ['max', 1], ['queueLength', 1], ['failureThreshold', 1], ['fallbackReplicas', 1]] as const) {
    const value = numbers[what];
    if (value !== undefined) {
      wholeNumber(where, value, least, undefined, prefix + what);
    }
  }
  for (const [what, value, least] of [['pollingInterval', pollingInterval, 1], ['cooldown', cooldown, 0], ['initialCooldown', initialCooldown, 0]] as const) {
    if (value !== undefined) {
      wholeSeconds(where, prefix + what, value, least);
    }
  }
  if (min !== undefined && max !== undefined && min > max) {
    fail(where, `${prefix}min ${min} is more than ${prefix}max ${max}`, `Raise max to ${min} or lower min to ${max}`);
  }
  if (fallbackReplicas !== undefined && max !== undefined && fallbackReplicas > max) {
    fail(where, `${prefix}fallbackReplicas ${fallbackReplicas} is more than ${prefix}max ${max}`, `Raise max to ${fallbackReplicas} or lower fallbackReplicas to ${max}`);
  }
}

/** The default scaling of workers on their queues. */
export const WORKER_SETTINGS = section<Required<WorkerSettings>>('workers', () => ({
  type: 'worker',
  min: 1,
  max: 10,
  queueLength: 50,
  pollingInterval: Duration.seconds(30),
  cooldown: Duration.seconds(300),
  initialCooldown: Duration.seconds(300),
  failureThreshold: 3,
  fallbackReplicas: 1,
}), {
  check: (where, { type, ...numbers }) => {
    checkLabels(where, { type });
    checkQueueNumbers(where, numbers, 'workers.');
  },
});
