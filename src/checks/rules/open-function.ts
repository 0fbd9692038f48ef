import type { IRule } from '../rule';
import { Severity } from '../severity';

const VISIBILITY = 'networking.knative.dev/visibility';

export const OPEN_FUNCTION: IRule = {
  id: 'MS-SEC-002',
  severity: Severity.WARNING,
  why: "A function can be called from outside the cluster by Knative's gateway, which checks no identity.",
  fix: 'Check the caller in the function, or make it cluster-local.',
  check: (manifests) => manifests.of('Service', 'serving.knative.dev').filter(({ labels }) => labels[VISIBILITY] !== 'cluster-local')
    .map((manifest) => ({ manifest, field: `/metadata/labels/${VISIBILITY.replace('/', '~1')}` })),
};
