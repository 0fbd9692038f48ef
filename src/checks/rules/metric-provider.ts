import { metricsOf, templatesInUse } from '../analyses';
import type { IRule } from '../rule';
import { Severity } from '../severity';

export const METRIC_PROVIDER: IRule = {
  id: 'MS-ROLL-010',
  severity: Severity.ERROR,
  why: 'A metric of an analysis has no provider that could answer, so no run of it succeeds.',
  fix: 'Set one provider; for Prometheus, with an address and a query.',
  check: (manifests) => templatesInUse(manifests).flatMap((manifest) => metricsOf(manifest).flatMap(({ metric: { name, provider = {} }, field }) => {
    const known = Object.values(provider).filter((each) => each !== undefined);
    const { prometheus } = provider;
    const lacks = known.length !== 1 ? `${known.length} providers` : prometheus && !prometheus.address ? 'no address of Prometheus'
      : prometheus && !prometheus.query?.trim() ? 'no query for Prometheus' : undefined;
    return lacks === undefined ? [] : [{ manifest, field: `${field}/provider`, problem: `has ${lacks} for the metric '${name}'` }];
  })),
};
