import type { Finding, Tool } from './finding';

/** A finding that stands: two checkers contradict each other, or one contradicts a value the specification names. */
export interface Exception {
  /** The number it has in the closed list of exceptions. */
  readonly id: string;
  readonly tool: Tool;
  readonly check: string;
  /** The kind of the objects it covers. */
  readonly kind: string;
  /** Only objects of these names; all when absent. */
  readonly name?: RegExp;
  /** Only objects in these namespaces; all when absent. */
  readonly namespace?: RegExp;
  readonly reason: string;
}

const burstable = {
  id: 'X5',
  tool: 'kube-score',
  kind: 'Deployment',
  reason: 'the default requests (200m, 512Mi) are below the limits (500m, 1Gi) by specification; a guaranteed service has none of it',
} as const;

/** Every exception is needed: the checks fail once one of them covers no finding. */
export const EXCEPTIONS: readonly Exception[] = [
  { ...burstable, check: 'container-resource-requests-equal-limits' },
  { ...burstable, check: 'container-cpu-requests-equal-limits' },
  { ...burstable, check: 'container-memory-requests-equal-limits' },
  { ...burstable, check: 'container-ephemeral-storage-request-equals-limit' },
  {
    id: 'X6',
    tool: 'kube-score',
    check: 'horizontalpodautoscaler-replicas',
    kind: 'HorizontalPodAutoscaler',
    reason: 'the specification names a minimum of one replica, with a disruption budget that fits it',
  },
];

export function covers(exception: Exception, finding: Finding): boolean {
  return exception.tool === finding.tool
    && exception.check === finding.check
    && exception.kind === finding.kind
    && (exception.name?.test(finding.name) ?? true)
    && (exception.namespace?.test(finding.namespace) ?? true);
}
