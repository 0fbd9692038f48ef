import type { AmountField } from './amounts';
import { quantityIn, sumOf } from './amounts';
import { isBestEffort, peakOf } from './pod-amounts';
import type { PodSet, SizedPodSet } from './pod-set';
import { podSetsOf } from './pod-sets';
import { claimsIn } from './volumes';
import type { Manifest } from '../../manifests/manifest';
import type { ManifestSet } from '../../manifests/manifest-set';
import { Quantity } from '../../values/quantity';

/** What a quota allows of one resource, and what its namespace may use at most. */
export interface Usage {
  readonly quota: Manifest;
  /** The resource as the quota names it, such as `limits.cpu`. */
  readonly resource: string;
  readonly allowed: Quantity | number;
  /** At the full size of all workloads. */
  readonly needed: Quantity | number;
  /** During a roll-out of all of them at that size. */
  readonly surging: Quantity | number;
  /** `needed` as a sum, such as `checkout 10 x (500m + 300m) + order 4 x (1)`. */
  readonly sum: string;
  readonly surgingSum: string;
}

/** Resources of a quota that pods use, the limit first: who raises it looks at the request again. */
const FIELDS: { readonly [resource: string]: AmountField } = {
  'limits.cpu': 'cpuLimit',
  'requests.cpu': 'cpuRequest',
  'cpu': 'cpuRequest',
  'limits.memory': 'memoryLimit',
  'requests.memory': 'memoryRequest',
  'memory': 'memoryRequest',
};

/**
 * What the quotas of all namespaces allow and what may be used of it. Quotas for the pods of some priority classes are not among them, nor are
 * resources other than processors, memory, storage and the number of pods.
 *
 * @see https://kubernetes.io/docs/concepts/policy/resource-quotas/
 */
export function quotaUsage(manifests: ManifestSet): readonly Usage[] {
  return manifests._once(allUsage);
}

function allUsage(manifests: ManifestSet): Usage[] {
  return manifests.of('ResourceQuota', '').filter(({ spec }) => spec.scopeSelector === undefined).flatMap((quota) => {
    const { namespace = '', spec } = quota;
    const counted = podSetsOf(manifests, namespace).filter((set) => (spec.scopes ?? []).every((scope: string) => isInScope(scope, set)));
    return Object.entries(spec.hard ?? {}).flatMap(([resource, allowed]) => {
      const usage = resource in FIELDS ? usageOf(counted, resource, allowed)
        : resource === 'pods' ? podUsage(counted, allowed)
          : resource === 'requests.storage' ? storageUsage(manifests, namespace, allowed) : undefined;
      return usage ? [{ quota, resource, ...usage }] : [];
    });
  });
}

type Numbers = Omit<Usage, 'quota' | 'resource'>;

function usageOf(sets: readonly SizedPodSet[], resource: string, hard: unknown): Numbers | undefined {
  const field = FIELDS[resource];
  const kind = field.startsWith('cpu') ? 'cpu' : 'memory';
  const allowed = quantityIn(kind, hard);
  const used = sets.map((set) => ({ set, peak: peakOf(set.amounts, field) }))
    .filter(({ peak }) => peak.some((container) => container[field] !== undefined));
  const total = (pods: (set: PodSet) => number) => Quantity._sum(kind, used.map(({ set, peak }) => sumOf(field, peak)._times(pods(set))));
  const text = (pods: (set: PodSet) => number) => used
    .map(({ set, peak }) => `${set.name} ${pods(set)} x (${peak.map((container) => `${container[field] ?? 0}`).join(' + ')})`).join(' + ');
  return allowed && { allowed, needed: total(atFullSize), surging: total(withSurge), sum: text(atFullSize), surgingSum: text(withSurge) };
}

function podUsage(sets: readonly PodSet[], hard: unknown): Numbers {
  const total = (pods: (set: PodSet) => number) => sets.reduce((sum, set) => sum + pods(set), 0);
  const text = (pods: (set: PodSet) => number) => sets.map((set) => `${set.name} ${pods(set)}`).join(' + ');
  return { allowed: Number(hard), needed: total(atFullSize), surging: total(withSurge), sum: text(atFullSize), surgingSum: text(withSurge) };
}

function storageUsage(manifests: ManifestSet, namespace: string, hard: unknown): Numbers | undefined {
  const allowed = quantityIn('storage', hard);
  const claims = claimsIn(manifests, namespace);
  const needed = Quantity._sum('storage', claims.flatMap(({ count, volumes }) => volumes.map(([, size]) => size._times(count))));
  const sum = claims.map(({ manifest, count, volumes }) => `${manifest.name} ${count} x (${volumes.map(([, size]) => `${size}`).join(' + ')})`).join(' + ');
  return allowed && { allowed, needed, surging: needed, sum, surgingSum: sum };
}

function atFullSize({ replicas }: PodSet): number {
  return replicas;
}

function withSurge({ replicas, surge }: PodSet): number {
  return replicas + surge;
}

/** Whether a quota with a scope counts a pod. */
function isInScope(scope: string, { amounts, template }: SizedPodSet): boolean {
  switch (scope) {
    case 'BestEffort': return isBestEffort(amounts);
    case 'NotBestEffort': return !isBestEffort(amounts);
    case 'Terminating': return template.spec?.activeDeadlineSeconds !== undefined;
    case 'NotTerminating': return template.spec?.activeDeadlineSeconds === undefined;
    default: return false;
  }
}
