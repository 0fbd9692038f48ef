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

/** Lists whose items have a weight, by kind: the field of the outer list, and of the inner one. */
const WEIGHTED: { readonly [kind: string]: readonly [outer: string, inner: string] } = {
  'VirtualService.networking.istio.io': ['http', 'route'],
  'HTTPRoute.gateway.networking.k8s.io': ['rules', 'backendRefs'],
  'GRPCRoute.gateway.networking.k8s.io': ['rules', 'backendRefs'],
};

/**
 * What the controller of Argo Rollouts changes in objects of others: the selectors of Services, which Kubernetes takes as one value, and the
 * weights of routes. Whoever applied them as they are rendered would send requests to both versions.
 */
export function changedByRollouts(own: readonly Manifest[], manifests: ManifestSet): IgnoredDifference[] {
  // those of the namespace, because routes stand in a file of their gateway
  const changed = manifests._once(changedByNamespace);
  return own.filter(({ kind, name, namespace = '' }) => changed.get(namespace)?.has(`${kind} ${name}`)).map((manifest) => (
    { group: manifest.group, kind: manifest.kind, name: manifest.name, jsonPointers: pointersOf(manifest) }));
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

function pointersOf({ qualifiedKind, spec }: Manifest): string[] {
  const lists = WEIGHTED[qualifiedKind];
  if (!lists) {
    return ['/spec/selector'];
  }
  const [outer, inner] = lists;
  const items: readonly Record<string, readonly unknown[]>[] = spec[outer];
  return items.flatMap((item, index) => item[inner].map((_, at) => `/spec/${outer}/${index}/${inner}/${at}/weight`));
}
