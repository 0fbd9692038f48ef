import { fail } from './errors';
import { isQualifiedName } from './labels';
import type { Place } from './value-checks';
import { show } from './value-checks';

/** The API server accepts no more for one object, names included. */
const MOST_BYTES = 256 * 1024;

/** Fails on annotations that the API server refuses. */
export function checkAnnotations(where: Place, annotations: { readonly [name: string]: string }): void {
  for (const [name, value] of Object.entries(annotations)) {
    if (!isQualifiedName(name)) {
      fail(where, `${show(name)} is not the name of an annotation`, "Use letters, digits, '-', '_' and '.', at most 63, such as 'example.com/team'");
    }
    if (typeof value !== 'string') {
      fail(where, `the annotation '${name}' is ${show(value)}, and an annotation is text`, 'Write it in quotes');
    }
  }
  const size = Object.entries(annotations).flat().reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  if (size > MOST_BYTES) {
    fail(where, `has ${size} bytes of annotations, and an object has ${MOST_BYTES} at most`, 'Move large values to a ConfigMap');
  }
}
