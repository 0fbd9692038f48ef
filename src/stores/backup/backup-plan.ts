import type { Duration } from 'cdk8s';
import type { Construct } from 'constructs';
import type { ObjectStorage } from './object-storage';
import { fail } from '../../values/errors';
import type { Image } from '../../values/image';
import { Quantity } from '../../values/quantity';
import { type ResourceAmounts, Resources } from '../../values/resources';
import type { Schedule } from '../../values/schedule';
import { wholeSeconds } from '../../values/value-checks';

/**
 * How often and how it is proved that a backup can be restored.
 */
export interface DrillSettings {
  /**
   * When it is tried.
   *
   * @default - the profile's `backups.drill.schedule` (0 4 * * 0)
   */
  readonly schedule?: Schedule;

  /**
   * How far back the point in time lies that is restored, besides the newest state.
   *
   * @default - the profile's `backups.drill.pointInTime` (600 s)
   */
  readonly pointInTime?: Duration;

  /**
   * How old the newest backup may be.
   *
   * @default - the profile's `backups.drill.oldestBackup` (93600 s)
   */
  readonly oldestBackup?: Duration;

  /**
   * After how long a drill is stopped, which then counts as failed.
   *
   * @default - the profile's `backups.drill.deadline` (7200 s)
   */
  readonly deadline?: Duration;

  /**
   * Processors and memory of a drill: it runs the database that it restored.
   *
   * @default - the profile's `backups.drill.resources`
   */
  readonly resources?: ResourceAmounts;
}

/**
 * What is copied out of the cluster when, for how long it is kept, and how fast it is back.
 */
export interface BackupPlan {
  /**
   * Where the copies go.
   *
   * @default - none; nothing is backed up, and stores say so
   */
  readonly storage?: ObjectStorage;

  /**
   * When a whole copy of each database is made. What is written between two of them is in the log that is archived all the time.
   *
   * @default - the profile's `backups.schedule` (30 1 * * *)
   */
  readonly schedule?: Schedule;

  /**
   * For how long any point in time can be restored.
   *
   * @default - the profile's `backups.retention` (2592000 s)
   */
  readonly retention?: Duration;

  /**
   * For how long the objects of namespaces are kept, without their volumes.
   *
   * @default - the profile's `backups.configurationRetention` (7776000 s)
   */
  readonly configurationRetention?: Duration;

  /**
   * After how long a log that is not full yet is archived.
   *
   * @default - the profile's `backups.archiveTimeout` (30 s)
   */
  readonly archiveTimeout?: Duration;

  /**
   * How long it may take to bring one log to object storage.
   *
   * @default - the profile's `backups.uploadAllowance` (30 s)
   */
  readonly uploadAllowance?: Duration;

  /**
   * How much may be lost when a whole cluster of databases is lost: the RPO of a restore.
   *
   * @default - the profile's `backups.recoveryPoint` (60 s)
   */
  readonly recoveryPoint?: Duration;

  /**
   * How long a restore may take until the database can be written again: the RTO of a restore, not that of a failover.
   *
   * @default - the profile's `backups.restoreTime` (1800 s)
   */
  readonly restoreTime?: Duration;

  /**
   * How much is downloaded and written in a second, such as `100M`: what `restoreTime` is checked with, against the size of a volume.
   *
   * @default - the profile's `backups.restoreRate` (100M)
   */
  readonly restoreRate?: string;

  /**
   * The image of what brings snapshots of Redis to object storage, with `sh` and `aws`, the AWS CLI, in it.
   *
   * @default - the profile's `backups.uploadImage` (docker.io/amazon/aws-cli:2.22.35)
   */
  readonly uploadImage?: Image;

  /**
   * Processors and memory of the container beside each member of a database that makes its backups, and of one that brings snapshots away.
   *
   * @default - the profile's `backups.resources`
   */
  readonly resources?: ResourceAmounts;

  /**
   * How backups are proved.
   *
   * @default - the profile's `backups.drill`
   */
  readonly drill?: DrillSettings;
}

/** A plan with everything but the storage in place, which only an organisation knows. */
export type BackupValues = Required<Omit<BackupPlan, 'storage' | 'drill'>> & {
  readonly storage: ObjectStorage | undefined;
  readonly drill: Required<DrillSettings>;
};

/** A drill restores twice: the newest state and a point in time. */
const RESTORES_OF_A_DRILL = 2;
const DAY = 86_400;

