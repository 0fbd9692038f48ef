/** The part of a CustomResourceDefinition that the reduction reads. */
export interface Crd {
  readonly kind: string;
  readonly spec: {
    readonly names: { readonly kind: string };
    versions: { readonly name: string; readonly served?: boolean }[];
  };
}

type Schema = { [key: string]: unknown };

/**
 * Keeps the newest served version, and lets every embedded pod and what only pods have (containers, probes, volumes and
 * their claims, affinity, security contexts) be anything: they are rendered by this library itself, and their schema is most of a large CRD.
 * So may fields that `open` names, by a part of their path such as `backendRefs.filters`.
 */
export function reduceCrd(crd: Crd, open: readonly string[] = []): Crd {
  const served = crd.spec.versions.filter((version) => version.served !== false);
  const newest = served.sort((a, b) => compareVersions(b.name, a.name)).slice(0, 1);
  return { ...crd, spec: { ...crd.spec, versions: newest.map((version) => opened(version, open, '') as typeof version) } };
}

/** Kubernetes' own order of versions: `v1alpha2 < v1beta1 < v1 < v2`. */
function compareVersions(a: string, b: string): number {
  const rank = (name: string): number[] => {
    const [, major, stage, minor] = /^v(\d+)(?:(alpha|beta)(\d+))?$/.exec(name) ?? [];
    return [stage === undefined ? 2 : stage === 'beta' ? 1 : 0, Number(major ?? -1), Number(minor ?? 0)];
  };
  const [left, right] = [rank(a), rank(b)];
  const differing = left.findIndex((part, index) => part !== right[index]);
  return differing < 0 ? 0 : left[differing] - right[differing];
}

function opened(value: unknown, open: readonly string[], path: string): unknown {
  if (Array.isArray(value)) {
    return value.map((part) => opened(part, open, path));
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  if (isPartOfPods(value as Schema)) {
    return anything(value as Schema);
  }
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, key === 'properties' ? openedFields(part as Schema, open, path) : opened(part, open, path)]));
}

function openedFields(fields: Schema, open: readonly string[], path: string): Schema {
  return Object.fromEntries(Object.entries(fields).map(([name, schema]) => {
    const field = `${path}.${name}`;
    return [name, open.some((each) => field.endsWith(`.${each}`)) ? anything(schema as Schema) : opened(schema, open, field)];
  }));
}

function anything({ type }: Schema): Schema {
  const any = { 'type': 'object', 'x-kubernetes-preserve-unknown-fields': true };
  return type === 'array' ? { type, items: any } : any;
}

function isPartOfPods(schema: Schema): boolean {
  const fields = Object.keys((schema.properties as Schema | undefined) ?? {});
  const has = (...names: string[]) => names.every((name) => fields.includes(name));
  return has('containers', 'volumes') || has('image', 'volumeMounts', 'env') || has('podAffinity', 'podAntiAffinity')
    || has('httpGet', 'tcpSocket') || has('emptyDir', 'configMap') || has('configMap', 'secret', 'serviceAccountToken')
    || has('accessModes', 'resources') || has('runAsUser', 'seLinuxOptions') || has('labelSelector', 'topologyKey');
}
