import type { IRule } from '../rule';
import { Severity } from '../severity';

export const PATCHED_FIELD: IRule = {
  id: 'MS-PATCH-001',
  severity: Severity.INFO,
  why: 'A patch sets a field that no property sets.',
  fix: 'Nothing to do, if a reviewer agrees.',
  check: (manifests) => manifests.all.flatMap((manifest) => (manifest.annotations['cdk8s-microservices/patches'] ?? '').split('\n')
    .filter((line) => line !== '').map((line) => {
      const [field, ...reason] = line.split(': ');
      return { manifest, field, problem: `is patched: ${reason.join(': ')}` };
    })),
};
