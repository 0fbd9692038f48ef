import type { Duration } from 'cdk8s';
import type { Construct } from 'constructs';
import { defined } from './defined';
import { fail } from './errors';
import { wholeNumber } from './value-checks';
import { checkQueueNumbers, type WorkerSettings } from '../scaling/worker-settings';

/**
 * How far and how fast a worker is scaled on the length of its queues.
 *
 * @see https://keda.sh/docs/latest/reference/scaledobject-spec/
 */
export interface QueueOptions {
  /**
   * The fewest replicas, 0 or more. At 0, nothing runs while nothing waits, and the first event waits for KEDA to ask and for a pod to start.
   *
   * @default - the profile's `workers.min` (1)
   */
  readonly min?: number;

  /**
   * The most replicas; 1 or more, and at least `min`.
   *
   * @default - the profile's `workers.max` (10)
   */
  readonly max?: number;

  /**
   * How many events that wait or are in work make up the load of one replica, over all queues of the worker together. At least 1.
   *
   * @default - the profile's `workers.queueLength` (50)
   */
  readonly queueLength?: number;

  /**
   * How often KEDA asks for the length of the queues, in whole seconds, 1 or more. Above 0 replicas, Kubernetes asks every 15 seconds besides.
   *
   * @default - the profile's `workers.pollingInterval` (30 s)
   */
  readonly pollingInterval?: Duration;

  /**
   * How long the queues must be empty before the last replica goes, in whole seconds. It has a meaning only where `min` is 0: from more to
   * fewer replicas it is `scaling.scaleDownWindow` of the profile that counts.
   *
   * @default - the profile's `workers.cooldown` (300 s)
   */
  readonly cooldown?: Duration;

  /**
   * The fewest replicas while nobody knows how long the queues are, because they are out of KEDA's reach. From 1 to `max`.
   *
   * @default - the profile's `workers.fallbackReplicas` (1)
   */
  readonly fallbackReplicas?: number;

  /**
   * Whether KEDA leaves the number of replicas alone. Recorded for those who review the manifests.
   *
   * @default - true with `pausedReplicas`, or else false
   */
  readonly paused?: boolean;

  /**
   * How many replicas run while it is paused, 0 or more.
   *
   * @default - as many as there are
   */
  readonly pausedReplicas?: number;
}

/** Every setting in place. */
export type ResolvedQueue = {
  readonly kind: 'queue';
  readonly min: number;
  readonly max: number;
  readonly queueLength: number;
  readonly pollingIntervalSeconds: number;
  readonly cooldownSeconds: number;
  readonly initialCooldownSeconds: number;
  readonly failureThreshold: number;
  readonly fallbackReplicas: number;
  readonly paused: boolean;
  readonly pausedReplicas?: number;
};

/** Fails on options out of range. */
export function checkQueueOptions(where: Construct | string, options: QueueOptions): void {
  const { paused, pausedReplicas, ...numbers } = options;
  checkQueueNumbers(where, numbers);
  if (pausedReplicas !== undefined) {
    wholeNumber(where, pausedReplicas, 0, undefined, 'pausedReplicas');
    if (paused === false) {
      fail(where, `pausedReplicas ${pausedReplicas} contradicts paused: false, because KEDA pauses where it finds a number to pause at`, 'Leave one of the two out');
    }
  }
}

/** Options with the defaults of a profile. Fails where the two together are no range. */
export function resolveQueue(options: QueueOptions, defaults: Required<WorkerSettings>, where: Construct | string): ResolvedQueue {
  const { type: _type, ...numbers } = defaults;
  const said = defined(options);
  const { pollingInterval, cooldown, initialCooldown, paused, pausedReplicas, ...full } = { ...numbers, ...said };
  // the fallback of the profile is for workers of any size
  const fallbackReplicas = said.fallbackReplicas ?? Math.min(full.fallbackReplicas, full.max);
  checkQueueNumbers(where, { ...full, fallbackReplicas });
  return {
    kind: 'queue',
    ...full,
    fallbackReplicas,
    pollingIntervalSeconds: pollingInterval.toSeconds(),
    cooldownSeconds: cooldown.toSeconds(),
    initialCooldownSeconds: initialCooldown.toSeconds(),
    paused: paused ?? pausedReplicas !== undefined,
    ...pausedReplicas === undefined ? {} : { pausedReplicas },
  };
}
