import type { Construct } from 'constructs';
import type { MicroserviceProps } from './microservice-props';
import type { PodDefinition } from './pod-template';
import { recordLowering } from './pod-template';
import { defineConfigMap, defineDeployment, defineService, defineStorage } from './service-objects';
import type { ServiceSettings } from './service-settings';
import { reserveTopicVariables, topicVariables } from './topic-variables';
import type { WorkloadProps } from './workload-props';
import { recordCapacity } from '../core/capacity-demand';
import { Connections } from '../core/connections';
import type { ServiceNode } from '../core/edges';
import { recordFinding } from '../core/findings';
import type { IPods, IWorkload } from '../core/workload';
import { AccessControl } from '../dapr/configuration';
import type { DaprSidecarProps } from '../dapr/dapr-sidecar';
import { DaprSidecar } from '../dapr/dapr-sidecar';
import { Resiliency } from '../dapr/resiliency';
import { Subscriptions } from '../dapr/subscriptions';
import type { ApiRule } from '../model/api-rule';
import type { Dapr } from '../model/dapr';
import type { Labels } from '../model/labels';
import { provideLabels } from '../model/labels';
import type { PlatformProfile } from '../model/platform-profile';
import { ConnectionPolicies } from '../network/connection-policies';
import { apiServerRule } from '../network/platform-peers';
import { ServiceNetworkPolicy } from '../network/service-network-policy';
import { Autoscaler } from '../scaling/autoscaler';
import { DisruptionBudget } from '../scaling/disruption-budget';
import { QueueScaler } from '../scaling/queue-scaler';
import type { QueueSource } from '../scaling/queue-source';
import { ApiAccess } from '../security/api-access';
import { WorkloadServiceAccount } from '../security/service-account';

/** A workload that is decided in every detail, but has no object yet. */
export interface WorkloadParts {
  readonly node: ServiceNode;
  readonly settings: ServiceSettings;
  readonly dapr: Dapr;
  readonly labels: Labels;
  readonly props: WorkloadProps;
}

/** A service that is. */
export interface ServiceParts extends WorkloadParts {
  readonly props: MicroserviceProps;
  /** Whether other services call it, by a Service. */
  readonly callable: boolean;
  /** Queues besides the topics that it subscribes, once every statement of the program is known. */
  readonly queues: () => readonly QueueSource[];
}

type SidecarKind = Pick<DaprSidecarProps, 'ends' | 'metricsPort' | 'readinessDelay'>;

/** What stands around the pods of a workload of any kind, as far as the pods must know it. */
export interface Equipment {
  readonly pod: PodDefinition;
  readonly sidecar?: DaprSidecar;
  readonly annotations: () => { [name: string]: string };
  readonly topicVariables: () => { [name: string]: string };
}

/**
 * Defines the objects of a service below its construct: each capability is a construct of its own.
 */
export function assemble(service: IWorkload & Construct, parts: ServiceParts): void {
  const { node, settings, props } = parts;
  const { group, name, ports, selectorLabels } = node;
  const { profile } = group;
  const { scaling } = settings;
  const delivery = (props.delivery ?? profile.delivery)._merge(profile.delivery._options);
  const surge = delivery._surge(scaling.max);

  const equipment = equip(service, parts);
  new DisruptionBudget(service, 'DisruptionBudget', { workload: service, limit: props.disruptionLimit });
  if (scaling.kind === 'utilization') {
    new Autoscaler(service, 'Autoscaler', { workload: service, scaling: settings.chosenScaling });
  }
  if (scaling.kind === 'queue') {
    new QueueScaler(service, 'QueueScaler', { service: node, scaling, sources: parts.queues });
  }
  if (props.storage) {
    defineStorage(service, name, props.storage, profile, scaling.max + surge,
      "Use accessMode 'ReadWriteMany', or Scaling.replicas(1) with DeliveryStrategy.rolling({ maxSurge: 0, maxUnavailable: 1 })");
  }
  if (parts.callable) {
    defineService(service, { name, ports, selectorLabels });
  }
  defineDeployment(service, {
    ...equipment,
    pod: { ...equipment.pod, probes: props.probes ?? {} },
    delivery,
    replicas: scaling.kind === 'replicas' ? scaling.max : undefined,
  });
  recordReplicas(parts, scaling.max, surge);
  recordLowering(service, profile);
  // events wait for a worker
  if (scaling.min === 1 && scaling.kind !== 'queue') {
    recordFinding(service, 'may run with 1 replica, so a node drain or a crash is an outage', 'Raise replicas.min to 2 or more where that matters');
  }
}

