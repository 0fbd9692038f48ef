import type { FieldChange } from './field-change';
import { fieldChanges } from './field-change';
import { refusalsOf } from './manifest-changes';
import { Risk, riskOf } from './risk';
import type { Manifest } from '../manifests/manifest';
import { describe } from '../values/errors';

/**
 * An object that was added, removed, renamed or changed.
 */
export class ObjectChange {
  /** @internal */
  public static _of(before: Manifest | undefined, after: Manifest | undefined): ObjectChange {
    return new ObjectChange(before, after);
  }

  /** The object before; undefined if it was added. */
  public readonly before?: Manifest;

  /** The object after; undefined if it was removed. */
  public readonly after?: Manifest;

  /** The fields that differ. None for an object that was added or removed. */
  public readonly fields: FieldChange[];

  /** Why Kubernetes refuses the change or data is lost, each with what to do. */
  public readonly refusals: string[];

  /** What the change may do. */
  public readonly risk: Risk;

  private constructor(before: Manifest | undefined, after: Manifest | undefined) {
    this.before = before;
    this.after = after;
    this.fields = before && after ? fieldChanges(before.json, after.json) : [];
    this.refusals = before && after && before.id === after.id ? refusalsOf(before, after).map(({ problem, fix }) => describe(problem, fix)) : [];
    this.risk = this.refusals.length > 0 ? Risk.REFUSED : riskOf(before, after, this.fields);
  }

  /** Whether the object has another name or namespace, and is the same in all else. */
  public get isRenamed(): boolean {
    return this.before !== undefined && this.after !== undefined && this.before.id !== this.after.id;
  }

  /** The object as people read it: kind, namespace and name. */
  public toString(): string {
    const [before, after] = [this.before, this.after].map((manifest) => manifest && `${manifest.namespace === undefined ? '' : `${manifest.namespace}/`}${manifest.name}`);
    return `${(this.after ?? this.before)!.kind} ${this.isRenamed ? `${before} -> ${after}` : after ?? before}`;
  }
}
