import type { BatchProps } from './batch-props';
import type * as k8s from '../../../imports/k8s';
import { podTemplate } from '../pod-template';
import type { WorkloadPod } from '../workload-pod';

export type JobSpec = k8s.JobSpec;

/** What of a Job depends on its kind. */
export interface JobShape {
  /** `FailIndex` where each of several pieces of work fails for itself. */
  readonly fatalAction: 'FailJob' | 'FailIndex';
  /** Whether several pods work at a time, which had better not share a node. */
  readonly parallel: boolean;
}

/** The pods of one Job among those of others with the same labels. */
const JOB_NAME = 'batch.kubernetes.io/job-name';

/**
 * What the Jobs of all kinds have: pods that end, and when they are given up.
 *
 * A pod ends with its first failure, so that the Job can tell why. But beside a sidecar that only the application ends, a pod would go on
 * after a failure: there the container is started again in its pod.
 *
 * @returns a function, because the pods are known when all connections are
 */
export function jobSpec(pod: WorkloadPod, props: BatchProps, shape: JobShape): () => JobSpec {
  const restartPolicy = restartPolicyOf(pod);
  const template = podTemplate(pod, ({ affinity, topologySpreadConstraints, ...spec }) => {
    const placed = shape.parallel ? {
      affinity,
      topologySpreadConstraints: topologySpreadConstraints?.map((constraint) => ({ ...constraint, matchLabelKeys: [JOB_NAME] })),
    } : {};
    return { ...spec, ...placed, restartPolicy };
  });
  return () => ({
    activeDeadlineSeconds: props.activeDeadline?.toSeconds(),
    podFailurePolicy: restartPolicy === 'Never' ? failurePolicy(pod.node.name, props.fatalExitCodes ?? [], shape.fatalAction) : undefined,
    template: template(),
  });
}

export function restartPolicyOf({ sidecar }: WorkloadPod): 'Never' | 'OnFailure' {
  return sidecar === undefined || sidecar.native ? 'Never' : 'OnFailure';
}

/**
 * A pod that had to leave its node failed for no reason of its own.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/job/#pod-failure-policy
 */
function failurePolicy(containerName: string, codes: readonly number[], action: JobShape['fatalAction']): JobSpec['podFailurePolicy'] {
  const values = [...new Set(codes)].sort((a, b) => a - b);
  return {
    rules: [
      // the first that fits decides, and a program that is told to leave may end with any code
      { action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] },
      ...values.length > 0 ? [{ action, onExitCodes: { containerName, operator: 'In', values } }] : [],
    ],
  } as JobSpec['podFailurePolicy'];
}
