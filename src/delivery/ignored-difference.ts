/**
 * Fields of an object that somebody in the cluster owns: Argo CD neither reports nor overwrites them.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/diffing/
 */
export interface IgnoredDifference {
  /** The API group, such as `apps`; an empty text for the core. */
  readonly group: string;
  /** The kind, such as `Deployment`. */
  readonly kind: string;
  /** The name of the object. */
  readonly name: string;
  /** The fields as JSON pointers, such as `/spec/replicas`. */
  readonly jsonPointers: string[];
}
