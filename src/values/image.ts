import type { Construct } from 'constructs';
import { fail } from './errors';
import { show } from './value-checks';

/**
 * Which version of an image: a tag, a digest, or both.
 */
export interface ImageReference {
  /**
   * The version as people name it, such as `1.4.2`. Not `latest`, which names another image every day.
   *
   * @default - none; a digest is needed then
   */
  readonly tag?: string;

  /**
   * The content of the image, which nobody can change: `sha256:` and 64 hexadecimal digits, as the registry gives them.
   *
   * @default - none; a tag is needed then
   */
  readonly digest?: string;
}

/** Credentials may stand before an `@`, so messages about one never show the text. */
const CREDENTIALS = "an '@' stands before something that is no digest, and credentials may stand before it";
const COMPONENT = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/;
const REGISTRY = /^[a-z0-9]+(?:(?:\.|-+)[a-z0-9]+)*(?::[1-9][0-9]{0,4})?$/;

/**
 * A container image of one certain version.
 *
 * With both tag and digest the cluster pulls by the digest, and people read the tag.
 *
 * @see https://kubernetes.io/docs/concepts/containers/images/#image-names
 */
export class Image {
  /**
   * The image of a repository, such as `registry.example.com/checkout`, in the version of the reference.
   *
   * Synthesis fails without tag and digest, on the tags `latest` and `tag`, and on credentials in the address.
   */
  public static of(repository: string, reference: ImageReference): Image {
    return new Image('Image.of', repository, reference);
  }

  /**
   * As `of`, for a reference that a file or a construct holds.
   *
   * @internal
   */
  public static _at(where: Construct | string, repository: string, reference: ImageReference): Image {
    return new Image(where, repository, reference);
  }

  /**
   * The image of a whole reference, such as `registry.example.com/checkout:1.4.2@sha256:...`.
   *
   * The same rules hold as for `Image.of`.
   */
  public static parse(text: string): Image {
    const where = 'Image.parse';
    refuseUnreadable(where, text);
    const [address, ...digests] = text.split('@');
    if (digests.length > 1 || digests.some((digest) => !/^(?:sha|md)[0-9]+:[^/]*$/i.test(digest))) {
      return fail(where, CREDENTIALS, 'Write the address without user and password, and name a pull secret in the platform profile');
    }
    const colon = address.indexOf(':', address.lastIndexOf('/') + 1);
    return colon < 0
      ? new Image(where, address, { digest: digests[0] })
      : new Image(where, address.slice(0, colon), { tag: address.slice(colon + 1), digest: digests[0] });
  }

  /**
   * Registry and name, such as `registry.example.com/checkout`.
   */
  public readonly repository: string;

  /**
   * The version as people name it, if there is one.
   */
  public readonly tag?: string;

  /**
   * The digest of the content, if there is one.
   */
  public readonly digest?: string;

  private constructor(where: Construct | string, repository: string, reference: ImageReference) {
    this.repository = checkedRepository(where, repository);
    if (reference.tag === undefined && reference.digest === undefined) {
      fail(where, `image ${show(repository)} has neither tag nor digest`, "Give a tag, such as '1.4.2', or the digest that the registry shows");
    }
    this.tag = reference.tag === undefined ? undefined : checkedTag(where, reference.tag);
    this.digest = reference.digest === undefined ? undefined : checkedDigest(where, reference.digest);
  }

  /**
   * The whole reference with tag and digest, as a manifest holds it.
   */
  public toString(): string {
    return `${this.repository}${this.tag === undefined ? '' : `:${this.tag}`}${this.digest === undefined ? '' : `@${this.digest}`}`;
  }
}

/** What is wrong with any part of a reference, whatever the part. */
function refuseUnreadable(where: Construct | string, text: string): void {
  if (typeof text !== 'string') {
    fail(where, `expected an image as text, got ${show(text)}`, "Write it in quotes, such as 'registry.example.com/checkout:1.4.2'");
  }
  if (text.includes('{{')) {
    fail(where, "the image holds a template '{{', which nothing fills in", 'Write the value itself');
  }
}

function checkedRepository(where: Construct | string, repository: string): string {
  refuseUnreadable(where, repository);
  if (repository.trim() === '') {
    fail(where, 'the image is empty', "Write an image, such as 'registry.example.com/checkout:1.4.2'");
  }
  if (repository.includes('@')) {
    const digest = /@sha256:[0-9a-f]{64}$/.test(repository) && repository.split('@').length === 2;
    return digest ? fail(where, 'the repository holds a digest', 'Give it as digest, or use Image.parse')
      : fail(where, CREDENTIALS, 'Write the address without user and password, and name a pull secret in the platform profile');
  }
  const scheme = /^[A-Za-z][A-Za-z0-9+.-]{0,20}:\/\//.exec(repository)?.[0];
  if (scheme) {
    fail(where, `image ${show(repository)} begins with '${scheme}'`, `Write the address without '${scheme}'`);
  }
  if (/\s/.test(repository)) {
    fail(where, `image ${show(repository)} has a blank`, 'Remove it');
  }
  if (/[A-Z]/.test(repository)) {
    fail(where, `image ${show(repository)} has upper-case letters before its tag`, `Write ${show(repository.toLowerCase())}`);
  }
  const components = repository.split('/');
  if (components[components.length - 1].includes(':')) {
    fail(where, `the repository ${show(repository)} holds a tag`, 'Give it as tag, or use Image.parse');
  }
  const hasRegistry = components.length > 1 && (/[.:]/.test(components[0]) || components[0] === 'localhost');
  const names = hasRegistry ? components.slice(1) : components;
  if (repository.length > 255 || (hasRegistry && !REGISTRY.test(components[0])) || !names.every((part) => COMPONENT.test(part))) {
    fail(where, `${show(repository)} is not the address of an image`, "Write registry and name, such as 'registry.example.com/checkout'");
  }
  return repository;
}

function checkedTag(where: Construct | string, tag: string): string {
  refuseUnreadable(where, tag);
  if (['latest', 'tag'].includes(tag.toLowerCase())) {
    fail(where, tag.toLowerCase() === 'tag' ? `the tag '${tag}' is a placeholder` : `the tag '${tag}' names another image every day`,
      "Give the tag of one build, such as '1.4.2'");
  }
  if (!/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/.test(tag)) {
    fail(where, `${show(tag)} is not a tag`, "Use letters, digits, '.', '_' and '-', at most 128, and begin with a letter or digit");
  }
  return tag;
}

function checkedDigest(where: Construct | string, digest: string): string {
  refuseUnreadable(where, digest);
  if (!/^sha256:[0-9a-f]{64}$/.test(digest)) {
    fail(where, `${show(digest)} is not a digest: expected 'sha256:' and 64 hexadecimal digits in lower case${sizeOf(digest)}`,
      'Copy the digest that the registry shows');
  }
  return digest;
}

function sizeOf(digest: string): string {
  const digits = /^sha256:([0-9a-f]*)$/.exec(digest)?.[1];
  return digits === undefined ? '' : `, got ${digits.length} digits`;
}
