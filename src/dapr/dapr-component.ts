import type { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { checkConnectsTo, checkMetadata, checkRoutes, componentType } from './component-checks';
import { checkDefinition, UNCHECKED_COMPONENT } from './component-definition-check';
import { ComponentEngine } from './component-engine';
import { recordFinding } from '../checks/registry';
import { componentNode } from '../core/component-node';
import { ConnectionIndex } from '../core/connection-index';
import { groupOf } from '../core/service-group';
import type { ICallable } from '../core/service-reference';
import type { IBroker, IStateStore, StoreEndpoint } from '../core/store-endpoint';
import { constructId } from '../values/construct-id';
import { fail } from '../values/errors';
import { givenProps } from '../values/given';
import type { SecretReference } from '../values/secret-reference';
import { dnsSubdomain, plainText, wholeSeconds } from '../values/value-checks';

/**
 * Properties for `DaprComponent`.
 */
export interface DaprComponentProps {
  /**
   * Type of the component, such as `pubsub.rabbitmq`.
   *
   * @see https://docs.dapr.io/reference/components-reference/
   */
  readonly type: string;

  /**
   * Version of the component type.
   *
   * @default - `v1`
   */
  readonly version?: string;

  /**
   * Fields whose values are no secrets, such as `{ queueType: 'quorum' }`.
   *
   * Leave out fields that follow from connections: `actorStateStore`, `allowedTopics`, `publishingScopes`, `subscriptionScopes`, `direction` and `route`.
   *
   * @default - none
   */
  readonly metadata?: { [name: string]: string };

  /**
   * Fields whose values are in a Secret. The Secret must exist in the namespace of each service that uses the component.
   *
   * @default - none
   */
  readonly secrets?: { [name: string]: SecretReference };

  /**
   * What the sidecars of its users connect to: a workload of the program, a `workloads.ImportedService`, or a `workloads.ExternalService`.
   *
   * Each user gets the network policies of a call. A component that works inside of the sidecar, such as `bindings.cron`, connects to nothing.
   *
   * @default - nothing
   */
  readonly connectsTo?: ICallable[];

  /**
   * Why the type and its fields are not checked against the metadata of components-contrib, such as `a pluggable component of our own`. It is a finding.
   *
   * @default - they are checked for the version of Dapr in force
   */
  readonly unchecked?: string;

  /**
   * Name of the component, by which applications refer to it: a DNS subdomain.
   *
   * @default - the id
   */
  readonly name?: string;

  /**
   * How long a sidecar tries to initialize the component at its start. Whole seconds, 1 or more.
   *
   * @default - the profile's `storage.initTimeout` (30 s)
   */
  readonly initTimeout?: Duration;

  /**
   * Whether a sidecar starts although the component does not initialize.
   *
   * @default false
   */
  readonly ignoreErrors?: boolean;
}

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
    super(scope, constructId(scope, id));
    givenProps(this, props);
    const { type, version, metadata = {}, secrets = {}, connectsTo = [], unchecked, ignoreErrors, initTimeout } = props;
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
    const component = { construct: this, group, name: this.name, type, connectsTo: connectsTo.map(({ reference }) => reference) };
    const node = componentNode(component, engine);
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
