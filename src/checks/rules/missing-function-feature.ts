import type { IRule } from '../rule';
import { Severity } from '../severity';

const FEATURES = {
  priorityClassName: 'kubernetes.podspec-priorityclassname',
  topologySpreadConstraints: 'kubernetes.podspec-topologyspreadconstraints',
};

export const MISSING_FUNCTION_FEATURE: IRule = {
  id: 'MS-FUNC-001',
  severity: Severity.WARNING,
  why: 'A function has no priority or no spread, because Knative refuses fields that its ConfigMap config-features does not allow.',
  fix: 'Enable the features there, and name them in functions.features of the platform profile.',
  check: (manifests) => manifests.of('Service', 'serving.knative.dev').flatMap((manifest) => {
    const missing = Object.entries(FEATURES).filter(([field]) => manifest.podTemplate?.spec?.[field] === undefined).map(([, feature]) => feature);
    return missing.length === 0 ? [] : [{ manifest, field: '/spec/template/spec', problem: `goes without ${missing.join(' and ')}` }];
  }),
};
