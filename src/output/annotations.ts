import type { Construct, IConstruct } from 'constructs';
import { Manifest } from '../manifests/manifest';
import { TreeValue } from '../values/tree-value';

interface Annotations {
  readonly [name: string]: string | undefined;
}

type Annotate = (manifest: Manifest) => Annotations;

const ANNOTATORS = new TreeValue<Annotate[]>('annotators');

/** Sets annotations of manifests of the tree when they are rendered. Those that are undefined stay as they are. */
export function annotateManifests(scope: Construct, annotate: Annotate): void {
  const { root } = scope.node;
  ANNOTATORS.set(root, [...ANNOTATORS.own(root) ?? [], annotate]);
}

/** A manifest with the annotations that it gets. */
export function annotated(root: IConstruct, manifest: Manifest): Manifest {
  return (ANNOTATORS.own(root) ?? []).reduce((before, annotate) => {
    const added = Object.entries(annotate(before)).filter(([name, value]) => value !== undefined && before.annotations[name] !== value);
    const annotations = added.reduce((map, [name, value]) => withKey(map, name, value), before.annotations);
    return added.length === 0 ? before
      : new Manifest({ ...before.json, metadata: withKey(before.json.metadata, 'annotations', annotations) }, before.place);
  }, manifest);
}

/** Puts a key where it is in the order of the alphabet, in which cdk8s writes all of them. */
function withKey(map: { readonly [key: string]: any }, key: string, value: unknown): { [key: string]: any } {
  const entries = Object.entries(map).filter(([each]) => each !== key);
  const at = entries.findIndex(([each]) => each > key);
  entries.splice(at < 0 ? entries.length : at, 0, [key, value]);
  return Object.fromEntries(entries);
}
