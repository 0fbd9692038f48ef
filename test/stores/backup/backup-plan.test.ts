import { Duration } from 'cdk8s';
import { PlatformProfile } from '../../../src';
import { StoreDefaults } from '../../../src/stores';
import type { BackupPlan } from '../../../src/stores';
import { checkRestoreTime, shortestRestore } from '../../../src/stores/backup/backup-plan';
import { Schedule } from '../../../src/workloads';
import { ALL_SECTIONS } from '../../support/settings';

const standard = ALL_SECTIONS.backups.of(PlatformProfile.standard());

/** So many seconds after the beginning of Unix time it happens first. */
const first = (schedule: Schedule) => new Date(schedule._offset * 1000).toUTCString().slice(0, 22);

test('a schedule is a line of cron, and the times are equally far apart', () => {
  expect([Schedule.hourly(5), Schedule.daily('01:30'), Schedule.weekly('sunday', '04:00'), Schedule.weekly('thursday', '00:00')]
    .map((schedule) => [String(schedule), schedule._period, first(schedule)])).toEqual([
    ['5 * * * *', 3600, 'Thu, 01 Jan 1970 00:05'],
    ['30 1 * * *', 86_400, 'Thu, 01 Jan 1970 01:30'],
    ['0 4 * * 0', 604_800, 'Sun, 04 Jan 1970 04:00'],
    ['0 0 * * 4', 604_800, 'Thu, 01 Jan 1970 00:00'],
  ]);
});

test.each<[() => Schedule, string]>([
  [() => Schedule.daily('24:00'), "Schedule.daily: '24:00' is not a time of day. Write hours and minutes in UTC, such as '01:30'."],
  [() => Schedule.daily('1:30'), "Schedule.daily: '1:30' is not a time of day. Write hours and minutes in UTC, such as '01:30'."],
  [() => Schedule.daily('30 1 * * *'), "Schedule.daily: '30 1 * * *' is not a time of day. Write hours and minutes in UTC, such as '01:30'."],
  [() => Schedule.hourly(60), 'Schedule.hourly: expected minute to be a whole number from 0 to 59, got 60. Use 59 or less.'],
  [() => Schedule.weekly('sundy', '01:30'),
    "Schedule.weekly: expected weekday to be one of sunday, monday, tuesday, wednesday, thursday, friday, saturday, got 'sundy'. Use 'sunday'."],
])('fails on a time that is none', (define, message) => {
  expect(define).toThrow(new Error(message));
});

test('the standard is daily, kept for 30 days, within a minute, and proved each week', () => {
  expect(String(standard.schedule)).toBe('30 1 * * *');
  expect(standard.retention.toDays()).toBe(30);
  expect(standard.configurationRetention.toDays()).toBe(90);
  expect(standard.recoveryPoint.toSeconds()).toBe(60);
  expect(standard.drill.schedule._period).toBe(7 * 86_400);
  expect(standard.storage).toBeUndefined();
});

test.each<[BackupPlan, string]>([
  [{ recoveryPoint: Duration.seconds(45) },
    'backups.recoveryPoint 45 s is less than the plan can hold: a log waits 30 s until it is archived, and that may take 30 s. Use Duration.seconds(60) or more, or lower archiveTimeout.'],
  [{ retention: Duration.days(3) },
    'backups.retention 3 days is shorter than the 7 days between two drills, so a backup would be gone before it is proved. Use Duration.days(7) or more, or drill more often.'],
  [{ retention: Duration.days(1), schedule: Schedule.weekly('monday', '01:00'), drill: { schedule: Schedule.daily('03:00'), oldestBackup: Duration.days(8) } },
    'backups.retention 1 day is shorter than the 7 days between two backups, so there would be times without one. Use Duration.days(7) or more, or back up more often.'],
  [{ retention: Duration.hours(36) }, 'expected backups.retention to be whole days, got 129600 seconds. Use Duration.days(2).'],
  [{ retention: Duration.hours(1) }, 'expected backups.retention to be 86400 or more whole seconds, got 3600 seconds. Use Duration.seconds(86400).'],
  [{ drill: { oldestBackup: Duration.hours(24) } },
    'backups.drill.oldestBackup 86400 s is no more than the 86400 s between two backups, so drills would fail although nothing is wrong. Use more than Duration.seconds(86400), with time for the backup itself.'],
  [{ drill: { pointInTime: Duration.seconds(30) } },
    'backups.drill.pointInTime 30 s is less than backups.recoveryPoint 60 s, so it may not be archived yet. Use Duration.seconds(60) or more.'],
  [{ drill: { deadline: Duration.minutes(40) } },
    'backups.drill.deadline 2400 s is less than the 3600 s that 2 restores of backups.restoreTime take. Use Duration.seconds(3600) or more.'],
  [{ restoreRate: '100MB' }, "backups.restoreRate '100MB' is not a quantity of storage: 'MB' is no unit. Write '100M'."],
  [{ archiveTimeout: Duration.millis(500) }, 'expected backups.archiveTimeout to be 1 or more whole seconds, got 0.5 seconds. Use Duration.seconds(1).'],
])('fails on %j', (backups, message) => {
  expect(() => PlatformProfile.standard().with(StoreDefaults.of({ backups }))).toThrow(new Error(`StoreDefaults.of: ${message}`));
});

test('a restore takes as long as its volume needs at the rate, and the logs of a day', () => {
  expect(shortestRestore(standard, '100Gi')).toBe(1074 + 576);
  expect(shortestRestore(standard, '50G')).toBe(500 + 576);
  expect(() => checkRestoreTime('orders', standard, '100Gi')).not.toThrow();
  expect(() => checkRestoreTime('orders', standard, '1Ti')).toThrow(new Error(
    'orders: storage 1Ti at backups.restoreRate 100M a second, with the logs until the next backup, is back after 11572 s at best, and backups.restoreTime promises 1800 s. Use Duration.minutes(193) or more: what must be back sooner is the matter of a failover.'));
});
