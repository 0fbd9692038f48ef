import type { Construct } from 'constructs';
import { sidecarRemedy } from './sidecar-choice';
import type { CallOptions } from '../core/connection-options';
import type { ServiceNode } from '../core/edges';
import type { ServiceReference } from '../core/service-reference';
import { fail } from '../values/errors';
import { oneOf } from '../values/one-of';
import { plainText } from '../values/value-checks';

const OPERATIONS = ['schedule', 'terminate', 'raise', 'pause', 'resume', 'purge', 'get', 'rerun'];

/** Fails on workflows of another service that Dapr cannot reach, or whose policy it refuses. */
export function checkWorkflows(construct: Construct, caller: ServiceNode, callee: ServiceReference, options: CallOptions): void {
  const { workflows, activities, direct } = options;
  if (!workflows && !activities) {
    return;
  }
  if (!caller.dapr || direct || callee._foreign || callee._external) {
    fail(construct, `calls workflows of '${callee.name}', which sidecars of one program reach through Dapr alone`,
      callee._foreign || callee._external ? 'Leave workflows and activities out' : sidecarRemedy(caller.group.profile, 'Remove direct'));
  }
  if (Object.keys(workflows ?? {}).length + (activities ?? []).length === 0) {
    fail(construct, `calls workflows of '${callee.name}' and lists none`, 'Leave workflows and activities out, or add a name');
  }
  for (const [name, operations] of Object.entries(workflows ?? {})) {
    plainText(construct, 'the name of a workflow', name);
    operations.forEach((operation) => oneOf(construct, `the operations of the workflow '${name}'`, operation, OPERATIONS));
    if (operations.length === 0 || new Set(operations).size < operations.length) {
      fail(construct, `lists ${operations.length === 0 ? 'no operation' : 'an operation twice'} for the workflow '${name}' of '${callee.name}'`, 'List each operation once');
    }
  }
  activities?.forEach((name) => plainText(construct, 'the name of an activity', name));
}
