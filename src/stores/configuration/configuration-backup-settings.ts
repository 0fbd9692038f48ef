import type { Duration } from 'cdk8s';
import type { Construct } from 'constructs';
import { fail } from '../../values/errors';
import type { GitRepository } from '../../values/git-repository';
import type { Image } from '../../values/image';
import { type ResourceAmounts, Resources } from '../../values/resources';
import type { Schedule } from '../../values/schedule';
import { plainText, show, wholeSeconds } from '../../values/value-checks';

/**
 * How what the API server holds of a namespace gets into a Git repository. For how long it is kept there is
 * `backups.configurationRetention`.
 */
export interface ConfigurationBackupSettings {
  /**
   * The image of its pods, with `curl`, `jq`, `git`, `gpg` and `ssh`: `images/configuration-backup/Dockerfile` builds it.
   *
   * @default - the profile's `configurationBackup.image` (none); synthesis fails without one
   */
  readonly image?: Image;

  /**
   * Where the archives go.
   *
   * @default - the profile's `configurationBackup.repository` (none); synthesis fails without one
   */
  readonly repository?: GitRepository;

  /**
   * The branch that archives are committed to. It is made where it is not there.
   *
   * @default - the profile's `configurationBackup.branch` (main)
   */
  readonly branch?: string;

  /**
   * Who commits, as Git writes it: `Name <address>`.
   *
   * @default - the profile's `configurationBackup.author` (Configuration backup <configuration-backup@example.com>)
   */
  readonly author?: string;

  /**
   * Who may read the archives: the OpenPGP public keys of these people or machines, each as `gpg --armor --export` prints it. The
   * private keys stay out of the cluster.
   *
   * @default - the profile's `configurationBackup.publicKeys` (none); synthesis fails without one
   */
  readonly publicKeys?: string[];

  /**
   * Who signs the commits, and by that the archives: the OpenPGP public key, as `gpg --armor --export` prints it, whose private key the Secret of
   * `repository` holds as `signing-key`. It is a key for this alone, and none of `publicKeys`.
   *
   * @default - the profile's `configurationBackup.signingKey` (none); synthesis fails without one
   */
  readonly signingKey?: string;

  /**
   * What is archived, each as version and resource of the API, such as `v1/configmaps` and `apps/v1/deployments`. What is not installed in
   * a cluster is left out there. Never Secrets.
   *
   * @default - the profile's `configurationBackup.apiResources`
   */
  readonly apiResources?: string[];

  /**
   * When it is looked whether something changed.
   *
   * @default - the profile's `configurationBackup.schedule`
   */
  readonly schedule?: Schedule;

  /**
   * After how long a run is stopped, which then counts as failed: less than the time to the next one.
   *
   * @default - the profile's `configurationBackup.deadline` (240 s)
   */
  readonly deadline?: Duration;

  /**
   * After how long without success somebody is told.
   *
   * @default - the profile's `configurationBackup.oldestSuccess` (3600 s)
   */
  readonly oldestSuccess?: Duration;

  /**
   * Processors, memory and disk of a run. What it reads is kept in memory, up to `security.scratchSize`; the disk holds what is
   * fetched of the repository.
   *
   * @default - the profile's `configurationBackup.resources`
   */
  readonly resources?: ResourceAmounts;
}

/** The settings with every default in place. What only an organisation knows has none. */
export type ConfigurationBackupValues = Required<Omit<ConfigurationBackupSettings, 'image' | 'repository' | 'signingKey'>> & {
  readonly image: Image | undefined;
  readonly repository: GitRepository | undefined;
  readonly signingKey: string | undefined;
};

const PUBLIC_KEY = /^-----BEGIN PGP PUBLIC KEY BLOCK-----\r?\n[A-Za-z0-9+/=:()@.,\s-]+-----END PGP PUBLIC KEY BLOCK-----\s*$/;
const ADDRESS = "'Configuration backup <backup@example.com>'";

