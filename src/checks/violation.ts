import type { Manifest } from '../manifests/manifest';

/**
 * One place that breaks a rule.
 */
export interface Violation {
  /**
   * The manifest at fault.
   */
  readonly manifest: Manifest;

  /**
   * The field at fault, as a JSON pointer such as `/spec/replicas`.
   *
   * @default - the manifest as a whole
   */
  readonly field?: string;

  /**
   * What is wrong in this place: a phrase without a full stop that follows the name of the place.
   *
   * @default - what `why` of the rule says
   */
  readonly problem?: string;
}
