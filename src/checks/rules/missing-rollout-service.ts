import type { IRule } from '../rule';
import { Severity } from '../severity';

export const MISSING_ROLLOUT_SERVICE: IRule = {
  id: 'MS-ROLL-001',
  severity: Severity.ERROR,
  why: 'A Rollout names a Service that its namespace does not define, so Argo Rollouts refuses it.',
  fix: 'Define the Service, or correct its name.',
  check: (manifests) => manifests.of('Rollout', 'argoproj.io').flatMap((manifest) => {
    const { blueGreen, canary } = manifest.spec.strategy ?? {};
    return [
      ['blueGreen/activeService', blueGreen?.activeService],
      ['blueGreen/previewService', blueGreen?.previewService],
      ['canary/canaryService', canary?.canaryService],
      ['canary/stableService', canary?.stableService],
    ].filter(([, name]) => name !== undefined && !manifests.named('Service', name, manifest.namespace, ''))
      .map(([field, name]) => ({ manifest, field: `/spec/strategy/${field}`, problem: `names the Service '${name}' as its ${field.split('/')[1]}, and its namespace has no such Service` }));
  }),
};
