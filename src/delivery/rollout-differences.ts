import type { IgnoredDifference } from './ignored-difference';
import type { Manifest } from '../manifests/manifest';
import type { ManifestSet } from '../manifests/manifest-set';

/** What of a Rollout says whose fields its controller changes. */
interface Rollout {
  readonly spec: {
    readonly strategy: {
      readonly blueGreen?: { readonly activeService?: string; readonly previewService?: string };
      readonly canary?: {
        readonly canaryService?: string;
        readonly stableService?: string;
        readonly trafficRouting?: {
          readonly istio?: { readonly virtualService?: { readonly name: string } };
          readonly plugins?: { readonly [plugin: string]: { readonly httpRoutes?: readonly Named[]; readonly grpcRoutes?: readonly Named[] } };
        };
      };
    };
  };
}

interface Named {
  readonly name: string;
}

/** What the plug-in for the Gateway API, from version 0.9, writes into a route while a canary runs. */
const CANARY_RUNS = 'select(.metadata.labels["rollouts.argoproj.io/gatewayapi-canary"] == "in-progress")';

/**
 * What the controller of Argo Rollouts changes in objects of others: the selectors of Services, which Kubernetes takes as one value, and the
 * weights of routes. Whoever applied them as they are rendered would send requests to both versions.
 *
 * Argo CD restores an ignored field of a list with the whole list, so routes are ignored only while a canary runs. A change of them waits until then.
 */
export function changedByRollouts(own: readonly Manifest[], manifests: ManifestSet): IgnoredDifference[] {
  // those of the namespace, because routes stand in a file of their gateway
  const changed = manifests._once(changedByNamespace);
  return own.filter(({ kind, name, namespace = '' }) => changed.get(namespace)?.has(`${kind} ${name}`)).map((manifest) => (
    { group: manifest.group, kind: manifest.kind, name: manifest.name, ...fieldsOf(manifest) }));
}

function changedByNamespace(manifests: ManifestSet): ReadonlyMap<string, ReadonlySet<string>> {
  const changed = new Map<string, Set<string>>();
  for (const { namespace = '', json } of manifests.of('Rollout', 'argoproj.io')) {
    const names = changed.get(namespace) ?? new Set();
    changedNames(json).forEach((name) => names.add(name));
    changed.set(namespace, names);
  }
  return changed;
}

function changedNames({ spec: { strategy: { blueGreen, canary } } }: Rollout): string[] {
  return [
    ...[blueGreen?.activeService, blueGreen?.previewService, canary?.canaryService, canary?.stableService].map((name) => `Service ${name}`),
    `VirtualService ${canary?.trafficRouting?.istio?.virtualService?.name}`,
    ...Object.values(canary?.trafficRouting?.plugins ?? {}).flatMap(({ httpRoutes, grpcRoutes }) => [
      ...(httpRoutes ?? []).map(({ name }) => `HTTPRoute ${name}`),
      ...(grpcRoutes ?? []).map(({ name }) => `GRPCRoute ${name}`),
    ]),
  ];
}

function fieldsOf({ kind, spec }: Manifest): Pick<IgnoredDifference, 'jsonPointers' | 'jqPathExpressions'> {
  switch (kind) {
    case 'Service':
      return { jsonPointers: ['/spec/selector'] };
    case 'VirtualService':
      return { jqPathExpressions: [`${whileWeighted(spec.http)} | .spec.http`] };
    default:
      return { jqPathExpressions: [`${CANARY_RUNS} | .spec.rules`] };
  }
}

interface HttpRoute {
  readonly route: readonly { readonly destination: { readonly host: string }; readonly weight?: number }[];
}

/** Nothing but the weight of the canary shows in a VirtualService that one runs. It is rendered as 0. */
function whileWeighted(http: readonly HttpRoute[]): string {
  const hosts = [...new Set(http.flatMap(({ route }) => route).filter(({ weight }) => weight === 0).map(({ destination }) => destination.host))];
  return `select(any(.spec.http[]?.route[]?; .weight > 0 and (${hosts.map((host) => `.destination.host == ${JSON.stringify(host)}`).join(' or ')})))`;
}
