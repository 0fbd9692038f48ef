import type { IConstruct } from 'constructs';
import type { RolloutSettings } from './rollout-settings';
import { ROLLOUT_SETTINGS } from './rollout-settings';
import type { SpreadSettings } from './spread-settings';
import { SPREAD_SETTINGS } from './spread-settings';
import type { ContainerSettings } from '../containers/container-settings';
import { CONTAINER_SETTINGS } from '../containers/container-settings';
import { DAPR_CONFIGURATION_SETTINGS } from '../dapr/configuration-section';
import type { DaprConfigurationSettings } from '../dapr/configuration-settings';
import type { CallSettings, SidecarSettings } from '../dapr/dapr-settings';
import { CALL_SETTINGS, SIDECAR_SETTINGS } from '../dapr/dapr-settings';
import type { EventSettings } from '../messaging/event-settings';
import type { ScaledJobSettings } from '../scaling/scaled-job-settings';
import type { WorkerSettings } from '../scaling/worker-settings';
import type { VerticalScalingOptions } from '../values/vertical-scaling';
import type { BatchSettings } from './batch/batch-settings';
import { BATCH_SETTINGS } from './batch/batch-settings';
import type { FunctionSettings } from './function/function-settings';
import { FUNCTION_SETTINGS } from './function/function-settings';
import type { ProgressiveDeliverySettings } from './progressive/progressive-delivery-settings';
import { EVENT_SETTINGS } from '../messaging/event-settings';
import { SCALED_JOB_SETTINGS } from '../scaling/scaled-job-settings';
import { VERTICAL_SCALING_SETTINGS } from '../scaling/vertical-scaling-settings';
import { WORKER_SETTINGS } from '../scaling/worker-settings';
import { PROGRESSIVE_DELIVERY_SETTINGS } from './progressive/progressive-delivery-settings';
import { ProfileDefaults } from '../profile/profile-defaults';
import { settingsInForce } from '../profile/settings-in-force';

/**
 * Changes to the defaults of workloads, their sidecars and their events. What is left out stays as it was.
 */
export interface WorkloadDefaultsProps {
  /** How a pod starts, leaves and is replaced. */
  readonly rollout?: RolloutSettings;
  /** Where pods may be placed. */
  readonly spread?: SpreadSettings;
  /** The Dapr sidecar. */
  readonly sidecar?: SidecarSettings;
  /** The Dapr Configuration of every namespace. */
  readonly daprConfiguration?: DaprConfigurationSettings;
  /** What Dapr does when a call fails. */
  readonly calls?: CallSettings;
  /** How events are delivered. */
  readonly events?: EventSettings;
  /** The containers of a pod beside the application. */
  readonly containers?: ContainerSettings;
  /** The default scaling of workers on their queues. */
  readonly workers?: WorkerSettings;
  /** The default scaling of Jobs on a queue. */
  readonly scaledJobs?: ScaledJobSettings;
  /** The range of recommended requests. */
  readonly verticalScaling?: VerticalScalingOptions;
  /** Jobs, scheduled jobs and work queues. */
  readonly batch?: BatchSettings;
  /** Functions that Knative runs while there are calls. */
  readonly functions?: FunctionSettings;
  /** Strategies that Argo Rollouts carries out. */
  readonly progressiveDelivery?: ProgressiveDeliverySettings;
}

/** The sections of `WorkloadDefaultsProps`. */
export const WORKLOAD_SECTIONS = {
  rollout: ROLLOUT_SETTINGS,
  spread: SPREAD_SETTINGS,
  sidecar: SIDECAR_SETTINGS,
  daprConfiguration: DAPR_CONFIGURATION_SETTINGS,
  calls: CALL_SETTINGS,
  events: EVENT_SETTINGS,
  containers: CONTAINER_SETTINGS,
  workers: WORKER_SETTINGS,
  scaledJobs: SCALED_JOB_SETTINGS,
  verticalScaling: VERTICAL_SCALING_SETTINGS,
  batch: BATCH_SETTINGS,
  functions: FUNCTION_SETTINGS,
  progressiveDelivery: PROGRESSIVE_DELIVERY_SETTINGS,
};

/**
 * The defaults of workloads, their sidecars and their events.
 *
 * @example
 *
 * PlatformProfile.standard().with(workloads.WorkloadDefaults.of({ calls: { retries: 5 } }));
 */
export class WorkloadDefaults {
  /**
   * Changes for `PlatformProfile.with` and `Environment.with`.
   */
  public static of(changes: WorkloadDefaultsProps): ProfileDefaults {
    return ProfileDefaults._of('WorkloadDefaults.of', WORKLOAD_SECTIONS, changes);
  }

  /**
   * All settings in force for a construct. Those without a default are undefined.
   */
  public static inForce(scope: IConstruct): WorkloadDefaultsProps {
    return settingsInForce(WORKLOAD_SECTIONS, scope);
  }

  private constructor() {}
}
