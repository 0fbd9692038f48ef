import { differenceText } from './difference-text';
import { ObjectChange } from './object-change';
import { RISKS } from './risk';
import type { Manifest } from '../manifests/manifest';
import type { ManifestSet } from '../manifests/manifest-set';
import { canonical } from '../values/canonical';
import { grouped } from '../values/grouped';
import { sorted } from '../values/sorted';

/**
 * What differs between two sets of manifests, such as the committed ones of two revisions, or of two environments.
 *
 * @example
 *
 * declare const before: ManifestSet;
 * declare const after: ManifestSet;
 * const refused = ManifestDifference.between(before, after).changes.filter(({ refusals }) => refusals.length > 0);
 */
export class ManifestDifference {
  /**
   * Compares two sets. Objects are the same if kind, namespace and name are. An object that only has another name or namespace counts as renamed.
   */
  public static between(before: ManifestSet, after: ManifestSet): ManifestDifference {
    return new ManifestDifference(before, after);
  }

  /** The changes: the most serious first, then by kind, namespace and name. */
  public readonly changes: ObjectChange[];

  private constructor(before: ManifestSet, after: ManifestSet) {
    const pairs = pairsOf(before.all, after.all).filter(([old, now]) => !old || !now || canonical(old.json) !== canonical(now.json));
    this.changes = sorted(renamed(pairs).map(([old, now]) => ObjectChange._of(old, now)), (change) => `${RISKS.indexOf(change.risk)} ${change} ${(change.after ?? change.before)!.place.file ?? ''}`);
  }

  /**
   * The changes as a reviewer reads them, in Markdown.
   */
  public toMarkdown(): string {
    return differenceText(this.changes, true);
  }

  /**
   * The changes as text, empty if there are none.
   */
  public toString(): string {
    return differenceText(this.changes, false);
  }
}

type Pair = readonly [before: Manifest | undefined, after: Manifest | undefined];

/** Each object with its other version. Where several environments have an object of one name, that in the same file comes first. */
function pairsOf(before: readonly Manifest[], after: readonly Manifest[]): Pair[] {
  const former = grouped(before, ({ id }) => id);
  const files = new Set(after.map(inFile));
  const take = (manifest: Manifest): Manifest | undefined => {
    const list = former.get(manifest.id) ?? [];
    const same = list.findIndex((each) => inFile(each) === inFile(manifest));
    const index = same >= 0 ? same : list.findIndex((each) => !files.has(inFile(each)));
    return index < 0 ? undefined : list.splice(index, 1)[0];
  };
  const pairs = after.map((manifest): Pair => [take(manifest), manifest]);
  return [...pairs, ...[...former.values()].flat().map((manifest): Pair => [manifest, undefined])];
}

/** The file below the folder that was read, which has another name for each set. */
function inFile({ id, place: { file = '' } }: Manifest): string {
  return `${id} ${file.split('/').slice(1).join('/')}`;
}

/** Joins what was removed with what was added if they are alike in all but name and namespace, and only one of each is. */
function renamed(pairs: readonly Pair[]): Pair[] {
  const added = grouped(pairs.flatMap(([before, after]) => before || !after ? [] : [after]), contentOf);
  const removed = grouped(pairs.flatMap(([before, after]) => after || !before ? [] : [before]), contentOf);
  const joined = new Map([...removed].flatMap(([key, [before, ...others]]) => (
    others.length === 0 && added.get(key)?.length === 1 ? [[before, added.get(key)![0]] as const] : [])));
  const taken = new Set(joined.values());
  return pairs.filter(([before, after]) => before || !taken.has(after!)).map(([before, after]): Pair => [before, after ?? joined.get(before!)]);
}

/** The text of an object without its name and namespace. */
function contentOf({ json: { metadata: { name: _name, namespace: _namespace, ...metadata }, ...rest } }: Manifest): string {
  return canonical({ metadata, ...rest });
}
