/**
 * A topic, or a reference to one.
 */
export interface ITopic {
  /**
   * Which topic it is.
   */
  readonly topicId: TopicReference;
}

/**
 * Names a topic of a group, without the topic at hand.
 *
 * It is looked up when the manifests are synthesised, in the environment of the service that uses it.
 *
 * @example
 *
 * declare const notification: Microservice;
 * notification.subscribes(TopicReference.of('core-business', 'order-placed'));
 */
export class TopicReference implements ITopic {
  /**
   * The topic `name` of the group `group`, in the environment of the service that uses it.
   */
  public static of(group: string, name: string): TopicReference {
    return new TopicReference(group, name);
  }

  /** @internal */
  public static _in(environment: string, group: string, name: string): TopicReference {
    return new TopicReference(group, name, environment);
  }

  /** The group that owns the topic, such as `core-business`. */
  public readonly group: string;

  /** The name of the topic, such as `order-placed`. */
  public readonly name: string;

  /** @internal */
  public readonly _environment?: string;

  private constructor(group: string, name: string, environment?: string) {
    this.group = group;
    this.name = name;
    this._environment = environment;
  }

  /** This reference. */
  public get topicId(): TopicReference {
    return this;
  }

  /** Group and name, such as `core-business/order-placed`. */
  public toString(): string {
    return `${this.group}/${this.name}`;
  }
}
