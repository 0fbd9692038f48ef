import { isScalar, parseDocument, Scalar } from 'yaml';
import { versionText } from './version';
import { type PlacedValue, readValues } from '../inputs/values-file';
import { TAG_KEYS } from '../inputs/values-schema';
import { parseYaml } from '../inputs/yaml-document';
import { fail } from '../values/errors';
import type { ImageReference } from '../values/image';

/**
 * The text of a tag file with another version, its comments left where they are, and the version that it had.
 *
 * What the new version does not say is removed: the digest of an old image would win over a new tag. Fails on a file that
 * synthesis would refuse.
 */
export function withVersion(file: string, text: string, version: ImageReference): { readonly text: string; readonly before: ImageReference } {
  const before = versionIn(file, text);
  const document = parseDocument(text);
  for (const key of [...TAG_KEYS].reverse()) {
    const path = key.split('.');
    const value = version[path[1] as keyof ImageReference];
    if (value === undefined) {
      document.deleteIn(path);
    } else {
      const there = document.getIn(path, true);
      const scalar = isScalar(there) ? there : new Scalar(value);
      scalar.value = value;
      // other readers of YAML take 1.10 for a number and no for false
      scalar.type = path[1] === 'tag' ? Scalar.QUOTE_DOUBLE : scalar.type;
      document.setIn(path, scalar);
    }
  }
  const changed = document.toString({ lineWidth: 0 });
  const result = text.includes('\r\n') ? changed.replace(/\r?\n/g, '\r\n') : changed;
  const read = versionText(versionIn(file, result));
  if (read !== versionText(version)) {
    fail(file, `holds the version in a way that cannot be changed: it would be ${read}`, 'Write image.tag and image.digest without anchors and aliases');
  }
  return { text: result, before };
}

function versionIn(file: string, text: string): ImageReference {
  const values: ReadonlyMap<string, PlacedValue> = readValues(file, parseYaml(file, text), true);
  const textOf = (key: string) => values.get(key)?.value as string | undefined;
  return { tag: textOf('image.tag'), digest: textOf('image.digest') };
}