/** Fails where the plan contradicts itself. */
export function checkBackups(where: Construct | string, plan: BackupValues): void {
  const { drill } = plan;
  const seconds = {
    retention: wholeDays(where, 'backups.retention', plan.retention),
    configurationRetention: wholeDays(where, 'backups.configurationRetention', plan.configurationRetention),
    archiveTimeout: wholeSeconds(where, 'backups.archiveTimeout', plan.archiveTimeout, 1),
    uploadAllowance: wholeSeconds(where, 'backups.uploadAllowance', plan.uploadAllowance, 1),
    recoveryPoint: wholeSeconds(where, 'backups.recoveryPoint', plan.recoveryPoint, 1),
    restoreTime: wholeSeconds(where, 'backups.restoreTime', plan.restoreTime, 1),
    pointInTime: wholeSeconds(where, 'backups.drill.pointInTime', drill.pointInTime, 1),
    oldestBackup: wholeSeconds(where, 'backups.drill.oldestBackup', drill.oldestBackup, 1),
    deadline: wholeSeconds(where, 'backups.drill.deadline', drill.deadline, 1),
  };
  Quantity._of('storage', where, 'backups.restoreRate', plan.restoreRate);
  Resources._partial(where, plan.resources);
  Resources._partial(where, drill.resources);

  const needed = seconds.archiveTimeout + seconds.uploadAllowance;
  if (seconds.recoveryPoint < needed) {
    fail(where, `backups.recoveryPoint ${seconds.recoveryPoint} s is less than the plan can hold: a log waits ${seconds.archiveTimeout} s until it is archived, and that may take ${seconds.uploadAllowance} s`,
      `Use Duration.seconds(${needed}) or more, or lower archiveTimeout`);
  }
  if (seconds.retention < drill.schedule._period) {
    fail(where, `backups.retention ${days(seconds.retention)} is shorter than the ${days(drill.schedule._period)} between two drills, so a backup would be gone before it is proved`,
      `Use Duration.days(${Math.ceil(drill.schedule._period / DAY)}) or more, or drill more often`);
  }
  if (seconds.retention < plan.schedule._period) {
    fail(where, `backups.retention ${days(seconds.retention)} is shorter than the ${days(plan.schedule._period)} between two backups, so there would be times without one`,
      `Use Duration.days(${Math.ceil(plan.schedule._period / DAY)}) or more, or back up more often`);
  }
  if (seconds.oldestBackup <= plan.schedule._period) {
    fail(where, `backups.drill.oldestBackup ${seconds.oldestBackup} s is no more than the ${plan.schedule._period} s between two backups, so drills would fail although nothing is wrong`,
      `Use more than Duration.seconds(${plan.schedule._period}), with time for the backup itself`);
  }
  if (seconds.pointInTime < seconds.recoveryPoint) {
    fail(where, `backups.drill.pointInTime ${seconds.pointInTime} s is less than backups.recoveryPoint ${seconds.recoveryPoint} s, so it may not be archived yet`,
      `Use Duration.seconds(${seconds.recoveryPoint}) or more`);
  }
  const longest = seconds.restoreTime * RESTORES_OF_A_DRILL;
  if (seconds.deadline < longest) {
    fail(where, `backups.drill.deadline ${seconds.deadline} s is less than the ${longest} s that ${RESTORES_OF_A_DRILL} restores of backups.restoreTime take`,
      `Use Duration.seconds(${longest}) or more`);
  }
}

/** How many seconds one log takes, most of which is to start the program that brings the next ones. An assumption; the drill measures. */
const SECONDS_OF_LOG = 0.2;

/** How long it takes at least to bring a full volume of this size back, and all logs until the next backup would have been, in seconds. */
export function shortestRestore(plan: BackupValues, storage: string): number {
  const { _units: size } = Quantity.storage(storage);
  const { _units: rate } = Quantity.storage(plan.restoreRate);
  const logs = Math.ceil(plan.schedule._period / plan.archiveTimeout.toSeconds());
  return Number((size + rate - 1n) / rate) + Math.ceil(logs * SECONDS_OF_LOG);
}

/** Fails where a full volume could not be back in the time that the plan promises. */
export function checkRestoreTime(where: Construct | string, plan: BackupValues, storage: string): void {
  const needed = shortestRestore(plan, storage);
  const promised = plan.restoreTime.toSeconds();
  if (needed > promised) {
    fail(where, `storage ${storage} at backups.restoreRate ${plan.restoreRate} a second, with the logs until the next backup, is back after ${needed} s at best, and backups.restoreTime promises ${promised} s`,
      `Use Duration.minutes(${Math.ceil(needed / 60)}) or more: what must be back sooner is the matter of a failover`);
  }
}

function wholeDays(where: Construct | string, what: string, value: Duration): number {
  const seconds = wholeSeconds(where, what, value, DAY);
  return seconds % DAY === 0 ? seconds
    : fail(where, `expected ${what} to be whole days, got ${seconds} seconds`, `Use Duration.days(${Math.ceil(seconds / DAY)})`);
}

function days(seconds: number): string {
  const count = seconds / DAY;
  return `${Number.isInteger(count) ? count : count.toFixed(1)} ${count === 1 ? 'day' : 'days'}`;
}
