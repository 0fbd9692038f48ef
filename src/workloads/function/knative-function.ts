import type { Construct } from 'constructs';
import { decideFunction } from './function-definition';
import { functionKind } from './function-kind';
import { defineFunction } from './function-objects';
import type { KnativeFunctionProps } from './knative-function-props';
import type { SubscribeOptions } from '../../core/connection-options';
import type { EventSink, IEventSink } from '../../core/event-sink';
import type { ICallable } from '../../core/service-reference';
import { ServiceReference } from '../../core/service-reference';
import type { ITopic } from '../../core/topic-reference';
import type { IReplicated } from '../../core/workload';
import type { KnativeBroker } from '../../messaging/knative-broker';
import type { TriggerOptions } from '../../messaging/knative-trigger';
import { KnativeTrigger } from '../../messaging/knative-trigger';
import { describe, fail } from '../../values/errors';
import { ConnectedWorkload } from '../connected-workload';
import type { WorkloadKind } from '../workload-kind';

/**
 * A function: pods that Knative runs while there are calls or events, and none while there are not.
 *
 * Defines a Service of Knative Serving, a ServiceAccount, and what its connections need: NetworkPolicies, Dapr access control, resiliency and
 * subscriptions. All carry the name of the function. Knative makes Deployments, Services and routes of it, and no PodDisruptionBudget.
 *
 * Calls reach it through the gateway of Knative and never through the Dapr sidecars, which know nothing of pods that are yet to start. Its
 * own calls, events and state go as those of a `Microservice`.
 *
 * @see https://knative.dev/docs/serving/
 *
 * @example
 *
 * declare const order: Microservice;
 * const thumbnail = new workloads.KnativeFunction(this, 'thumbnail', { scaling: { max: 20 }, concurrency: 10 });
 * order.calls(thumbnail);
 */
export class KnativeFunction extends ConnectedWorkload implements IReplicated, ICallable, IEventSink {
  /** The fewest pods of each revision that gets calls. */
  public readonly minReplicas: number;

  /** The most pods of each revision. */
  public readonly maxReplicas: number;

  /** Which function this is, for those who call it. */
  public readonly reference: ServiceReference;

  /** This function as the target of events. */
  public readonly eventSink: EventSink;

  /** Where it is called from inside of the cluster. */
  public readonly url: string;

  /**
   * Defines the function `id`, which is a DNS label that begins with a letter, at most 58 characters long because Dapr
   * and Knative append to it.
   */
  constructor(scope: Construct, id: string, props: KnativeFunctionProps = {}) {
    super(scope, id, props);
    const { environment, name: group, namespace, profile } = this._group;
    const definition = decideFunction(this, this.name, profile, this._settings, props);
    this.minReplicas = definition.scaling.min;
    this.maxReplicas = definition.scaling.max;
    this.reference = ServiceReference._in(environment?.name, group, this.name);
    this.eventSink = { apiVersion: 'serving.knative.dev/v1', kind: 'Service', name: this.name, namespace };
    this.url = `http://${this.host}`;
    defineFunction(this._pod, definition, this.eventSink);
    this.node.addValidation({ validate: () => this.checkCallers() });
  }

  /**
   * This function takes the events of a topic, while it has a pod.
   *
   * It is the Dapr sidecar that takes them, and it goes with the last pod: so the function must keep one.
   */
  public override subscribes(topic: ITopic, options: SubscribeOptions = {}): void {
    const { name } = topic.topicId;
    if (this.minReplicas === 0) {
      fail(this, `subscribes '${name}' and may have no pod, and so no Dapr sidecar, which takes the events`,
        'Set scaling: { min: 1 }, or let a KnativeBroker wake it: triggersOn(broker)');
    }
    super.subscribes(topic, options);
  }

  /**
   * Events of a broker wake this function, which takes them by POST.
   *
   * Gives: a Trigger of Knative Eventing. Without a filter in the options, it takes every event of the broker. The broker must be in the
   * same namespace.
   */
  public triggersOn(broker: KnativeBroker, options: TriggerOptions = {}): void {
    new KnativeTrigger(this, this.eventSink, broker, options);
  }

  /** @internal */
  protected override _kind(props: KnativeFunctionProps): WorkloadKind {
    return functionKind(this, this._group, props);
  }

  /** What nobody would keep, because no sidecar of the caller sees the call. */
  private checkCallers(): string[] {
    return this._connections.callsTo(this._serviceNode)
      .filter(({ options }) => options.timeout !== undefined || options.retries !== undefined)
      .map(({ caller }) => describe(`is called by '${caller.name}' with a timeout or retries, which no Dapr sidecar keeps, because calls of a function go through Knative`,
        `Leave them out, and let '${caller.name}' itself wait and repeat`));
  }
}
