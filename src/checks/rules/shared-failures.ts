import type { IRule } from '../rule';
import { Severity } from '../severity';

export const SHARED_FAILURES: IRule = {
  id: 'MS-BATCH-002',
  severity: Severity.INFO,
  why: 'Failures of all items of a Job are counted together, so one item that always fails uses up the attempts of all.',
  fix: 'Set activeDeadline, or use Kubernetes 1.29 or later without Dapr.sidecar({ shutdownByApplication: true }), which counts for each item.',
  check: (manifests) => manifests.of('Job', 'batch').filter(({ spec }) => spec.completionMode === 'Indexed' && spec.backoffLimitPerIndex === undefined)
    .map((manifest) => ({ manifest, field: '/spec/backoffLimit', problem: `allows ${manifest.spec.backoffLimit} failures of ${manifest.spec.completions} items` })),
};
