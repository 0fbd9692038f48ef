import type { Port } from '../values/port';

/**
 * Something a service can call: a `Microservice`, an `ImportedService`, an `ExternalService`, or a `ServiceReference`.
 */
export interface ICallable {
  /**
   * Which service it is.
   */
  readonly reference: ServiceReference;
}

/**
 * A service that this program does not define, as network policies see it.
 *
 * @internal
 */
export interface ForeignService {
  readonly namespace: string;
  readonly selectorLabels: { [name: string]: string };
  readonly ports: readonly Port[];
  /** Whether it has a Dapr sidecar, and so is called through the sidecars. */
  readonly dapr: boolean;
  /** Where it is called, if host and port are not enough. */
  readonly url?: string;
}

/**
 * A host outside of the cluster.
 *
 * @internal
 */
export interface ExternalHost {
  readonly host: string;
  readonly ports: readonly number[];
  /** The addresses it may have; none are known of most. */
  readonly cidrs: readonly string[];
}

/**
 * Names a service of a group, without the service at hand.
 *
 * It is looked up when the manifests are synthesised, in the environment of the service that uses it. So two groups
 * may call each other, in any order of definition.
 *
 * @example
 *
 * declare const checkout: Microservice;
 * checkout.calls(ServiceReference.of('platform', 'auth'));
 */
export class ServiceReference implements ICallable {
  /**
   * The service `name` of the group `group`, in the environment of the caller.
   */
  public static of(group: string, name: string): ServiceReference {
    return new ServiceReference(group, name);
  }

  /** @internal */
  public static _in(environment: string | undefined, group: string, name: string): ServiceReference {
    return new ServiceReference(group, name, environment);
  }

  /** @internal */
  public static _foreign(name: string, foreign: ForeignService): ServiceReference {
    return new ServiceReference(foreign.namespace, name, undefined, foreign);
  }

  /** @internal */
  public static _external(external: ExternalHost): ServiceReference {
    return new ServiceReference(external.host, external.host, undefined, undefined, external);
  }

  /** The group of the service, such as `platform`. */
  public readonly group: string;

  /** The name of the service, such as `auth`. */
  public readonly name: string;

  /** @internal */
  public readonly _environment?: string;

  /** @internal */
  public readonly _foreign?: ForeignService;

  /** @internal */
  public readonly _external?: ExternalHost;

  private constructor(group: string, name: string, environment?: string, foreign?: ForeignService, external?: ExternalHost) {
    this.group = group;
    this.name = name;
    this._environment = environment;
    this._foreign = foreign;
    this._external = external;
  }

  /** This reference. */
  public get reference(): ServiceReference {
    return this;
  }

  /** Group and name, such as `platform/auth`; of a host outside of the cluster, that. */
  public toString(): string {
    return this._external ? this.name : `${this.group}/${this.name}`;
  }
}
