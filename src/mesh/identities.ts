import type { Inbound } from './inbound';
import { MESH_SETTING } from './mesh-settings';
import type { ServiceGroup } from '../core/service-group';
import { NETWORK_SETTINGS } from '../network/network-settings';

/** Linkerd takes it for any name in front of the rest. */
const EVERY_ACCOUNT = '*';

/** The domain that the certificates of the mesh name. */
function trustDomain({ profile }: ServiceGroup): string {
  const { clusterDomain } = profile._values;
  const mesh = MESH_SETTING.of(profile);
  return mesh._options.trustDomain ?? clusterDomain;
}

/**
 * A workload as Istio names it in a policy.
 *
 * @see https://istio.io/latest/docs/reference/config/security/authorization-policy/#Source
 */
export function istioPrincipal(group: ServiceGroup, { namespace, account }: Pick<Inbound, 'namespace' | 'account'>): string {
  return `${trustDomain(group)}/ns/${namespace}/sa/${account}`;
}

/**
 * A workload, or all of a namespace, as Linkerd names them.
 *
 * @see https://linkerd.io/2/reference/authorization-policy/#meshtlsauthentication
 */
export function linkerdIdentity(group: ServiceGroup, { namespace, account }: Pick<Inbound, 'namespace' | 'account'>): string {
  const { linkerdControlPlane } = NETWORK_SETTINGS.of(group.profile);
  return `${account ?? EVERY_ACCOUNT}.${namespace}.serviceaccount.identity.${linkerdControlPlane.namespace}.${trustDomain(group)}`;
}
