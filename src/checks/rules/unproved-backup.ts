import type { IRule } from '../rule';
import { Severity } from '../severity';

export const UNPROVED_BACKUP: IRule = {
  id: 'MS-BACKUP-001',
  severity: Severity.WARNING,
  why: 'Nothing proves that the backups of a PostgreSQL cluster can be restored: the engine cloudNativePg has no restore drill.',
  fix: 'Restore one by hand into a Cluster of its own now and then.',
  check: (manifests) => manifests.of('Cluster', 'postgresql.cnpg.io').filter(({ spec }) => (spec.plugins ?? []).length > 0).map((manifest) => ({ manifest, field: '/spec/plugins' })),
};
