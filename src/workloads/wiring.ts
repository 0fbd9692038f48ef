import type { Construct } from 'constructs';
import type { PodDefinition } from './pod-template';
import { probePaths, resourcesBeside } from './pod-template';
import { defineConfigMap } from './service-objects';
import type { ServiceSettings } from './service-settings';
import { reserveTopicVariables, topicVariables } from './topic-variables';
import type { WorkloadProps } from './workload-props';
import { recordFinding } from '../checks/registry';
import type { RuleDescription } from '../checks/rule';
import { Severity } from '../checks/severity';
import { configurationChecksums, defineContainerObjects } from '../containers/objects';
import type { PodContainers } from '../containers/pod-containers';
import { demandOf } from '../containers/rendering';
import { recordCapacity } from '../core/capacity-demand';
import { ConnectionIndex } from '../core/connection-index';
import type { ServiceNode } from '../core/edges';
import { checkSecretVariable } from '../core/pod-parts';
import { versionLabelOf } from '../core/scale-target';
import type { IPods } from '../core/workload';
import type { Dapr } from '../dapr/dapr';
import { AccessControl } from '../dapr/dapr-configuration';
import type { DaprSidecarProps } from '../dapr/dapr-sidecar';
import { DaprSidecar } from '../dapr/dapr-sidecar';
import { Resiliency } from '../dapr/resiliency';
import { Subscriptions } from '../dapr/subscriptions';
import { MeshMember } from '../mesh/mesh-member';
import { MESH_SETTING } from '../mesh/mesh-settings';
import { ApiServerPolicy } from '../network/api-server-policy';
import { ConnectionPolicies } from '../network/connection-policies';
import { ExternalHosts } from '../network/external-hosts';
import type { PlatformProfile } from '../profile/platform-profile';
import { ApiAccess } from '../security/api-access';
import type { ApiRule } from '../security/api-rule';
import { WorkloadServiceAccount } from '../security/service-account';
import type { Labels } from '../values/labels';
import { provideLabels } from '../values/labels';
import type { ProbeSettings } from '../values/probe-settings';
import { sorted } from '../values/sorted';

export const NO_SIDECAR: RuleDescription = {
  id: 'MS-DAPR-002',
  severity: Severity.INFO,
  why: 'A workload has no Dapr sidecar.',
  fix: 'Nothing to do, if a reviewer agrees with the reason.',
};

/** A workload that is decided in every detail, but has no object yet. */
export interface WorkloadParts {
  readonly node: ServiceNode;
  /** What stands beside its own container. */
  readonly containers: PodContainers;
  readonly settings: ServiceSettings;
  readonly dapr: Dapr;
  readonly labels: Labels;
  readonly props: WorkloadProps;
  /** How its containers are asked for their health, if not as the profile says. */
  readonly probes?: ProbeSettings;
}

type SidecarKind = Pick<DaprSidecarProps, 'ends' | 'metricsPort' | 'readinessDelay'>;

/** What stands around the pods of a workload of any kind, as far as the pods must know it. */
export interface Wiring {
  readonly pod: PodDefinition;
  readonly sidecar?: DaprSidecar;
  readonly podLabels?: Labels;
  readonly annotations: () => { [name: string]: string };
  readonly topicVariables: () => { [name: string]: string };
}

/**
 * Defines what stands around the pods of any workload: account, settings, rights, policies, sidecar.
 *
 * @param kind in what the sidecars of these pods differ from those of a service
 */
