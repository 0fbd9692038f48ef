import type { Construct, IConstruct } from 'constructs';
import type { Values } from '../inputs/values';
import type { Environment } from '../profile/environment';
import { PlatformProfile } from '../profile/platform-profile';
import { POD_SECURITY_SETTINGS } from '../security/pod-security-settings';
import { fail } from '../values/errors';
import type { Namespace } from '../values/namespace';
import { TreeValue } from '../values/tree-value';

const GROUP = new TreeValue<ServiceGroup>('group');

/**
 * What the constructs of one namespace know of it: a business group in one environment, or a shared group.
 */
export interface ServiceGroup {
  /** The chart of the group. */
  readonly chart: Construct;
  /** Name without the environment: `core-business`. */
  readonly name: string;
  readonly namespace: string;
  /** Whether the namespace exists already, and what the group renders for it. */
  readonly home: Namespace;
  readonly profile: PlatformProfile;
  /** Undefined for a group that all environments share. */
  readonly environment?: Environment;
  /** The values files of the group's services. */
  readonly values?: Values;
  /** Where manifests go, without the file's own name: `prod/core-business`. Undefined if they stay in the file of the chart. */
  readonly outputFolder?: string;
}

/**
 * The names under which services and topics are looked up: unique in an environment.
 */
export function environmentName(group: ServiceGroup): string {
  return group.environment?.name ?? '';
}

/** Says that services of a group find no definition of what they name. */
export function undefinedIn(group: ServiceGroup): string {
  return group.environment ? `which environment '${group.environment.name}' does not define` : `which no SharedChart defines, and '${group.name}' belongs to no environment`;
}

/** The host name by which pods of any namespace reach a Service of a group. */
export function serviceHost({ namespace, profile }: Pick<ServiceGroup, 'namespace' | 'profile'>, name: string): string {
  return `${name}.${namespace}.svc.${profile._values.clusterDomain}`;
}

/** The environment of a group as messages name it. */
export function placeOf(group: ServiceGroup): string {
  return group.environment ? `environment '${group.environment.name}'` : `'${group.name}', which all environments share`;
}

export function provideGroup(chart: Construct, group: ServiceGroup): void {
  GROUP.set(chart, group);
}

/** The group that a construct belongs to, if it belongs to one. */
export function findGroup(scope: IConstruct): ServiceGroup | undefined {
  return GROUP.find(scope);
}

/** Whether no network policy is rendered for the group of a construct. */
export function isOpen(scope: IConstruct): boolean {
  return findGroup(scope)?.home._defaultDeny === false;
}

/** The group of a construct, with the profile that is in force for the construct. */
export function groupOf(scope: IConstruct): ServiceGroup {
  const group = findGroup(scope) ?? fail(scope as Construct, 'is not in a group, so it has neither namespace nor environment', 'Define it below a ServiceChart, or call ServiceChart.adopt for its chart');
  const profile = PlatformProfile._settle(scope, group.chart);
  if (profile === group.profile) {
    return group;
  }
  checkPart(scope as Construct, group, profile);
  return { ...group, profile };
}

/** The settings of a namespace or a cluster, which its workloads share. */
const SHARED_SETTINGS = [
  'admission', 'bestEffortPods', 'capacity', 'clusterDomain', 'containerLimits', 'dapr', 'daprVersion', 'defaultQuota', 'images', 'kubernetesVersion', 'mesh', 'network',
  'quotas', 'sharedCapacityPool', 'storageQuotas', 'tiers',
];

/** Fails on a profile of a part of a group that could not be in force for the part alone. */
function checkPart(where: Construct, { chart, environment, profile: whole }: ServiceGroup, profile: PlatformProfile): void {
  const changes = profile._changesSince(whole);
  if (!changes) {
    return fail(where, `has a platform profile that is not derived from that of ${chart.node.path}${environment ? `, so it lacks the changes of environment '${environment.name}'` : ''}`,
      'Derive it: PlatformProfile.provide(part, PlatformProfile.of(part).customize(...))');
  }
  const shared = changes.find((name) => SHARED_SETTINGS.includes(name));
  const level = (each: PlatformProfile) => POD_SECURITY_SETTINGS.of(each).podSecurityLevel;
  const setting = shared ?? (level(profile) === level(whole) ? undefined : 'security.podSecurityLevel');
  if (setting !== undefined) {
    fail(where, `has a platform profile with another '${setting}' than ${chart.node.path}, and the pods of a namespace share it`, 'Set it in the profile of the chart or of the environment');
  }
}
