import { addressRules } from './external-hosts';
import { defineNetworkPolicy, joinRules, type PolicyDefinition } from './network-policy';
import { portsOfStore } from './store-clients';
import { actorHosts } from '../core/actor-stores';
import { componentOf } from '../core/component-node';
import { type CallEdge, type ExposureEdge, type ServiceNode, throughSidecars } from '../core/edges';
import { exposedPort } from '../core/exposed-port';
import { peerOf } from '../core/peer-of';
import { ServiceStep } from '../core/service-step';
import type { StoreEndpoint } from '../core/store-endpoint';
import { MESH_SETTING } from '../mesh/mesh-settings';
import { NetworkPeer, type NetworkRule } from '../values/network-peer';
import { DAPRD } from '../values/ports';

/**
 * The NetworkPolicies of one service, from what the program said about it:
 *
 * - `<service>-network-policy`: the groups it admits, the stores and brokers it uses
 * - `<service>-calls`: the services it calls
 * - `<service>-callers`: the services that call it
 * - `<service>-actors`: the sidecars among which Dapr distributes its actors
 * - `<service>-gateways`: the gateways that expose it
 *
 * Where Cilium is the mesh, what comes in is its matter: policies add up, and one that knows no method would allow all.
 *
 * @internal
 */
export class ConnectionPolicies extends ServiceStep {
  protected render(): void {
    const { service, connections } = this;
    this.define('network-policy', {
      ingress: () => this.inByCilium ? [] : this.admissions(),
      egress: () => this.storeRules(connections.endpointsOf(service)),
    });
    this.define('calls', { egress: () => joinRules(connections.callsFrom(service).flatMap((edge) => this.toCallee(edge))) });
    // who comes by an entryPoint is admitted there
    const callers = service.entryPoint || this.inByCilium ? [] : connections.callsTo(service);
    this.define('callers', { ingress: () => joinRules(callers.map((edge) => this.fromCaller(edge))) });
    // Dapr calls pods by their addresses here, past any entry point
    const hosts = actorHosts(connections, service);
    const actors = joinRules(hosts.map((host) => ({ peers: [peerOf(host)], ports: portsOnTheWire(host, [DAPRD.internalGrpc]) })));
    this.define('actors', { ingress: () => this.inByCilium ? [] : actors, egress: () => actors });
    this.define('gateways', { ingress: () => joinRules(connections.exposuresOf(service).flatMap((edge) => this.fromGateway(edge))) });
  }

  private get inByCilium(): boolean {
    const { group, entryPoint } = this.service;
    return MESH_SETTING.of(group.profile)._kind === 'cilium' && !entryPoint;
  }

  /** A policy without rules would deny, and is not what anybody said. */
  private define(reason: string, rules: Pick<PolicyDefinition, 'ingress' | 'egress'>): void {
    const any = (rules.ingress?.() ?? []).length + (rules.egress?.() ?? []).length > 0;
    if (any && !this.node.tryFindChild(reason)) {
      const { name, selectorLabels } = this.service;
      defineNetworkPolicy(this, reason, { name: `${name}-${reason}`, selector: { matchLabels: selectorLabels }, ...rules });
    }
  }

  private admissions(): NetworkRule[] {
    const groups = this.connections.admissionsOf(this.service).flatMap((edge) => {
      const group = this.connections.group(edge.group, this.service);
      return group ? [this.namespace(group.namespace)] : [];
    });
    return groups.length === 0 ? [] : [{ peers: groups, ports: portsOnTheWire(this.service) }];
  }

  /** A rule for each namespace, and for stores outside of the cluster one for each port. */
  private storeRules(stores: readonly StoreEndpoint[]): NetworkRule[] {
    const inside = new Map<string, number[]>();
    const outside: NetworkRule[] = [];
    // what a component connects to is a call
    for (const store of stores.filter((each) => !componentOf(each))) {
      if (store.namespace) {
        inside.set(store.namespace, [...inside.get(store.namespace) ?? [], ...portsOfStore(store)]);
      } else {
        outside.push({ peers: (store.cidrs ?? []).map((cidr) => NetworkPeer.cidr(cidr)), ports: portsOfStore(store) });
      }
    }
    const namespaces = [...inside].map(([namespace, ports]) => ({ peers: [this.namespace(namespace)], ports: [...new Set(ports)] }));
    return [...joinRules(namespaces), ...joinRules(outside)];
  }

  /** Namespaces of this program are also selected by their label `name`. Others may lack it. */
  private namespace(name: string): NetworkPeer {
    return this.connections.groupsIn(name).some(({ home }) => !home._exists) ? NetworkPeer._labelledNamespace(name) : NetworkPeer.namespace(name);
  }

  private toCallee(edge: CallEdge): NetworkRule[] {
    const { _foreign: foreign, _external: external } = edge.callee;
    if (external) {
      return addressRules(this.service, external);
    }
    if (foreign) {
      const mesh = MESH_SETTING.of(this.service.group.profile);
      const ports = mesh._onTheWire(portsFor(edge, foreign));
      return [{ peers: [NetworkPeer._selected(foreign.namespace, foreign.selectorLabels)], ports }];
    }
    const callee = this.connections.service(edge.callee, edge.caller);
    if (callee?.entryPoint) {
      return [callee.entryPoint];
    }
    return !callee ? [] : [{
      peers: [peerOf(callee)], ports: portsOnTheWire(callee, portsFor(edge, callee)),
    }];
  }

  private fromGateway(edge: ExposureEdge): NetworkRule[] {
    const port = exposedPort(edge, this.service.ports);
    return port ? [{ peers: [edge.gateway.proxies], ports: portsOnTheWire(this.service, [port.number]) }] : [];
  }

  private fromCaller(edge: CallEdge): NetworkRule {
    return {
      peers: [peerOf(edge.caller)],
      ports: portsOnTheWire(this.service, portsFor(edge, this.service)),
    };
  }
}

/**
 * Between two sidecars all calls arrive on one port of the sidecar; without them, on the application's own.
 */
function portsFor(edge: CallEdge, callee: Pick<ServiceNode, 'dapr' | 'entryPoint' | 'ports'>): number[] {
  return throughSidecars(edge, callee) ? [DAPRD.internalGrpc] : callee.ports.map((port) => port.number);
}

/** The ports by which the network sees a service of this program. */
export function portsOnTheWire(callee: ServiceNode, ports: readonly number[] = callee.ports.map((port) => port.number)): number[] {
  return callee.entryPoint ? [...ports] : MESH_SETTING.of(callee.group.profile)._onTheWire(ports);
}
