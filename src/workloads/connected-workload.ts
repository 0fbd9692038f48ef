import { Construct } from 'constructs';
import { checkBinding, checkComponent, checkRoute } from './component-checks';
import { checkActorStore, checkCall, checkListens, checkPatch, checkStore, checkSubscription, checkTopic, unresolved } from './connection-checks';
import { selectorLabelsOf } from './selector-labels';
import { registerService } from './service-registration';
import { wire } from './wiring';
import type { WorkloadKind } from './workload-kind';
import type { WorkloadPod } from './workload-pod';
import type { WorkloadProps } from './workload-props';
import { WorkloadSettings } from './workload-settings';
import { ConnectionIndex } from '../core/connection-index';
import type { CallOptions, SubscribeOptions, UseOptions } from '../core/connection-options';
import type { ServiceNode } from '../core/edges';
import type { ServiceGroup } from '../core/service-group';
import { groupOf, serviceHost } from '../core/service-group';
import { serviceNodeOf } from '../core/service-node';
import type { ICallable } from '../core/service-reference';
import type { IStateStore } from '../core/store-endpoint';
import type { ITopic } from '../core/topic-reference';
import type { IWorkload } from '../core/workload';
import { setGroupFile } from '../output/group-file';
import { patchObject, removeField } from '../output/patch';
import { constructId } from '../values/construct-id';
import { fail } from '../values/errors';
import type { Port } from '../values/port';
import { serviceName } from '../values/value-checks';

/** `<name>-dapr` is the name of a Service, a DNS label. */
const LONGEST_NAME = 58;

/**
 * Base class of all workloads: records the calls, topics and stores of its pods.
 * You define it anywhere below a `ServiceChart`; its place does not change its manifests.
 */
export abstract class ConnectedWorkload extends Construct implements IWorkload {
  /** The name of the workload and of its objects. */
  public readonly name: string;

  /** The namespace of its pods. */
  public readonly namespace: string;

  /** The labels by which its pods are selected. They never change, and hold no hash. */
  public readonly selectorLabels: { [name: string]: string };

  /** The ports on which other pods connect; none for a job. */
  public readonly ports: Port[];

  /** The ports on which its pods serve metrics. Network policies admit the metrics collector there. */
  public readonly metricsPorts: Port[];

  /**
   * The host name of its Service, valid in every namespace of the cluster.
   *
   * @default - it has no Service
   */
  public readonly host?: string;

  /**
   * The main port of its Service.
   *
   * @default - it has no Service
   */
  public readonly port?: number;

  /**
   * Host and port of its Service, such as `catalog.shop-prod.svc.cluster.local:8000`.
   *
   * Network policies admit declared calls only: prefer `calls(catalog, { as: 'CATALOG_ADDR' })`.
   *
   * @default - it has no Service
   */
  public readonly address?: string;

  /** The ServiceAccount of its pods. */
  public readonly serviceAccountName: string;

  /** @internal */
  protected readonly _group: ServiceGroup;

  /** @internal */
  protected readonly _connections: ConnectionIndex;

  /** @internal */
  protected readonly _serviceNode: ServiceNode;

  /** @internal */
  protected readonly _settings: WorkloadSettings;

  /** @internal */
  protected readonly _pod: WorkloadPod;

  /** Defines the workload `id`: a DNS label that begins with a letter, of at most 58 characters, because Dapr appends to it. */
  constructor(scope: Construct, id: string, props: WorkloadProps = {}) {
    super(scope, constructId(scope, id, new.target, props));
    this._group = groupOf(this);
    const kind = this._kind(props);
    if (!this._group.environment && kind.dapr._injected) {
      fail(this, `is in '${this._group.name}', which all environments share and which has no Dapr Configuration`, 'Define it below a ServiceChart, or without a sidecar by Dapr.none(...)');
    }
    this.name = serviceName(this, 'name', id, LONGEST_NAME);
    this.namespace = this._group.namespace;
    this.serviceAccountName = this.name;
    this.selectorLabels = selectorLabelsOf(this, this._group, this.name, kind.selectorLabels);
    this._connections = ConnectionIndex.of(this);
    this._settings = new WorkloadSettings(this, this.name, this._group, kind, props);
    this.ports = [...this._settings.containers.reachable];
    this.metricsPorts = [...this._settings.containers.scraped];
    if (kind.called && this.ports.length > 0) {
      this.host = serviceHost(this._group, this.name);
      this.port = kind.servicePort ?? this.ports[0].servicePort;
      this.address = `${this.host}:${this.port}`;
    }
    this._serviceNode = registerService(this, this._group, this._settings);
    this._pod = wire(this._serviceNode, this._settings);
    // what belongs to another workload is deployed with it
    if (!serviceNodeOf(scope)) {
      setGroupFile(this, this._group, this.name);
    }
    this.node.addValidation({ validate: () => unresolved(this._connections, this._serviceNode) });
  }

