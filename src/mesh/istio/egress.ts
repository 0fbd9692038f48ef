import type { Construct } from 'constructs';
import type * as istio from '../../../imports/istio-networking';
import type { ConnectionIndex } from '../../core/connection-index';
import type { ServiceNode } from '../../core/edges';
import { defineObject, late } from '../../core/kubernetes-object';
import type { ServiceGroup } from '../../core/service-group';
import type { ExternalHost } from '../../core/service-reference';
import { sorted } from '../../values/sorted';

const API = 'networking.istio.io/v1';

/** Pods of a namespace reach Services of the cluster, and outside of it what a ServiceEntry names. */
export function defineIstioSidecar(scope: Construct): void {
  defineObject<istio.SidecarSpec>(scope, 'Sidecar', {
    apiVersion: API,
    kind: 'Sidecar',
    metadata: { name: 'default' },
    spec: { outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' } },
  });
}

/**
 * The hosts outside of the cluster that services of a namespace call, for this namespace alone.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/service-entry/
 */
export function defineServiceEntries(scope: Construct, connections: ConnectionIndex, group: ServiceGroup): void {
  for (const host of new Set(externalHosts(connections, group).map((external) => external.host))) {
    if (!scope.node.tryFindChild(host)) {
      defineObject<istio.ServiceEntrySpec>(scope, host, {
        apiVersion: API,
        kind: 'ServiceEntry',
        metadata: { name: host },
        spec: late(() => ({
          hosts: [host],
          exportTo: ['.'],
          location: 'MESH_EXTERNAL',
          resolution: 'DNS',
          ports: portsOf(externalHosts(connections, group).filter((external) => external.host === host)),
        })),
      });
    }
  }
}

function portsOf(external: readonly ExternalHost[]): istio.ServiceEntrySpecPorts[] {
  const numbers = [...new Set(external.flatMap(({ ports }) => ports))].sort((a, b) => a - b);
  // the application speaks TLS itself, which the proxy forwards by the name in it
  return numbers.map((number) => ({ number, name: `tls-${number}`, protocol: 'TLS' }));
}

function externalHosts(connections: ConnectionIndex, group: ServiceGroup): ExternalHost[] {
  const calls = connections.servicesOf(group).flatMap((service: ServiceNode) => connections.callsFrom(service));
  return sorted(calls.flatMap(({ callee }) => callee._external ?? []), ({ host, ports }) => `${host}:${ports.join(',')}`);
}
