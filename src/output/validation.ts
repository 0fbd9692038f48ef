import type { IConstruct } from 'constructs';
import { ConstructTree } from './construct-tree';

/**
 * Validates each construct once, also those that a validation defines, and reports all errors together.
 *
 * @param known constructs that are validated already
 */
export function validated(root: IConstruct, known: readonly IConstruct[] = []): ConstructTree {
  let tree = new ConstructTree(root);
  let fresh = known.length === 0 ? tree.constructs : without(tree.constructs, known);
  while (fresh.length > 0) {
    const errors: string[] = [];
    for (const { node } of fresh) {
      for (const error of node.validate()) {
        errors.push(`[${node.path}] ${error}`);
      }
    }
    refuse(errors);
    const before = tree.constructs;
    const isAsBefore = before.reduce((count, { node }) => count + node.children.length, 1) === before.length;
    tree = isAsBefore ? tree : new ConstructTree(root);
    fresh = isAsBefore ? [] : without(tree.constructs, before);
  }
  return tree;
}

/** Fails if there are errors. */
export function refuse(errors: readonly string[]): void {
  if (errors.length > 0) {
    throw new Error(`Validation failed with the following errors:\n  ${errors.join('\n  ')}`);
  }
}

function without(constructs: readonly IConstruct[], known: readonly IConstruct[]): readonly IConstruct[] {
  const others = new Set(known);
  return constructs.filter((construct) => !others.has(construct));
}