  /**
   * This workload calls another one, through both sidecars if both have one, or else directly.
   *
   * Gives: egress here and ingress there, the permission at the called sidecar, timeout and retries at the calling one.
   * The called service must be in the same environment. Saying it again changes nothing; saying it again with other
   * options replaces them. `as` sets a variable to the address of the called service, if the call goes there directly. `direct` declares a call
   * past both sidecars, which a service may make besides one through them.
   *
   * @example
   *
   * declare const checkout: Microservice;
   * declare const catalog: Microservice;
   * checkout.calls(catalog, { as: 'CATALOG_ADDR' });
   */
  public calls(service: ICallable, options: CallOptions = {}): void {
    const callee = service.reference;
    checkCall(this, this._serviceNode, callee, options);
    this._settings.variables.setForCall(callee, options);
    this._connections.addCall({ caller: this._serviceNode, callee, options });
  }

  /**
   * This workload sends the events of a topic.
   *
   * Gives: the Dapr pub/sub component in the namespace, scoped to it and the topic, and egress to the broker.
   */
  public publishes(topic: ITopic): void {
    checkTopic(this, this._serviceNode, 'publishes', topic.topicId);
    this._connections.addPublication({ service: this._serviceNode, topic: topic.topicId, options: {} });
  }

  /**
   * This workload takes the events of a topic; what it cannot take goes to a dead-letter topic of its own.
   *
   * Gives: the Dapr subscription unless the application declares it, the pub/sub component in the namespace, and egress to the broker.
   */
  public subscribes(topic: ITopic, options: SubscribeOptions = {}): void {
    checkTopic(this, this._serviceNode, 'subscribes', topic.topicId);
    checkSubscription(this, this._serviceNode, this._settings.kind, topic.topicId, options);
    this._connections.addSubscription({ service: this._serviceNode, topic: topic.topicId, options });
  }

  /**
   * This workload keeps state in a store, or uses a Dapr component: a state or configuration store, a lock, a secret store, a conversation, cryptography.
   *
   * Gives: the Dapr component in the namespace, scoped to it, and egress to the store or to what the component connects to.
   */
  public uses(store: IStateStore, options: UseOptions = {}): void {
    checkStore(this, this._serviceNode, this._connections.stores.definitionOf(store.stateEndpoint), store.stateEndpoint);
    checkComponent(this, this._serviceNode, store.stateEndpoint, this._settings.apiAccess !== undefined);
    checkActorStore(this, this._serviceNode, store.stateEndpoint, options);
    this._connections.addUse({ service: this._serviceNode, store: store.stateEndpoint, options });
  }

  /**
   * This workload invokes an output binding: a `components.DaprComponent` such as a mail server.
   *
   * Gives: the Dapr component in the namespace, scoped to it, and egress to what the component connects to.
   */
  public invokes(binding: IStateStore): void {
    this.checkBinding('invokes', binding);
    this._connections.components.addInvocation({ service: this._serviceNode, store: binding.stateEndpoint, options: {} });
  }

  /**
   * This workload takes the events of an input binding: a `components.DaprComponent` such as a schedule or a queue. Each replica has a sidecar that reads the binding.
   *
   * Gives: the Dapr component in the namespace, scoped to it, and egress to what the component connects to.
   *
   * @param binding the component
   * @param route the path that takes an event (POST); without it, `/` and the name of the component
   */
  public triggeredBy(binding: IStateStore, route?: string): void {
    this.checkBinding('is triggered by', binding);
    checkRoute(this, route);
    checkListens(this._serviceNode, this._settings.kind, 'is triggered by', binding.stateEndpoint.name);
    this._connections.components.addTrigger({ service: this._serviceNode, store: binding.stateEndpoint, route });
  }

  /**
   * Sets a field of one of the workload's manifests that no property sets.
   *
   * Synthesis fails if there is no such object, or several, if the patch changes nothing, or if the API server would refuse the manifest:
   * its schema and the Pod Security level of the namespace are checked. The reason becomes an annotation of the object, and a finding.
   *
   * @param kind the kind of the object, such as `Deployment`, with its name where there are several: `NetworkPolicy/allow-order`
   * @param path the place as a JSON pointer, such as `/spec/template/spec/hostname`
   * @param value the value to set there
   * @param reason why, for those who review the manifests
   */
  public patch(kind: string, path: string, value: any, reason: string): void {
    checkPatch(this, kind.split('/')[0], path);
    patchObject(this, kind, path, value, reason);
  }

  /**
   * Removes a field of one of the workload's manifests. Synthesis fails as with `patch`, and if there is no such field.
   *
   * @param kind the kind of the object, with its name where there are several
   * @param path the place as a JSON pointer, such as `/spec/template/spec/containers/0/livenessProbe`
   * @param reason why, for those who review the manifests
   */
  public removeField(kind: string, path: string, reason: string): void {
    removeField(this, kind, path, reason);
  }

  /**
   * The origin of a setting: `<file>:<line>`, the properties of the workload such as `MicroserviceProps`, the environment, or the platform profile.
   *
   * @param setting the dotted key as in a values file, such as `replicas.max`, `image.tag` or `env.LOG_FORMAT`
   */
  public explain(setting: string): string {
    return this._settings.explain(setting);
  }

  /**
   * What its kind adds to the settings that all workloads share. Called before the fields of the kind have values.
   *
   * @internal
   */
  protected abstract _kind(props: WorkloadProps): WorkloadKind;

  private checkBinding(verb: string, { stateEndpoint }: IStateStore): void {
    checkStore(this, this._serviceNode, this._connections.stores.definitionOf(stateEndpoint), stateEndpoint, verb);
    checkBinding(this, this._serviceNode, verb, stateEndpoint);
  }
}
