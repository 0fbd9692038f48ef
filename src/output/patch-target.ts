import type { ApiObject } from 'cdk8s';
import { describe, nearest } from '../values/errors';
import { show } from '../values/value-checks';

/** How messages and patches name an object: its kind, and its name behind a slash. */
export function labelOf({ kind, name }: ApiObject): string {
  return `${kind}/${name}`;
}

/** Whether a patch means an object by its kind, its kind and name, or its kind, namespace and name. */
export function isOf(target: string, object: ApiObject): boolean {
  return [object.kind, labelOf(object), fullLabelOf(object)].includes(target);
}

/** Says why a patch does not mean one object, and which objects there are. */
export function targetOf(target: string, matching: readonly ApiObject[], all: readonly ApiObject[]): string {
  const [kind] = target.split('/');
  if (matching.length > 1) {
    return describe(`a patch needs one ${target}, and there are ${matching.length}`, `Patch one of ${labels(matching).join(', ')}`);
  }
  const ofKind = all.filter((object) => object.kind === kind);
  if (ofKind.length > 0) {
    return describe(`there is no ${kind} ${show(target.slice(kind.length + 1))} to patch`, `Patch one of ${labels(ofKind).join(', ')}`);
  }
  const kinds = [...new Set(all.map((object) => object.kind))].sort();
  const near = nearest(kind, kinds);
  return describe(`a patch needs one ${kind}, and there is none`, near ? `Did you mean ${near}?`
    : kinds.length === 0 ? 'Patch the construct that defines the object' : `Patch one of ${kinds.join(', ')}`);
}

function labels(objects: readonly ApiObject[]): string[] {
  const short = objects.map(labelOf);
  return (new Set(short).size === short.length ? short : objects.map(fullLabelOf)).sort();
}

function fullLabelOf({ kind, name, metadata, chart }: ApiObject): string {
  return `${kind}/${metadata.namespace ?? chart.namespace ?? ''}/${name}`;
}