/** Fails where a backup could not run as it is said. */
export function checkConfigurationBackup(where: Construct | string, backup: ConfigurationBackupValues): void {
  const { branch, author, schedule } = backup;
  if (!/^[A-Za-z0-9_-][A-Za-z0-9._-]*(?:\/[A-Za-z0-9_-][A-Za-z0-9._-]*)*$/.test(branch) || /\.\.|\.lock(?:\/|$)|\.(?:\/|$)|^-/.test(branch)) {
    fail(where, `configurationBackup.branch ${show(branch)} is not the name of a branch`, "Use letters, digits, '-', '_', '.' and '/', such as 'main'");
  }
  plainText(where, 'configurationBackup.author', author);
  if (!/^[^<>\s][^<>]* <[^<>@\s]+@[^<>@\s]+>$/.test(author)) {
    fail(where, `configurationBackup.author ${show(author)} is not a name and an address`, `Write ${ADDRESS}`);
  }
  backup.publicKeys.forEach((key, index) => checkPublicKey(where, `configurationBackup.publicKeys[${index}]`, key,
    'by which archives are read', 'Keep it away from the cluster and from this program'));
  if (backup.signingKey !== undefined) {
    checkSigningKey(where, backup.signingKey, backup.publicKeys);
  }
  checkApiResources(where, backup.apiResources);

  const period = schedule._period;
  const deadline = wholeSeconds(where, 'configurationBackup.deadline', backup.deadline, 1);
  if (deadline >= period) {
    fail(where, `configurationBackup.deadline ${deadline} s is not less than the ${period} s between two runs, so one that hangs would take the time of the next`,
      `Use less than Duration.seconds(${period}), or look less often`);
  }
  const oldest = wholeSeconds(where, 'configurationBackup.oldestSuccess', backup.oldestSuccess, 1);
  if (oldest <= period) {
    fail(where, `configurationBackup.oldestSuccess ${oldest} s is no more than the ${period} s between two runs, so somebody would be told although nothing is wrong`,
      `Use more than Duration.seconds(${period})`);
  }
  Resources._partial(where, backup.resources);
}

function checkSigningKey(where: Construct | string, key: string, readers: readonly string[]): void {
  const what = 'configurationBackup.signingKey';
  checkPublicKey(where, what, key, 'by which commits are signed', 'Keep it in the Secret of the repository alone');
  const reader = readers.findIndex((each) => each.trim() === key.trim());
  if (reader >= 0) {
    fail(where, `${what} is publicKeys[${reader}] too, and its private key is in the cluster, which could then read the archives`,
      "Make a key for this alone by 'gpg --quick-generate-key ... ed25519 sign never'");
  }
}

/** A key is not shown: whoever writes the wrong one here may have written a private one. */
function checkPublicKey(where: Construct | string, what: string, key: string, use: string, place: string): void {
  if (typeof key === 'string' && key.includes('PRIVATE KEY')) {
    fail(where, `${what} holds a private key, ${use}`, `${place}, and print the public one by 'gpg --armor --export'`);
  }
  if (typeof key !== 'string' || !PUBLIC_KEY.test(key) || key.split('-----BEGIN').length > 2) {
    fail(where, `${what} is not one OpenPGP public key in ASCII`, "Give what 'gpg --armor --export' prints for one key");
  }
}

function checkApiResources(where: Construct | string, resources: readonly string[]): void {
  if (resources.length === 0) {
    fail(where, 'configurationBackup.apiResources is empty, so archives would hold nothing', "Name some, such as 'v1/configmaps'");
  }
  const seen = new Set<string>();
  for (const resource of resources) {
    if (typeof resource !== 'string' || !/^(?:[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?\/)?v\d+(?:(?:alpha|beta)\d+)?\/[a-z0-9]+$/.test(resource)) {
      fail(where, `${show(resource)} of configurationBackup.apiResources is not version and resource`, "Write one such as 'apps/v1/deployments'");
    }
    if (resource === 'v1/secrets') {
      fail(where, 'configurationBackup.apiResources has Secrets, which a backup of configuration must not read', 'Leave them out: whoever makes them, such as External Secrets, makes them again');
    }
    if (seen.has(resource)) {
      fail(where, `configurationBackup.apiResources has ${show(resource)} twice`, 'Leave one out');
    }
    seen.add(resource);
  }
}
