import type { Construct, IConstruct } from 'constructs';
import type { Class } from './arguments';
import { checkProps } from './arguments';
import { fail } from './errors';

/**
 * The id of a construct, before it is defined. Also checks its properties. Fails on an empty id, and on the name of a member of every JavaScript object, which constructs
 * take for the id of a child that exists.
 *
 * @param type the class: `new.target`
 */
export function constructId(scope: IConstruct, id: string, type: Class, props?: unknown): string {
  const where = scope as Construct;
  if (id === '') {
    fail(where, 'a construct has an empty id', 'Give it a name');
  }
  if (typeof id === 'string' && id in {}) {
    fail(where, `a construct has the id '${id}', which every JavaScript object has as a member`, 'Choose another name');
  }
  checkProps(scope, id, type, props);
  return id;
}
