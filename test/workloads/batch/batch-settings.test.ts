import { Duration } from 'cdk8s';
import type { BatchSettings } from '../../../src/workloads/batch/batch-settings';
import { profileWith } from '../../support/platform';
import { ALL_SECTIONS } from '../../support/settings';

test.each<BatchSettings>([
  { timeZone: 'UTC' }, { timeZone: 'Europe/Berlin' }, { timeZone: 'Asia/Kolkata' }, { timeZone: 'America/Argentina/Buenos_Aires' }, { timeZone: 'US/Eastern' },
  { backoffLimit: 0 }, { concurrencyPolicy: 'Replace' }, { ttlAfterFinished: Duration.seconds(0) }, { failedJobsHistoryLimit: 0 },
])('%j are taken', (batch) => {
  expect(ALL_SECTIONS.batch.of(profileWith({ batch }))).toMatchObject(batch);
});

test.each<[BatchSettings, string]>([
  [{ timeZone: 'europe/berlin' }, "expected batch.timeZone to be a time zone of the IANA database, got 'europe/berlin'. Write 'Europe/Berlin'."],
  [{ timeZone: 'Europe/Berlinn' }, "expected batch.timeZone to be a time zone of the IANA database, got 'Europe/Berlinn'. Write 'Europe/Berlin'."],
  [{ timeZone: 'US/EASTERN' }, "expected batch.timeZone to be a time zone of the IANA database, got 'US/EASTERN'. Write 'America/New_York'."],
  [{ timeZone: 'PST' }, "expected batch.timeZone to be a time zone of the IANA database, got 'PST'. Write 'America/Los_Angeles'."],
  [{ timeZone: 'Local' }, "expected batch.timeZone to be a time zone of the IANA database, got 'Local'. Write 'Etc/UTC'."],
  [{ timeZone: '+01:00' }, "expected batch.timeZone to be a time zone of the IANA database, got '+01:00'. Write 'Etc/UTC'."],
  [{ backoffLimit: -1 }, 'expected batch.backoffLimit to be a whole number of 0 or more, got -1. Use 0 or more.'],
  [{ activeDeadline: Duration.seconds(0) }, 'expected batch.activeDeadline to be 1 or more whole seconds, got 0 seconds. Use Duration.seconds(1).'],
  [{ startingDeadline: Duration.seconds(5) }, 'expected batch.startingDeadline to be 10 or more whole seconds, got 5 seconds. Use Duration.seconds(10).'],
  [{ ttlAfterFinished: Duration.millis(1500) }, 'expected batch.ttlAfterFinished to be 0 or more whole seconds, got 1.5 seconds. Use Duration.seconds(2).'],
  [{ concurrencyPolicy: 'Forbidden' }, "expected batch.concurrencyPolicy to be one of Forbid, Replace, Allow, got 'Forbidden'. Use 'Forbid'."],
  [{ successfulJobsHistoryLimit: 0.5 }, 'expected batch.successfulJobsHistoryLimit to be a whole number of 0 or more, got 0.5. Use 0.'],
  [{ failedJobsHistoryLimit: -2 }, 'expected batch.failedJobsHistoryLimit to be a whole number of 0 or more, got -2. Use 0 or more.'],
  [{ serviceType: 'a job' }, "the label 'type' cannot have the value 'a job'. Use letters, digits, '-', '_' and '.', at most 63, and begin and end with a letter or digit."],
])('%j fail', (batch, message) => {
  expect(() => profileWith({ batch })).toThrow(new Error(`PlatformProfile.customize: ${message}`));
});
