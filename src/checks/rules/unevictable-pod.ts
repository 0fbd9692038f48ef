import { fewestReplicas, scaledAs, targetOf } from '../../graph/autoscalers';
import type { IRule } from '../rule';
import { Severity } from '../severity';

/** The updater evicts no pod of a workload that has fewer. */
const FEWEST_EVICTABLE = 2;

export const UNEVICTABLE_POD: IRule = {
  id: 'MS-AVAIL-002',
  severity: Severity.WARNING,
  why: `A VerticalPodAutoscaler sets requests by evicting pods, and never evicts one of fewer than ${FEWEST_EVICTABLE} replicas.`,
  fix: `Raise replicas.min to ${FEWEST_EVICTABLE} or more, or use VerticalScaling.recommends().`,
  check: (manifests) => {
    const fewest = new Map(fewestReplicas(manifests).map((each) => [scaledAs(each.workload), each.fewest]));
    return manifests.of('VerticalPodAutoscaler').filter(({ spec }) => !['Off', 'Initial'].includes(spec.updatePolicy?.updateMode))
      .flatMap((manifest) => {
        const replicas = fewest.get(targetOf(manifest));
        return replicas === undefined || replicas >= (manifest.spec.updatePolicy?.minReplicas ?? FEWEST_EVICTABLE) ? []
          : [{ manifest, field: '/spec/updatePolicy/updateMode', problem: `acts on '${manifest.spec.targetRef.name}', which may run with ${replicas} ${replicas === 1 ? 'replica' : 'replicas'}` }];
      });
  },
};
