import type { Construct } from 'constructs';
import { POSTGRES_SETTINGS } from './postgres-section';
import { BACKUP_SETTINGS } from '../backup/backup-section';
import { recordBackupCredentials } from '../backup/shared-credentials';
import { decideBackup } from './backup/backup-definition';
import { defineBackup } from './backup/backup-objects';
import { memberBackup } from './backup/member-backup';
import { defineCloudNativePg } from './cloud-native-pg/cloud-native-pg-objects';
import { entryOf, imageOf, refuseForeignSettings } from './cloud-native-pg/settings';
import { NO_EXTENSION } from './patroni/member-extension';
import { definePatroni } from './patroni/patroni-objects';
import type { PostgresDefinition } from './postgres-definition';
import { PostgresEngine } from './postgres-engine';
import type { PostgresSettings } from './postgres-settings';
import { recordFinding } from '../../checks/registry';
import type { RuleDescription } from '../../checks/rule';
import { Severity } from '../../checks/severity';
import { groupOf } from '../../core/service-group';
import type { StoreEndpoint } from '../../core/store-endpoint';
import type { IReplicated } from '../../core/workload';
import { setGroupFile } from '../../output/group-file';
import type { Environment } from '../../profile/environment';
import { fail } from '../../values/errors';
import { provideLabels } from '../../values/labels';
import type { RestoreAssertion } from '../backup/restore-assertion';
import { hostedStore, hostingGroup, servesProduction } from '../hosted/hosted-store';

/** `-databases` and what Kubernetes appends to the names of a Job's and a StatefulSet's pods fit into 63 characters. */
const LONGEST_NAME = 40;

export const NO_BACKUP: RuleDescription = {
  id: 'MS-BACKUP-004',
  severity: Severity.WARNING,
  why: 'A PostgreSQL cluster has no backup, so what is deleted by mistake or lost with its volumes cannot be restored.',
  fix: 'Name a bucket by StoreDefaults.of({ backups: { storage: ObjectStorage.s3(...) } }).',
};

export const LOST_COMMITS: RuleDescription = {
  id: 'MS-AVAIL-006',
  severity: Severity.WARNING,
  why: 'Commits of a PostgreSQL cluster in production wait for no other member, so the loss of its primary may lose them.',
  fix: "Use instances 3 and synchronousMode 'quorum'.",
};

/** How each engine defines a cluster, by its name. */
const ENGINES: { readonly [engine in PostgresEngine]: typeof defineByPatroni } = {
  [PostgresEngine.CLOUD_NATIVE_PG]: defineCloudNativePg,
  [PostgresEngine.STATEFUL_SET]: defineByPatroni,
};

/** Decides a PostgreSQL cluster in all that does not depend on its engine, or fails. */
export function decidePostgres(
  construct: Construct, props: PostgresSettings & { environment?: Environment; restoreAssertions?: RestoreAssertion[] },
): PostgresDefinition {
  const { environment, restoreAssertions: _assertions, ...said } = props;
  const group = hostingGroup(construct, environment);
  const merged = POSTGRES_SETTINGS.decide(construct, group.profile, said);
  refuseForeignSettings(construct, said, merged);
  const image = imageOf(said, merged) ?? fail(construct, `has no image, and nobody publishes one that holds all that the engine '${merged.engine}' needs`,
    "Build images/postgresql/Dockerfile, and give it as image: Image.of('registry.example.com/postgresql', { tag: ... }), here or as postgresql.image of the platform profile");
  const settings = { ...merged, image };
  const store = hostedStore(construct, group, settings, LONGEST_NAME);
  if (settings.synchronousMode === 'off' && servesProduction(construct, environment)) {
    recordFinding(construct, LOST_COMMITS, settings.instances === 1 ? 'has one member' : undefined);
  }
  recordBackupCredentials(construct, group, environment);
  return { ...store, settings, entry: entryOf(store.name, merged) };
}

/** Defines the objects of a PostgreSQL cluster below its construct. */
export function definePostgres(
  construct: Construct & IReplicated, postgres: PostgresDefinition, endpoint: StoreEndpoint, assertions: readonly RestoreAssertion[],
): void {
  const { name, settings } = postgres;
  setGroupFile(construct, groupOf(construct), name);
  provideLabels(construct, postgres.labels);
  ENGINES[settings.engine](construct, postgres, endpoint, assertions);
  if (!BACKUP_SETTINGS.of(postgres.group.profile).storage) {
    recordFinding(construct, NO_BACKUP);
  }
}

function defineByPatroni(
  construct: Construct & IReplicated, postgres: PostgresDefinition, endpoint: StoreEndpoint, assertions: readonly RestoreAssertion[],
): void {
  const backup = decideBackup(construct, postgres);
  if (backup) {
    defineBackup(construct, backup, assertions);
  }
  definePatroni(construct, postgres, endpoint, backup ? memberBackup(backup) : NO_EXTENSION);
}
