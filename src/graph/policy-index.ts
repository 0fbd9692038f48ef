import type { Endpoint } from './endpoint';
import type { PeerSet, PeerSets } from './peer-sets';
import type { Direction, Policy, PolicyRule } from './policy';
import { portsAt } from './policy';
import { PolicyDecision } from './policy-decision';
import type { PortRange } from './ports';
import { ALL_PORTS, includesPort, intersection, Protocol, union } from './ports';

/** The rules of one end in one direction, by the peers that they name; undefined where no policy restricts it. */
type Rules = ReadonlyMap<PeerSet, readonly PolicyRule[]> | undefined;

/**
 * Policies by the endpoints that they select.
 *
 * A pair of workloads is compared only where a selector of one names the other, so time grows with the connections and not with the
 * square of the workloads, unless policies allow that many.
 */
export class PolicyIndex {
  private readonly byWorkload = new Map<Endpoint, Policy[]>();
  private readonly byNamespace = new Map<string, Policy[]>();
  private readonly rules: Record<Direction, Map<Endpoint, Rules>> = { egress: new Map(), ingress: new Map() };
  private memberships?: ReadonlyMap<Endpoint, ReadonlySet<PeerSet>>;

  public constructor(policies: readonly Policy[], private readonly sets: PeerSets) {
    for (const policy of policies) {
      append(this.byNamespace, policy.namespace, policy);
      policy.pods.members.forEach((endpoint) => append(this.byWorkload, endpoint, policy));
    }
  }

  /** The ports that the policies of one end allow towards the other, or from it. */
  public allowed(self: Endpoint, peer: Endpoint, direction: Direction): PortRange[] {
    const rules = this.rulesOf(self, direction);
    return rules === undefined ? [...ALL_PORTS]
      : this.portsOf([...rules.keys()].filter((set) => set.contains(peer)), rules, direction === 'egress' ? peer : self);
  }

  /** How the policies of one end decide about a connection. */
  public decision(self: Endpoint, peer: Endpoint, direction: Direction, { port, protocol }: { port: number; protocol: Protocol }): PolicyDecision {
    const restricting = this.policiesOf(self).filter((policy) => policy[direction]);
    const called = direction === 'egress' ? peer : self;
    const allowing = restricting.filter((policy) => policy[direction]!
      .some((rule) => rule.peers.some((set) => set.contains(peer)) && includesPort(portsAt(rule, called), port, protocol)));
    return PolicyDecision._of(restricting.map(({ source }) => source), allowing.map(({ source }) => source));
  }

  /** The ingress rules that allow a connection; undefined where no policy restricts the called end. */
  public rulesFor(from: Endpoint, to: Endpoint, port: number): PolicyRule[] | undefined {
    const rules = this.rulesOf(to, 'ingress');
    return rules && [...rules].flatMap(([set, list]) => set.contains(from) ? list : [])
      .filter((rule) => includesPort(portsAt(rule, to), port, Protocol.TCP));
  }

  /** Pairs of workloads, each with the ports that policies of both ends allow. */
  public* pairs(): Generator<[Endpoint, Endpoint, PortRange[]]> {
    const workloads = this.sets.everything.members;
    const cost = (direction: Direction) => workloads.reduce((sum, each) => sum + this.candidates(each, direction).length, 0);
    const [near, far]: [Direction, Direction] = cost('ingress') <= cost('egress') ? ['ingress', 'egress'] : ['egress', 'ingress'];
    for (const self of workloads) {
      for (const peer of new Set(this.candidates(self, near))) {
        const [from, to] = near === 'egress' ? [self, peer] : [peer, self];
        const ports = intersection(this.between(self, peer, near, to), this.between(peer, self, far, to));
        if (ports.length > 0) {
          yield [from, to, ports];
        }
      }
    }
  }

  private candidates(self: Endpoint, direction: Direction): readonly Endpoint[] {
    const rules = this.rulesOf(self, direction);
    return rules === undefined ? this.sets.everything.members : [...rules.keys()].flatMap(({ members }) => members);
  }

  /** As `allowed`, for workloads: by what each is known to be a member of. */
  private between(self: Endpoint, peer: Endpoint, direction: Direction, called: Endpoint): readonly PortRange[] {
    const rules = this.rulesOf(self, direction);
    if (rules === undefined) {
      return ALL_PORTS;
    }
    const member = this.membershipsOf(peer);
    const shared = rules.size < member.size ? [...rules.keys()].filter((set) => member.has(set)) : [...member].filter((set) => rules.has(set));
    return this.portsOf(shared, rules, called);
  }

  private portsOf(sets: readonly PeerSet[], rules: NonNullable<Rules>, called: Endpoint): PortRange[] {
    return union(sets.flatMap((set) => rules.get(set)!).flatMap((rule) => portsAt(rule, called)));
  }

  private membershipsOf(endpoint: Endpoint): ReadonlySet<PeerSet> {
    if (!this.memberships) {
      const known = new Map<Endpoint, Set<PeerSet>>(this.sets.everything.members.map((workload) => [workload, new Set()]));
      const directions: readonly Direction[] = ['egress', 'ingress'];
      const used = directions.flatMap((each) => [...known.keys()].flatMap((workload) => [...this.rulesOf(workload, each)?.keys() ?? []]));
      new Set(used).forEach((set) => set.members.forEach((member) => known.get(member)!.add(set)));
      this.memberships = known;
    }
    return this.memberships.get(endpoint)!;
  }

  private rulesOf(endpoint: Endpoint, direction: Direction): Rules {
    const known = this.rules[direction];
    if (!known.has(endpoint)) {
      const lists = this.policiesOf(endpoint).flatMap((policy) => policy[direction] ? [policy[direction]] : []);
      const rules = new Map<PeerSet, PolicyRule[]>();
      lists.flat().forEach((rule) => rule.peers.forEach((set) => append(rules, set, rule)));
      known.set(endpoint, lists.length === 0 ? undefined : rules);
    }
    return known.get(endpoint);
  }

  private policiesOf(endpoint: Endpoint): readonly Policy[] {
    return this.byWorkload.get(endpoint) ?? (endpoint.namespace === undefined ? []
      : (this.byNamespace.get(endpoint.namespace) ?? []).filter(({ pods }) => pods.contains(endpoint)));
  }
}

function append<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  list ? list.push(value) : map.set(key, [value]);
}
