import type { Severity } from './severity';
import type { Violation } from './violation';
import type { ManifestSet } from '../manifests/manifest-set';

/**
 * A rule in words, without the check.
 */
export interface RuleDescription {
  /**
   * What names the rule in reports and acknowledgements, such as `MS-AVAIL-001`. It never changes its meaning.
   */
  readonly id: string;

  /**
   * How serious it is to break the rule.
   */
  readonly severity: Severity;

  /**
   * What happens to manifests that break the rule: a sentence.
   */
  readonly why: string;

  /**
   * What to do: a sentence.
   */
  readonly fix: string;

  /**
   * Whether the rule is for production only.
   *
   * @default false
   */
  readonly productionOnly?: boolean;
}

/**
 * A rule that manifests must keep.
 *
 * @example
 *
 * class OwnerRequired implements IRule {
 *   public readonly id = 'ACME-OWNER-001';
 *   public readonly severity = Severity.WARNING;
 *   public readonly why = 'Without the label owner, alerts reach no team.';
 *   public readonly fix = 'Add the label owner.';
 *
 *   public check(manifests: ManifestSet): Violation[] {
 *     return manifests.workloads().filter(({ labels }) => labels.owner === undefined).map((manifest) => ({ manifest }));
 *   }
 * }
 */
export interface IRule {
  /**
   * What names the rule in reports and acknowledgements, such as `ACME-OWNER-001`.
   */
  readonly id: string;

  /**
   * How serious it is to break the rule. With `Severity.ERROR`, synthesis fails.
   */
  readonly severity: Severity;

  /**
   * What happens to manifests that break the rule: a sentence.
   */
  readonly why: string;

  /**
   * What to do: a sentence.
   */
  readonly fix: string;

  /**
   * Whether the rule is for production only: for constructs in an environment that is production, or in none, and in files for namespaces whose
   * pods have no other `APP_ENV`.
   *
   * @default false
   */
  readonly productionOnly?: boolean;

  /**
   * Finds the places that break the rule.
   *
   * @param manifests all manifests of the app, or of the files that are checked
   */
  check(manifests: ManifestSet): Violation[];
}
