import type { Construct } from 'constructs';
import type { FunctionDefinition } from './function-definition';
import { revisionsReached } from './function-definition';
import { revisionAnnotations, revisionSpec, withVariables } from './function-pod';
import type { KnativeFunctionProps } from './knative-function-props';
import type { PodDefinition } from './pod-template';
import { defineConfigMap, defineStorage } from './service-objects';
import { reserveTopicVariables, topicVariables } from './topic-variables';
import type * as serving from '../../imports/knative-serving';
import { recordCapacity } from '../core/capacity-demand';
import { Connections } from '../core/connections';
import type { ServiceNode } from '../core/edges';
import type { EventSink } from '../core/event-sink';
import { recordFinding } from '../core/findings';
import { defineObject, late } from '../core/kubernetes-object';
import type { IWorkload } from '../core/workload';
import { AccessControl } from '../dapr/configuration';
import { DaprSidecar } from '../dapr/dapr-sidecar';
import { Resiliency } from '../dapr/resiliency';
import { Subscriptions } from '../dapr/subscriptions';
import { Dapr } from '../model/dapr';
import { FEATURE } from '../model/function-checks';
import { FunctionVisibility } from '../model/function-visibility';
import type { Labels } from '../model/labels';
import { provideLabels } from '../model/labels';
import { QUEUE_PROXY } from '../model/ports';
import { ConnectionPolicies } from '../network/connection-policies';
import { podsOf } from '../network/platform-peers';
import { ServiceNetworkPolicy } from '../network/service-network-policy';
import { WorkloadServiceAccount } from '../security/service-account';

/** A function that is decided in every detail, but has no object yet. */
export interface FunctionParts {
  readonly node: ServiceNode;
  readonly definition: FunctionDefinition;
  readonly dapr: Dapr;
  readonly labels: Labels;
  readonly props: KnativeFunctionProps;
  /** The Service of Knative that stands for it. */
  readonly service: EventSink;
}

/**
 * Defines the objects of a function below its construct. Knative makes the rest: Deployments, Services, what scales them and routes to them.
 */
export function assembleFunction(construct: IWorkload & Construct, parts: FunctionParts): void {
  const { node, definition, props, labels } = parts;
  const { group, name, dapr } = node;
  const { settings, scaling, queueProxy } = definition;
  const { profile } = group;
  const pods = scaling.max * revisionsReached(definition);

  provideLabels(construct, labels);
  new WorkloadServiceAccount(construct, 'ServiceAccount', { workload: construct });
  if (Object.keys(settings.config).length > 0) {
    defineConfigMap(construct, name, settings.config);
  }
  if (props.storage) {
    defineStorage(construct, name, props.storage, profile, pods + scaling.max);
  }
  new ConnectionPolicies(construct, 'NetworkPolicies', node);
  definePolicy(construct, node);
  const sidecar = dapr ? defineSidecar(construct, parts) : undefined;
  defineKnativeService(construct, parts, sidecar);
  recordCapacity(group, {
    name,
    tier: profile._values.functions.features.includes(FEATURE.priority) ? settings.tier : undefined,
    replicas: pods,
    // a new revision grows while those before it still have calls
    surge: scaling.max,
    containers: [settings.resources, queueProxy, ...dapr ? [settings.sidecarResources] : []],
  });
  const own = [settings.env, settings.config, props.secretEnv ?? {}].flatMap((each) => Object.keys(each));
  reserveTopicVariables(construct, () => Object.keys(topicVariables(Connections.of(construct), node)), own);
  recordFindings(construct, parts);
}

