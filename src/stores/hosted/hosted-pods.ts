import type { Duration } from 'cdk8s';
import type * as k8s from '../../../imports/k8s';
import { antiAffinity, containerSecurity, podSecurity, pullSecrets } from '../../core/pod-parts';
import { priorityClassOf } from '../../core/priority-class';
import type { ServiceGroup } from '../../core/service-group';
import type { Image } from '../../values/image';
import type { Tier } from '../../values/tier';
import { SPREAD_SETTINGS } from '../../workloads/spread-settings';

export type PodSpec = k8s.PodSpec;
export type Container = k8s.Container;

/** Whose pod it is: a store, or what works for stores. */
export interface PodOwner {
  readonly group: ServiceGroup;
  readonly settings: { readonly image: Image; readonly tier: Tier };
}

/** A pod of a store: with nobody's rights, no token, and the priority of the store's tier or of its own. */
export function storePod(store: PodOwner, account: string, tier = store.settings.tier): Omit<PodSpec, 'containers'> {
  const { profile } = store.group;
  return {
    serviceAccountName: account,
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    priorityClassName: priorityClassOf(store.group, tier),
    imagePullSecrets: pullSecrets(profile),
    securityContext: podSecurity(profile),
  };
}

/** A container of the store's image that cannot become root and cannot write to its image. */
export function storeContainer(store: PodOwner, name: string, container: Partial<Container>): Container {
  return {
    name,
    image: store.settings.image.toString(),
    imagePullPolicy: 'Always',
    securityContext: containerSecurity(),
    ...container,
  };
}

/** How the kubelet asks whether a member works, whatever it asks. */
export interface ProbeTimes {
  readonly probeInterval: Duration;
  readonly probeTimeout: Duration;
  readonly probeFailures: number;
}

/** When a member is asked, and after how many failures it counts. */
export function probeTimes({ probeInterval, probeTimeout, probeFailures }: ProbeTimes): Pick<k8s.Probe, 'periodSeconds' | 'timeoutSeconds' | 'failureThreshold'> {
  return { periodSeconds: probeInterval.toSeconds(), timeoutSeconds: probeTimeout.toSeconds(), failureThreshold: probeFailures };
}

/** A member that has so long to start is asked so often, and only then by the other probes. */
export function startupTimes(times: ProbeTimes, longest: Duration): ReturnType<typeof probeTimes> {
  return { ...probeTimes(times), failureThreshold: Math.ceil(longest.toSeconds() / times.probeInterval.toSeconds()) };
}

/** Pods that are to be spread. */
export interface Placed {
  readonly group: ServiceGroup;
  readonly settings: { readonly zoneSpread: string };
  readonly selectorLabels: { [name: string]: string };
}

/** Where the members of a store may run: in different zones, and on different nodes where that is possible. */
export function placement(store: Placed): Pick<PodSpec, 'affinity' | 'topologySpreadConstraints'> {
  const { selectorLabels, settings, group } = store;
  const { maxSkew } = SPREAD_SETTINGS.of(group.profile);
  const labelSelector = () => ({ matchLabels: { ...selectorLabels } });
  return {
    affinity: { podAntiAffinity: antiAffinity(group.profile, selectorLabels) },
    topologySpreadConstraints: [
      // a member's volume holds it in its zone for ever, so that an uneven start would stay
      { topologyKey: 'topology.kubernetes.io/zone', maxSkew, labelSelector: labelSelector(), whenUnsatisfiable: settings.zoneSpread as 'DoNotSchedule' },
      { topologyKey: 'kubernetes.io/hostname', maxSkew, labelSelector: labelSelector(), whenUnsatisfiable: 'ScheduleAnyway' },
    ],
  };
}

/** Environment variables in the order of their names. */
export function variables(values: { [name: string]: string | number }): k8s.EnvVar[] {
  return Object.entries(values).map(([name, value]) => ({ name, value: String(value) })).sort((a, b) => a.name < b.name ? -1 : 1);
}
