import type { Protocol } from './ports';
import type { Manifest } from '../manifests/manifest';

/** A port that a container gives a name. @internal */
export interface NamedPort {
  readonly name: string;
  readonly port: number;
  readonly protocol: Protocol;
}

interface Facts {
  readonly address?: string;
  readonly workload?: Manifest;
  readonly ports?: readonly NamedPort[];
}

/** The namespace of a manifest that names none, as `kubectl apply` reads it. @internal */
export const DEFAULT_NAMESPACE = 'default';

/**
 * One end of a connection: pods of the cluster, or an address outside of it.
 */
export class Endpoint {
  /**
   * The pods of a workload.
   *
   * @param workload a manifest that runs pods, such as a Deployment
   */
  public static ofWorkload(workload: Manifest): Endpoint {
    const { metadata, spec } = workload.podTemplate ?? {};
    const containers: any[] = [...spec?.initContainers ?? [], ...spec?.containers ?? []];
    const ports = containers.flatMap((container) => container.ports ?? []).map(({ name, containerPort, protocol }): NamedPort => (
      { name, port: containerPort, protocol: protocol ?? 'TCP' }));
    const named = ports.filter(({ name }) => name !== undefined);
    return new Endpoint(workload.namespace ?? DEFAULT_NAMESPACE, metadata?.labels ?? {}, { workload, ports: named });
  }

  /**
   * Pods that no manifest describes, such as those of an operator or a gateway that others install.
   *
   * @param namespace their namespace
   * @param labels their labels
   */
  public static ofPods(namespace: string, labels: { [name: string]: string }): Endpoint {
    return new Endpoint(namespace, labels);
  }

  /**
   * An IPv4 or IPv6 address outside of the cluster.
   */
  public static ofAddress(address: string): Endpoint {
    return new Endpoint(undefined, {}, { address });
  }

  /** The namespace of the pods; undefined for an address. */
  public readonly namespace?: string;

  /** The labels of the pods; none for an address. */
  public readonly labels: { [name: string]: string };

  /** The address; undefined for pods. */
  public readonly address?: string;

  /** The manifest that runs the pods; undefined for an address and for pods that no manifest describes. */
  public readonly workload?: Manifest;

  /** @internal */
  public readonly _ports: readonly NamedPort[];

  private constructor(namespace: string | undefined, labels: { [name: string]: string }, facts: Facts = {}) {
    this.namespace = namespace;
    this.labels = labels;
    this.address = facts.address;
    this.workload = facts.workload;
    this._ports = facts.ports ?? [];
  }

  /**
   * The end as messages name it: `core-business-prod/checkout`, the labels of pods without a manifest, or the address.
   */
  public toString(): string {
    const labels = Object.entries(this.labels).map(([name, value]) => `${name}=${value}`).sort();
    return this.address ?? `${this.namespace}/${this.workload?.name ?? labels.join(',')}`;
  }

  /** A fact of the pod template. @internal */
  public get _template(): any {
    return this.workload?.podTemplate ?? {};
  }
}
