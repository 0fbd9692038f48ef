import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { budgetOfCallers } from './budget-of-callers';
import { defineCiliumCallers } from './cilium/cilium-policies';
import { gatewaysOf, isCalledDirectly } from './inbound';
import { defineServiceEntries, defineIstioSidecar } from './istio/egress';
import { defineIstioAuthorization, defineIstioNamespace } from './istio/istio-authorization';
import { istioAnnotations, istioPodLabels } from './istio/istio-pods';
import { defineIstioTraffic } from './istio/istio-traffic';
import { defineLinkerdAuthorization, defineLinkerdNamespace } from './linkerd/linkerd-authorization';
import { linkerdAnnotations } from './linkerd/linkerd-pods';
import { defineLinkerdShift, linkerdServiceAnnotations } from './linkerd/linkerd-traffic';
import type { MeshKind } from './mesh';
import type { ConnectionIndex } from '../core/connection-index';
import type { ServiceNode } from '../core/edges';
import type { ProbePath } from '../core/pod-extension';
import type { ServiceGroup } from '../core/service-group';
import type { Labels } from '../values/labels';
import type { Resources } from '../values/resources';

/** What differs between meshes. */
export interface Engine {
  /** The labels by which an injector knows the pod. */
  podLabels?(service: ServiceNode): Labels;
  /** Known when all connections are. */
  podAnnotations?(connections: ConnectionIndex, service: ServiceNode, proxy: Resources): Labels;
  defineNamespace?(scope: Construct, group: ServiceGroup): void;
  /** Known when all connections are. */
  defineEgress?(scope: Construct, connections: ConnectionIndex, group: ServiceGroup): void;
  /** Known when all connections are. */
  defineMember?(scope: Construct, connections: ConnectionIndex, service: ServiceNode, probes: () => readonly ProbePath[]): void;
}

export const ENGINES: { readonly [mesh in MeshKind]: Engine } = {
  none: {},
  istio: {
    podLabels: istioPodLabels,
    podAnnotations: istioAnnotations,
    defineNamespace: (scope) => {
      defineIstioNamespace(scope);
      defineIstioSidecar(scope);
    },
    defineEgress: defineServiceEntries,
    defineMember: (scope, connections, service) => {
      defineIstioAuthorization(scope, connections, service);
      defineIstioTraffic(scope, connections, service);
    },
  },
  linkerd: {
    podAnnotations: linkerdAnnotations,
    defineNamespace: defineLinkerdNamespace,
    defineMember: (scope, connections, service, probes) => {
      defineLinkerdAuthorization(scope, connections, service, probes());
      defineLinkerdShift(scope, connections, service);
      annotateService(scope, connections, service);
    },
  },
  cilium: { defineMember: defineCiliumCallers },
};

/** Linkerd reads from the annotations of its Service how a workload is called. */
function annotateService(scope: Construct, connections: ConnectionIndex, service: ServiceNode): void {
  const object = scope.node.scope!.node.tryFindChild('Service');
  const called = isCalledDirectly(connections, service) || gatewaysOf(connections, service).length > 0;
  if (object && ApiObject.isApiObject(object) && called) {
    const annotations = linkerdServiceAnnotations(service, budgetOfCallers(connections, service));
    Object.entries(annotations).forEach(([name, value]) => object.metadata.addAnnotation(name, value));
  }
}
