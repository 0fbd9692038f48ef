import type { ConnectionIndex } from '../../core/connection-index';
import type { ServiceNode } from '../../core/edges';
import type { Labels } from '../../values/labels';
import type { Resources } from '../../values/resources';
import { exclusionsOf } from '../exclusions';
import { MESH_SETTING } from '../mesh-settings';
import { NATIVE_SIDECARS } from '../native-sidecars';

/** The labels by which Istio's injector knows a pod. */
export function istioPodLabels({ group }: ServiceNode): Labels {
  const { revision } = MESH_SETTING.of(group.profile)._options;
  return { 'sidecar.istio.io/inject': 'true', ...revision === undefined ? {} : { 'istio.io/rev': revision } };
}

/**
 * How the proxy of a pod is set up.
 *
 * It starts before the Dapr sidecar, because from then on nothing leaves the pod but through it.
 *
 * @see https://istio.io/latest/docs/reference/config/annotations/
 */
export function istioAnnotations(connections: ConnectionIndex, service: ServiceNode, proxy: Resources): Labels {
  const { inbound, outbound } = exclusionsOf(connections, service);
  const { kubernetesVersion } = service.group.profile._values;
  const mesh = MESH_SETTING.of(service.group.profile);
  const addresses = service.dapr ? mesh._options.daprControlPlaneAddresses : undefined;
  const { requests, limits } = proxy._toKube();
  return present({
    'sidecar.istio.io/proxyCPU': requests?.cpu,
    'sidecar.istio.io/proxyCPULimit': limits?.cpu,
    'sidecar.istio.io/proxyMemory': requests?.memory,
    'sidecar.istio.io/proxyMemoryLimit': limits?.memory,
    // the kubelet has no certificate of the mesh
    'sidecar.istio.io/rewriteAppHTTPProbers': 'true',
    ...kubernetesVersion.atLeast(NATIVE_SIDECARS)
      ? { 'sidecar.istio.io/nativeSidecar': 'true' }
      : { 'proxy.istio.io/config': JSON.stringify({ holdApplicationUntilProxyStarts: true }) },
    'traffic.sidecar.istio.io/excludeInboundPorts': listed(inbound),
    'traffic.sidecar.istio.io/excludeOutboundPorts': listed(outbound),
    'traffic.sidecar.istio.io/excludeOutboundIPRanges': addresses && listed([...addresses].sort()),
  });
}

function listed(items: readonly (number | string)[]): string | undefined {
  return items.length > 0 ? items.join(',') : undefined;
}

function present(annotations: { [name: string]: string | undefined }): Labels {
  return Object.fromEntries(Object.entries(annotations).flatMap(([name, value]) => value === undefined ? [] : [[name, value]]));
}
