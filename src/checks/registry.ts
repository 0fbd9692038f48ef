import type { IConstruct } from 'constructs';
import type { Acknowledgement } from './acknowledgement';
import type { Report } from './report';
import type { IRule, RuleDescription } from './rule';
import { rootOf, TreeValue } from '../values/tree-value';

/** What the program says about the checks, apart from its manifests. */
export interface Registry {
  readonly recorded: RecordedFinding[];
  /** Facts that are known once the whole program has run. */
  readonly late: (() => RecordedFinding[])[];
  readonly rules: ScopedRule[];
  readonly acknowledgements: Acknowledgement[];
  /** The paths of charts that are not in production. */
  readonly trials: string[];
  /** Checks the app, if it is one that does. */
  report?: (today?: string) => Report;
}

/** A fact that no manifest shows: the construct that knows it records it. */
export interface RecordedFinding {
  readonly rule: RuleDescription;
  readonly path: string;
  readonly problem?: string;
}

/** A rule for the manifests below a construct. */
export interface ScopedRule {
  readonly rule: IRule;
  /** The path of the construct, empty for the whole app. */
  readonly path: string;
}

const REGISTRY = new TreeValue<Registry>('checks');

/** The registry of the app that a construct is in. */
export function registryOf(construct: IConstruct): Registry {
  return REGISTRY.ensure(rootOf(construct), () => ({ recorded: [], late: [], rules: [], acknowledgements: [], trials: [] }));
}

/** Adds a rule for the manifests below a construct. */
export function addRule(construct: IConstruct, rule: IRule): void {
  registryOf(construct).rules.push({ rule, path: construct.node.path });
}

/**
 * Records what a reviewer should know although no manifest shows it, such as a field that the target version cannot have.
 *
 * @param problem what is wrong in this place, if `why` of the rule does not say all
 */
export function recordFinding(construct: IConstruct, rule: RuleDescription, problem?: string): void {
  registryOf(construct).recorded.push({ rule, path: construct.node.path, problem });
}

/**
 * Records facts that are known once the whole program has run.
 *
 * @param problems what is wrong in this place, one for each finding
 */
export function recordLate(construct: IConstruct, rule: RuleDescription, problems: () => string[]): void {
  registryOf(construct).late.push(() => problems().map((problem) => ({ rule, path: construct.node.path, problem })));
}
