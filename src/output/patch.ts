import { ApiObject, JsonPatch } from 'cdk8s';
import type { Construct } from 'constructs';
import { toJson } from './object-json';
import { isOf, objectsOf, targetOf } from './patch-target';
import { refusals } from './patch-validation';
import { prepare } from '../core/preparation';
import { withSortedKeys } from '../values/canonical';
import { describe, fail } from '../values/errors';
import { rootOf, TreeValue } from '../values/tree-value';
import { plainText, show } from '../values/value-checks';

/** Where those who review the manifests find the reasons. */
const ANNOTATION = 'cdk8s-microservices/patches';

/** A field that the program sets in a manifest, or removes from it. */
interface Patch {
  readonly construct: Construct;
  /** What the program calls the object. */
  readonly target: string;
  readonly path: string;
  /** Undefined if the field is removed. */
  readonly value?: unknown;
  readonly reason: string;
}

/** A patch of an object that is found before synthesis, when all objects are defined. */
interface Pending extends Patch {
  done: boolean;
}

/** A patch of an object, in the form of cdk8s. */
interface Applied extends Patch {
  readonly operation: JsonPatch;
}

const PENDING = new TreeValue<Pending[]>('pending-patches');
const APPLIED = new TreeValue<readonly Applied[]>('patches');

/**
 * Sets one field of a manifest below a construct.
 *
 * @param target the kind of the object, with its name where there are several: `HTTPRoute/order`
 */
export function patchObject(construct: Construct, target: string, path: string, value: unknown, reason: string): void {
  if (value === undefined || value === null) {
    fail(construct, `a patch of '${path}' sets no value, which a manifest cannot hold`, 'Give a value, or remove the field with removeField');
  }
  register({ construct, target, path, value, reason, done: false });
}

/** Removes one field of a manifest below a construct. */
export function removeField(construct: Construct, target: string, path: string, reason: string): void {
  register({ construct, target, path, reason, done: false });
}

function register(patch: Pending): void {
  const { construct, target, path, reason } = patch;
  plainText(construct, 'reason of a patch', reason);
  plainText(construct, 'kind of a patch', target);
  if (!path.startsWith('/') || /^\/metadata\/name(?:space)?(?:\/|$)/.test(path) || /^\/(?:kind|apiVersion|metadata)?$/.test(path)) {
    fail(construct, `${show(path)} is no field that a patch can set`, "Write a JSON pointer into the manifest, such as '/spec/template/spec/hostname'");
  }
  if (!PENDING.own(construct)) {
    construct.node.addValidation({ validate: () => resolve(construct) });
  }
  PENDING.ensure(construct, () => []).push(patch);
}

/** Finds the objects of the patches of a construct, and returns what is wrong with them. */
function resolve(construct: Construct): string[] {
  const pending = (PENDING.own(construct) ?? []).filter(({ done }) => !done);
  if (pending.length === 0) {
    return [];
  }
  prepare(rootOf(construct));
  const objects = objectsOf(construct);
  return pending.flatMap((patch) => {
    const matching = objects.filter((object) => isOf(patch.target, object));
    if (matching.length !== 1) {
      return [targetOf(patch.target, construct, matching, objects)];
    }
    patch.done = true;
    apply(matching[0], patch);
    return [];
  });
}

function apply(object: ApiObject, { construct, target, path, value, reason }: Patch): void {
  const operation = value === undefined ? JsonPatch.remove(path) : JsonPatch.add(path, value);
  object.addJsonPatch(operation);
  const patches = [...APPLIED.own(object) ?? [], { construct, target, path, value, reason, operation }];
  APPLIED.set(object, patches);
  const reasons = new Map(patches.map((patch) => [patch.path, patch.reason]));
  object.metadata.addAnnotation(ANNOTATION, [...reasons].sort().map(([place, why]) => `${place}: ${why}`).join('\n'));
}

/**
 * Renders an object. Adds patches that did not arrive, change nothing or make the API server refuse the object to the problems; there is no
 * manifest then.
 */
export function toPatchedJson(object: ApiObject, problems: string[]): any {
  const patches = APPLIED.own(object) ?? [];
  if (patches.length === 0) {
    return toJson(object);
  }
  const before = toJsonWithout(object, patches);
  let json = before;
  for (const patch of patches) {
    const next = step(json, patch);
    const problem = problemOf(patch, json, next);
    if (problem !== undefined) {
      problems.push(`[${patch.construct.node.path}] ${problem}`);
      return undefined;
    }
    json = next;
  }
  const refused = refusals(object, before, json);
  for (const { path, text } of refused) {
    const { construct, target, path: place } = [...patches].reverse().find((patch) => `${path}/`.startsWith(`${patch.path}/`) || `${patch.path}/`.startsWith(`${path}/`)) ?? patches.at(-1)!;
    problems.push(`[${construct.node.path}] the patch of ${target} at ${place} makes a manifest that the API server refuses: ${path} ${text}`);
  }
  return refused.length > 0 ? undefined : toJson(object);
}

function problemOf({ target, path, value }: Patch, before: unknown, after: unknown): string | undefined {
  const had = read(before, path);
  if (value === undefined) {
    return had === undefined || after === undefined
      ? describe(`the patch of ${target} at ${path} removes a field that the manifest does not have`, 'Correct the path, or remove the patch') : undefined;
  }
  if (same(had, value) && !path.endsWith('/-')) {
    return describe(`the patch of ${target} at ${path} changes nothing, because the manifest has that value already`, 'Remove the patch');
  }
  return same(read(after, path), value) ? undefined : describe(
    `the patch of ${target} at ${path} did not arrive in the manifest`, 'Give a path whose parent exists, and a value that YAML can hold');
}

/** An object without the patches of this library, and with those that a program makes by cdk8s. */
function toJsonWithout(object: ApiObject, ours: readonly Applied[]): unknown {
  const operations = Reflect.get(object, 'patches') as JsonPatch[];
  const all = operations.splice(0);
  try {
    operations.push(...all.filter((operation) => !ours.some((patch) => patch.operation === operation)));
    return toJson(object);
  } finally {
    operations.splice(0, operations.length, ...all);
  }
}

/** A document after a patch; undefined if the patch has no place in it. */
function step(json: unknown, { operation }: Applied): unknown {
  try {
    return JsonPatch.apply(structuredClone(json), operation);
  } catch {
    return undefined;
  }
}

function read(manifest: unknown, path: string): unknown {
  const parts = path.slice(1).split('/').map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  let at: unknown = manifest;
  for (const part of parts) {
    if (typeof at !== 'object' || at === null) {
      return undefined;
    }
    at = Array.isArray(at) && part === '-' ? at[at.length - 1] : (at as Record<string, unknown>)[part];
  }
  return at;
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one, exact) === JSON.stringify(other, exact);
}

/** JSON turns numbers that are not finite into null, and the order of fields does not matter. */
function exact(_key: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : withSortedKeys(value);
}
