import type { ManifestChanges } from '../difference/manifest-changes';

/**
 * A file to write: its place below the output folder, its text, and whose it is, for errors.
 */
export interface Output {
  /** Relative to the output folder, parts separated by `/`. */
  readonly file: string;
  readonly text: string;
  /** Such as `[prod/checkout]`. */
  readonly owner: string;
  /** What it changes in a file that is there, by the text of that. */
  readonly changes?: (before: string) => ManifestChanges;
}
