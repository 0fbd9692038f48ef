import { Duration, Yaml } from 'cdk8s';
import type { ServiceChart } from '../../../src/platform/service-chart';
import { CronExpression } from '../../../src/values/cron-expression';
import { Dapr } from '../../../src/values/dapr';
import { Image } from '../../../src/values/image';
import { Schedule } from '../../../src/values/schedule';
import { ScheduledJob } from '../../../src/workloads/batch/scheduled-job';
import type { ScheduledJobProps } from '../../../src/workloads/batch/scheduled-job';
import { FileStorage } from '../../../src/workloads/file-storage';
import { bare, errorsOf, findings, group, manifestsOf, profileWith } from '../../support/platform';

const image = Image.of('registry.example.com/invoices', { tag: '2.0.1' });
const PLAIN = Dapr.none('reads a file');

function job(chart: ServiceChart, props: Partial<ScheduledJobProps> = {}, id = 'invoices'): ScheduledJob {
  return new ScheduledJob(chart, id, { image, schedule: Schedule.daily('01:30'), ...props });
}

function rendered(props: Partial<ScheduledJobProps> = {}, changes = {}): any {
  const chart = group({ profile: profileWith(changes) });
  job(chart, props);
  return manifestsOf(chart).of('CronJob')[0];
}

test('a job with a schedule is a CronJob as the platform profile says', () => {
  const cronJob = rendered({ dapr: PLAIN });
  const { metadata: { labels }, spec: { template, ...spec } } = cronJob.spec.jobTemplate;
  expect([labels, template.metadata.labels].map(({ app, type }) => [app, type])).toEqual([['invoices', 'job'], ['invoices', 'job']]);
  expect(template.spec).toMatchObject({ restartPolicy: 'Never', priorityClassName: 'core-business-prod-batch', serviceAccountName: 'invoices' });
  expect(Yaml.stringify(bare({ ...cronJob, spec: { ...cronJob.spec, jobTemplate: spec } })).trimEnd()).toMatchInlineSnapshot(`
"apiVersion: batch/v1
kind: CronJob
metadata:
  name: invoices
spec:
  concurrencyPolicy: Forbid
  failedJobsHistoryLimit: 3
  jobTemplate:
    activeDeadlineSeconds: 3600
    backoffLimit: 3
    podFailurePolicy:
      rules:
        - action: Ignore
          onPodConditions:
            - status: "True"
              type: DisruptionTarget
    ttlSecondsAfterFinished: 604800
  schedule: 30 1 * * *
  startingDeadlineSeconds: 600
  successfulJobsHistoryLimit: 3
  timeZone: Etc/UTC"
`);
});

test('says when it runs in cron, in its time zone', () => {
  const { spec } = rendered({ schedule: CronExpression.of('0 6 * * mon-fri'), timeZone: 'Europe/Berlin' });
  expect([spec.schedule, spec.timeZone]).toEqual(['0 6 * * mon-fri', 'Europe/Berlin']);
});

test('says what is special about its own', () => {
  const { spec } = rendered({
    concurrencyPolicy: 'Replace',
    startingDeadline: Duration.minutes(1),
    successfulJobsHistoryLimit: 0,
    failedJobsHistoryLimit: 1,
    ttlAfterFinished: Duration.hours(1),
    activeDeadline: Duration.minutes(5),
    backoffLimit: 0,
    fatalExitCodes: [3],
  });
  expect(spec).toMatchObject({ concurrencyPolicy: 'Replace', startingDeadlineSeconds: 60, successfulJobsHistoryLimit: 0, failedJobsHistoryLimit: 1 });
  expect(spec.jobTemplate.spec).toMatchObject({ ttlSecondsAfterFinished: 3600, activeDeadlineSeconds: 300, backoffLimit: 0 });
  expect(spec.jobTemplate.spec.podFailurePolicy.rules[1].action).toBe('FailJob');
});

test('what changes for all of them is changed in the profile', () => {
  const { spec } = rendered({}, { batch: { timeZone: 'Europe/Berlin', concurrencyPolicy: 'Allow', activeDeadline: Duration.minutes(1) } });
  expect([spec.timeZone, spec.concurrencyPolicy, spec.jobTemplate.spec.activeDeadlineSeconds]).toEqual(['Europe/Berlin', 'Allow', 60]);
});

