import { IResolver, Lazy, ResolutionContext } from 'cdk8s';

/**
 * Resolves all values of an API object at once.
 *
 * Does for a whole object what the three resolvers of cdk8s do value by value: lazy values, tokens with a `resolve`
 * method, and unions of number and string. They make a context and call each resolver for each value, which is most
 * of the time of rendering. Not for use beside resolvers of a user, which must see the values as they were.
 */
export class WholeObjectResolver implements IResolver {
  public resolve(context: ResolutionContext): void {
    const { key, value } = context;
    // the stock resolvers would take a root with a `value` (a PriorityClass) that is not a plain object for a union
    if (key.length === 0 && value.constructor === Object && !isText(value.value)) {
      context.replaceValue(Object.assign(new Resolved(), resolveEntries(value)));
    }
  }
}

/**
 * Data that is resolved already. cdk8s descends into plain objects only, and writes objects of any class named `Object`.
 */
class Resolved {}
Object.defineProperty(Resolved, 'name', { value: 'Object' });

function resolveValue(value: any): unknown {
  if (value === undefined || value === null) {
    return value;
  }
  if (typeof value === 'object') {
    if (Array.isArray(value)) {
      return value.map(resolveValue);
    }
    if (value instanceof Lazy) {
      return resolveValue(value.produce());
    }
    if (typeof value.resolve === 'function') {
      return resolveValue(value.resolve());
    }
    if (value.constructor === Object) {
      return resolveEntries(value);
    }
    return isText(value.value) ? { value: value.value } : value;
  }
  return typeof value.resolve === 'function' ? resolveValue(value.resolve()) : value;
}

function resolveEntries(value: Record<string, unknown>): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const key of Object.keys(value)) {
    result[key] = resolveValue(value[key]);
  }
  return result;
}

function isText(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number';
}
