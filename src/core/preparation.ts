import type { Construct, IConstruct } from 'constructs';
import { TreeValue } from '../values/tree-value';

/**
 * Objects that depend on statements made after a construct was defined (who calls it, who subscribes) are
 * rendered in a step of their own, between the program's last statement and the synthesis of the manifests.
 *
 * A step only adds objects below its own construct and only reads the recorded connections, so that the order
 * of steps does not matter and a step may run again.
 */
interface Steps {
  readonly list: (() => void)[];
  done: boolean;
}

const STEPS = new TreeValue<Steps>('preparation');

/**
 * Registers a step for the construct.
 */
export function beforeSynthesis(construct: Construct, step: () => void): void {
  const { root } = construct.node;
  const steps = STEPS.own(root) ?? { list: [], done: false };
  STEPS.set(root, steps);
  steps.list.push(step);
  // a plain cdk8s app and `Testing.synth` know no steps, but they validate before they render
  construct.node.addValidation({
    validate: () => {
      if (!steps.done) {
        step();
      }
      return [];
    },
  });
}

/**
 * Runs all steps of the tree at once and keeps validation from running them again while `synthesize` runs.
 */
export function prepared<T>(root: IConstruct, synthesize: () => T): T {
  const steps = STEPS.own(root);
  for (const step of steps?.list ?? []) {
    step();
  }
  if (!steps) {
    return synthesize();
  }
  steps.done = true;
  try {
    return synthesize();
  } finally {
    steps.done = false;
  }
}
