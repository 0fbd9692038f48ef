import type { Construct } from 'constructs';
import type { MicroserviceProps } from './microservice-props';
import type { PodDefinition } from './pod-template';
import { recordLowering } from './pod-template';
import { defineConfigMap, defineDeployment, defineService, defineStorage } from './service-objects';
import type { ServiceSettings } from './service-settings';
import { reserveTopicVariables, topicVariables } from './topic-variables';
import { recordCapacity } from '../core/capacity-demand';
import { Connections } from '../core/connections';
import type { ServiceNode } from '../core/edges';
import { recordFinding } from '../core/findings';
import type { IWorkload } from '../core/workload';
import { AccessControl } from '../dapr/configuration';
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

/** A service that is decided in every detail, but has no object yet. */
export interface ServiceParts {
  readonly node: ServiceNode;
  readonly settings: ServiceSettings;
  readonly dapr: Dapr;
  readonly labels: Labels;
  readonly props: MicroserviceProps;
  /** Whether other services call it, by a Service. */
  readonly callable: boolean;
  /** Queues besides the topics that it subscribes, once every statement of the program is known. */
  readonly queues: () => readonly QueueSource[];
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

  defineSurroundings(service, parts, scaling.max + surge);
  new DisruptionBudget(service, 'DisruptionBudget', { workload: service, limit: props.disruptionLimit });
  if (scaling.kind === 'utilization') {
    new Autoscaler(service, 'Autoscaler', { workload: service, scaling: settings.chosenScaling });
  }
  if (scaling.kind === 'queue') {
    new QueueScaler(service, 'QueueScaler', { service: node, scaling, sources: parts.queues });
  }
  if (parts.callable) {
    defineService(service, { name, ports, selectorLabels });
  }

  const sidecar = node.dapr ? defineSidecar(service, parts) : undefined;
  defineDeployment(service, {
    pod: podOf(service, parts),
    annotations: () => sidecar?.annotations ?? {},
    topicVariables: () => topicVariables(Connections.of(service), node),
    delivery,
    replicas: scaling.kind === 'replicas' ? scaling.max : undefined,
  });
  recordCapacity(group, {
    name,
    tier: settings.tier,
    replicas: scaling.max,
    surge,
    containers: sidecar ? [settings.resources, settings.sidecarResources] : [settings.resources],
  });
  const own = [settings.env, settings.config, props.secretEnv ?? {}].flatMap((each) => Object.keys(each));
  reserveTopicVariables(service, () => Object.keys(topicVariables(Connections.of(service), node)), own);
  recordFindings(service, parts);
}

/** What every workload has around its pods, of which there are so many at most, however they run. */
export function defineSurroundings(service: IWorkload & Construct, { node, settings, props, labels }: ServiceParts, pods: number): void {
  const { group: { profile }, name } = node;
  provideLabels(service, labels);
  new WorkloadServiceAccount(service, 'ServiceAccount', { workload: service });
  if (hasConfig(settings)) {
    defineConfigMap(service, name, settings.config);
  }
  if (props.storage) {
    defineStorage(service, name, props.storage, profile, pods);
  }
  new ConnectionPolicies(service, 'NetworkPolicies', node);
  if (props.apiAccess) {
    defineApiAccess(service, props.apiAccess, profile);
  }
}

/** What its pods are made of. */
export function podOf(service: Construct, { node, settings, props, labels }: ServiceParts): PodDefinition {
  const { group, name, ports, selectorLabels } = node;
  return {
    service,
    name,
    labels,
    selectorLabels,
    profile: group.profile,
    settings,
    ports,
    configMap: hasConfig(settings),
    probes: props.probes ?? {},
    priorityClass: `${group.namespace}-${settings.tier.name}`,
    appEnv: group.environment?.appEnv ?? group.name,
    apiAccess: props.apiAccess !== undefined,
    secretFiles: props.secretFiles ?? [],
    secretEnv: props.secretEnv ?? {},
    storage: props.storage,
  };
}

function hasConfig({ config }: ServiceSettings): boolean {
  return Object.keys(config).length > 0;
}

function defineSidecar(service: IWorkload & Construct, { node, settings, dapr }: ServiceParts): DaprSidecar {
  const accessControl = new AccessControl(service, 'AccessControl', node);
  new Resiliency(service, 'Resiliency', node);
  new Subscriptions(service, 'Subscriptions', node);
  return new DaprSidecar(service, 'DaprSidecar', {
    workload: service,
    dapr,
    ports: node.ports,
    resources: settings.sidecarResources,
    configuration: () => accessControl.configuration,
  });
}

function defineApiAccess(service: IWorkload & Construct, rules: ApiRule[], profile: PlatformProfile): void {
  const egress = [apiServerRule(service, profile._values.network,
    'has apiAccess, but no network policy could let it reach the API server, whose addresses are not known')];
  new ApiAccess(service, 'ApiAccess', { workload: service, rules });
  new ServiceNetworkPolicy(service, 'ApiServerPolicy', { workload: service, reason: 'api-server', egress });
}

/** What a reviewer should know of the service. */
function recordFindings(service: Construct, { node, dapr, props, settings }: ServiceParts): void {
  recordLowering(service, node.group.profile);
  if (dapr._reasonAgainst !== undefined) {
    recordFinding(service, `has no Dapr sidecar: ${dapr._reasonAgainst}`, 'Nothing to do, if a reviewer agrees');
  }
  for (const name of Object.keys(props.secretEnv ?? {}).sort()) {
    recordFinding(service, `takes the secret '${name}' as an environment variable, which child processes and crash dumps see`,
      'Use secretFiles if the image can read files');
  }
  // events wait for a worker
  if (settings.scaling.min === 1 && settings.scaling.kind !== 'queue') {
    recordFinding(service, 'may run with 1 replica, so a node drain or a crash is an outage', 'Raise replicas.min to 2 or more where that matters');
  }
}
