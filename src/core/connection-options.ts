import type { Duration } from 'cdk8s';

/**
 * How one service calls another.
 */
export interface CallOptions {
  /**
   * Whether a call may be repeated without doing its work twice.
   *
   * A call that is not idempotent is sent once: not even Dapr's own retries apply, because the sidecar cannot tell
   * a request that was lost from one whose answer was lost.
   *
   * @default - true if `retries` is set or `methods` lists only DELETE, GET, HEAD, OPTIONS and PUT; otherwise the profile's `calls.idempotent` (false)
   */
  readonly idempotent?: boolean;

  /**
   * How long the caller waits for an answer to one attempt. At least one millisecond.
   *
   * @default - the profile's `calls.timeout` (30 s)
   */
  readonly timeout?: Duration;

  /**
   * How often a failed call is repeated, if it is idempotent. From 0 to 10.
   *
   * @default - the profile's `calls.retries` (3)
   */
  readonly retries?: number;

  /**
   * Whether the call goes directly to the application although both ends have a Dapr sidecar, such as plain HTTP for the metadata of an
   * identity provider. Dapr then neither authorises nor repeats it. A service may call another both ways, by a statement for each.
   *
   * @default - true if one of the ends has no sidecar
   */
  readonly direct?: boolean;

  /**
   * The environment variable of the caller that contains the address of the called service, `<host>:<port>`, such as `CATALOG_ADDR`.
   *
   * The host is the name of the Service where both are in one namespace, and the full name elsewhere. Calls that go through Dapr sidecars
   * need no address: if both ends have a sidecar, `as` requires `direct`.
   *
   * @default - no variable
   */
  readonly as?: string;

  /**
   * The name of the port that `as` contains, such as `grpc`.
   *
   * @default - the main port, which is the first
   */
  readonly port?: string;

  /**
   * The HTTP methods that the caller may use, such as `GET`.
   *
   * @default - all
   */
  readonly methods?: string[];

  /**
   * The paths that the caller may use, such as `/orders`, each with what is below it. For gRPC: `/<package>.<Service>/<Method>`.
   *
   * Dapr's access control holds the caller to it, or, where the call goes directly to the application, the mesh. Dapr does not
   * tell upper from lower case in the paths of HTTP.
   *
   * @default - all
   */
  readonly paths?: string[];

  /**
   * The workflows of the called service that the caller uses, by their names or patterns such as `Order*`, with the operations: `schedule`, `terminate`,
   * `raise`, `pause`, `resume`, `purge`, `get`, `rerun`. Requires Dapr 1.18.
   *
   * As soon as one caller lists workflows or activities, Dapr denies all that no caller lists.
   *
   * @default - none listed
   */
  readonly workflows?: { [name: string]: string[] };

  /**
   * The activities of the called service that workflows of the caller run, by their names or patterns such as `Charge*`. Requires Dapr 1.18.
   *
   * @default - none listed
   */
  readonly activities?: string[];
}

/**
 * How a service takes the events of a topic.
 */
export interface SubscribeOptions {
  /**
   * The path at which the service takes an event (POST), such as `/events/order-placed`.
   *
   * @default - the profile's `events.routePrefix` (/events/), and the name of the topic
   */
  readonly route?: string;

  /**
   * Whether the application declares the subscription itself: it answers `/dapr/subscribe`, as with `[Topic]` in ASP.NET, or streams events.
   * No Subscription is rendered then. Scopes, policies and retries are. `route` is the path that the application declares, by which gateways
   * exclude it.
   *
   * The application must use the names of the component and of the dead-letter topic, `<topic>-<service>-dead-letter`, and subscribe every
   * partition of the topic, which the variable `TOPIC_<NAME>_PARTITIONS` lists.
   *
   * @default false
   */
  readonly declaredByApplication?: boolean;

  /**
   * How often the delivery of an event is repeated before it goes to the dead-letter topic. From 0 to 10.
   *
   * Dapr has one setting for all topics of a broker, so the subscription with the most retries decides.
   *
   * @default - the profile's `events.retries` (10)
   */
  readonly retries?: number;

  /**
   * Whether an event that the service could not take goes to the topic `<topic>-<service>-dead-letter`. Without it, Dapr 1.17 and later acknowledge
   * such an event, and it is lost. On Redis, Dapr 1.14 to 1.16 deliver it again for ever.
   *
   * @default true
   */
  readonly deadLetters?: boolean;

  /**
   * The path at which the service takes its own dead letters (POST), such as `/dead-letters/order-placed`. A dead letter that it cannot take either
   * is published as a dead letter again.
   *
   * @default - dead letters stay in their topic
   */
  readonly deadLetterRoute?: string;

  /**
   * Conditions in the Common Expression Language by the paths that take the events which meet them, such as
   * `{ '/events/paid-v2': 'event.type == "paid.v2"' }`. The first condition that is true decides, in this order. Other events go to `route`.
   *
   * @default - all events go to `route`
   * @see https://docs.dapr.io/developing-applications/building-blocks/pubsub/howto-route-messages/
   */
  readonly rules?: { [path: string]: string };

  /**
   * The most events in one request, 2 or more. The service then gets a list of events, and answers for each of them.
   *
   * @default - one event in each request
   * @see https://docs.dapr.io/developing-applications/building-blocks/pubsub/pubsub-bulk/
   */
  readonly bulk?: number;

  /**
   * Whether the topic contains plain data, and not CloudEvents. Dapr wraps it in a CloudEvent, with the data in `data_base64`.
   *
   * @default false
   * @see https://docs.dapr.io/developing-applications/building-blocks/pubsub/pubsub-raw/
   */
  readonly rawPayload?: boolean;

  /**
   * The longest time that the service takes for one delivery, in whole seconds. It does not end a delivery. A broker that delivers unacknowledged
   * events again, such as Redis, waits for the time of all deliveries together.
   *
   * @default - the profile's `events.handlingTime` (30 s)
   */
  readonly handlingTime?: Duration;
}

/**
 * How a service uses a store.
 */
export interface UseOptions {
  /**
   * Whether the store also keeps the state of actors, and so of workflows, which Dapr builds on them. A service has one such store, and
   * it is no Redis cluster (a single Redis server will do): Dapr writes the state of an actor in one transaction, and a Redis cluster has none over several keys. On etcd,
   * whose component the services of a namespace share, it holds for all of them.
   *
   * @default false
   */
  readonly actors?: boolean;
}
