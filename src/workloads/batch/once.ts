import type { Construct } from 'constructs';
import type { OnceProps } from './batch-props';
import type { JobSpec } from './job-spec';
import { recordFinding } from '../../checks/registry';
import type { RuleDescription } from '../../checks/rule';
import { Severity } from '../../checks/severity';
import { defineWorkload, late } from '../../core/kubernetes-object';

export const RUNS_AGAIN: RuleDescription = {
  id: 'MS-BATCH-003',
  severity: Severity.INFO,
  why: 'A Job is removed some time after it finished, so whoever applies the manifests later runs it again.',
  fix: 'Nothing to do, if that does no harm.',
};

/** Defines the Job of work that is done once. */
export function defineOnce(scope: Construct, name: string, { ttlAfterFinished }: OnceProps, spec: () => JobSpec): void {
  if (ttlAfterFinished) {
    recordFinding(scope, RUNS_AGAIN, `is removed after ${ttlAfterFinished.toSeconds()} s`);
  }
  defineWorkload<JobSpec>(scope, 'Job', {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name },
    spec: late(() => ({ ...spec(), ttlSecondsAfterFinished: ttlAfterFinished?.toSeconds() })),
  });
}
