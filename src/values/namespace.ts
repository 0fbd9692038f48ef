import { fail } from './errors';
import { dnsLabel } from './value-checks';

/**
 * What a group renders for its namespace.
 */
export interface NamespaceOptions {
  /**
   * Whether a ResourceQuota and a LimitRange are rendered. They apply to every pod of the namespace.
   *
   * @default - true for a new namespace, false for an existing one
   */
  readonly quota?: boolean;

  /**
   * Whether the pods of the group connect only as declared.
   *
   * In a new namespace this applies to every pod, in an existing one to the pods of the group. Without it, no network policy is rendered for the
   * group.
   *
   * @default true
   */
  readonly defaultDeny?: boolean;
}

/** Namespaces of Kubernetes itself. A default-deny policy in one of them cuts off the DNS of the cluster. */
const SYSTEM_NAMESPACE = /^kube-/;
/** The namespace of objects that name none, which every cluster has. */
const DEFAULT_NAMESPACE = 'default';
/** Kubernetes keeps names of PriorityClasses that begin with this, and ours begin with the namespace. */
const RESERVED_PRIORITY = 'system-';

/**
 * The namespace of a group.
 *
 * By default, a group has the namespace `<group>-<environment>`, so that all environments fit into one cluster. With a name of its own, environments
 * may share the name if each has its own cluster.
 *
 * @example
 *
 * declare const environment: Environment;
 * new ServiceChart(this, 'shop', { environment, namespace: Namespace.existing('legacy') });
 */
export class Namespace {
  /**
   * A namespace with this name, which the group renders.
   */
  public static named(name: string, options: NamespaceOptions = {}): Namespace {
    return new Namespace(checked('Namespace.named', name, false), false, options);
  }

  /**
   * A namespace that exists already, for example with workloads of others. The group renders no Namespace object.
   */
  public static existing(name: string, options: NamespaceOptions = {}): Namespace {
    return new Namespace(checked('Namespace.existing', name, true), true, options);
  }

  /**
   * The namespace that a group has by default.
   *
   * @internal
   */
  public static _own(where: Parameters<typeof fail>[0], name: string): Namespace {
    return new Namespace(checked(where, name, false), false, {}, false);
  }

  /** @internal */
  public readonly _quota: boolean;

  /** @internal */
  public readonly _defaultDeny: boolean;

  private constructor(
    /** The name. */
    public readonly name: string,
    /** @internal */
    public readonly _exists: boolean,
    options: NamespaceOptions,
    /**
     * Whether its name contains no environment, so that each environment may have it in a cluster of its own.
     *
     * @internal
     */
    public readonly _fixed: boolean = true,
  ) {
    this._quota = options.quota ?? !_exists;
    this._defaultDeny = options.defaultDeny ?? true;
  }
}

function checked(where: Parameters<typeof fail>[0], name: string, exists: boolean): string {
  dnsLabel(where, 'namespace', name);
  if (SYSTEM_NAMESPACE.test(name) || (name === DEFAULT_NAMESPACE && !exists)) {
    fail(where, `namespace '${name}' belongs to Kubernetes, whose pods the policies and quotas of a group would cut off`, 'Give the group another name');
  }
  if (name.startsWith(RESERVED_PRIORITY)) {
    fail(where, `the PriorityClasses of namespace '${name}' would begin with '${RESERVED_PRIORITY}', which Kubernetes keeps for itself`, 'Give the group another name');
  }
  return name;
}
