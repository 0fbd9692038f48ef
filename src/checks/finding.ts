import type { RuleDescription } from './rule';

/**
 * A broken rule, and the place where it is broken.
 */
export interface Finding {
  /**
   * The rule.
   */
  readonly rule: RuleDescription;

  /**
   * The construct as `[path]`, or the manifest as `file:line`.
   */
  readonly place: string;

  /**
   * The path of the construct.
   *
   * @default - the manifest was read from a file
   */
  readonly path?: string;

  /**
   * The field at fault, as a JSON pointer.
   *
   * @default - the manifest or the construct as a whole
   */
  readonly field?: string;

  /**
   * What is wrong in this place: a phrase without a full stop.
   *
   * @default - what `why` of the rule says
   */
  readonly problem?: string;
}

/**
 * The finding as one line, such as `[core-business-prod/order/QueueScaler/Resource] is paused (/metadata/annotations)`.
 *
 * @internal
 */
export function findingLine({ place, problem, field }: Finding): string {
  return [place, problem, problem === undefined ? field : field && `(${field})`].filter((part) => part !== undefined).join(' ');
}

/**
 * The finding as an error: what is wrong, where, and what to do.
 *
 * @internal
 */
export function findingError(finding: Finding): string {
  const { rule: { why, fix }, problem } = finding;
  return `${findingLine(finding)}${problem === undefined ? `: ${why}` : '.'} ${fix}`;
}
