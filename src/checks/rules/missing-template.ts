import { analysesIn } from '../analyses';
import type { IRule } from '../rule';
import { Severity } from '../severity';

export const MISSING_TEMPLATE: IRule = {
  id: 'MS-ROLL-004',
  severity: Severity.ERROR,
  why: 'An analysis of a Rollout names no template that is defined, so it measures nothing.',
  fix: 'Define the AnalysisTemplate or correct its name, or remove the analysis.',
  check: (manifests) => analysesIn(manifests).flatMap(({ rollout: manifest, field, names }) => names.length === 0
    ? [{ manifest, field, problem: 'has an analysis without a template' }]
    // those of the whole cluster may be defined elsewhere
    : names.filter(({ templateName, clusterScope }) => !clusterScope && !manifests.named('AnalysisTemplate', templateName, manifest.namespace))
      .map(({ templateName }) => ({ manifest, field, problem: `names the AnalysisTemplate '${templateName}', which its namespace does not define` }))),
};
