import { ApiObject } from 'cdk8s';
import type { Instance } from './deployable';
import { objectsOf } from './deployable';
import type { IgnoredDifference } from './ignored-difference';
import { kindName } from './sync-waves';

/** What of a Rollout says whose fields its controller changes. */
interface Rollout {
  readonly metadata: { readonly namespace?: string };
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
export function changedByRollouts(instances: readonly Instance[]): IgnoredDifference[] {
  return instances.flatMap((instance) => {
    const changed = changedNames(rolloutsAround(instance));
    return objectsOf(instance).filter((object) => changed.has(`${object.kind} ${object.name}`)).map((object) => ({
      group: object.apiGroup === 'core' ? '' : object.apiGroup,
      kind: object.kind,
      name: object.name!,
      jsonPointers: pointersOf(object),
    }));
  });
}

/** Those of the namespace, because routes stand in a file of their gateway. */
function rolloutsAround({ construct, group }: Instance): Rollout[] {
  return construct.node.root.node.findAll().filter((each): each is ApiObject => ApiObject.isApiObject(each) && kindName(each) === 'Rollout.argoproj.io')
    .map((object) => object.toJson() as Rollout).filter(({ metadata }) => metadata.namespace === group.namespace);
}

function changedNames(rollouts: readonly Rollout[]): Set<string> {
  return new Set(rollouts.flatMap(({ spec: { strategy: { blueGreen, canary } } }) => [
    ...[blueGreen?.activeService, blueGreen?.previewService, canary?.canaryService, canary?.stableService].map((name) => `Service ${name}`),
    `VirtualService ${canary?.trafficRouting?.istio?.virtualService?.name}`,
    ...Object.values(canary?.trafficRouting?.plugins ?? {}).flatMap(({ httpRoutes, grpcRoutes }) => [
      ...(httpRoutes ?? []).map(({ name }) => `HTTPRoute ${name}`),
      ...(grpcRoutes ?? []).map(({ name }) => `GRPCRoute ${name}`),
    ]),
  ]));
}

function pointersOf(object: ApiObject): string[] {
  const lists = WEIGHTED[kindName(object)];
  if (!lists) {
    return ['/spec/selector'];
  }
  const [outer, inner] = lists;
  const items = (object.toJson().spec[outer] as readonly Record<string, readonly unknown[]>[]);
  return items.flatMap((item, index) => item[inner].map((_, at) => `/spec/${outer}/${index}/${inner}/${at}/weight`));
}
