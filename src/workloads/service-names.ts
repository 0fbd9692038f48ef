import type { ServiceNode } from '../core/edges';
import { takeServiceName } from '../core/service-names';
import { fail } from '../values/errors';

/** Two Services of one name would be one, whose owners overwrite each other. */
export function takeServiceNames(node: ServiceNode): void {
  for (const [name, owner] of [[node.name, 'its own Service'], ...node.dapr ? [[`${node.appId}-dapr`, 'the Service that Dapr makes for it']] : []]) {
    const other = takeServiceName(node, name);
    if (other) {
      fail(node.construct, `'${name}' is the name of ${owner} and of a Service of ${other.construct.node.path}`, 'Give one of them another name');
    }
  }
}
