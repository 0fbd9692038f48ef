import type { IRule } from '../rule';
import { Severity } from '../severity';

const FIELD = 'barmanObjectStore';

export const DEPRECATED_BACKUP: IRule = {
  id: 'MS-BACKUP-002',
  severity: Severity.ERROR,
  why: 'CloudNativePG makes a backup itself, which is deprecated since 1.26 and will be removed.',
  fix: 'Leave it out: backups of the platform profile with a storage go by the plug-in barman-cloud.cloudnative-pg.io, which needs an ObjectStore and no field but plugins.',
  check: (manifests) => ['Cluster', 'Backup', 'ScheduledBackup'].flatMap((kind) => manifests.of(kind, 'postgresql.cnpg.io')).flatMap((manifest) => {
    const field = placeIn(manifest.spec);
    return field === undefined ? [] : [{ manifest, field: `/spec${field}` }];
  }),
};

function placeIn(fields: unknown): string | undefined {
  for (const [key, value] of Object.entries(typeof fields === 'object' && fields !== null ? fields : {})) {
    const below = key === FIELD || (key === 'method' && value === FIELD) ? '' : placeIn(value);
    if (below !== undefined) {
      return `/${key}${below}`;
    }
  }
  return undefined;
}
