import type { Finding } from './finding';
import { findingLine } from './finding';
import { Severity } from './severity';
import { grouped } from '../values/grouped';
import { sorted } from '../values/sorted';

/** The most serious first. */
const ORDER = Object.values(Severity);

/** As wide as the number of a line gets. */
const WIDEST = 9;

/**
 * All findings about a set of manifests.
 */
export class Report {
  /**
   * The findings: the most serious rules first, then by the id of their rule, then by their place. Each once.
   */
  public readonly findings: Finding[];

  /**
   * Makes a report.
   *
   * @param findings findings in any order
   */
  constructor(findings: Finding[]) {
    // line 6 comes before line 11
    const numbered = (text: string) => text.replace(/\d+/g, (digits) => digits.padStart(WIDEST, '0'));
    const key = (finding: Finding) => JSON.stringify([ORDER.indexOf(finding.rule.severity), finding.rule.id, numbered(findingLine(finding))]);
    const unique = new Map(findings.map((finding) => [key(finding), finding]));
    this.findings = sorted([...unique.values()], key);
  }

  /**
   * The findings of a severity.
   */
  public of(severity: Severity): Finding[] {
    return this.findings.filter(({ rule }) => rule.severity === severity);
  }

  /**
   * The findings as people read them: each rule once, with the number of its findings and a line for each. Empty if there are none.
   */
  public toString(): string {
    return [...grouped(this.findings, ({ rule }) => rule.id).values()].map((findings) => {
      const [{ rule: { id, severity, why, fix } }] = findings;
      return `${id} ${severity} (${findings.length}): ${why} ${fix}\n${findings.map((finding) => `  ${findingLine(finding)}\n`).join('')}`;
    }).join('');
  }
}
