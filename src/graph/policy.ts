import type { Endpoint } from './endpoint';
import type { PeerSet } from './peer-sets';
import type { PortRange, Protocol } from './ports';
import { ALL_PORTS } from './ports';
import type { Manifest } from '../manifests/manifest';

/** The two directions of a connection, as policies name them. */
export type Direction = 'egress' | 'ingress';

/** A port that a rule names: a range, or a name that the pods of the called end resolve. */
export type RulePort = PortRange | { readonly name: string; readonly protocol: Protocol };

/** What a request must be: a method and a path as regular expressions. */
export interface RequestPattern {
  readonly method?: string;
  readonly path?: string;
}

/** What a policy allows: connections with any of the peers, to any of the ports. */
export interface PolicyRule {
  readonly peers: readonly PeerSet[];
  /** Undefined for all ports. */
  readonly ports?: readonly RulePort[];
  /** What requests are limited to; undefined where a policy knows connections only. */
  readonly requests?: readonly RequestPattern[];
}

/** A policy of any kind: pods, and what is allowed to them. A direction without a list is not restricted. */
export interface Policy {
  /** The object that it is read from. */
  readonly source: Manifest;
  readonly pods: PeerSet;
  readonly namespace: string;
  readonly ingress?: readonly PolicyRule[];
  readonly egress?: readonly PolicyRule[];
}

/** The ports of a rule at the called end. */
export function portsAt({ ports }: PolicyRule, called: Endpoint): readonly PortRange[] {
  return ports === undefined ? ALL_PORTS : ports.flatMap((port) => 'first' in port ? [port] : called._ports
    .filter(({ name, protocol }) => name === port.name && protocol === port.protocol)
    .map(({ port: number, protocol }) => ({ protocol, first: number, last: number })));
}

