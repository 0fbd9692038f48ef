const FACTORS: Record<string, number> = { 'm': 1e-3, '': 1, 'k': 1e3, 'M': 1e6, 'G': 1e9, 'Ki': 2 ** 10, 'Mi': 2 ** 20, 'Gi': 2 ** 30, 'Ti': 2 ** 40 };

/** The number that a Kubernetes quantity stands for, in thousandths so that sums are exact. */
export function thousandths(quantity: string): number {
  const [, number, suffix] = /^([0-9.]+)([a-zA-Z]*)$/.exec(quantity) ?? [];
  if (!number || !(suffix in FACTORS)) throw new Error(`not a quantity: ${quantity}`);
  return Math.round(Number(number) * FACTORS[suffix] * 1000);
}
