import type { Construct, IConstruct } from 'constructs';
import { fail } from './errors';

/**
 * The id of a construct, before it is defined. Fails on an empty one, and on the name of a member of every JavaScript object, which constructs
 * take for the id of a child that exists.
 */
export function constructId(scope: IConstruct, id: string): string {
  const where = scope as Construct;
  if (id === '') {
    fail(where, 'a construct has an empty id', 'Give it a name');
  }
  if (typeof id === 'string' && id in {}) {
    fail(where, `a construct has the id '${id}', which every JavaScript object has as a member`, 'Choose another name');
  }
  return id;
}
