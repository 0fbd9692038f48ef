import type { ManifestSet } from '../../manifests/manifest-set';
import { Quantity } from '../../values/quantity';
import type { QuantityKind } from '../../values/quantity-notation';

/** What a container reserves and may use at most. */
export interface Amounts {
  readonly cpuRequest?: Quantity;
  readonly cpuLimit?: Quantity;
  readonly memoryRequest?: Quantity;
  readonly memoryLimit?: Quantity;
}

/** The processors and the memory that a quota counts. */
export type AmountField = keyof Amounts;

/** The quantity in a field of a manifest, or undefined if the field is missing or is no quantity. */
export function quantityIn(kind: QuantityKind, value: unknown): Quantity | undefined {
  try {
    return value === undefined || value === null ? undefined : Quantity._of(kind, 'manifest', '', `${value}`);
  } catch {
    return undefined;
  }
}

/**
 * The amounts of a container after the API server has completed its `resources`: a missing request is the limit, and what is still missing
 * comes from the LimitRange of the namespace.
 *
 * @see https://kubernetes.io/docs/concepts/policy/limit-range/
 */
export function amountsOf(resources: any, range?: any): Amounts {
  const { requests, limits } = resources ?? {};
  const request = (kind: 'cpu' | 'memory') =>
    quantityIn(kind, requests?.[kind] ?? limits?.[kind] ?? range?.defaultRequest?.[kind] ?? range?.default?.[kind]);
  const limit = (kind: 'cpu' | 'memory') => quantityIn(kind, limits?.[kind] ?? range?.default?.[kind]);
  return { cpuRequest: request('cpu'), cpuLimit: limit('cpu'), memoryRequest: request('memory'), memoryLimit: limit('memory') };
}

/** The part of a namespace's LimitRange that is about containers. */
export function containerRange(manifests: ManifestSet, namespace: string): any {
  return manifests.of('LimitRange', '').filter((range) => range.namespace === (namespace || undefined))
    .flatMap(({ spec }) => spec.limits ?? []).find(({ type }: any) => type === 'Container');
}

/** The sum of a field over containers. */
export function sumOf(field: AmountField, containers: readonly Amounts[]): Quantity {
  return Quantity._sum(field.startsWith('cpu') ? 'cpu' : 'memory', containers.flatMap((amounts) => amounts[field] ?? []));
}