function defineKnativeService(construct: Construct, parts: FunctionParts, sidecar: DaprSidecar | undefined): void {
  const { node, definition, service } = parts;
  const { visibility, revision, traffic } = definition;
  // at once, so that an error names the function and not its manifest
  const spec = revisionSpec(definition, podOf(construct, parts));
  const annotations = revisionAnnotations(definition);
  defineObject<serving.ServiceSpec>(construct, 'Service', {
    apiVersion: service.apiVersion,
    kind: service.kind,
    metadata: {
      name: service.name,
      labels: visibility === FunctionVisibility.CLUSTER_LOCAL ? { 'networking.knative.dev/visibility': visibility } : {},
    },
    spec: late(() => ({
      template: {
        metadata: { name: revision, labels: { ...parts.labels }, annotations: { ...sidecar?.annotations, ...annotations } },
        spec: withVariables(spec, topicVariables(Connections.of(construct), node)),
      },
      traffic: traffic.map((share) => share._toKube(service.name)),
    })),
  });
}

function podOf(construct: Construct, { node, definition, labels, props }: FunctionParts): PodDefinition {
  const { group, name, ports, selectorLabels } = node;
  const { settings } = definition;
  return {
    service: construct,
    name,
    labels,
    selectorLabels,
    profile: group.profile,
    settings,
    ports,
    probes: definition.probes,
    priorityClass: `${group.namespace}-${settings.tier.name}`,
    appEnv: group.environment?.appEnv ?? group.name,
    configMap: Object.keys(settings.config).length > 0,
    apiAccess: false,
    secretFiles: props.secretFiles ?? [],
    secretEnv: props.secretEnv ?? {},
    storage: props.storage,
  };
}

/** Who reaches the pods: those who pass calls on, and who measures them. The kubelet needs no permission. */
function definePolicy(construct: IWorkload & Construct, { group, ports: [port] }: ServiceNode): void {
  const { knativeActivator, knativeAutoscaler, knativeGateway } = group.profile._values.network;
  new ServiceNetworkPolicy(construct, 'KnativePolicy', {
    workload: construct,
    reason: 'knative',
    ingress: [
      { peers: [podsOf(knativeActivator), podsOf(knativeGateway)], ports: [port.name === 'grpc' ? QUEUE_PROXY.http2 : QUEUE_PROXY.http] },
      { peers: [podsOf(knativeAutoscaler)], ports: [QUEUE_PROXY.autoscalerMetrics] },
    ],
  });
}

function defineSidecar(construct: IWorkload & Construct, { node, definition, dapr }: FunctionParts): DaprSidecar {
  const { functions } = node.group.profile._values;
  const accessControl = new AccessControl(construct, 'AccessControl', node);
  new Resiliency(construct, 'Resiliency', node);
  new Subscriptions(construct, 'Subscriptions', node);
  return new DaprSidecar(construct, 'DaprSidecar', {
    workload: construct,
    // it has one port, which says what is spoken
    dapr: Dapr.sidecar({ ...dapr._options, appProtocol: dapr._options.appProtocol ?? node.ports[0].name }),
    ports: node.ports,
    resources: definition.settings.sidecarResources,
    metricsPort: functions.sidecarMetricsPort,
    readinessDelay: functions.sidecarReadinessDelay,
    configuration: () => accessControl.configuration,
  });
}

/** What a reviewer should know of the function. */
function recordFindings(construct: Construct, { node, dapr, definition, props }: FunctionParts): void {
  const { features } = node.group.profile._values.functions;
  const missing = [FEATURE.priority, FEATURE.spread].filter((feature) => !features.includes(feature));
  if (missing.length > 0) {
    recordFinding(construct, `Knative refuses what its ConfigMap config-features does not allow to pods, so these go without: ${missing.join(', ')}`,
      'Enable them there, and name them in functions.features of the platform profile');
  }
  if (definition.visibility === FunctionVisibility.EXTERNAL) {
    recordFinding(construct, "can be called from outside by Knative's gateway, which asks nobody who they are", 'Let the function ask, or make it cluster-local');
  }
  if (dapr._reasonAgainst !== undefined) {
    recordFinding(construct, `has no Dapr sidecar: ${dapr._reasonAgainst}`, 'Nothing to do, if a reviewer agrees');
  }
  for (const name of Object.keys(props.secretEnv ?? {}).sort()) {
    recordFinding(construct, `takes the secret '${name}' as an environment variable, which child processes and crash dumps see`,
      'Use secretFiles if the image can read files');
  }
}