test('is suspended where it is said, which is a finding, and else left to whoever stops it by hand', () => {
  const chart = group();
  job(chart, { suspend: true });
  expect(manifestsOf(chart).of('CronJob')[0].spec.suspend).toBe(true);
  expect(findings(chart)).toEqual(['MS-BATCH-001 [core-business-prod/invoices/CronJob] /spec/suspend']);
  expect(rendered().spec).not.toHaveProperty('suspend');
});

test('a detail that nothing else can set is patched', () => {
  const chart = group();
  job(chart).patch('CronJob', '/spec/jobTemplate/spec/template/spec/terminationGracePeriodSeconds', 300, 'writes a long file');
  expect(manifestsOf(chart).of('CronJob')[0].spec.jobTemplate.spec.template.spec.terminationGracePeriodSeconds).toBe(300);
});

describe('in the quota it counts', () => {
  const sum = (props: Partial<ScheduledJobProps>) => errorsOf((chart) => job(chart, { dapr: PLAIN, ...props }),
    { profile: profileWith({ quotas: { 'core-business-prod': { cpu: '400m', memory: '100Gi' } } }) })
    .map((error) => /: (invoices .*?)\. /.exec(error)?.[1]);

  test('one run at a time', () => expect(sum({ schedule: Schedule.everyMinutes(5) })).toEqual(['invoices 1 x (500m)']));

  test('as many as there can be, where runs may overlap', () => {
    expect(sum({ schedule: Schedule.everyMinutes(5), concurrencyPolicy: 'Allow' })).toEqual(['invoices 12 x (500m)']);
    expect(sum({ schedule: Schedule.everyMinutes(5), concurrencyPolicy: 'Allow', activeDeadline: Duration.minutes(7) })).toEqual(['invoices 2 x (500m)']);
  });
});

describe('a job with a schedule fails', () => {
  const schedule = (expression: string) => ({ schedule: { expression } });
  test.each<[Partial<ScheduledJobProps>, string]>([
    [schedule('0 25 * * *'), "the hour '25' of '0 25 * * *' is not from 0 to 23. Write numbers from 0 to 23, ranges such as 0-23, steps such as */2, or a list of them."],
    [{ timeZone: 'Europe/Berlinn' }, "expected timeZone to be a time zone of the IANA database, got 'Europe/Berlinn'. Write 'Europe/Berlin'."],
    [{ concurrencyPolicy: 'forbid' }, "expected concurrencyPolicy to be one of Forbid, Replace, Allow, got 'forbid'. Use 'Forbid'."],
    [{ startingDeadline: Duration.seconds(9) }, 'expected startingDeadline to be 10 or more whole seconds, got 9 seconds. Use Duration.seconds(10).'],
    [{ failedJobsHistoryLimit: -1 }, 'expected failedJobsHistoryLimit to be a whole number of 0 or more, got -1. Use 0 or more.'],
    [
      {
        storage: FileStorage.persistent({ size: '1Gi', mountPath: '/data', accessMode: 'ReadWriteOnce' }),
        schedule: Schedule.hourly(5),
        concurrencyPolicy: 'Allow',
        activeDeadline: Duration.hours(2),
      },
      'up to 2 pods at a time, roll-outs included, would share a volume that is ReadWriteOnce, so those on another node never start. '
      + "Use accessMode 'ReadWriteMany', or let one pod work at a time.",
    ],
  ])('%#', (props, message) => {
    expect(errorsOf((chart) => job(chart, props))).toEqual([`[core-business-prod/invoices] ${message}`]);
  });

  test('by a name that is too long for its Jobs', () => {
    const name = 'a'.repeat(53);
    expect(errorsOf((chart) => job(chart, {}, name))).toEqual([
      `[core-business-prod/${name}] name '${name}' has 53 characters, and a CronJob takes 52, because its Jobs have the time of their run behind it. Shorten it.`,
    ]);
    expect(errorsOf.bind(null, (chart) => job(chart, {}, 'a'.repeat(52)))).toThrow('the program did not fail');
  });
});
