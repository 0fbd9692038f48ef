import type { IRule } from '../rule';
import { Severity } from '../severity';

const ANNOTATION = 'cdk8s-microservices/patches';

export const PATCHED_FIELD: IRule = {
  id: 'MS-PATCH-001',
  severity: Severity.INFO,
  why: 'A patch sets a field that no property sets.',
  fix: 'Nothing to do, if a reviewer agrees.',
  check: (manifests) => manifests.all.filter(({ annotations }) => annotations[ANNOTATION] !== undefined)
    .flatMap((manifest) => manifest.annotations[ANNOTATION].split('\n').filter((line) => line !== '').map((line) => {
      const [field, ...reason] = line.split(': ');
      return { manifest, field, problem: `is patched: ${reason.join(': ')}` };
    })),
};
