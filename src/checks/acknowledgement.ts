import type { Finding } from './finding';
import type { RuleDescription } from './rule';
import { Severity } from './severity';
import type { Manifest } from '../manifests/manifest';

/** A decision to live with what a rule finds. */
export interface Acknowledgement {
  /** The id of the rule. */
  readonly rule: string;
  readonly reason: string;
  /** The last day on which it is in force, as YYYY-MM-DD; undefined for all days. */
  readonly until?: string;
  /** The path of the construct, or the place of the manifest, as findings name it. */
  readonly place: string;
  readonly path?: string;
  /** Whether it covers a finding of its rule. */
  readonly covers: (finding: Finding) => boolean;
}

/** The annotation of a manifest that acknowledges findings about it: a line for each rule, `<id>[ until <day>]: <reason>`. */
const ANNOTATION = 'cdk8s-microservices/acknowledged';

export const UNUSED_ACKNOWLEDGEMENT: RuleDescription = {
  id: 'MS-CHECK-001',
  severity: Severity.WARNING,
  why: 'An acknowledgement silences no finding, so it would hide one that comes later.',
  fix: 'Remove it, or correct the id of its rule.',
};

export const EXPIRED_ACKNOWLEDGEMENT: RuleDescription = {
  id: 'MS-CHECK-002',
  severity: Severity.WARNING,
  why: 'An acknowledgement has expired, so it silences nothing any more.',
  fix: 'Fix what it silenced, or decide again and write a later day.',
};

/** The acknowledgements in the annotation of a manifest. */
export function acknowledgementsIn(manifest: Manifest): Acknowledgement[] {
  const text = manifest.annotations[ANNOTATION];
  if (text === undefined) {
    return [];
  }
  const place = `${manifest}`;
  return text.split('\n').map((line) => line.trim()).filter((line) => line !== '').map((line) => {
    const [, rule, until, reason] = /^(\S+?)(?: until (\d{4}-\d\d-\d\d))?: (.+)$/.exec(line) ?? [];
    return rule === undefined ? { rule: line, reason: 'no reason', place, covers: () => false }
      : { rule, until, reason, place, covers: (finding) => finding.place === place };
  });
}

/** The findings that no acknowledgement silences, and those about acknowledgements themselves. */
export function silenced(findings: readonly Finding[], acknowledgements: readonly Acknowledgement[], today?: string): Finding[] {
  const isExpired = ({ until }: Acknowledgement) => today !== undefined && until !== undefined && until < today;
  const used = new Set<Acknowledgement>();
  const left = findings.filter((finding) => {
    const covering = acknowledgements.filter((each) => each.rule === finding.rule.id && each.covers(finding));
    covering.forEach((each) => used.add(each));
    return covering.every(isExpired);
  });
  const about = (rule: RuleDescription, each: Acknowledgement): Finding => ({
    rule, place: each.place, path: each.path, problem: `${each.rule}${each.until === undefined ? '' : ` until ${each.until}`}: ${each.reason}`,
  });
  return [
    ...left,
    ...acknowledgements.filter((each) => !used.has(each)).map((each) => about(UNUSED_ACKNOWLEDGEMENT, each)),
    ...acknowledgements.filter((each) => used.has(each) && isExpired(each)).map((each) => about(EXPIRED_ACKNOWLEDGEMENT, each)),
  ];
}
