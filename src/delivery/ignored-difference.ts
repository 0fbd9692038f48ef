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

  /**
   * The fields as JSON pointers, such as `/spec/replicas`. Argo CD leaves a whole list as it is in the cluster if you name a field of one of its items.
   *
   * @default - none
   */
  readonly jsonPointers?: string[];

  /**
   * The fields as jq paths, such as `select(.metadata.labels.paused == "true") | .spec.rules`.
   *
   * @default - none
   */
  readonly jqPathExpressions?: string[];
}
