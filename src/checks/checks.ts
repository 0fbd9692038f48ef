import type { Construct } from 'constructs';
import { isBelow } from './path';
import { addRule, recordFinding, registryOf } from './registry';
import { Report } from './report';
import type { IRule, RuleDescription } from './rule';
import { fail } from '../values/errors';
import { plainText, show } from '../values/value-checks';

/**
 * Why a finding is acceptable, and until when.
 */
export interface AcknowledgeOptions {
  /**
   * Why, for those who review the program.
   */
  readonly reason: string;

  /**
   * The last day on which the acknowledgement is in force, as `YYYY-MM-DD`.
   *
   * Synthesis never reads the clock, so that it gives the same result every day. `Checks.report` judges it by a day that you pass.
   *
   * @default - it never expires
   */
  readonly until?: string;
}

/**
 * What a report takes into account besides the manifests.
 */
export interface ReportOptions {
  /**
   * The day as `YYYY-MM-DD`, by which acknowledgements expire and images of the library are old.
   *
   * @default - nothing expires or is old
   */
  readonly today?: string;
}

/**
 * The checks of everything below a construct.
 *
 * `App.synth` checks all manifests. An error stops it, everything else is printed on standard error.
 *
 * @example
 *
 * declare const app: App;
 * Checks.of(app).acknowledge('MS-CAP-001', { reason: 'roll-outs at full size wait for quota', until: '2027-06-30' });
 */
export class Checks {
  /**
   * The checks of everything below a construct.
   */
  public static of(scope: Construct): Checks {
    return new Checks(scope);
  }

  private constructor(private readonly scope: Construct) {}

  /**
   * Adds a rule of your own for the manifests below the construct.
   *
   * @param rule the rule, which is given all manifests of the app
   */
  public add(rule: IRule): void {
    addRule(this.scope, rule);
  }

  /**
   * Records a finding that no manifest shows, such as a decision that the program makes.
   *
   * @param rule the rule that is broken
   * @param problem what is wrong in this place, a phrase without a full stop; what `why` of the rule says if left out
   */
  public record(rule: RuleDescription, problem?: string): void {
    recordFinding(this.scope, rule, problem);
  }

  /**
   * Silences what a rule finds below the construct.
   *
   * An acknowledgement that silences nothing is itself a finding (`MS-CHECK-001`), and so is one that has expired (`MS-CHECK-002`).
   *
   * @param rule the id of the rule, such as `MS-CAP-001`
   * @param options why, and until when
   */
  public acknowledge(rule: string, options: AcknowledgeOptions): void {
    const { path } = this.scope.node;
    const { until } = options;
    const reason = plainText(this.scope, `the reason to acknowledge ${show(rule)}`, options.reason);
    if (until !== undefined && !isDay(until)) {
      fail(this.scope, `expected until of the acknowledgement of ${show(rule)} to be a day, got ${show(until)}`, "Write it as '2027-06-30'");
    }
    registryOf(this.scope).acknowledgements.push({ rule, reason, until, place: `[${path || 'App'}]`, path, covers: (finding) => isBelow(path, finding.path) });
  }

  /**
   * Checks everything below the construct, and writes nothing.
   *
   * Fails if a construct is invalid, as synthesis does, and in an `App` of cdk8s, which checks no manifests.
   *
   * @returns what the checks find, errors included
   */
  public report(options: ReportOptions = {}): Report {
    const { path } = this.scope.node;
    const { report } = registryOf(this.scope);
    return report ? new Report(report(options.today).findings.filter((finding) => isBelow(path, finding.path)))
      : fail(this.scope, 'is in an App of cdk8s, which checks no manifests', 'Use the App of cdk8s-microservices');
  }
}

/**
 * Whether a text is a day, as YYYY-MM-DD.
 *
 * @internal
 */
export function isDay(text: string): boolean {
  const time = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
