import { analysesIn, metricsOf } from '../analyses';
import type { IRule } from '../rule';
import { Severity } from '../severity';

export const METRIC_NAME_TWICE: IRule = {
  id: 'MS-ROLL-009',
  severity: Severity.ERROR,
  why: 'An analysis has two metrics with the same name, so Argo Rollouts refuses it.',
  fix: 'Give one of them another name.',
  check: (manifests) => analysesIn(manifests).flatMap(({ rollout: manifest, field, templates }) => {
    const names = templates.flatMap((template) => metricsOf(template).map(({ metric }) => metric.name));
    const twice = new Set(names.filter((name, index) => names.indexOf(name) !== index));
    return [...twice].map((name) => ({ manifest, field, problem: `has two metrics with the name '${name}'` }));
  }),
};
