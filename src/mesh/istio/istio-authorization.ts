import type { Construct } from 'constructs';
import type * as istio from '../../../imports/istio-security';
import type { ConnectionIndex } from '../../core/connection-index';
import type { ServiceNode } from '../../core/edges';
import { defineObject, late } from '../../core/kubernetes-object';
import { sorted } from '../../values/sorted';
import { istioPrincipal } from '../identities';
import { type Inbound, inboundOf } from '../inbound';

const API = 'security.istio.io/v1';

/** Pods of a namespace take nothing that is not encrypted by the mesh, and from nobody whom no other policy names. */
export function defineIstioNamespace(scope: Construct): void {
  defineObject<istio.PeerAuthenticationSpec>(scope, 'PeerAuthentication', {
    apiVersion: API, kind: 'PeerAuthentication', metadata: { name: 'default' }, spec: { mtls: { mode: 'STRICT' } },
  });
  // an empty one allows nothing
  defineObject(scope, 'DefaultDeny', { apiVersion: API, kind: 'AuthorizationPolicy', metadata: { name: 'default-deny' }, spec: {} });
}

/**
 * Who may connect directly to a service: by the ServiceAccount in the certificate, and by method and path where the call names them.
 *
 * @see https://istio.io/latest/docs/reference/config/security/authorization-policy/
 */
export function defineIstioAuthorization(scope: Construct, connections: ConnectionIndex, service: ServiceNode): void {
  const { name, selectorLabels: matchLabels } = service;
  if (!service.group.environment) {
    // in a namespace that is shared, there are pods without a proxy
    defineObject<istio.PeerAuthenticationSpec>(scope, 'PeerAuthentication', {
      apiVersion: API,
      kind: 'PeerAuthentication',
      metadata: { name },
      spec: { selector: { matchLabels }, mtls: { mode: 'STRICT' } },
    });
  }
  defineObject<istio.AuthorizationPolicySpec>(scope, 'AuthorizationPolicy', {
    apiVersion: API,
    kind: 'AuthorizationPolicy',
    metadata: { name },
    spec: late(() => ({ selector: { matchLabels }, action: 'ALLOW', rules: rules(connections, service) })),
  });
}

/** A rule for each thing that may be asked, with all who may. */
function rules(connections: ConnectionIndex, service: ServiceNode): istio.AuthorizationPolicySpecRules[] | undefined {
  const byOperation = new Map<string, { operation: istio.AuthorizationPolicySpecRulesToOperation; inbound: Inbound[] }>();
  for (const inbound of inboundOf(connections, service)) {
    const operation = operationOf(inbound);
    const key = JSON.stringify(operation);
    const entry = byOperation.get(key) ?? { operation, inbound: [] };
    entry.inbound.push(inbound);
    byOperation.set(key, entry);
  }
  const all = sorted([...byOperation], ([key]) => key).map(([, { operation, inbound }]) => ({
    from: sources(service, inbound).map((source) => ({ source })), to: [{ operation }],
  }));
  // without the field it allows nothing, as it should
  return all.length > 0 ? all : undefined;
}

function sources({ group }: ServiceNode, inbound: readonly Inbound[]): istio.AuthorizationPolicySpecRulesFromSource[] {
  const principals = inbound.filter(({ account }) => account !== undefined).map((each) => istioPrincipal(group, each));
  const namespaces = inbound.filter(({ account }) => account === undefined).map(({ namespace }) => namespace);
  return [
    ...principals.length > 0 ? [{ principals: [...new Set(principals)].sort() }] : [],
    ...namespaces.length > 0 ? [{ namespaces: [...new Set(namespaces)].sort() }] : [],
  ];
}

function operationOf({ ports, requests }: Inbound): istio.AuthorizationPolicySpecRulesToOperation {
  return {
    ports: ports.map(({ number }) => String(number)),
    methods: requests?.methods && [...requests.methods],
    paths: requests?.paths?.flatMap((path) => path === '/' ? ['/*'] : [path, `${path}/*`]),
  };
}
