import { cidrRange } from './cidr';
import { fail } from './errors';
import { checkLabels } from './labels';
import { dnsLabel, plainText } from './value-checks';
import type * as k8s from '../../imports/k8s';

/** The key of the peer that is everybody. */
export const ANYWHERE = 'anywhere';

const EVERY_ADDRESS = ['0.0.0.0/0', '::/0'];

/**
 * Addresses that are not on the internet, and those of the metadata of cloud machines: 169.254.169.254, fd00:ec2::254, and 168.63.129.16 of Azure.
 *
 * @see https://www.iana.org/assignments/iana-ipv4-special-registry/iana-ipv4-special-registry.xhtml
 */
const NOT_INTERNET = ['10.0.0.0/8', '100.64.0.0/10', '168.63.129.16/32', '169.254.0.0/16', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7', 'fe80::/10'];

/**
 * Which addresses of the internet, and why.
 */
export interface InternetOptions {
  /**
   * Why no range or host name is enough, for those who review the policy. A finding shows it.
   */
  readonly reason: string;

  /**
   * The ranges that stay closed, in CIDR notation. They replace the default ones.
   *
   * Add the ranges of pods, Services and nodes if your cluster uses public addresses for them.
   *
   * @default - private and link-local addresses, which include the metadata of cloud machines
   */
  readonly except?: string[];
}

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
    return new NetworkPeer(name, [{ namespaceSelector: namespaceNamed(name) }]);
  }

  /**
   * All pods of a namespace of this program, which has its name as the label `name` too.
   *
   * @internal
   */
  public static _labelledNamespace(name: string): NetworkPeer {
    return new NetworkPeer(name, [{ namespaceSelector: { matchLabels: { ...namespaceNamed(name).matchLabels, name } } }]);
  }

  /**
   * The pods of a workload in a namespace, by their `app` label.
   */
  public static workload(namespace: string, app: string): NetworkPeer {
    dnsLabel('NetworkPeer.workload', 'namespace', namespace);
    dnsLabel('NetworkPeer.workload', 'app', app);
    return new NetworkPeer(`${namespace}/${app}`, [{ namespaceSelector: namespaceNamed(namespace), podSelector: { matchLabels: { app } } }]);
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
    return new NetworkPeer(`${namespace}/${label}=${[...values].sort().join(',')}`, [{
      namespaceSelector: namespaceNamed(namespace),
      podSelector: more.length === 0 ? { matchLabels: { [label]: first } } : { matchExpressions: [{ key: label, operator: 'In', values: [...values].sort() }] },
    }]);
  }

  /**
   * The pods with all of these labels, in any namespace of the cluster.
   *
   * @internal
   */
  public static _selected(namespace: string, matchLabels: { [name: string]: string }): NetworkPeer {
    return new NetworkPeer(`${namespace}/${JSON.stringify(matchLabels)}`, [{
      namespaceSelector: namespaceNamed(namespace),
      podSelector: { matchLabels },
    }]);
  }

  /**
   * Addresses outside of the cluster's pods, in CIDR notation such as `10.1.0.0/16`.
   *
   * Fails on a range with bits after its prefix, and on one that is a large part of the internet: shorter than `/8`, or `/7` for IPv6.
   */
  public static cidr(cidr: string): NetworkPeer {
    cidrRange('NetworkPeer.cidr', cidr);
    if (isPartOfInternet(cidr)) {
      fail('NetworkPeer.cidr', `${cidr} ${cidr.endsWith('/0') ? 'holds every address' : 'holds a large part of all addresses'}, so little would be denied`,
        'Name the range that is really needed, or use NetworkPeer.internet({ reason }) in a ServiceNetworkPolicy');
    }
    return new NetworkPeer(cidr, [{ ipBlock: { cidr } }]);
  }

  /**
   * Every address outside of the cluster, IPv4 and IPv6, without private ranges and the metadata of cloud machines. It is a finding.
   *
   * Prefer `ExternalService.fromHost` for hosts that you know.
   *
   * @example
   *
   * declare const crawler: Microservice;
   * new network.ServiceNetworkPolicy(this, 'Crawler', {
   *   workload: crawler,
   *   reason: 'crawling',
   *   egress: [{ peers: [network.NetworkPeer.internet({ reason: 'it reads the sites of customers' })], ports: [443] }],
   * });
   */
  public static internet(options: InternetOptions): NetworkPeer {
    const where = 'NetworkPeer.internet';
    const reason = plainText(where, 'reason', options?.reason);
    const except = [...new Set(options.except ?? NOT_INTERNET)].sort();
    except.forEach((cidr) => EVERY_ADDRESS.includes(cidrRange(where, cidr)) && fail(where, `except has ${cidr}, so no address would be left`, 'Name smaller ranges'));
    const peers = EVERY_ADDRESS.map((cidr) => {
      const closed = except.filter((each) => each.includes(':') === cidr.includes(':'));
      return { ipBlock: { cidr, ...closed.length > 0 ? { except: closed } : {} } };
    });
    return new NetworkPeer(`internet/${except.join(',')}`, peers, reason);
  }

  /**
   * Every address. Only for ends that have no address anybody knows at synthesis: the API server.
   *
   * @internal
   */
  public static _anywhere(): NetworkPeer {
    return new NetworkPeer(ANYWHERE, []);
  }

  /** @internal */
  public readonly _key: string;

  /** @internal */
  public readonly _peers: readonly k8s.NetworkPolicyPeer[];

  /**
   * Why it may be the whole internet, if it is.
   *
   * @internal
   */
  public readonly _reason?: string;

  /**
   * The namespace of the pods. Addresses have none.
   *
   * @internal
   */
  public get _namespace(): string | undefined {
    return this._peers[0]?.namespaceSelector?.matchLabels?.[NAMESPACE_NAME];
  }

  /** @internal */
  public get _podSelector(): k8s.LabelSelector {
    return this._peers[0]?.podSelector ?? {};
  }

  private constructor(key: string, peers: readonly k8s.NetworkPolicyPeer[], reason?: string) {
    this._key = key;
    this._peers = peers;
    this._reason = reason;
  }
}

/** Whether a range is so short that it contains a large part of the internet. The longest private range is fc00::/7. */
function isPartOfInternet(cidr: string): boolean {
  return Number(cidr.split('/')[1]) < (cidr.includes(':') ? 7 : 8);
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
