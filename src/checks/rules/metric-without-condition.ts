import { metricsOf, templatesInUse } from '../analyses';
import type { IRule } from '../rule';
import { Severity } from '../severity';

export const METRIC_WITHOUT_CONDITION: IRule = {
  id: 'MS-ROLL-011',
  severity: Severity.ERROR,
  why: 'A metric of an analysis has no condition, so every answer of Prometheus is a success.',
  fix: 'Set successCondition.',
  check: (manifests) => templatesInUse(manifests).flatMap((manifest) => metricsOf(manifest)
    .filter(({ metric }) => metric.provider?.prometheus !== undefined && !metric.successCondition && !metric.failureCondition)
    .map(({ metric, field }) => ({ manifest, field, problem: `has no condition for the metric '${metric.name}'` }))),
};
