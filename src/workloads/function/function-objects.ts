import type { Construct } from 'constructs';
import type { FunctionDefinition } from './function-definition';
import { revisionsReached } from './function-definition';
import { FEATURE, FUNCTION_SETTINGS } from './function-settings';
import { FunctionVisibility } from './function-visibility';
import type { KnativeFunctionProps } from './knative-function-props';
import { revisionAnnotations, revisionSpec } from './pod';
import type * as serving from '../../../imports/knative-serving';
import type { PodContainers } from '../../containers/pod-containers';
import { recordCapacity } from '../../core/capacity-demand';
import type { ServiceNode } from '../../core/edges';
import type { EventSink } from '../../core/event-sink';
import { defineObject, late } from '../../core/kubernetes-object';
import type { IWorkload } from '../../core/workload';
import { Dapr } from '../../dapr/dapr';
import { NETWORK_SETTINGS } from '../../network/network-settings';
import { podsOf } from '../../network/platform-peers';
import { ServiceNetworkPolicy } from '../../network/service-network-policy';
import type { Labels } from '../../values/labels';
import { QUEUE_PROXY } from '../../values/ports';
import { withVariables } from '../pod-template';
import { defineStorage } from '../service-objects';
import { wire } from '../wiring';
import type { Wiring } from '../wiring';

/** A function that is decided in every detail, but has no object yet. */
export interface FunctionParts {
  readonly node: ServiceNode;
  readonly containers: PodContainers;
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
  const { node, containers, definition, props, labels } = parts;
  const { group, name } = node;
  const { settings, scaling, queueProxy } = definition;
  const { profile } = group;
  const { sidecarMetricsPort, sidecarReadinessDelay, features } = FUNCTION_SETTINGS.of(profile);
  const pods = scaling.max * revisionsReached(definition);

  // it has one port, which says what is spoken
  const dapr = node.dapr ? Dapr.sidecar({ ...parts.dapr._options, appProtocol: parts.dapr._options.appProtocol ?? node.ports[0].name }) : parts.dapr;
  const wiring = wire(construct, { node, containers, settings, dapr, labels, props },
    { metricsPort: sidecarMetricsPort, readinessDelay: sidecarReadinessDelay });
  if (props.storage) {
    defineStorage(construct, name, props.storage, profile, pods + scaling.max, "Use accessMode 'ReadWriteMany'");
  }
  definePolicy(construct, node);
  defineKnativeService(construct, parts, wiring);
  recordCapacity(group, {
    name,
    tier: features.includes(FEATURE.priority) ? settings.tier : undefined,
    replicas: pods,
    // a new revision grows while those before it still have calls
    surge: scaling.max,
    containers: [settings.resources, queueProxy, ...node.dapr ? [settings.sidecarResources] : []],
  });
}

function defineKnativeService(construct: Construct, { definition, labels, service }: FunctionParts, wiring: Wiring): void {
  const { visibility, revision, traffic } = definition;
  // at once, so that an error names the function and not its manifest
  const spec = revisionSpec(definition, { ...wiring.pod, probes: definition.probes });
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
        metadata: { name: revision, labels: { ...labels }, annotations: { ...wiring.annotations(), ...annotations } },
        spec: withVariables(spec, wiring.pod.name, wiring.topicVariables()),
      },
      traffic: traffic.map((share) => share._toKube(service.name)),
    })),
  });
}

/** Who reaches the pods: those who pass calls on, and who measures them. The kubelet needs no permission. */
function definePolicy(construct: IWorkload & Construct, { group, ports: [port] }: ServiceNode): void {
  const { knativeActivator, knativeAutoscaler, knativeGateway } = NETWORK_SETTINGS.of(group.profile);
  new ServiceNetworkPolicy(construct, 'KnativePolicy', {
    workload: construct,
    reason: 'knative',
    ingress: [
      { peers: [podsOf(knativeActivator), podsOf(knativeGateway)], ports: [port.name === 'grpc' ? QUEUE_PROXY.http2 : QUEUE_PROXY.http] },
      { peers: [podsOf(knativeAutoscaler)], ports: [QUEUE_PROXY.autoscalerMetrics] },
    ],
  });
}
