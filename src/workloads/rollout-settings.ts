import { Duration } from 'cdk8s';
import { section } from '../profile/section';
import { wholeNumber, wholeSeconds } from '../values/value-checks';

/**
 * How a pod starts, leaves and is replaced.
 */
export interface RolloutSettings {
  /** How long a new pod must stay ready before it counts as available. */
  readonly minReady?: Duration;
  /** How long a roll-out may make no progress before it is reported as failed. */
  readonly progressDeadline?: Duration;
  /** How many old ReplicaSets are kept for a rollback. */
  readonly revisionHistory?: number;
  /** How long a leaving pod goes on serving, until every proxy has heard of it. */
  readonly preStopDelay?: Duration;
  /** How long the application may take to finish its requests after SIGTERM. */
  readonly drain?: Duration;
  /** How long the sidecar may take to leave after the application. */
  readonly sidecarDrain?: Duration;
  /** The same in a job without a native sidecar: its pod succeeds only if the sidecar ends in time. */
  readonly jobSidecarDrain?: Duration;
  /** What is added to the sum of the three before the kubelet kills. */
  readonly graceMargin?: Duration;
}

/** How a pod starts, leaves and is replaced. */
export const ROLLOUT_SETTINGS = section<Required<RolloutSettings>>('rollout', () => ({
  minReady: Duration.seconds(10),
  progressDeadline: Duration.seconds(600),
  revisionHistory: 5,
  preStopDelay: Duration.seconds(10),
  drain: Duration.seconds(20),
  sidecarDrain: Duration.seconds(5),
  // up to 5.5 s for connections that clients opened and did not use yet, 10 s for requests, and its components
  jobSidecarDrain: Duration.seconds(15),
  graceMargin: Duration.seconds(5),
}), {
  check: (where, { revisionHistory, minReady, progressDeadline, preStopDelay, drain, sidecarDrain, jobSidecarDrain, graceMargin }) => {
    wholeNumber(where, revisionHistory, 0, undefined, 'rollout.revisionHistory');
    Object.entries({ minReady, preStopDelay, drain, sidecarDrain, jobSidecarDrain, graceMargin })
      .forEach(([what, duration]) => wholeSeconds(where, `rollout.${what}`, duration, 0));
    // the API server wants more than minReady
    wholeSeconds(where, 'rollout.progressDeadline', progressDeadline, minReady.toSeconds() + 1);
  },
});
