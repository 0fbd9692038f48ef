import { Duration } from 'cdk8s';
import type { Construct } from 'constructs';
import { section } from '../profile/section';
import { Stage } from '../profile/stage';
import { fail } from '../values/errors';
import { dnsLabel, dnsSubdomain, show, wholeNumber, wholeSeconds } from '../values/value-checks';

/**
 * How Argo CD brings what is rendered into a cluster. An environment may change each but `namespace`.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/auto_sync/
 */
export interface ArgoCdSettings {
  /**
   * The namespace in which Argo CD runs.
   *
   * @default - the profile's `argoCd.namespace` (argocd)
   */
  readonly namespace?: string;

  /**
   * The cluster that is deployed to, by its name in Argo CD. `in-cluster` is the one that Argo CD runs in.
   *
   * @default - the profile's `argoCd.cluster` (in-cluster)
   */
  readonly cluster?: string;

  /**
   * The branch, tag or commit of the repository that is deployed.
   *
   * @default - the profile's `argoCd.revision` (main)
   */
  readonly revision?: string;

  /**
   * Whether Argo CD applies a change by itself when it is in the repository. Otherwise somebody starts each synchronisation.
   *
   * @default - the profile's `argoCd.autoSync` (true)
   */
  readonly autoSync?: boolean;

  /**
   * Whether an automatic synchronisation deletes what is no longer in the repository. Network policies, Roles, routes and other
   * permissions are deleted in any case, and data never.
   *
   * @default - the profile's `argoCd.prune` (false)
   */
  readonly prune?: boolean;

  /**
   * Whether Argo CD takes back what somebody changes in the cluster.
   *
   * @default - the profile's `argoCd.selfHeal` (true)
   */
  readonly selfHeal?: boolean;

  /**
   * How often a failed synchronisation is repeated: 1 to 100. The first one of a service fails until its namespace is there.
   *
   * @default - the profile's `argoCd.retries` (8)
   */
  readonly retries?: number;

  /**
   * How long Argo CD waits before it repeats a failed synchronisation for the first time. Each later wait is twice as long.
   *
   * @default - the profile's `argoCd.retryInterval` (5 s)
   */
  readonly retryInterval?: Duration;

  /**
   * The longest time between two of these.
   *
   * @default - the profile's `argoCd.longestRetryInterval` (180 s)
   */
  readonly longestRetryInterval?: Duration;
}

/** More would hide for hours that nothing is deployed. */
const MOST_RETRIES = 100;

/** Fails where Argo CD could not take the settings, or would fill in a template. */
export function checkArgoCd(where: Construct | string, settings: Required<ArgoCdSettings>): void {
  dnsLabel(where, 'argoCd.namespace', settings.namespace);
  dnsSubdomain(where, 'argoCd.cluster', settings.cluster);
  checkRevision(where, 'argoCd.revision', settings.revision);
  wholeNumber(where, settings.retries, 1, MOST_RETRIES, 'argoCd.retries');
  const first = wholeSeconds(where, 'argoCd.retryInterval', settings.retryInterval, 1);
  wholeSeconds(where, 'argoCd.longestRetryInterval', settings.longestRetryInterval, first);
}

/** A branch, a tag or a commit: neither a range nor a template. */
export function checkRevision(where: Construct | string, what: string, revision: string): string {
  if (typeof revision !== 'string' || !/^[A-Za-z0-9_](?:[A-Za-z0-9._/+-]{0,253}[A-Za-z0-9_+])?$/.test(revision) || /\.\.|\/\/|\/\./.test(revision)) {
    fail(where, `${what} ${show(revision)} is not a branch, tag or commit`, "Use letters, digits, '.', '_', '-', '+' and '/', such as 'main' or 'v1.4.2'");
  }
  return revision;
}

// what is no longer rendered stays until somebody deletes it, except where a stage prunes
/** How Argo CD brings manifests into a cluster. */
export const ARGO_CD_SETTINGS = section<Required<ArgoCdSettings>>('argoCd', () => ({
  namespace: 'argocd',
  cluster: 'in-cluster',
  revision: 'main',
  autoSync: true,
  prune: false,
  selfHeal: true,
  retries: 8,
  retryInterval: Duration.seconds(5),
  longestRetryInterval: Duration.minutes(3),
}), {
  check: checkArgoCd,
  stages: {
    // developers may try something by hand
    [Stage.DEVELOPMENT]: { prune: true, selfHeal: false },
    [Stage.STAGING]: { prune: true },
  },
});
