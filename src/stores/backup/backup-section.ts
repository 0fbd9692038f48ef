import { Duration } from 'cdk8s';
import { type BackupValues, checkBackups } from './backup-plan';
import { section } from '../../profile/section';
import { PINS } from '../../values/image-pins';
import { Schedule } from '../../values/schedule';

/** What is copied out of the cluster, for how long, and how that is proved. */
export const BACKUP_SETTINGS = section<BackupValues>('backups', () => ({
  // every organisation has its own
  storage: undefined,
  schedule: Schedule.daily('01:30'),
  retention: Duration.days(30),
  configurationRetention: Duration.days(90),
  archiveTimeout: Duration.seconds(30),
  uploadAllowance: Duration.seconds(30),
  recoveryPoint: Duration.seconds(60),
  restoreTime: Duration.minutes(30),
  restoreRate: '100M',
  uploadImage: PINS.awsCli.image,
  resources: {
    cpuRequest: '250m',
    cpuLimit: '250m',
    memoryRequest: '256Mi',
    memoryLimit: '256Mi',
    ephemeralStorageRequest: '512Mi',
    ephemeralStorageLimit: '512Mi',
  },
  drill: {
    schedule: Schedule.weekly('sunday', '04:00'),
    pointInTime: Duration.minutes(10),
    // a day, and two hours for the backup itself
    oldestBackup: Duration.hours(26),
    deadline: Duration.hours(2),
    resources: {
      cpuRequest: '500m',
      cpuLimit: '500m',
      memoryRequest: '1Gi',
      memoryLimit: '1Gi',
      ephemeralStorageRequest: '512Mi',
      ephemeralStorageLimit: '512Mi',
    },
  },
}), { check: checkBackups });
