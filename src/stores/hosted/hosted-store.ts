import type { Construct } from 'constructs';
import type { HostedStoreSettings } from './hosted-store-settings';
import { groupOf, type ServiceGroup } from '../../core/service-group';
import type { Environment } from '../../profile/environment';
import { PlatformProfile } from '../../profile/platform-profile';
import { fail } from '../../values/errors';
import { type Labels, serviceLabels, versionLabel } from '../../values/labels';
import { QualityOfService } from '../../values/quality-of-service';
import { type ResourceAmounts, Resources } from '../../values/resources';
import type { Tier } from '../../values/tier';
import { serviceName } from '../../values/value-checks';

/** A store that the platform runs itself: who it is, and where. */
export interface HostedStore {
  readonly name: string;
  /** Its namespace, with the profile as the environment changes it whose services use it. */
  readonly group: ServiceGroup;
  readonly settings: Required<HostedStoreSettings>;
  readonly labels: Labels;
  readonly selectorLabels: { [name: string]: string };
}

/** The group in which a store runs, with the profile of the environment that it is for. */
export function hostingGroup(construct: Construct, environment: Environment | undefined): ServiceGroup {
  return { ...groupOf(construct), profile: PlatformProfile.of(construct)._in(environment) };
}

/** Whether a store may hold what production needs: not one for another environment. */
export function servesProduction(construct: Construct, environment: Environment | undefined): boolean {
  return (environment ?? groupOf(construct).environment)?.isProduction ?? true;
}

/** Decides who a store is, or fails: its name is that of its Service, and leaves room for what is appended to it. */
export function hostedStore(
  construct: Construct, group: ServiceGroup, settings: Required<HostedStoreSettings>, longestName: number,
): HostedStore {
  const name = serviceName(construct, 'name', construct.node.id, longestName);
  return {
    name,
    group,
    settings,
    labels: hostedLabels(group, name, 'store', versionLabel(settings.image.tag, settings.image.digest)),
    selectorLabels: { app: name },
  };
}

/** The labels of what a store, or a backup, is made of. */
export function hostedLabels(group: ServiceGroup, name: string, type: string, version: string): Labels {
  const { labels, managedBy } = group.profile._values;
  return { ...labels, ...serviceLabels({ name, type, version, partOf: group.name, managedBy }) };
}

/** What a container may use, by the quality of service that its tier promises. */
export function tierResources(construct: Construct, profile: PlatformProfile, tier: Tier, amounts: ResourceAmounts): Resources {
  const { tiers } = profile._values;
  const said = Resources._partial(construct, amounts);
  const settings = Object.hasOwn(tiers, tier.name) ? tiers[tier.name]
    : fail(construct, `tier '${tier.name}' is not in the platform profile, which has ${Object.keys(tiers).sort().join(', ')}`,
      `Add it to tiers by PlatformProfile.customize({ tiers: { '${tier.name}': ... } })`);
  return settings.qualityOfService === QualityOfService.GUARANTEED ? said._guaranteed() : said;
}
