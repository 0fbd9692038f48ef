import type { Construct, IConstruct } from 'constructs';
import { describe } from '../values/errors';

const FINDING = 'cdk8s-microservices:finding';

/**
 * Records what a reviewer should know although nothing is refused: a field that the target cannot have,
 * a value that costs availability. Findings are metadata of their construct; the app prints them.
 */
export function recordFinding(construct: Construct, problem: string, remedy: string): void {
  const message = describe(problem, remedy);
  if (!construct.node.metadata.some((entry) => entry.type === FINDING && entry.data === message)) {
    construct.node.addMetadata(FINDING, message);
  }
}

/**
 * All findings below a construct, each with the path of its place, sorted.
 */
export function findingsOf(root: IConstruct): string[] {
  return root.node.findAll().flatMap((construct) => construct.node.metadata
    .filter((entry) => entry.type === FINDING)
    .map((entry) => `[${construct.node.path}] ${entry.data}`)).sort();
}
