import type { Construct } from 'constructs';
import { QueueReading } from './queue-reading';
import type { QueueSource } from './queue-source';
import type { ScaledJobSettings } from './scaled-job-settings';
import { formulaNames, renderTrigger } from './triggers';
import type * as k8s from '../../imports/k8s';
import type * as keda from '../../imports/keda';
import type { ServiceNode } from '../core/edges';
import { defineWorkload, late } from '../core/kubernetes-object';
import { describe } from '../values/errors';

/** What Jobs are made of, and how many. */
export interface JobScalerProps {
  readonly service: ServiceNode;
  readonly settings: Required<ScaledJobSettings>;
  readonly successfulJobsHistoryLimit: number;
  readonly failedJobsHistoryLimit: number;
  readonly paused: boolean;
  /** The queues, once every statement of the program is known. */
  readonly sources: () => readonly QueueSource[];
  /** One Job, once every statement is known. */
  readonly job: () => k8s.JobSpec;
}

/**
 * Makes a Job for each entry of a queue: a ScaledJob with the name of the workload, and a TriggerAuthentication for each store that holds a
 * queue.
 *
 * @see https://keda.sh/docs/latest/reference/scaledjob-spec/
 * @internal
 */
export class JobScaler extends QueueReading {
  constructor(scope: Construct, id: string, private readonly props: JobScalerProps) {
    super(scope, id, props.service, props.sources, describe('names no queue, so nothing would ever make a Job', 'Say scalesOn(QueueSource...)'));
    const { service, paused } = props;
    defineWorkload<keda.ScaledJobSpec>(this, 'Resource', {
      apiVersion: 'keda.sh/v1alpha1',
      kind: 'ScaledJob',
      metadata: { name: service.name, annotations: paused ? { 'autoscaling.keda.sh/paused': 'true' } : undefined },
      spec: late(() => this.spec()),
    });
  }

  private spec(): keda.ScaledJobSpec {
    const { service, settings, job, successfulJobsHistoryLimit, failedJobsHistoryLimit } = this.props;
    const sources = this.triggers();
    const names = formulaNames(sources);
    return {
      maxReplicaCount: settings.max,
      pollingInterval: settings.pollingInterval.toSeconds(),
      successfulJobsHistoryLimit,
      failedJobsHistoryLimit,
      // or KEDA would stop the Jobs that run, whenever the manifest changes
      rollout: { strategy: 'gradual' },
      // the work of all queues is to be done
      scalingStrategy: { multipleScalersCalculation: SUM },
      jobTargetRef: job(),
      triggers: sources.map((source, index) => renderTrigger(source, names[index], service, settings.queueLength)),
    };
  }
}

const SUM = 'sum';
