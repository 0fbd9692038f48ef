import type { Construct } from 'constructs';
import type { MicroserviceProps } from './microservice-props';
import { probePaths, recordLowering } from './pod-template';
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
import { MeshMember } from '../mesh/mesh-member';
import type { ApiRule } from '../model/api-rule';
import type { Dapr } from '../model/dapr';
import type { Labels } from '../model/labels';
import { provideLabels } from '../model/labels';
import type { PlatformProfile } from '../model/platform-profile';
import { ApiServerPolicy } from '../network/api-server-policy';
import { ConnectionPolicies } from '../network/connection-policies';
import { ExternalHosts } from '../network/external-hosts';
import { Autoscaler } from '../scaling/autoscaler';
import { DisruptionBudget } from '../scaling/disruption-budget';
import { ApiAccess } from '../security/api-access';
import { WorkloadServiceAccount } from '../security/service-account';

/** A service that is decided in every detail, but has no object yet. */
export interface ServiceParts {
  readonly node: ServiceNode;
  readonly settings: ServiceSettings;
  readonly dapr: Dapr;
  readonly labels: Labels;
  readonly props: MicroserviceProps;
}

/**
 * Defines the objects of a service below its construct: each capability is a construct of its own.
 */
export function assemble(service: IWorkload & Construct, parts: ServiceParts): void {
  const { node, settings, props, labels } = parts;
  const { group, name, ports, selectorLabels } = node;
  const { profile } = group;
  const { scaling } = settings;
  const delivery = (props.delivery ?? profile.delivery)._merge(profile.delivery._options);
  const surge = delivery._surge(scaling.max);
  const configMap = Object.keys(settings.config).length > 0;

  provideLabels(service, labels);
  new WorkloadServiceAccount(service, 'ServiceAccount', { workload: service });
  new DisruptionBudget(service, 'DisruptionBudget', { workload: service, limit: props.disruptionLimit });
  if (scaling.kind === 'utilization') {
    new Autoscaler(service, 'Autoscaler', { workload: service, scaling: settings.chosenScaling });
  }
  if (configMap) {
    defineConfigMap(service, name, settings.config);
  }
  if (props.storage) {
    defineStorage(service, name, props.storage, profile, scaling.max + surge);
  }
  defineService(service, { name, ports, selectorLabels });
  new ConnectionPolicies(service, 'NetworkPolicies', node);
  new ExternalHosts(service, 'ExternalHosts', node);
  const mesh = new MeshMember(service, 'Mesh', {
    service: node, proxy: settings.meshProxyResources, probes: probePaths({ service, profile, ports, probes: props.probes ?? {} }),
  });

  if (props.apiAccess) {
    defineApiAccess(service, props.apiAccess, profile);
  }

  const sidecar = node.dapr ? defineSidecar(service, parts) : undefined;
  defineDeployment(service, {
    pod: {
      service,
      name,
      labels,
      selectorLabels,
      profile,
      settings,
      ports,
      configMap,
      probes: props.probes ?? {},
      priorityClass: `${group.namespace}-${settings.tier.name}`,
      appEnv: group.environment?.appEnv ?? group.name,
      apiAccess: props.apiAccess !== undefined,
      secretFiles: props.secretFiles ?? [],
      secretEnv: props.secretEnv ?? {},
      storage: props.storage,
    },
    podLabels: mesh.podLabels,
    annotations: () => ({ ...sidecar?.annotations, ...mesh.podAnnotations }),
    topicVariables: () => topicVariables(Connections.of(service), node),
    delivery,
    replicas: scaling.kind === 'replicas' ? scaling.max : undefined,
  });
  recordCapacity(group, {
    name,
    tier: settings.tier,
    replicas: scaling.max,
    surge,
    containers: [settings.resources, ...sidecar ? [settings.sidecarResources] : [], ...mesh.containers],
  });
  const own = [settings.env, settings.config, props.secretEnv ?? {}].flatMap((each) => Object.keys(each));
  reserveTopicVariables(service, () => Object.keys(topicVariables(Connections.of(service), node)), own);
  recordFindings(service, parts);
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
  new ApiAccess(service, 'ApiAccess', { workload: service, rules });
  new ApiServerPolicy(service, 'ApiServerPolicy', service, profile);
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
  if (settings.scaling.min === 1) {
    recordFinding(service, 'may run with 1 replica, so a node drain or a crash is an outage', 'Raise replicas.min to 2 or more where that matters');
  }
}
