import { metricsOf, templatesInUse } from '../analyses';
import type { IRule } from '../rule';
import { Severity } from '../severity';

export const METRIC_WITHOUT_ERROR_LIMIT: IRule = {
  id: 'MS-ROLL-012',
  severity: Severity.ERROR,
  why: 'A metric of an analysis does not state how often Prometheus may fail to answer.',
  fix: 'Set consecutiveErrorLimit.',
  check: (manifests) => templatesInUse(manifests).flatMap((manifest) => metricsOf(manifest)
    .filter(({ metric }) => metric.provider?.prometheus !== undefined && metric.consecutiveErrorLimit === undefined)
    .map(({ metric, field }) => ({ manifest, field, problem: `has no consecutiveErrorLimit for the metric '${metric.name}'` }))),
};
