import { autoscalersIn, targetOf } from '../../graph/autoscalers';
import type { IRule } from '../rule';
import { Severity } from '../severity';

export const SECOND_AUTOSCALER: IRule = {
  id: 'MS-SCALE-002',
  severity: Severity.ERROR,
  why: 'KEDA makes a HorizontalPodAutoscaler of its own, so the two would set the number of replicas against each other.',
  fix: 'Remove the HorizontalPodAutoscaler.',
  check: (manifests) => {
    const byQueue = autoscalersIn(manifests, 'ScaledObject');
    return manifests.of('HorizontalPodAutoscaler')
      .filter(({ json }) => !json.metadata?.ownerReferences?.some(({ kind }: any) => kind === 'ScaledObject'))
      .flatMap((manifest) => {
        const rival = byQueue.get(targetOf(manifest));
        return rival === undefined ? [] : [{
          manifest, field: '/spec/scaleTargetRef', problem: `scales '${manifest.spec.scaleTargetRef.name}', as the ScaledObject '${rival.name}' does: the two would set the number of replicas against each other`,
        }];
      });
  },
};
