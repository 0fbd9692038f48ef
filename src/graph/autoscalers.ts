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

/** What decides the number of replicas of a workload besides itself. */
export interface Scalers {
  readonly horizontal?: Manifest;
  /** The ScaledObject of KEDA. */
  readonly byQueue?: Manifest;
}

/** The autoscalers of a workload. */
export function scalersOf(workload: Manifest, manifests: ManifestSet): Scalers {
  const scaled = scaledAs(workload);
  return { horizontal: manifests._once(horizontalAutoscalers).get(scaled), byQueue: manifests._once(queueAutoscalers).get(scaled) };
}

function horizontalAutoscalers(manifests: ManifestSet): ReadonlyMap<string, Manifest> {
  return autoscalersIn(manifests, 'HorizontalPodAutoscaler');
}

function queueAutoscalers(manifests: ManifestSet): ReadonlyMap<string, Manifest> {
  return autoscalersIn(manifests, 'ScaledObject');
}

/** The fewest replicas of each Deployment, StatefulSet and Rollout, and the manifest that says so. */
export function fewestReplicas(manifests: ManifestSet): { workload: Manifest; fewest: number; decidedBy: Manifest; field: string }[] {
  return [['Deployment', 'apps'], ['StatefulSet', 'apps'], ['Rollout', 'argoproj.io']].flatMap(([kind, group]) => manifests.of(kind, group)).map((workload) => {
    const { horizontal, byQueue } = scalersOf(workload, manifests);
    return horizontal ? { workload, fewest: horizontal.spec.minReplicas ?? 1, decidedBy: horizontal, field: '/spec/minReplicas' }
      : byQueue ? { workload, fewest: byQueue.spec.minReplicaCount ?? 0, decidedBy: byQueue, field: '/spec/minReplicaCount' }
        : { workload, fewest: workload.spec.replicas ?? 1, decidedBy: workload, field: '/spec/replicas' };
  });
}
