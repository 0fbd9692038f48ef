import type { IConstruct } from 'constructs';
import { rootOf, TreeValue } from '../values/tree-value';

/**
 * Objects that depend on statements made after a construct was defined (who calls it, who subscribes) are
 * rendered in a step of their own, between the program's last statement and the synthesis of the manifests.
 *
 * A step only adds objects below its own construct and only reads the recorded connections, so that the order
 * of steps does not matter and a step may run again.
 */
interface Steps {
  readonly library: (() => void)[];
  /** Run after those of the library, and inner ones before outer ones: a step sees all objects below its construct. */
  readonly users: Step[];
  done: boolean;
}

interface Step {
  readonly run: () => void;
  /** How many constructs are around that of the step. */
  readonly depth: number;
}

const STEPS = new TreeValue<Steps>('preparation');

/**
 * Registers a step for the construct.
 *
 * @param origin who wrote the step
 */
export function beforeSynthesis(construct: IConstruct, run: () => void, origin: 'library' | 'users' = 'library'): void {
  const steps = STEPS.ensure(rootOf(construct), () => ({ library: [], users: [], done: false }));
  if (origin === 'users') {
    steps.users.push({ run, depth: construct.node.scopes.length });
  } else {
    steps.library.push(run);
  }
  // a plain cdk8s app and `Testing.synth` know no steps, but they validate before they render
  construct.node.addValidation({
    validate: () => {
      if (!steps.done) {
        run();
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
  if (!steps) {
    return synthesize();
  }
  runSteps(steps);
  steps.done = true;
  try {
    return synthesize();
  } finally {
    steps.done = false;
  }
}

/**
 * Runs all steps of the tree, unless synthesis has run them: for validations that look for objects, because a plain cdk8s app validates outer constructs first.
 */
export function prepare(root: IConstruct): void {
  const steps = STEPS.own(root);
  if (steps && !steps.done) {
    runSteps(steps);
  }
}

function runSteps({ library, users }: Steps): void {
  let ran = 0;
  // the list grows while its steps run, because what a step adds may have steps of its own
  const runLibrary = () => {
    while (ran < library.length) {
      library[ran++]();
    }
  };
  runLibrary();
  for (let begin = 0, end = users.length; begin < end; begin = end, end = users.length) {
    for (const { run } of users.slice(begin, end).sort((a, b) => b.depth - a.depth)) {
      run();
      runLibrary();
    }
  }
}
