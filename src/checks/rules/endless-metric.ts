import { argumentIn, metricsOf, templatesInUse } from '../analyses';
import type { IRule } from '../rule';
import { Severity } from '../severity';

export const ENDLESS_METRIC: IRule = {
  id: 'MS-ROLL-007',
  severity: Severity.ERROR,
  why: 'A metric of an analysis never ends: it has an interval without a count, or Argo Rollouts, which reads templates before arguments, sees no count.',
  fix: 'Set count, and give the argument in it a value in the template.',
  check: (manifests) => templatesInUse(manifests).flatMap((manifest) => metricsOf(manifest).flatMap(({ metric, field }) => {
    const { name, interval, count } = metric;
    const [, inside] = typeof count === 'string' ? /^\{\{([^}]*)\}\}$/.exec(count) ?? [] : [];
    const argument = (manifest.spec.args ?? []).find((each: any) => inside !== undefined && each.name === argumentIn(inside));
    return interval !== undefined && count === undefined ? [{ manifest, field, problem: `has an interval and no count for the metric '${name}'` }]
      : argument !== undefined && argument.value === undefined
        ? [{ manifest, field: `${field}/count`, problem: `counts the metric '${name}' by the argument '${argument.name}', which has no value in the template` }] : [];
  })),
};
