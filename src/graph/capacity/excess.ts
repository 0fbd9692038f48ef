import type { Usage } from './quota';
import type { Quantity } from '../../values/quantity';

/** Whether an amount is more than another one of the same resource. */
export function exceeds(amount: Quantity | number, other: Quantity | number): boolean {
  return typeof amount === 'number' ? amount > (other as number) : amount._exceeds(other as Quantity);
}

/** The usages that are too much, without those of requests where the limits of the same resource are too much already. */
export function excessive(usages: readonly Usage[], isTooMuch: (usage: Usage) => boolean): Usage[] {
  const found = usages.filter(isTooMuch);
  return found.filter(({ quota, resource }) => !found.some((other) => other.quota === quota && other.resource === resource.replace('requests.', 'limits.') && other.resource !== resource));
}
