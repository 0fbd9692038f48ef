import type { Construct } from 'constructs';
import { POSTGRES_SETTINGS } from './postgres-section';
import { BACKUP_SETTINGS } from '../backup/backup-section';
import { STORAGE_SETTINGS } from '../storage-settings';
import { postgresBackup } from './backup/backup-definition';
import { defineBackup } from './backup/backup-objects';
import { memberBackup } from './backup/member-backup';
import { CLOUD_NATIVE_PG } from './cloud-native-pg/cloud-native-pg-definition';
import { defineCloudNativePg } from './cloud-native-pg/cloud-native-pg-objects';
import { entryOf, imageOf, refuseForeignSettings } from './cloud-native-pg/settings';
import { NO_EXTENSION } from './patroni/member-extension';
import { definePatroni } from './patroni/patroni-objects';
import type { PostgresDefinition } from './postgres-definition';
import type { PostgresSettings } from './postgres-settings';
import { recordFinding } from '../../core/findings';
import { groupOf } from '../../core/service-group';
import type { StoreEndpoint } from '../../core/store-endpoint';
import type { IWorkload } from '../../core/workload';
import { OutputFile } from '../../output/output-file';
import type { Environment } from '../../profile/environment';
import { fail } from '../../values/errors';
import { provideLabels } from '../../values/labels';
import type { RestoreAssertion } from '../backup/restore-assertion';
import { hostedStore, hostingGroup } from '../hosted/hosted-store';

/** `-databases` and what Kubernetes appends to the names of a Job's and a StatefulSet's pods fit into 63 characters. */
const LONGEST_NAME = 40;

/** How each engine defines a cluster, by its name. */
const ENGINES: { readonly [engine: string]: typeof defineByPatroni } = {
  [CLOUD_NATIVE_PG]: defineCloudNativePg,
  statefulset: defineByPatroni,
};

/** Decides a PostgreSQL cluster in all that does not depend on its engine, or fails. */
export function postgresDefinition(
  construct: Construct, props: PostgresSettings & { environment?: Environment; restoreAssertions?: RestoreAssertion[] },
): PostgresDefinition {
  const { environment, restoreAssertions: _assertions, ...said } = props;
  const group = hostingGroup(construct, environment);
  const storage = STORAGE_SETTINGS.of(group.profile);
  const merged = POSTGRES_SETTINGS.decide(construct, group.profile, said);
  refuseForeignSettings(construct, said, merged, storage.postgresqlPort);
  const image = imageOf(said, merged) ?? fail(construct, `has no image, and nobody publishes one that holds all that the engine '${merged.engine}' needs`,
    "Build images/postgresql/Dockerfile, and give it as image: Image.of('registry.example.com/postgresql', { tag: ... }), here or as postgresql.image of the platform profile");
  const settings = { ...merged, image };
  const store = hostedStore(construct, group, settings, LONGEST_NAME);
  return { ...store, settings, port: storage.postgresqlPort, entry: entryOf(store.name, merged) };
}

/** Defines the objects of a PostgreSQL cluster below its construct. */
export function definePostgres(
  construct: Construct & IWorkload, postgres: PostgresDefinition, endpoint: StoreEndpoint, assertions: readonly RestoreAssertion[],
): void {
  const { name, settings } = postgres;
  OutputFile.set(construct, `${groupOf(construct).outputFolder}/${name}`);
  provideLabels(construct, postgres.labels);
  ENGINES[settings.engine._name](construct, postgres, endpoint, assertions);
  if (!BACKUP_SETTINGS.of(postgres.group.profile).storage) {
    recordFinding(construct, 'has no backup, so what is deleted by mistake or lost with its volumes cannot be restored',
      'Name a bucket by StoreDefaults.of({ backups: { storage: ObjectStorage.s3(...) } }) before it holds what matters');
  }
  if (settings.synchronousMode === 'off') {
    recordFinding(construct, `has ${settings.instances === 1 ? 'one member' : 'commits that wait for no other member'}, so the loss of its primary may lose commits`,
      "Use instances 3 and synchronousMode 'quorum' where that matters");
  }
}

function defineByPatroni(
  construct: Construct & IWorkload, postgres: PostgresDefinition, endpoint: StoreEndpoint, assertions: readonly RestoreAssertion[],
): void {
  const backup = postgresBackup(construct, postgres);
  if (backup) {
    defineBackup(construct, backup, assertions);
  }
  definePatroni(construct, postgres, endpoint, backup ? memberBackup(backup) : NO_EXTENSION);
}
