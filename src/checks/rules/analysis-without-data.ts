import { analysesIn } from '../analyses';
import type { IRule } from '../rule';
import { Severity } from '../severity';

export const ANALYSIS_WITHOUT_DATA: IRule = {
  id: 'MS-ROLL-008',
  severity: Severity.ERROR,
  why: 'An analysis passes when Prometheus has no data at all, as when the name of a metric has changed.',
  fix: "Add a metric that needs data, by a successCondition such as 'len(result) > 0 && result[0] >= 0.999'.",
  check: (manifests) => analysesIn(manifests)
    // what is not known may need data
    .filter(({ names, templates }) => names.length > 0 && templates.length === names.length)
    .filter(({ templates }) => !templates.some(({ spec }) => (spec.metrics ?? []).some(needsData)))
    .map(({ rollout: manifest, field }) => ({ manifest, field })),
};

function needsData({ provider, successCondition }: any): boolean {
  return provider?.prometheus === undefined || /len\(result\) *(?:> *0|>= *1)/.test(successCondition ?? '');
}
