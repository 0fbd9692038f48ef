import type { IRule } from '../rule';
import { Severity } from '../severity';

export const SUSPENDED_SCHEDULE: IRule = {
  id: 'MS-BATCH-001',
  severity: Severity.WARNING,
  why: 'A CronJob is suspended, so no run of it starts.',
  fix: 'Remove suspend when it may go on.',
  check: (manifests) => manifests.of('CronJob', 'batch').filter(({ spec }) => spec.suspend === true).map((manifest) => ({ manifest, field: '/spec/suspend' })),
};
