import { Construct } from 'constructs';
import type { ConfigurationBackupSettings } from './configuration-backup-settings';
import { decideConfigurationBackup } from './configuration-definition';
import { defineConfigurationBackup } from './configuration-objects';
import type { IReplicated } from '../../core/workload';
import { constructId } from '../../values/construct-id';

/**
 * Properties for `ConfigurationBackup`.
 */
export interface ConfigurationBackupProps extends ConfigurationBackupSettings {
}

/**
 * Archives what the API server really holds of a namespace, in a Git repository, whenever it changed: also what people and programs
 * changed by hand, and so is in no file. Secrets are never read.
 *
 * Defines, in a file of its own, a CronJob that lists the objects of the kinds in `apiResources` every few minutes; a ServiceAccount that
 * may do nothing but that; a ConfigMap, a NetworkPolicy and an alert for when it no longer succeeds. An archive is encrypted for the holders
 * of `publicKeys`, so that neither the cluster nor the Git server can read it, and committed as
 * `<namespace>/<time in UTC>.json.gpg`, in a commit that is signed. A state that was in force within `backups.configurationRetention` can be restored; older archives are
 * removed from the branch, but not from its history.
 *
 * A Secret must exist in the namespace, which `repository` names: with the credentials; `digest-key`, a random text; and
 * `signing-key`, the private key of `signingKey`.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/
 *
 * @example
 *
 * declare const chart: ServiceChart;
 * declare const publicKey: string;
 * declare const signingKey: string;
 * new stores.ConfigurationBackup(chart, 'configuration-backup', {
 *   image: Image.of('registry.example.com/configuration-backup', { tag: '1.0.0' }),
 *   repository: delivery.GitRepository.https('https://git.example.com/acme/configuration.git', { secretName: 'configuration-backup', cidrs: ['10.40.0.0/28'] }),
 *   publicKeys: [publicKey],
 *   signingKey,
 * });
 */
export class ConfigurationBackup extends Construct implements IReplicated {
  /** The name of its CronJob. */
  public readonly name: string;

  /** The labels by which its pods are selected. */
  public readonly selectorLabels: { [name: string]: string };

  /** How many pods a run has. */
  public readonly minReplicas = 1;

  /**
   * Defines the backup `id` of the namespace of the chart around it: a DNS label of at most 46 characters.
   */
  constructor(scope: Construct, id: string, props: ConfigurationBackupProps = {}) {
    super(scope, constructId(scope, id, new.target, props));
    const backup = decideConfigurationBackup(this, props);
    this.name = backup.name;
    this.selectorLabels = backup.selectorLabels;
    defineConfigurationBackup(this, backup);
  }
}