/**
 * Defines what stands around the pods of any workload: account, settings, rights, policies, sidecar.
 *
 * @param kind in what the sidecars of these pods differ from those of a service
 */
export function equip(workload: IPods & Construct, parts: WorkloadParts, kind: SidecarKind = {}): Equipment {
  const { node, settings, props, labels } = parts;
  const { group, name, ports, selectorLabels } = node;
  const { profile } = group;
  const configMap = Object.keys(settings.config).length > 0;

  provideLabels(workload, labels);
  new WorkloadServiceAccount(workload, 'ServiceAccount', { workload });
  if (configMap) {
    defineConfigMap(workload, name, settings.config);
  }
  new ConnectionPolicies(workload, 'NetworkPolicies', node);
  if (props.apiAccess) {
    defineApiAccess(workload, props.apiAccess, profile);
  }
  const sidecar = node.dapr ? defineSidecar(workload, parts, kind) : undefined;
  const variables = () => topicVariables(Connections.of(workload), node);
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
      ports,
      configMap,
      probes: {},
      priorityClass: `${group.namespace}-${settings.tier.name}`,
      appEnv: group.environment?.appEnv ?? group.name,
      apiAccess: props.apiAccess !== undefined,
      secretFiles: props.secretFiles ?? [],
      secretEnv: props.secretEnv ?? {},
      storage: props.storage,
    },
    sidecar,
    annotations: () => sidecar?.annotations ?? {},
    topicVariables: variables,
  };
}

/** Counts the pods of a workload in the quota, their sidecars included. */
export function recordReplicas({ node: { group, name, dapr }, settings }: WorkloadParts, replicas: number, surge: number): void {
  const containers = dapr ? [settings.resources, settings.sidecarResources] : [settings.resources];
  recordCapacity(group, { name, tier: settings.tier, replicas, surge, containers });
}

function defineSidecar(service: IPods & Construct, { node, settings, dapr }: WorkloadParts, kind: SidecarKind): DaprSidecar {
  const accessControl = new AccessControl(service, 'AccessControl', node);
  new Resiliency(service, 'Resiliency', node);
  new Subscriptions(service, 'Subscriptions', node);
  return new DaprSidecar(service, 'DaprSidecar', {
    workload: service,
    dapr,
    ports: node.ports,
    resources: settings.sidecarResources,
    ...kind,
    configuration: () => accessControl.configuration,
  });
}

function defineApiAccess(service: IPods & Construct, rules: ApiRule[], profile: PlatformProfile): void {
  const egress = [apiServerRule(service, profile._values.network,
    'has apiAccess, but no network policy could let it reach the API server, whose addresses are not known')];
  new ApiAccess(service, 'ApiAccess', { workload: service, rules });
  new ServiceNetworkPolicy(service, 'ApiServerPolicy', { workload: service, reason: 'api-server', egress });
}

/** What a reviewer should know of a workload. */
function recordFindings(service: Construct, { dapr, props }: WorkloadParts): void {
  if (dapr._reasonAgainst !== undefined) {
    recordFinding(service, `has no Dapr sidecar: ${dapr._reasonAgainst}`, 'Nothing to do, if a reviewer agrees');
  }
  for (const name of Object.keys(props.secretEnv ?? {}).sort()) {
    recordFinding(service, `takes the secret '${name}' as an environment variable, which child processes and crash dumps see`,
      'Use secretFiles if the image can read files');
  }
}
