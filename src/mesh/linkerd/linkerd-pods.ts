import type { ConnectionIndex } from '../../core/connection-index';
import type { ServiceNode } from '../../core/edges';
import type { Labels } from '../../values/labels';
import type { Resources } from '../../values/resources';
import { exclusionsOf } from '../exclusions';
import { NATIVE_SIDECARS } from '../native-sidecars';

/**
 * How the proxy of a pod is set up: what no policy allows is denied, and it starts before the Dapr sidecar.
 *
 * @see https://linkerd.io/2/reference/proxy-configuration/
 */
export function linkerdAnnotations(connections: ConnectionIndex, service: ServiceNode, proxy: Resources): Labels {
  const { inbound, outbound } = exclusionsOf(connections, service);
  const { requests, limits } = proxy._toKube();
  const annotations: { [name: string]: string | undefined } = {
    'linkerd.io/inject': 'enabled',
    'config.linkerd.io/default-inbound-policy': 'deny',
    ...service.group.profile._values.kubernetesVersion.atLeast(NATIVE_SIDECARS)
      ? { 'config.beta.linkerd.io/proxy-enable-native-sidecar': 'true' }
      : { 'config.linkerd.io/proxy-await': 'enabled' },
    'config.linkerd.io/proxy-cpu-limit': limits?.cpu,
    'config.linkerd.io/proxy-cpu-request': requests?.cpu,
    'config.linkerd.io/proxy-memory-limit': limits?.memory,
    'config.linkerd.io/proxy-memory-request': requests?.memory,
    'config.linkerd.io/skip-inbound-ports': inbound.join(',') || undefined,
    'config.linkerd.io/skip-outbound-ports': outbound.join(',') || undefined,
  };
  return Object.fromEntries(Object.entries(annotations).flatMap(([name, value]) => value === undefined ? [] : [[name, value]]));
}
