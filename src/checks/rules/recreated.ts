import type { IRule } from '../rule';
import { Severity } from '../severity';

export const RECREATED: IRule = {
  id: 'MS-AVAIL-009',
  severity: Severity.WARNING,
  why: 'A release stops all pods of a service before it starts new ones, so that the service does not answer meanwhile.',
  fix: 'Use DeliveryStrategy.rolling() if two versions can run at a time.',
  check: (manifests) => manifests.of('Deployment', 'apps')
    .filter(({ json: { spec } }) => spec.strategy?.type === 'Recreate' && (spec.template?.spec?.containers ?? []).some(({ ports = [] }: any) => ports.length > 0))
    .map((manifest) => ({ manifest, field: '/spec/strategy' })),
};
