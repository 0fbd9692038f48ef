import { cidrRange } from './cidr';
import { fail } from './errors';
import { checkLabels } from './labels';
import { dnsLabel } from './value-checks';
import type * as k8s from '../../imports/k8s';

/** The key of the peer that is everybody. */
export const ANYWHERE = 'anywhere';

/** The label of a namespace that the API server sets. No one who labels a namespace can forge it. */
export const NAMESPACE_NAME = 'kubernetes.io/metadata.name';

/**
 * One end of a connection, as a NetworkPolicy names it.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/
 */
export class NetworkPeer {
  /**
   * All pods of a namespace.
   */
  public static namespace(name: string): NetworkPeer {
    dnsLabel('NetworkPeer.namespace', 'name', name);
    return new NetworkPeer(name, { namespaceSelector: namespaceNamed(name) });
  }

  /**
   * All pods of a namespace of this program, which has its name as the label `name` too.
   *
   * @internal
   */
  public static _labelledNamespace(name: string): NetworkPeer {
    return new NetworkPeer(name, { namespaceSelector: { matchLabels: { ...namespaceNamed(name).matchLabels, name } } });
  }

  /**
   * The pods of a workload in a namespace, by their `app` label.
   */
  public static workload(namespace: string, app: string): NetworkPeer {
    dnsLabel('NetworkPeer.workload', 'namespace', namespace);
    dnsLabel('NetworkPeer.workload', 'app', app);
    return new NetworkPeer(`${namespace}/${app}`, { namespaceSelector: namespaceNamed(namespace), podSelector: { matchLabels: { app } } });
  }

  /**
   * The pods of a namespace that have one of these values of a label.
   */
  public static pods(namespace: string, label: string, values: string[]): NetworkPeer {
    dnsLabel('NetworkPeer.pods', 'namespace', namespace);
    const [first, ...more] = values;
    if (first === undefined) {
      fail('NetworkPeer.pods', `no value of label '${label}' given, so no pod would be selected`, 'Name at least one value');
    }
    values.forEach((value) => checkLabels('NetworkPeer.pods', { [label]: value }));
    return new NetworkPeer(`${namespace}/${label}=${[...values].sort().join(',')}`, {
      namespaceSelector: namespaceNamed(namespace),
      podSelector: more.length === 0 ? { matchLabels: { [label]: first } } : { matchExpressions: [{ key: label, operator: 'In', values: [...values].sort() }] },
    });
  }

  /**
   * The pods with all of these labels, in any namespace of the cluster.
   *
   * @internal
   */
  public static _selected(namespace: string, matchLabels: { [name: string]: string }): NetworkPeer {
    return new NetworkPeer(`${namespace}/${JSON.stringify(matchLabels)}`, {
      namespaceSelector: namespaceNamed(namespace),
      podSelector: { matchLabels },
    });
  }

  /**
   * Addresses outside of the cluster's pods, in CIDR notation such as `10.1.0.0/16`.
   *
   * Fails on a range with bits after its prefix, and on one that holds every address, because nothing would be denied any more.
   */
  public static cidr(cidr: string): NetworkPeer {
    cidrRange('NetworkPeer.cidr', cidr);
    if (cidr.endsWith('/0')) {
      fail('NetworkPeer.cidr', `${cidr} holds every address, so nothing would be denied`, 'Name the range that is really needed');
    }
    return new NetworkPeer(cidr, { ipBlock: { cidr } });
  }

  /**
   * Every address. Only for ends that have no address anybody knows at synthesis: the API server.
   *
   * @internal
   */
  public static _anywhere(): NetworkPeer {
    return new NetworkPeer(ANYWHERE, {});
  }

  /** @internal */
  public readonly _key: string;

  /** @internal */
  public readonly _peer: k8s.NetworkPolicyPeer;

  /**
   * The namespace of the pods. Addresses have none.
   *
   * @internal
   */
  public get _namespace(): string | undefined {
    return this._peer.namespaceSelector?.matchLabels?.[NAMESPACE_NAME];
  }

  /** @internal */
  public get _podSelector(): k8s.LabelSelector {
    return this._peer.podSelector ?? {};
  }

  private constructor(key: string, peer: k8s.NetworkPolicyPeer) {
    this._key = key;
    this._peer = peer;
  }
}

function namespaceNamed(name: string): k8s.LabelSelector {
  return { matchLabels: { [NAMESPACE_NAME]: name } };
}

/**
 * Connections from or to peers on some ports.
 */
export interface NetworkRule {
  /** The other ends; any of them. */
  readonly peers: NetworkPeer[];

  /** Ports of the pod that takes the connection, not of its Service. None means every port. */
  readonly ports: number[];

  /**
   * Whether UDP is meant besides TCP.
   *
   * @default false
   */
  readonly udp?: boolean;
}
