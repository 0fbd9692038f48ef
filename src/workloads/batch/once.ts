import type { Construct } from 'constructs';
import type { OnceProps } from './batch-props';
import type { JobSpec } from './job-spec';
import { recordFinding } from '../../core/findings';
import { defineObject, late } from '../../core/kubernetes-object';
import { wholeSeconds } from '../../values/value-checks';

/** Defines the Job of work that is done once. */
export function defineOnce(scope: Construct, name: string, { ttlAfterFinished }: OnceProps, spec: () => JobSpec): void {
  if (ttlAfterFinished) {
    wholeSeconds(scope, 'ttlAfterFinished', ttlAfterFinished, 0);
    recordFinding(scope, `its Job is removed ${ttlAfterFinished.toSeconds()} s after it finished, so whoever applies the manifests later runs it again`,
      'Nothing to do, if that does no harm');
  }
  defineObject<JobSpec>(scope, 'Job', {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name },
    spec: late(() => ({ ...spec(), ttlSecondsAfterFinished: ttlAfterFinished?.toSeconds() })),
  });
}
