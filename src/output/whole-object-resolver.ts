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
    if (key.length === 0 && value.constructor === Object && typeof value.resolve !== 'function' && !isText(value.value)) {
      context.replaceValue(Object.assign(new Resolved(), resolve(value)));
    }
  }
}

/**
 * Data that is resolved already. cdk8s descends into plain objects only, and writes objects of any class named `Object`.
 */
class Resolved {}
Object.defineProperty(Resolved, 'name', { value: 'Object' });

/**
 * Returns what does not change as it is: cdk8s copies the result in any case, to sort its keys.
 *
 * One function that calls itself: V8 spends less on compiling it than on several that call each other.
 */
function resolve(value: any): any {
  if (typeof value !== 'object' || value === null) {
    return typeof value === 'function' && typeof value.resolve === 'function' ? resolve(value.resolve()) : value;
  }
  if (Array.isArray(value)) {
    let list: unknown[] = value;
    for (let index = 0; index < value.length; index++) {
      const resolved = resolve(value[index]);
      if (resolved !== value[index]) {
        list = list === value ? [...value] : list;
        list[index] = resolved;
      }
    }
    return list;
  }
  if (value.constructor === Object && typeof value.resolve !== 'function') {
    let result = value;
    for (const key of Object.keys(value)) {
      const item = value[key];
      const resolved = resolve(item);
      if (resolved !== item) {
        result = result === value ? { ...value } : result;
        result[key] = resolved;
      }
    }
    return result;
  }
  return resolveToken(value);
}

function resolveToken(value: any): any {
  if (value instanceof Lazy) {
    return resolve(value.produce());
  }
  if (typeof value.resolve === 'function') {
    return resolve(value.resolve());
  }
  return isText(value.value) ? { value: value.value } : value;
}

function isText(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number';
}