export function wire(workload: IPods & Construct, parts: WorkloadParts, kind: SidecarKind = {}): Wiring {
  const { node, containers, settings, props, labels } = parts;
  const { group, name, selectorLabels } = node;
  const { profile } = group;
  const configMap = Object.keys(settings.config).length > 0;

  provideLabels(workload, labels);
  new WorkloadServiceAccount(workload, 'ServiceAccount', { workload });
  if (configMap) {
    defineConfigMap(workload, name, settings.config);
  }
  defineContainerObjects(workload, containers, selectorLabels);
  new ConnectionPolicies(workload, 'NetworkPolicies', node);
  new ExternalHosts(workload, 'ExternalHosts', node);
  const mesh = node.entryPoint ? undefined : defineMeshMember(workload, parts, kind);
  if (props.apiAccess) {
    defineApiAccess(workload, props.apiAccess, profile);
  }
  const sidecar = node.dapr ? defineSidecar(workload, parts, kind) : undefined;
  const variables = () => topicVariables(ConnectionIndex.of(workload), node);
  const own = [settings.env, settings.config, props.secretEnv ?? {}].flatMap((each) => Object.keys(each));
  reserveTopicVariables(workload, () => Object.keys(variables()), own);
  recordFindings(workload, parts);
  return {
    pod: {
      service: workload,
      name,
      labels,
      selectorLabels,
      profile,
      settings,
      ports: containers.main.ports,
      beside: containers,
      configMap,
      probes: {},
      priorityClass: `${group.namespace}-${settings.tier.name}`,
      appEnv: group.environment?.appEnv ?? group.name,
      apiAccess: props.apiAccess !== undefined,
      secretFiles: props.secretFiles ?? [],
      secretEnv: props.secretEnv ?? {},
      storage: props.storage,
      versionLabel: versionLabelOf(workload),
    },
    sidecar,
    podLabels: mesh?.podLabels,
    annotations: () => ({ ...sidecar?.annotations, ...mesh?.podAnnotations, ...configurationChecksums(containers) }),
    topicVariables: variables,
  };
}

/** Who is called by an entryPoint is called by pods that are in no mesh of ours. */
function defineMeshMember(workload: IPods & Construct, { node, containers, settings, probes }: WorkloadParts, { ends }: SidecarKind): MeshMember {
  const { profile } = node.group;
  const { ports } = containers.main;
  return new MeshMember(workload, 'Mesh', {
    service: node, ends, proxy: settings.meshProxyResources, probes: () => probePaths({ service: workload, profile, ports, probes: probes ?? {} }),
  });
}

/** Counts the pods of a workload in the quota, every container of them included. */
export function recordReplicas({ node: { group, name, dapr }, containers, settings }: WorkloadParts, replicas: number, surge: number): void {
  const beside = demandOf(containers, resourcesBeside(settings));
  const injected = [...dapr ? [settings.sidecarResources] : [], ...MESH_SETTING.of(group.profile)._proxies ? [settings.meshProxyResources] : []];
  recordCapacity(group, {
    name,
    tier: settings.tier,
    replicas,
    surge,
    containers: [settings.resources, ...injected, ...beside.containers],
    // where an injected sidecar starts first, it runs beside each of them
    starting: beside.starting.map((starting) => [...starting, ...injected]),
  });
}

function defineSidecar(service: IPods & Construct, { node, containers, settings, dapr }: WorkloadParts, kind: SidecarKind): DaprSidecar {
  const accessControl = new AccessControl(service, 'AccessControl', node);
  new Resiliency(service, 'Resiliency', node);
  new Subscriptions(service, 'Subscriptions', node);
  return new DaprSidecar(service, 'DaprSidecar', {
    workload: service,
    dapr,
    ports: containers.main.ports,
    resources: settings.sidecarResources,
    ...kind,
    configuration: () => accessControl.configuration,
  });
}

function defineApiAccess(service: IPods & Construct, rules: ApiRule[], profile: PlatformProfile): void {
  new ApiAccess(service, 'ApiAccess', { workload: service, rules });
  new ApiServerPolicy(service, 'ApiServerPolicy', service, profile);
}

/** What a reviewer should know of a workload. */
function recordFindings(service: Construct, { dapr, props }: WorkloadParts): void {
  if (dapr._reasonAgainst) {
    recordFinding(service, NO_SIDECAR, dapr._reasonAgainst);
  }
  for (const [name, reference] of sorted(Object.entries(props.secretEnv ?? {}), ([variable]) => variable)) {
    checkSecretVariable(service, name, reference);
  }
}
