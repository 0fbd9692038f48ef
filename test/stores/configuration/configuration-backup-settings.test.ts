import { Duration } from 'cdk8s';
import { PlatformProfile } from '../../../src';
import { StoreDefaults } from '../../../src/stores';
import type { ConfigurationBackupSettings } from '../../../src/stores';
import { Schedule } from '../../../src/workloads';
import { ALL_SECTIONS, valuesOf } from '../../support/settings';

const standard = valuesOf(PlatformProfile.standard());
const publicKey = ['-----BEGIN PGP PUBLIC KEY BLOCK-----', '', 'mDMEawGGTRYJKwYBBAHaRw8BAQdAaZE3v4CD73vSVUf11zZSvZQLJOik361pmjti', '=NWfR', '-----END PGP PUBLIC KEY BLOCK-----', ''].join('\n');

test('the standard looks every five minutes, keeps each state for 90 days, and reads no Secrets', () => {
  const { schedule, apiResources, branch } = standard.configurationBackup;
  expect([String(schedule), schedule._period]).toEqual(['*/5 * * * *', 300]);
  expect(standard.backups.configurationRetention.toDays()).toBe(90);
  expect(branch).toBe('main');
  expect(apiResources).toEqual(expect.arrayContaining(['v1/configmaps', 'apps/v1/deployments', 'dapr.io/v1alpha1/components']));
  expect(apiResources.filter((resource) => resource.endsWith('/secrets'))).toEqual([]);
});

test('a profile names who may read, as lines of Unix or of Windows', () => {
  const publicKeys = [publicKey, publicKey.replace(/\n/g, '\r\n')];
  const profile = PlatformProfile.standard().with(StoreDefaults.of({ configurationBackup: { publicKeys } }));
  expect(ALL_SECTIONS.configurationBackup.of(profile).publicKeys).toEqual(publicKeys);
});

const noKey = "configurationBackup.publicKeys[0] is not one OpenPGP public key in ASCII. Give what 'gpg --armor --export' prints for one key.";
const noResource = "of configurationBackup.apiResources is not version and resource. Write one such as 'apps/v1/deployments'.";
const noBranch = "is not the name of a branch. Use letters, digits, '-', '_', '.' and '/', such as 'main'.";

test.each<[ConfigurationBackupSettings, string]>([
  [{ branch: 'my branch' }, `configurationBackup.branch 'my branch' ${noBranch}`],
  [{ branch: 'a..b' }, `configurationBackup.branch 'a..b' ${noBranch}`],
  [{ branch: '--force' }, `configurationBackup.branch '--force' ${noBranch}`],
  [{ branch: 'main.lock' }, `configurationBackup.branch 'main.lock' ${noBranch}`],
  [{ author: 'backup' }, "configurationBackup.author 'backup' is not a name and an address. Write 'Configuration backup <backup@example.com>'."],
  [{ author: '' }, 'configurationBackup.author is empty. Write at least one word.'],
  [{ publicKeys: ['0xDEADBEEF'] }, noKey],
  [{ publicKeys: [publicKey + publicKey] }, noKey],
  [{ publicKeys: [publicKey.replace(/PUBLIC/g, 'PRIVATE')] },
    "configurationBackup.publicKeys[0] holds a private key, by which archives are read. Keep it away from the cluster and from this program, and print the public one by 'gpg --armor --export'."],
  [{ signingKey: '0xDEADBEEF' }, "configurationBackup.signingKey is not one OpenPGP public key in ASCII. Give what 'gpg --armor --export' prints for one key."],
  [{ signingKey: publicKey.replace(/PUBLIC/g, 'PRIVATE') },
    "configurationBackup.signingKey holds a private key, by which commits are signed. Keep it in the Secret of the repository alone, and print the public one by 'gpg --armor --export'."],
  [{ publicKeys: [publicKey], signingKey: `${publicKey}\n` },
    "configurationBackup.signingKey is publicKeys[0] too, and its private key is in the cluster, which could then read the archives. Make a key for this alone by 'gpg --quick-generate-key ... ed25519 sign never'."],
  [{ apiResources: [] }, "configurationBackup.apiResources is empty, so archives would hold nothing. Name some, such as 'v1/configmaps'."],
  [{ apiResources: ['configmaps'] }, `'configmaps' ${noResource}`],
  [{ apiResources: ['apps/v1/*'] }, `'apps/v1/*' ${noResource}`],
  [{ apiResources: ['v1/pods/log'] }, `'v1/pods/log' ${noResource}`],
  [{ apiResources: ['v1/secrets'] },
    'configurationBackup.apiResources has Secrets, which a backup of configuration must not read. Leave them out: whoever makes them, such as External Secrets, makes them again.'],
  [{ apiResources: ['v1/services', 'v1/services'] }, "configurationBackup.apiResources has 'v1/services' twice. Leave one out."],
  [{ schedule: Schedule.everyMinutes(2) },
    'configurationBackup.deadline 240 s is not less than the 120 s between two runs, so one that hangs would take the time of the next. Use less than Duration.seconds(120), or look less often.'],
  [{ oldestSuccess: Duration.minutes(5) },
    'configurationBackup.oldestSuccess 300 s is no more than the 300 s between two runs, so somebody would be told although nothing is wrong. Use more than Duration.seconds(300).'],
  [{ deadline: Duration.millis(500) }, 'expected configurationBackup.deadline to be 1 or more whole seconds, got 0.5 seconds. Use Duration.seconds(1).'],
  [{ resources: { cpuRequest: '1' } }, 'cpuRequest 1 is more than cpuLimit 250m, so the cluster refuses the pod. Lower cpuRequest or raise cpuLimit.'],
])('fails on %j', (configurationBackup, message) => {
  expect(() => PlatformProfile.standard().with(StoreDefaults.of({ configurationBackup }))).toThrow(new Error(`StoreDefaults.of: ${message}`));
});

test.each<[number, string]>([
  [0, 'Schedule.everyMinutes: expected minutes to be a whole number from 1 to 30, got 0. Use 1 or more.'],
  [45, 'Schedule.everyMinutes: expected minutes to be a whole number from 1 to 30, got 45. Use 30 or less.'],
  [7, 'Schedule.everyMinutes: 60 minutes cannot be divided by 7, so the last one of each hour would be followed too soon. Use 10.'],
])('fails on every %d minutes', (minutes, message) => {
  expect(() => Schedule.everyMinutes(minutes)).toThrow(new Error(message));
});
