import type { Manifest } from '../manifests/manifest';
import type { ManifestSet } from '../manifests/manifest-set';

/** Where each kind names what it scales. */
const TARGETS: { readonly [kind: string]: string } = {
  HorizontalPodAutoscaler: 'scaleTargetRef', ScaledObject: 'scaleTargetRef', VerticalPodAutoscaler: 'targetRef',
};

/** What an autoscaler scales, as `namespace/kind/name`. */
export function targetOf({ kind, namespace, spec }: Manifest): string {
  const target = spec[TARGETS[kind]] ?? {};
  return `${namespace}/${target.kind ?? 'Deployment'}/${target.name}`;
}

/** The name by which autoscalers know a workload. */
export function scaledAs({ namespace, kind, name }: Manifest): string {
  return `${namespace}/${kind}/${name}`;
}

/** The autoscalers of a kind, by what they scale. */
export function autoscalersIn(manifests: ManifestSet, kind: string): ReadonlyMap<string, Manifest> {
  return new Map(manifests.of(kind).map((each) => [targetOf(each), each]));
}

/** The fewest replicas of each Deployment, StatefulSet and Rollout, and the manifest that says so. */
export function fewestReplicas(manifests: ManifestSet): { workload: Manifest; fewest: number; decidedBy: Manifest; field: string }[] {
  const horizontal = autoscalersIn(manifests, 'HorizontalPodAutoscaler');
  const byQueue = autoscalersIn(manifests, 'ScaledObject');
  return [['Deployment', 'apps'], ['StatefulSet', 'apps'], ['Rollout', 'argoproj.io']].flatMap(([kind, group]) => manifests.of(kind, group)).map((workload) => {
    const [hpa, queue] = [horizontal.get(scaledAs(workload)), byQueue.get(scaledAs(workload))];
    return hpa ? { workload, fewest: hpa.spec.minReplicas ?? 1, decidedBy: hpa, field: '/spec/minReplicas' }
      : queue ? { workload, fewest: queue.spec.minReplicaCount ?? 0, decidedBy: queue, field: '/spec/minReplicaCount' }
        : { workload, fewest: workload.spec.replicas ?? 1, decidedBy: workload, field: '/spec/replicas' };
  });
}
