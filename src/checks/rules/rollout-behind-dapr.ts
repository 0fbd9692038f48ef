import type { IRule } from '../rule';
import { Severity } from '../severity';

export const ROLLOUT_BEHIND_DAPR: IRule = {
  id: 'MS-DAPR-001',
  severity: Severity.WARNING,
  why: 'A Rollout has a Dapr sidecar, and Dapr makes no Service for a Rollout at its defaults, so no sidecar would find it.',
  fix: "Set global.argoRolloutServiceReconciler.enabled to true in the values of Dapr's Helm chart.",
  check: (manifests) => manifests.of('Rollout', 'argoproj.io').filter(({ podTemplate }) => podTemplate?.metadata?.annotations?.['dapr.io/enabled'] === 'true')
    .map((manifest) => ({ manifest })),
};
