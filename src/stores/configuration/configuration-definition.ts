import type { Construct } from 'constructs';
import { CONFIGURATION_BACKUP_SETTINGS } from './configuration-backup-section';
import type { ConfigurationBackupSettings, ConfigurationBackupValues } from './configuration-backup-settings';
import { SCRIPTS } from './scripts';
import { groupOf, type ServiceGroup } from '../../core/service-group';
import { POD_SECURITY_SETTINGS } from '../../security/pod-security-settings';
import { fail } from '../../values/errors';
import type { GitRepository } from '../../values/git-repository';
import type { Image } from '../../values/image';
import { type Labels, versionLabel } from '../../values/labels';
import type { Resources } from '../../values/resources';
import { Tier } from '../../values/tier';
import { TreeValue } from '../../values/tree-value';
import { dnsLabel, wholeSeconds } from '../../values/value-checks';
import { BACKUP_SETTINGS } from '../backup/backup-section';
import type { PodOwner } from '../hosted/hosted-pods';
import { hostedLabels, tierResources } from '../hosted/hosted-store';

/** A configuration backup that is decided in every detail. */
export interface ConfigurationDefinition extends PodOwner {
  readonly name: string;
  readonly group: ServiceGroup;
  readonly settings: ConfigurationBackupValues & { readonly image: Image; readonly tier: Tier };
  readonly repository: GitRepository;
  readonly labels: Labels;
  readonly selectorLabels: { [name: string]: string };
  readonly resources: Resources;
  /** For how long each state is kept, in seconds. */
  readonly retention: number;
  /** What its ConfigMap holds. */
  readonly files: { [file: string]: string };
}

/** What Kubernetes appends to the names of a CronJob's Jobs and pods fits into 63 characters. */
const LONGEST_NAME = 46;

/** The backup of a namespace, by its chart. */
const BACKUP = new TreeValue<string>('configuration-backup');

/** Decides a configuration backup in every detail, or fails. */
export function decideConfigurationBackup(construct: Construct, said: ConfigurationBackupSettings): ConfigurationDefinition {
  const group = groupOf(construct);
  const backups = BACKUP_SETTINGS.of(group.profile);
  const security = POD_SECURITY_SETTINGS.of(group.profile);
  const values = CONFIGURATION_BACKUP_SETTINGS.decide(construct, group.profile, said);
  const name = dnsLabel(construct, 'name', construct.node.id, LONGEST_NAME);
  const other = BACKUP.own(group.chart);
  if (other !== undefined) {
    fail(construct, `is the second of '${group.namespace}', and '${other}' writes to the same folder`, 'Define one for each namespace');
  }
  BACKUP.set(group.chart, name);
  const image = values.image ?? fail(construct, 'has no image, and nobody else builds one with curl, jq, git, gpg and ssh',
    "Build images/configuration-backup/Dockerfile, and name it by StoreDefaults.of({ configurationBackup: { image: Image.of('registry.example.com/configuration-backup', { tag: '1.0.0' }) } })");
  const repository = values.repository ?? fail(construct, 'has no repository to write to',
    'Name one by StoreDefaults.of({ configurationBackup: { repository: GitRepository.ssh(...) } })');
  if (values.publicKeys.length === 0) {
    fail(construct, 'has no publicKeys, so nobody could read the archives', "Give what 'gpg --armor --export' prints for whoever may restore");
  }
  const signingKey = values.signingKey ?? fail(construct, 'has no signingKey, so whoever may write to the repository could add an archive of his own, and somebody would restore it',
    "Give what 'gpg --armor --export' prints of a key whose private part is in the Secret of the repository as 'signing-key'");
  return {
    name,
    group,
    settings: { ...values, image, tier: Tier.BATCH },
    repository,
    labels: hostedLabels(group, name, 'backup', versionLabel(image.tag, image.digest)),
    selectorLabels: { app: name },
    resources: tierResources(construct, group.profile, Tier.BATCH, values.resources),
    retention: wholeSeconds(construct, 'backups.configurationRetention', backups.configurationRetention, 1),
    files: {
      ...SCRIPTS,
      'api-resources': values.apiResources.map((line) => `${line}\n`).join(''),
      // ssh asks for the name of its user
      'passwd': `root:x:0:0:root:/root:/sbin/nologin\nbackup:x:${security.userId}:${security.groupId}:backup:/:/sbin/nologin\n`,
      'known_hosts': repository._knownHosts.map((line) => `${line}\n`).join(''),
      'signer.asc': `${signingKey.trim()}\n`,
      ...Object.fromEntries(values.publicKeys.map((key, index) => [`reader-${index + 1}.asc`, `${key.trim()}\n`])),
    },
  };
}
