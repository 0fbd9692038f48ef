import { Construct } from 'constructs';
import { checkActorStore, checkCall, checkedPorts, checkStore, checkSubscription, checkTopic, unresolved } from './connection-checks';
import type { MicroserviceProps } from './microservice-props';
import { assemble } from './service-assembly';
import { ServiceSettings } from './service-settings';
import type { CallOptions, SubscribeOptions, UseOptions } from '../core/connection-options';
import { Connections } from '../core/connections';
import type { ServiceNode } from '../core/edges';
import { patchObject } from '../core/patch';
import type { ServiceGroup } from '../core/service-group';
import { groupOf } from '../core/service-group';
import type { ICallable } from '../core/service-reference';
import { ServiceReference } from '../core/service-reference';
import type { IStateStore } from '../core/store-endpoint';
import type { ITopic } from '../core/topic-reference';
import type { IWorkload } from '../core/workload';
import { serviceName } from '../model/checks';
import { Dapr } from '../model/dapr';
import { fail } from '../model/errors';
import type { Labels } from '../model/labels';
import { checkLabels, serviceLabels, versionLabel } from '../model/labels';
import { OutputFile } from '../output/output-file';

/** `<name>-dapr` is the name of a Service, a DNS label. */
const LONGEST_NAME = 58;

/**
 * A service: its pods, and everything around them that makes them reachable, scaled, protected and replaceable.
 *
 * Defines a Deployment, a Service, a ServiceAccount, a PodDisruptionBudget, a HorizontalPodAutoscaler, and what its
 * connections need: NetworkPolicies, Dapr access control, resiliency and subscriptions. All carry the name of the
 * service. It stands anywhere below a `ServiceChart`; where it stands does not change its manifests.
 *
 * @example
 *
 * const payment = new Microservice(this, 'payment', { tier: Tier.CRITICAL });
 * const checkout = new Microservice(this, 'checkout', { scaling: Scaling.utilization({ max: 10 }) });
 * checkout.calls(payment, { idempotent: false });
 */
export class Microservice extends Construct implements IWorkload, ICallable {
  /** The name of the service and of its objects. */
  public readonly name: string;

  /** The labels by which its pods are selected. */
  public readonly selectorLabels: { [name: string]: string };

  /** The fewest replicas it runs with. */
  public readonly minReplicas: number;

  /** The most replicas it runs with. */
  public readonly maxReplicas: number;

  /** Which service this is, for those who call it. */
  public readonly reference: ServiceReference;

  private readonly group: ServiceGroup;
  private readonly settings: ServiceSettings;
  private readonly connections: Connections;
  private readonly serviceNode: ServiceNode;
  private readonly props: MicroserviceProps;

  /**
   * Defines the service `id`, which is a DNS label that begins with a letter, at most 58 characters long because Dapr
   * appends to it.
   */
  constructor(scope: Construct, id: string, props: MicroserviceProps = {}) {
    super(scope, id);
    this.props = props;
    this.group = groupOf(this);
    if (!this.group.environment && this.dapr._reasonAgainst === undefined) {
      fail(this, `is in '${this.group.name}', which all environments share and which has no Dapr Configuration`, 'Define it below a ServiceChart, or without a sidecar by Dapr.none(...)');
    }
    this.name = serviceName(this, 'name', id, LONGEST_NAME);
    this.selectorLabels = { app: this.name };
    this.connections = Connections.of(this);

    this.settings = new ServiceSettings(this, this.name, this.group, props);
    this.minReplicas = this.settings.scaling.min;
    this.maxReplicas = this.settings.scaling.max;
    const { environment, name: group } = this.group;
    this.reference = environment ? ServiceReference._in(environment.name, group, this.name) : ServiceReference.of(group, this.name);
    this.serviceNode = this.register();

    OutputFile.set(this, `${this.group.outputFolder}/${this.name}`);
    assemble(this, { node: this.serviceNode, settings: this.settings, dapr: this.dapr, labels: this.labels(), props });
    this.node.addValidation({ validate: () => unresolved(this.connections, this.serviceNode) });
  }

  /**
   * This service calls another one, through both sidecars if both have one, or else straight.
   *
   * Gives: egress here and ingress there, the permission at the called sidecar, timeout and retries at the calling one.
   * The called service must be in the same environment. Saying it again changes nothing; saying it again with other
   * options replaces them.
   */
  public calls(service: ICallable, options: CallOptions = {}): void {
    const callee = service.reference;
    checkCall(this, this.serviceNode, callee, options);
    this.connections.addCall({ caller: this.serviceNode, callee, options });
  }

