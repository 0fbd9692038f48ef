/**
 * How serious a finding is.
 */
export enum Severity {
  /** The manifests do not work as they are: synthesis fails. */
  ERROR = 'error',
  /** The manifests work, with a risk that somebody should decide about. */
  WARNING = 'warning',
  /** A decision that a reviewer should know. */
  INFO = 'info',
}
