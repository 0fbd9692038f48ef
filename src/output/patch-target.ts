import { ApiObject, Chart } from 'cdk8s';
import type { Construct, IConstruct } from 'constructs';
import { serviceNodeOf } from '../core/service-node';
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

/** The objects that a patch of a construct may mean: those below it. A chart has those of the group; a workload of it has its own. */
export function objectsOf(construct: Construct): ApiObject[] {
  const objects = construct.node.findAll().filter((child): child is ApiObject => ApiObject.isApiObject(child));
  return Chart.isChart(construct) ? objects.filter((object) => workloadOf(object) === undefined) : objects;
}

/** The workload that an object is below. */
function workloadOf(object: IConstruct): IConstruct | undefined {
  return object.node.scopes.find((scope) => serviceNodeOf(scope));
}

/** Says why a patch does not mean one object, and which objects there are. */
export function targetOf(target: string, construct: Construct, matching: readonly ApiObject[], all: readonly ApiObject[]): string {
  const [kind] = target.split('/');
  if (matching.length > 1) {
    return describe(`a patch needs one ${target}, and there are ${matching.length}`, `Patch one of ${labels(matching).join(', ')}`);
  }
  const ofKind = all.filter((object) => object.kind === kind);
  if (ofKind.length > 0) {
    return describe(`there is no ${kind} ${show(target.slice(kind.length + 1))} to patch`, `Patch one of ${labels(ofKind).join(', ')}`);
  }
  const owner = ownerOf(target, construct);
  if (owner) {
    return describe(`a patch needs one ${target}, and there is none`, `Patch [${owner.node.path}], which defines it`);
  }
  const kinds = [...new Set(all.map((object) => object.kind))].sort();
  const near = nearest(kind, kinds);
  return describe(`a patch needs one ${kind}, and there is none`, near ? `Did you mean ${near}?`
    : kinds.length === 0 ? 'Patch the construct that defines the object' : `Patch one of ${kinds.join(', ')}`);
}

/** The chart or the workload around that defines an object, if one does. */
function ownerOf(target: string, construct: Construct): IConstruct | undefined {
  const chart = Chart.of(construct);
  const found = chart.node.findAll().find((child): child is ApiObject => ApiObject.isApiObject(child) && isOf(target, child));
  return found && (workloadOf(found) ?? chart);
}

function labels(objects: readonly ApiObject[]): string[] {
  const short = objects.map(labelOf);
  return (new Set(short).size === short.length ? short : objects.map(fullLabelOf)).sort();
}

function fullLabelOf({ kind, name, metadata, chart }: ApiObject): string {
  return `${kind}/${metadata.namespace ?? chart.namespace ?? ''}/${name}`;
}