  /**
   * This service sends the events of a topic.
   *
   * Gives: the Dapr pub/sub component in the namespace, scoped to this service and topic, and egress to the broker.
   */
  public publishes(topic: ITopic): void {
    this.requireSidecar('publishes', topic.topicId.name);
    checkTopic(this, this.serviceNode, 'publishes', topic.topicId);
    this.connections.addPublication({ service: this.serviceNode, topic: topic.topicId, options: {} });
  }

  /**
   * This service takes the events of a topic; what it cannot take goes to a dead-letter topic of its own.
   *
   * Gives: the Dapr subscription, the pub/sub component in the namespace, and egress to the broker.
   */
  public subscribes(topic: ITopic, options: SubscribeOptions = {}): void {
    this.requireSidecar('subscribes', topic.topicId.name);
    checkTopic(this, this.serviceNode, 'subscribes', topic.topicId);
    checkSubscription(this, options);
    this.connections.addSubscription({ service: this.serviceNode, topic: topic.topicId, options });
  }

  /**
   * This service keeps state in a store.
   *
   * Gives: the Dapr state component in the namespace, scoped to this service, and egress to the store.
   */
  public uses(store: IStateStore, options: UseOptions = {}): void {
    checkStore(this, this.serviceNode, this.connections.definitionOf(store.stateEndpoint), store.stateEndpoint);
    checkActorStore(this, this.serviceNode, store.stateEndpoint, options);
    this.connections.addUse({ service: this.serviceNode, store: store.stateEndpoint, options });
  }

  /**
   * All pods of a group, in the same environment, may connect straight to the ports of this service.
   *
   * Gives: ingress here, and the way out of the group's namespace. Prefer `calls` on the side of the caller: it admits one service and not a namespace, and Dapr checks it too.
   */
  public allowsGroup(group: string): void {
    this.connections.addAdmission({ service: this.serviceNode, group });
  }

  /**
   * Replaces a detail of one of the service's manifests that nothing else can set.
   *
   * Synthesis fails if there is no such object, or if the value does not arrive in the manifest. The reason becomes an
   * annotation of the object, and a finding.
   *
   * @param kind the kind of the object, such as `Deployment`
   * @param path the place as a JSON pointer, such as `/spec/template/spec/hostname`
   * @param value the value to set there
   * @param reason why, for those who review the manifests
   * @see https://www.rfc-editor.org/rfc/rfc6901
   */
  public patch(kind: string, path: string, value: any, reason: string): void {
    if (kind === 'Deployment' && path === '/spec/replicas' && this.settings.scaling.kind === 'utilization') {
      fail(this, 'patches /spec/replicas, which its autoscaler decides', 'Use scaling: Scaling.replicas(...)');
    }
    patchObject(this, kind, path, value, reason);
  }

  /**
   * Who decided a setting: `<file>:<line>`, `MicroserviceProps`, the environment, or the platform profile.
   *
   * @param setting the dotted key as in a values file, such as `replicas.max`, `image.tag` or `env.LOG_FORMAT`
   */
  public explain(setting: string): string {
    return this.settings.explain(setting);
  }

  private get dapr(): Dapr {
    return this.props.dapr ?? Dapr.sidecar();
  }

  private get ports() {
    return this.props.ports ?? this.group.profile._values.ports;
  }

  private register(): ServiceNode {
    const node: ServiceNode = {
      construct: this,
      name: this.name,
      group: this.group,
      selectorLabels: this.selectorLabels,
      ports: checkedPorts(this, this.ports),
      dapr: this.dapr._reasonAgainst === undefined,
      appId: this.dapr._options.appId ?? this.name,
    };
    const twin = this.connections.addService(node);
    if (twin) {
      fail(this, `service '${this.name}' is defined already at ${twin.construct.node.path}`, 'Give one of them another name');
    }
    const namesake = node.dapr ? this.connections.addAppId(node) : undefined;
    if (namesake) {
      fail(this, `has the Dapr app id '${node.appId}', which ${namesake.construct.node.path} has already`, 'Give one of them another appId');
    }
    return node;
  }

  private labels(): Labels {
    const { tag, digest } = this.settings.image;
    const { labels, managedBy, serviceType } = this.group.profile._values;
    const own = {
      ...labels,
      ...serviceLabels({
        name: this.name, type: this.props.type ?? serviceType, version: versionLabel(tag, digest), partOf: this.group.name, managedBy,
      }),
    };
    checkLabels(this, own);
    return own;
  }

  private requireSidecar(verb: string, topic: string): void {
    if (this.dapr._reasonAgainst !== undefined) {
      fail(this, `${verb} '${topic}' without a Dapr sidecar, which alone can reach a topic`, 'Remove dapr: Dapr.none(...)');
    }
  }
}
