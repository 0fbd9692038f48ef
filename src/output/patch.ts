import { ApiObject, JsonPatch } from 'cdk8s';
import type { Construct } from 'constructs';
import { toJson } from './object-json';
import { describe, fail, nearest } from '../values/errors';
import { TreeValue } from '../values/tree-value';
import { plainText, show } from '../values/value-checks';

/** Where those who review the manifests find the reasons. */
const ANNOTATION = 'cdk8s-microservices/patches';

/** A field that the program sets in a manifest. */
interface Patch {
  readonly construct: Construct;
  readonly path: string;
  readonly value: unknown;
  readonly reason: string;
}

const PATCHES = new TreeValue<readonly Patch[]>('patches');

/**
 * Sets one field of a manifest below a construct. `App` reads it back when the manifest is rendered, because cdk8s drops some values in silence.
 */
export function patchObject(construct: Construct, kind: string, path: string, value: unknown, reason: string): void {
  plainText(construct, 'reason of a patch', reason);
  if (!path.startsWith('/') || path.startsWith('/metadata/name') || path === '/kind' || path === '/apiVersion') {
    fail(construct, `${show(path)} is no field that a patch can set`, "Write a JSON pointer into the manifest, such as '/spec/template/spec/hostname'");
  }
  if (value === undefined || value === null) {
    fail(construct, `a patch of '${path}' sets no value, which a manifest cannot hold`, 'Give a value');
  }
  const object = find(construct, kind);
  object.addJsonPatch(JsonPatch.add(path, value));
  const patches = [...PATCHES.own(object) ?? [], { construct, path, value, reason }];
  PATCHES.set(object, patches);
  const reasons = new Map(patches.map((patch) => [patch.path, patch.reason]));
  object.metadata.addAnnotation(ANNOTATION, [...reasons].sort().map(([place, why]) => `${place}: ${why}`).join('\n'));
}

/** Renders an object. Adds patches that did not arrive to the problems; where one has no parent to set its field in, there is no manifest. */
export function toPatchedJson(object: ApiObject, problems: string[]): any {
  const patches = PATCHES.own(object) ?? [];
  const json = patches.length === 0 ? toJson(object) : tryToJson(object);
  const lost = patches.filter(({ path, value }) => !arrived(json, path, value));
  problems.push(...lost.map(({ construct, path }) => `[${construct.node.path}] ${describe(
    `the patch of ${object.kind} at ${path} did not arrive in the manifest`, 'Give a path whose parent exists, and a value that YAML can hold',
  )}`));
  return lost.length === 0 ? json : undefined;
}

function find(construct: Construct, kind: string): ApiObject {
  const objects = construct.node.findAll().filter((child): child is ApiObject => ApiObject.isApiObject(child));
  const matching = objects.filter((object) => object.kind === kind);
  if (matching.length !== 1) {
    const kinds = [...new Set(objects.map((object) => object.kind))].sort();
    const near = nearest(kind, kinds);
    fail(construct, `a patch needs one ${kind}, and there ${matching.length === 0 ? 'is none' : `are ${matching.length}`}`,
      near && matching.length === 0 ? `Did you mean ${near}?` : `Patch one of ${kinds.join(', ')}`);
  }
  return matching[0];
}

function tryToJson(object: ApiObject): unknown {
  try {
    return object.toJson();
  } catch (error) {
    if (/Cannot (?:set|read) properties of (?:undefined|null)/.test((error as Error).message)) {
      return undefined;
    }
    throw error;
  }
}

function arrived(manifest: unknown, path: string, value: unknown): boolean {
  const parts = path.slice(1).split('/').map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  let at: unknown = manifest;
  for (const part of parts) {
    if (typeof at !== 'object' || at === null) {
      return false;
    }
    at = Array.isArray(at) && part === '-' ? at[at.length - 1] : (at as Record<string, unknown>)[part];
  }
  return JSON.stringify(at, exact) === JSON.stringify(value, exact);
}

/** JSON turns numbers that are not finite into null. */
function exact(_key: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
}
