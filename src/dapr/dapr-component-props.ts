import type { Duration } from 'cdk8s';
import type { ICallable } from '../core/service-reference';
import type { SecretReference } from '../values/secret-reference';

/**
 * Settings that components of all types have.
 */
export interface DaprComponentOptions {
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
 * Properties for `DaprComponent`.
 */
export interface DaprComponentProps extends DaprComponentOptions {
  /**
   * Type of the component, such as `pubsub.rabbitmq`.
   *
   * @see https://docs.dapr.io/reference/components-reference/
   */
  readonly type: string;

  /**
   * What the sidecars of its users connect to: a workload of the program, a `workloads.ImportedService`, or a `workloads.ExternalService`.
   *
   * Each user gets the network policies of a call. A component that works inside of the sidecar, such as `bindings.cron`, connects to nothing.
   *
   * @default - nothing, which only components that work inside of the sidecar may do
   */
  readonly connectsTo?: ICallable[];
}
