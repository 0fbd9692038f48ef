import { fail } from '../values/errors';
import { Image, type ImageReference } from '../values/image';
import { show } from '../values/value-checks';

/** Stands for the address of the image, of which a release says nothing. */
const ANY_REPOSITORY = 'image';

/**
 * Reads a version as a release names it: a tag, a digest, or both as `<tag>@<digest>`. Fails on what is none.
 */
export function parseVersion(where: string, text: string): ImageReference {
  if (text === '') {
    fail(where, 'the version is empty', "Give a tag, such as '1.4.2', or the digest that the registry shows");
  }
  const [first, digest, ...rest] = text.split('@');
  if (rest.length > 0) {
    fail(where, `${show(text)} has more than one '@'`, 'Write <tag>@<digest>');
  }
  const reference = digest !== undefined ? { tag: first, digest } : /^[A-Za-z0-9+._-]+:/.test(first) ? { digest: first } : { tag: first };
  const { tag, digest: checked } = Image._at(where, ANY_REPOSITORY, reference);
  return { tag, digest: checked };
}

/** A version in one word, as `parseVersion` reads it. */
export function versionText({ tag, digest }: ImageReference): string {
  return [tag, digest].filter((part) => part !== undefined).join('@') || 'nothing';
}
