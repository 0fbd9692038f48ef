import { ApiObject, App, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import * as fc from 'fast-check';

/**
 * A construct tree as data, so that the same tree can be built in two apps.
 */
export interface TreeRecipe {
  readonly constructs: ReadonlyArray<{ readonly type: 'chart' | 'construct' | 'object'; readonly parent: number; readonly id: string }>;
  /** Whether constructs may stand outside of charts; a dependency of one is an error. */
  readonly strays: boolean;
  /** Pairs of indexes, taken modulo the number of constructs without the app. */
  readonly dependencies: ReadonlyArray<readonly [number, number]>;
}

/** Small trees: cdk8s needs exponential time for the dependencies of larger ones. */
export const treeRecipes: fc.Arbitrary<TreeRecipe> = fc.record({
  constructs: fc.array(fc.record({
    type: fc.constantFrom('chart', 'chart', 'construct', 'object', 'object', 'object'),
    parent: fc.nat(30),
    id: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'Default', 'Resource', '7', '10', 'Upper_Case'),
  }), { minLength: 1, maxLength: 14 }),
  strays: fc.integer({ min: 0, max: 9 }).map((number) => number === 0),
  dependencies: fc.array(fc.tuple(fc.nat(30), fc.nat(30)), { maxLength: 7 }),
}) as fc.Arbitrary<TreeRecipe>;

export function buildTree(app: App, recipe: TreeRecipe): Construct[] {
  const built: Construct[] = [app];
  for (const { type, parent, id } of recipe.constructs) {
    const scope = built[parent % built.length];
    if (scope.node.tryFindChild(id)) {
      continue;
    }
    const inChart = scope.node.scopes.some((each) => Chart.isChart(each));
    if (type === 'chart' || (!inChart && !recipe.strays)) {
      built.push(new Chart(scope, id, { namespace: `ns-${id.toLowerCase().replace('_', '-')}`, labels: { 'is-in': id } }));
    } else if (type === 'object' && inChart) {
      built.push(new ApiObject(scope, id, { apiVersion: 'v1', kind: 'ConfigMap', data: { number: `${built.length}` } }));
    } else {
      built.push(new Construct(scope, id));
    }
  }
  for (const [from, to] of recipe.dependencies) {
    const source = built[1 + from % (built.length - 1)];
    const target = built[1 + to % (built.length - 1)];
    if (source !== target) {
      source.node.addDependency(target);
    }
  }
  return built;
}
