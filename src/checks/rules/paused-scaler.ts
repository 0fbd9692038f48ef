import type { IRule } from '../rule';
import { Severity } from '../severity';

const [PAUSED, PAUSED_REPLICAS] = ['autoscaling.keda.sh/paused', 'autoscaling.keda.sh/paused-replicas'];

export const PAUSED_SCALER: IRule = {
  id: 'MS-SCALE-001',
  severity: Severity.WARNING,
  why: 'KEDA is paused, so it scales nothing, however long the queues get.',
  fix: 'Remove paused and pausedReplicas when the reason is gone.',
  check: (manifests) => [...manifests.of('ScaledObject'), ...manifests.of('ScaledJob')].flatMap((manifest) => {
    const { [PAUSED]: paused, [PAUSED_REPLICAS]: replicas } = manifest.annotations;
    return replicas !== undefined ? [{ manifest, problem: `is paused at ${replicas} replicas` }] : paused === 'true' ? [{ manifest }] : [];
  }),
};
