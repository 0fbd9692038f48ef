import { Construct } from 'constructs';
import { checkConnectsTo, checkMetadata, checkRoutes, componentType } from './component-checks';
import { checkDefinition, UNCHECKED_COMPONENT } from './component-definition-check';
import { ComponentEngine } from './component-engine';
import type { DaprComponentProps } from './dapr-component-props';
import { recordFinding } from '../checks/registry';
import { componentNode } from '../core/component-node';
import { ConnectionIndex } from '../core/connection-index';
import { groupOf } from '../core/service-group';
import type { IBroker, IStateStore, StoreEndpoint } from '../core/store-endpoint';
import { constructId } from '../values/construct-id';
import { fail } from '../values/errors';
import { dnsSubdomain, plainText, wholeSeconds } from '../values/value-checks';

/**
 * A Dapr component of any type, as a connection.
 *
 * `uses` declares state stores, configuration stores, locks, secret stores, conversations and cryptography, `Topic` its broker, `invokes` an
 * output binding and `triggeredBy` an input binding. The component is rendered in the namespace of each of these services, scoped to exactly
 * their app ids. Without any of them, nothing is rendered.
 *
 * @see https://docs.dapr.io/concepts/components-concept/
 *
 * @example
 *
 * declare const order: Microservice;
 * declare const rabbitmq: Microservice;
 * const pubsub = new components.DaprComponent(this, 'pubsub', {
 *   type: 'pubsub.rabbitmq',
 *   metadata: { hostname: rabbitmq.host!, username: 'shop' },
 *   secrets: { password: SecretReference.of('rabbitmq', 'password') },
 *   connectsTo: [rabbitmq],
 * });
 * order.publishes(new Topic(this, 'OrderPlaced', { broker: pubsub }));
 */
export class DaprComponent extends Construct implements IStateStore, IBroker {
  /** Name of the component. */
  public readonly name: string;

  /** Type of the component. */
  public readonly type: string;

  /** This component as a store, for `uses`, `invokes` and `triggeredBy`. */
  public readonly stateEndpoint: StoreEndpoint;

  /** This component as the broker of topics. */
  public readonly brokerEndpoint: StoreEndpoint;

  /**
   * Defines a component with the name `id`.
   */
  constructor(scope: Construct, id: string, props: DaprComponentProps) {
    super(scope, constructId(scope, id, new.target, props));
    const { type, version, metadata = {}, secrets = {}, connectsTo, unchecked, ignoreErrors, initTimeout } = props;
    this.name = dnsSubdomain(this, 'name', props.name ?? id);
    this.type = componentType(this, type);
    checkMetadata(this, metadata, secrets);
    if (initTimeout) {
      wholeSeconds(this, 'initTimeout', initTimeout, 1);
    }
    const group = groupOf(this);
    const engine = new ComponentEngine(type, {
      version,
      metadata: [
        ...Object.entries(metadata).map(([name, value]) => ({ name, value })),
        ...Object.entries(secrets).map(([name, secret]) => ({ name, secret })),
      ],
      ignoreErrors,
      initTimeout,
    });
    const node = componentNode({
      construct: this,
      group,
      name: this.name,
      type,
      connectsTo: (connectsTo ?? []).map(({ reference }) => reference),
      // nothing is known of a type that is not checked
      placed: connectsTo !== undefined || unchecked !== undefined,
    }, engine);
    this.stateEndpoint = node.endpoint;
    this.brokerEndpoint = node.endpoint;
    const connections = ConnectionIndex.of(this);
    const twin = connections.components.add(node);
    if (twin) {
      fail(this, `a component named '${this.name}' is defined already at ${twin.construct.node.path}`, 'Give one of them another name');
    }
    this.node.addValidation({ validate: () => [...checkConnectsTo(node), ...checkRoutes(connections, node)] });
    if (unchecked !== undefined) {
      recordFinding(this, UNCHECKED_COMPONENT, plainText(this, 'unchecked', unchecked));
    } else {
      this.node.addValidation({ validate: () => checkDefinition(connections, node) });
    }
  }
}
