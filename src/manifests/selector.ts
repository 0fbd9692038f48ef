/**
 * Whether labels fit a selector with `matchLabels` and `matchExpressions`, as the API server reads it. An empty one selects everything.
 *
 * @internal
 */
export function selects(selector: any, labels: { readonly [name: string]: string }): boolean {
  return Object.entries(selector?.matchLabels ?? {}).every(([name, value]) => labels[name] === value)
    && (selector?.matchExpressions ?? []).every((expression: any) => fits(expression, labels));
}

function fits({ key, operator, values = [] }: any, labels: { readonly [name: string]: string }): boolean {
  const isThere = Object.hasOwn(labels, key);
  switch (operator) {
    case 'In':
      return isThere && values.includes(labels[key]);
    case 'NotIn':
      return !isThere || !values.includes(labels[key]);
    case 'Exists':
      return isThere;
    case 'DoesNotExist':
      return !isThere;
    default:
      return false;
  }
}
