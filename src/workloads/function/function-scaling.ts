import type { Duration } from 'cdk8s';
import type { Construct } from 'constructs';
import { defined } from '../../values/defined';
import { fail } from '../../values/errors';
import { oneOf } from '../../values/one-of';
import { wholeNumber, wholeSeconds } from '../../values/value-checks';

/**
 * How many pods of a function run, and by what that is decided.
 *
 * @see https://knative.dev/docs/serving/autoscaling/
 */
export interface FunctionScaling {
  /**
   * The fewest pods of each revision that gets calls: 0 or more. With 0 there is none while nobody calls.
   *
   * @default - the profile's `functions.scaling.min` (0)
   */
  readonly min?: number;

  /**
   * The most pods of each revision: 1 or more, and at least `min`.
   *
   * @default - the profile's `functions.scaling.max` (10)
   */
  readonly max?: number;

  /**
   * How many pods a new revision begins with: from 1 to `max`.
   *
   * @default - the profile's `functions.scaling.initial` (1)
   */
  readonly initial?: number;

  /**
   * What is measured: `concurrency` (calls at a time) or `rps` (calls a second) by Knative itself, `cpu` or `memory` by a
   * HorizontalPodAutoscaler that Knative makes, which never scales to 0.
   *
   * @default - the profile's `functions.scaling.metric` (concurrency)
   */
  readonly metric?: string;

  /**
   * How much of it one pod is meant to have, 1 or more: calls, percent of the requested processors, or MiB.
   *
   * @default - as much as `concurrency` of the function allows, or else `functions.scaling.target` of the platform profile in force
   */
  readonly target?: number;

  /**
   * How much of the target is aimed at, so that there is room for more while pods start: 1 to 100 percent.
   *
   * @default - the profile's `functions.scaling.utilizationPercent` (70)
   */
  readonly utilizationPercent?: number;

  /**
   * The time over which the metric is averaged: 6 to 3600 whole seconds.
   *
   * @default - the profile's `functions.scaling.window` (60 s)
   */
  readonly window?: Duration;

  /**
   * How long fewer pods must have been enough before pods go: 0 to 3600 whole seconds.
   *
   * @default - the profile's `functions.scaling.scaleDownDelay` (0 s)
   */
  readonly scaleDownDelay?: Duration;
}

/** The bounds of Knative's own validation. */
const LONGEST_SECONDS = 3600;
const SHORTEST_WINDOW = 6;

/** What Knative's own autoscaler measures, and what it leaves to Kubernetes. */
const KNATIVE_METRICS = ['concurrency', 'rps'];
const KUBERNETES_METRICS = ['cpu', 'memory'];

/** Whether pods are counted by a HorizontalPodAutoscaler. */
export function byKubernetes({ metric }: FunctionScaling): boolean {
  return KUBERNETES_METRICS.includes(metric!);
}

/** The scaling with every setting in place. Its target may be left to what one pod takes at a time. */
export type ResolvedFunctionScaling = Required<Omit<FunctionScaling, 'target'>> & Pick<FunctionScaling, 'target'>;

/**
 * The defaults with what is said laid over them. A target belongs to its metric, and a pod is never aimed at more than it takes.
 */
export function resolveFunctionScaling(
  where: Construct | string, defaults: Required<FunctionScaling>, own: FunctionScaling, concurrency: number,
): ResolvedFunctionScaling {
  const said = defined(own);
  const { target: usual, ...others } = defaults;
  const scaling: ResolvedFunctionScaling = { ...others, ...said };
  if (said.metric !== undefined && said.metric !== defaults.metric && said.target === undefined) {
    oneOf(where, 'scaling.metric', said.metric, [...KNATIVE_METRICS, ...KUBERNETES_METRICS]);
    fail(where, `scales on ${said.metric} and says no target for it`, 'Set scaling.target');
  }
  const limited = scaling.metric === 'concurrency' && concurrency > 0;
  const target = scaling.target ?? (limited ? undefined : usual);
  if (limited && target !== undefined && target > concurrency) {
    fail(where, `aims at ${target} calls at a time in one pod, which takes ${concurrency}`, `Lower scaling.target to ${concurrency} or raise concurrency`);
  }
  const resolved = { ...scaling, ...target === undefined ? undefined : { target } };
  checkFunctionScaling(where, 'scaling', resolved);
  return resolved;
}

/** Fails where Knative would refuse it, or could not keep it. */
export function checkFunctionScaling(where: Construct | string, what: string, scaling: ResolvedFunctionScaling): void {
  const { min, max, initial, metric, target, utilizationPercent, window, scaleDownDelay } = scaling;
  wholeNumber(where, min, 0, undefined, `${what}.min`);
  wholeNumber(where, max, 1, undefined, `${what}.max`);
  wholeNumber(where, initial, 1, undefined, `${what}.initial`);
  oneOf(where, `${what}.metric`, metric, [...KNATIVE_METRICS, ...KUBERNETES_METRICS]);
  if (target !== undefined) {
    wholeNumber(where, target, 1, undefined, `${what}.target`);
  }
  wholeNumber(where, utilizationPercent, 1, 100, `${what}.utilizationPercent`);
  wholeSeconds(where, `${what}.window`, window, SHORTEST_WINDOW, LONGEST_SECONDS);
  wholeSeconds(where, `${what}.scaleDownDelay`, scaleDownDelay, 0, LONGEST_SECONDS);
  for (const [name, value] of [['min', min], ['initial', initial]] as const) {
    if (value > max) {
      fail(where, `${what}.${name} ${value} is more than ${what}.max ${max}`, `Raise ${what}.max to ${value} or lower ${what}.${name} to ${max}`);
    }
  }
  if (min === 0 && byKubernetes(scaling)) {
    fail(where, `${what}.min is 0 and ${what}.metric is ${metric}, which a HorizontalPodAutoscaler measures: it needs a pod to measure`,
      `Set ${what}.min to 1, or use the metric concurrency`);
  }
}
