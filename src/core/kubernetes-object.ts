import { ApiObject, JsonPatch, Lazy } from 'cdk8s';
import type { ApiObjectMetadata } from 'cdk8s';
import type { Construct, IConstruct } from 'constructs';
import { type Labels, labelsOf, workloadLabelsOf } from '../values/labels';
import { TreeValue } from '../values/tree-value';

/**
 * A manifest but for its status.
 */
export interface KubernetesObject<Spec = unknown> {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: ApiObjectMetadata & { readonly name: string };
  readonly spec?: Spec;
  readonly [field: string]: unknown;
}

/** Objects of the library, as opposed to those that a program defines itself. */
const LIBRARY = new TreeValue<boolean>('library-object');

/** Whether the library defines an object. */
export function isLibraryObject(object: IConstruct): boolean {
  return LIBRARY.own(object) === true;
}

/**
 * Defines one manifest, with the labels in force where it stands. Plain data on an `ApiObject`: several times cheaper to render than the generated classes.
 */
export function defineObject<Spec>(scope: Construct, id: string, object: KubernetesObject<Spec>): ApiObject {
  return defineLabelled(scope, id, object, labelsOf(scope));
}

/**
 * Defines an object that has pods. It carries the version of their image, which no other object does.
 */
export function defineWorkload<Spec>(scope: Construct, id: string, object: KubernetesObject<Spec>): ApiObject {
  return defineLabelled(scope, id, object, workloadLabelsOf(scope));
}

function defineLabelled(scope: Construct, id: string, object: KubernetesObject, inForce: Labels): ApiObject {
  const labels = object.metadata.labels ? { ...inForce, ...object.metadata.labels } : inForce;
  const defined = new ApiObject(scope, id, { ...object, metadata: { ...object.metadata, labels } });
  LIBRARY.set(defined, true);
  return defined;
}

/**
 * Defines a manifest of a kind that lives in no namespace.
 */
export function defineClusterObject<Spec>(scope: Construct, id: string, object: KubernetesObject<Spec>): ApiObject {
  const defined = defineObject(scope, id, object);
  if (defined.metadata.namespace !== undefined) {
    // cdk8s gives every object the namespace of its chart; the API server refuses one on these kinds
    defined.addJsonPatch(JsonPatch.remove('/metadata/namespace'));
  }
  return defined;
}

/**
 * A field whose value depends on later statements of the program.
 */
export function late<T>(produce: () => T): T {
  return Lazy.any({ produce }) as T;
}
