import { Construct } from 'constructs';
import type { PostgresBackup } from './backup-definition';
import { archiveMounts, archiveRules, archiveVariables, archiveVolumes, BACKUP_FOLDERS, canarySeconds, reportVariables } from './backup-definition';
import { defineObject } from '../../../core/kubernetes-object';
import type { IReplicated } from '../../../core/workload';
import { NETWORK_SETTINGS } from '../../../network/network-settings';
import { dnsRules } from '../../../network/platform-peers';
import { ServiceNetworkPolicy } from '../../../network/service-network-policy';
import { POD_SECURITY_SETTINGS } from '../../../security/pod-security-settings';
import { WorkloadServiceAccount } from '../../../security/service-account';
import { provideLabels } from '../../../values/labels';
import { Tier } from '../../../values/tier';
import { checkAssertions, type RestoreAssertion } from '../../backup/restore-assertion';
import { type Container, storeContainer, storePod, variables } from '../../hosted/hosted-pods';
import { defineCronJob } from '../../hosted/jobs';
import { ephemeralVolume, memoryVolume, type Volume } from '../../hosted/volumes';
import { SUPERUSER } from '../patroni/patroni-definition';

/** The folders of a drill besides those of the backup. */
const FOLDERS = {
  ASSERTIONS_DIR: '/etc/restore-assertions',
  RUN_DIR: '/run/restore',
  SCRATCH_DIR: '/var/lib/restore',
};
/** Beyond the script's own deadline: pulling the image, making the volume, and the report. */
const START_ALLOWANCE = 900;
/** After so long a drill that could not start waits for the next time. */
const STARTING_DEADLINE = 3600;

/**
 * Proves each week that the database can be restored: in a pod that may only read the archive, on a volume that is dropped with it.
 *
 * @internal
 */
export class RestoreDrill extends Construct implements IReplicated {
  public readonly name: string;
  public readonly selectorLabels: { [name: string]: string };
  public readonly minReplicas = 1;

  constructor(scope: Construct, id: string, backup: PostgresBackup, assertions: readonly RestoreAssertion[]) {
    super(scope, id);
    const { store, plan } = backup;
    checkAssertions(scope, assertions);
    this.name = `${store.name}-drill`;
    this.selectorLabels = { app: this.name };
    const labels = { ...store.labels, ...this.selectorLabels };
    provideLabels(this, labels);
    new WorkloadServiceAccount(this, 'ServiceAccount', { workload: this, annotations: backup.reader._annotations });
    const files = assertionFiles(assertions);
    defineObject(this, 'Assertions', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: this.name }, data: files });
    const deadline = plan.drill.deadline.toSeconds();
    defineCronJob(this, 'CronJob', {
      name: this.name,
      labels,
      schedule: plan.drill.schedule,
      startingDeadlineSeconds: STARTING_DEADLINE,
      activeDeadlineSeconds: deadline + START_ALLOWANCE,
      // a drill that failed is a finding, and not a thing to try until it succeeds
      backoffLimit: 0,
      files: { ...backup.files, ...files },
      pod: { ...storePod(store, this.name, Tier.BATCH), containers: [this.container(backup, deadline)], volumes: this.volumes(backup) },
    });
    new ServiceNetworkPolicy(this, 'Policy', {
      workload: this, reason: 'storage', egress: [...archiveRules(backup), ...dnsRules(NETWORK_SETTINGS.of(store.group.profile))],
    });
  }

  private container(backup: PostgresBackup, deadline: number): Container {
    const { plan } = backup;
    return storeContainer(backup.store, 'drill', {
      command: ['/bin/sh', `${BACKUP_FOLDERS.BACKUP_DIR}/drill.sh`],
      env: variables({
        ...archiveVariables(backup),
        ...reportVariables(backup),
        ...FOLDERS,
        // the row is written this often, and what was written last may not be archived yet
        CANARY_AGE: plan.recoveryPoint.toSeconds() + canarySeconds(backup),
        DRILL_SECONDS: deadline,
        OLDEST_BACKUP: plan.drill.oldestBackup.toSeconds(),
        PGUSER: SUPERUSER,
        POINT_IN_TIME: plan.drill.pointInTime.toSeconds(),
      }),
      resources: backup.drillResources._toKube(),
      volumeMounts: [
        ...archiveMounts(backup, backup.reader),
        { name: 'assertions', mountPath: FOLDERS.ASSERTIONS_DIR, readOnly: true },
        { name: 'run', mountPath: FOLDERS.RUN_DIR },
        { name: 'scratch', mountPath: FOLDERS.SCRATCH_DIR },
      ],
    });
  }

  private volumes(backup: PostgresBackup): Volume[] {
    const { settings, group } = backup.store;
    return [
      ...archiveVolumes(backup, backup.reader, backup.drillResources),
      { name: 'assertions', configMap: { name: this.name } },
      memoryVolume('run', POD_SECURITY_SETTINGS.of(group.profile).scratchSize),
      // as large as the one that would be lost
      ephemeralVolume('scratch', settings.storageClass, settings.storage),
    ];
  }
}

/** Each assertion as three files of its name. */
function assertionFiles(assertions: readonly RestoreAssertion[]): { [file: string]: string } {
  return Object.fromEntries(assertions.flatMap(({ name, sql, database, expected }) => [
    [`${name}.sql`, `${sql}\n`], [`${name}.database`, `${database}\n`], [`${name}.expected`, `${expected ?? TRUE}\n`],
  ]));
}

/** What psql writes for a true value. */
const TRUE = 't';
