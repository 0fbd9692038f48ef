import { containerRange } from './amounts';
import { OPERATOR_KINDS } from './operator-kinds';
import { podAmounts } from './pod-amounts';
import type { PodSet, SizedPodSet } from './pod-set';
import type { Manifest } from '../../manifests/manifest';
import type { ManifestSet } from '../../manifests/manifest-set';
import { CronFields } from '../../values/cron-fields';
import { scalersOf } from '../autoscalers';

type Count = Pick<PodSet, 'replicas' | 'surge'>;
type CountPods = (manifest: Manifest, manifests: ManifestSet) => Count;

/**
 * How many pods a workload has at most, by its kind. A DaemonSet is not among them, because the number of nodes is no fact of a manifest.
 */
const COUNTS: ReadonlyMap<string, CountPods> = new Map<string, CountPods>([
  ['Pod', () => ({ replicas: 1, surge: 0 })],
  ['ReplicationController', (each, all) => ({ replicas: mostReplicas(each, all), surge: 0 })],
  ['ReplicaSet.apps', (each, all) => ({ replicas: mostReplicas(each, all), surge: 0 })],
  ['StatefulSet.apps', (each, all) => ({ replicas: mostReplicas(each, all), surge: 0 })],
  ['Deployment.apps', (each, all) => {
    const replicas = mostReplicas(each, all);
    const { type, rollingUpdate } = each.spec.strategy ?? {};
    return { replicas, surge: type === 'Recreate' ? 0 : surgeOf(rollingUpdate?.maxSurge, replicas) };
  }],
  ['Rollout.argoproj.io', (each, all) => {
    const replicas = mostReplicas(each, all);
    const { blueGreen, canary } = each.spec.strategy ?? {};
    // both versions at full size, unless the number of pods is what divides the requests
    return { replicas, surge: blueGreen || canary?.trafficRouting ? replicas : surgeOf(canary?.maxSurge, replicas) };
  }],
  // the Job of the version before may still be running
  ['Job.batch', ({ spec }) => ({ replicas: parallelPods(spec), surge: parallelPods(spec) })],
  ['CronJob.batch', ({ spec }) => {
    const pods = parallelPods(spec.jobTemplate?.spec ?? {});
    return { replicas: pods * runsAtATime(spec), surge: spec.concurrencyPolicy === 'Replace' ? pods : 0 };
  }],
  ['ScaledJob.keda.sh', ({ spec }) => ({ replicas: (spec.maxReplicaCount ?? MOST_REPLICAS) * parallelPods(spec.jobTargetRef ?? {}), surge: 0 })],
  ['Service.serving.knative.dev', ({ spec }) => {
    const most = Number(spec.template?.metadata?.annotations?.['autoscaling.knative.dev/max-scale'] ?? 0);
    // each revision that can be called grows by itself, and a new one does while those before it still have calls
    const reached = (spec.traffic ?? [{ percent: 100 }]).filter(({ percent, tag }: any) => percent > 0 || tag !== undefined).length;
    return { replicas: most * reached, surge: most };
  }],
]);

/** `maxReplicaCount` of a ScaledObject or a ScaledJob that sets none. */
const MOST_REPLICAS = 100;
/** `maxSurge` of a Deployment and of a Rollout that set none. */
const SURGE = '25%';

/** The pods of all workloads of a namespace at their maximum, in the order of their names. */
export function podSetsOf(manifests: ManifestSet, namespace: string): readonly SizedPodSet[] {
  return manifests._once(allPodSets).get(namespace) ?? [];
}

function allPodSets(manifests: ManifestSet): ReadonlyMap<string, SizedPodSet[]> {
  const sets = new Map<string, SizedPodSet[]>();
  for (const namespace of new Set(manifests.all.map((manifest) => manifest.namespace ?? ''))) {
    const range = containerRange(manifests, namespace);
    const found = manifests.inNamespace(namespace).flatMap((manifest) => podSets(manifest, manifests));
    sets.set(namespace, found.map((set) => ({ ...set, amounts: podAmounts(set.template, range) })).sort((a, b) => a.name < b.name ? -1 : 1));
  }
  return sets;
}

function podSets(manifest: Manifest, manifests: ManifestSet): PodSet[] {
  const { qualifiedKind, name, podTemplate: template } = manifest;
  const operator = OPERATOR_KINDS.get(qualifiedKind);
  if (operator) {
    return operator.pods(manifest, manifests).map((set) => ({ ...set, manifest }));
  }
  if (qualifiedKind === 'AnalysisTemplate.argoproj.io') {
    return smokeTests(manifest);
  }
  const count = COUNTS.get(qualifiedKind);
  return count && template ? [{ manifest, name, template, ...count(manifest, manifests) }] : [];
}

/** The Jobs that an analysis runs. */
function smokeTests(manifest: Manifest): PodSet[] {
  return (manifest.spec.metrics ?? []).flatMap(({ provider }: any) => provider?.job?.spec?.template ?? [])
    .map((template: any) => ({ manifest, name: manifest.name, replicas: 1, surge: 0, template }));
}

function mostReplicas(workload: Manifest, manifests: ManifestSet): number {
  const { horizontal, byQueue } = scalersOf(workload, manifests);
  return horizontal?.spec.maxReplicas ?? (byQueue ? byQueue.spec.maxReplicaCount ?? MOST_REPLICAS : workload.spec.replicas ?? 1);
}

function surgeOf(maxSurge: number | string = SURGE, replicas: number): number {
  return typeof maxSurge === 'number' ? maxSurge : Math.ceil(replicas * parseFloat(maxSurge) / 100);
}

function parallelPods({ parallelism = 1, completions }: any): number {
  return Math.min(parallelism, completions ?? parallelism);
}

/** How many Jobs of a CronJob may run at a time; one where nothing ends them, because then there is no bound. */
function runsAtATime({ concurrencyPolicy = 'Allow', schedule, jobTemplate }: any): number {
  const deadline = jobTemplate?.spec?.activeDeadlineSeconds;
  return concurrencyPolicy !== 'Allow' || deadline === undefined ? 1 : CronFields.parse('schedule', schedule).mostWithin(deadline);
}
