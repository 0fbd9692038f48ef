import type { Construct } from 'constructs';
import { ConnectionIndex } from '../../core/connection-index';
import type { ServiceNode } from '../../core/edges';
import type { StoreEndpoint } from '../../core/store-endpoint';
import { describe } from '../../values/errors';

/** PostgreSQL cuts what is longer, and two names could become one. */
const LONGEST_IDENTIFIER = 63;

/** The database of a service, and the user by whom it comes in: `core_business_order` for `order` of `core-business`. */
export function roleOf({ group, name }: { readonly group: { readonly name: string }; readonly name: string }): string {
  return `${group.name}_${name}`.replaceAll('-', '_');
}

/** The databases of all services that use a cluster, sorted. */
export function rolesOf(construct: Construct, endpoint: StoreEndpoint): string[] {
  return [...new Set(ConnectionIndex.of(construct).clientsOf(endpoint).map(roleOf))].sort();
}

/** Fails at synthesis where two services would share a database. */
export function validateRoles(construct: Construct, endpoint: StoreEndpoint): void {
  construct.node.addValidation({
    validate: () => {
      const named = new Map<string, ServiceNode>();
      return ConnectionIndex.of(construct).clientsOf(endpoint).flatMap((client) => {
        const role = roleOf(client);
        const other = named.get(role);
        named.set(role, client);
        return [
          ...role.length <= LONGEST_IDENTIFIER ? [] : [describe(
            `is used by '${client.name}' of '${client.group.name}', whose database '${role}' has ${role.length} characters, and ${LONGEST_IDENTIFIER} are the most`,
            'Shorten the name of the service or of its group',
          )],
          // two environments are another fault, and have a message of their own
          ...!other || (other.name === client.name && other.group.name === client.group.name) ? [] : [describe(
            `is used by '${other.name}' of '${other.group.name}' and by '${client.name}' of '${client.group.name}', which would share the database '${role}'`,
            'Name one of them otherwise',
          )],
        ];
      });
    },
  });
}
