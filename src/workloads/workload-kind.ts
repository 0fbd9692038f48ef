import type { Construct } from 'constructs';
import type { MicroserviceProps } from './microservice-props';
import { shapedPorts } from './service-shape';
import { sidecarOf } from './sidecar-choice';
import type { ServiceNode } from '../core/edges';
import { probesOver } from '../core/pod-probes';
import type { DaprSidecarProps } from '../dapr/dapr-sidecar';
import type { PlatformProfile } from '../profile/platform-profile';
import type { Dapr } from '../values/dapr';
import type { Port } from '../values/port';
import type { ProbeSettings } from '../values/probe-settings';
import type { Scaling } from '../values/scaling';
import type { Tier } from '../values/tier';

/** What a kind of workload adds to the settings that all kinds share: defaults of its own, and what its pods are like. */
export interface WorkloadKind extends Pick<ServiceNode, 'entryPoint' | 'metricsPorts'> {
  /** The struct of its properties, as `explain` names it. */
  readonly props: string;
  /** The default of the label `type`. */
  readonly type: string;
  /** The default tier, if it is not that of the profile. */
  readonly tier?: Tier;
  /** Whether it has a Service if it listens on a port. */
  readonly called?: boolean;
  /** The port of its Service, if another program renders the Service. */
  readonly servicePort?: number;
  /** The ports of its own container. */
  readonly ports: readonly Port[];
  /** The probes of its own container. */
  readonly probes: ProbeSettings;
  readonly dapr: Dapr;
  /** The labels of its selector, where code sets them. */
  readonly selectorLabels?: { [name: string]: string };
  /** How its Dapr sidecar differs from that of a service. */
  readonly sidecar?: Pick<DaprSidecarProps, 'metricsPort' | 'readinessDelay'>;
  /** Whether its pods end by themselves. */
  readonly ends?: boolean;
  /** Whether its pods can have no PriorityClass. */
  readonly withoutPriority?: boolean;
  /** Its scaling in code, for kinds whose range values files change. */
  readonly scaling?: Scaling;
}

/** A kind whose pods serve on ports unless the code lists none, and have a Dapr sidecar if the code does not exclude it. */
export function servingKind(
  workload: Construct, profile: PlatformProfile, props: Pick<MicroserviceProps, 'ports' | 'probes' | 'dapr' | 'selectorLabels' | 'headless'>,
  own: Omit<WorkloadKind, 'ports' | 'probes' | 'dapr'>,
): WorkloadKind {
  const { probes, ports } = profile._values;
  const served = shapedPorts(props, props.ports, ports);
  const dapr = sidecarOf(workload, profile, props.dapr);
  return { ...own, selectorLabels: props.selectorLabels, dapr, ports: served, probes: probesOver(probes, served, props.probes) };
}
