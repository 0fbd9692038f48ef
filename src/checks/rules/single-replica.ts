import { fewestReplicas } from '../../graph/autoscalers';
import type { IRule } from '../rule';
import { Severity } from '../severity';

/** Not for StatefulSets, whose stores say themselves what the loss of a member means, nor for workers, whose events wait. */
export const SINGLE_REPLICA: IRule = {
  id: 'MS-AVAIL-001',
  severity: Severity.WARNING,
  why: 'A service in production may run with 1 replica, so a node drain or a crash is an outage.',
  fix: 'Raise replicas.min to 2 or more.',
  productionOnly: true,
  check: (manifests) => fewestReplicas(manifests)
    .filter(({ workload, fewest, decidedBy }) => fewest === 1 && workload.kind !== 'StatefulSet' && decidedBy.kind !== 'ScaledObject')
    .map(({ decidedBy: manifest, field }) => ({ manifest, field })),
};
