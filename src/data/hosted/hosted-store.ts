import type { Construct } from 'constructs';
import { groupOf } from '../../core/service-group';
import type { ServiceGroup } from '../../core/service-group';
import type { HostedStoreSettings } from '../../model/data/hosted-store-settings';
import type { Environment } from '../../model/profile/environment';
import { PlatformProfile } from '../../model/profile/platform-profile';
import { serviceName } from '../../model/values/checks';
import { fail } from '../../model/values/errors';
import type { Labels } from '../../model/values/labels';
import { serviceLabels, versionLabel } from '../../model/values/labels';
import type { Tier } from '../../model/values/tier';
import { QualityOfService } from '../../model/workload/quality-of-service';
import type { ResourceAmounts } from '../../model/workload/resources';
import { Resources } from '../../model/workload/resources';

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
