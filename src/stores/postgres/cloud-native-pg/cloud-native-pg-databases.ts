import { Construct } from 'constructs';
import type { DatabaseSpec, ManagedRole } from './cloud-native-pg-manifests';
import { defineObject } from '../../../core/kubernetes-object';
import { beforeSynthesis } from '../../../core/preparation';
import type { StoreEndpoint } from '../../../core/store-endpoint';
import type { PostgresDefinition } from '../postgres-definition';
import { rolesOf, validateRoles } from '../service-roles';

/** Objects of Kubernetes have no underscores in their names. */
function objectOf({ name }: PostgresDefinition, role: string): string {
  return `${name}-${role.replaceAll('_', '-')}`;
}

/** The users of all services that use the cluster, each with the Secret of its password. */
export function managedRoles(construct: Construct, postgres: PostgresDefinition, endpoint: StoreEndpoint): ManagedRole[] | undefined {
  const roles = rolesOf(construct, endpoint).map((role): ManagedRole => ({
    name: role, ensure: 'present' as const, login: true, passwordSecret: { name: objectOf(postgres, role) },
  }));
  return roles.length === 0 ? undefined : roles;
}

/**
 * A database for each service that uses the cluster, which stays where a service is taken out.
 *
 * @internal
 */
export class ManagedDatabases extends Construct {
  constructor(scope: Construct, id: string, private readonly postgres: PostgresDefinition, private readonly endpoint: StoreEndpoint) {
    super(scope, id);
    validateRoles(this, endpoint);
    beforeSynthesis(this, () => this.render());
  }

  private render(): void {
    for (const role of rolesOf(this, this.endpoint)) {
      if (!this.node.tryFindChild(role)) {
        defineObject<DatabaseSpec>(this, role, {
          apiVersion: 'postgresql.cnpg.io/v1',
          kind: 'Database',
          metadata: { name: objectOf(this.postgres, role) },
          spec: { cluster: { name: this.postgres.name }, name: role, owner: role, ensure: 'present', databaseReclaimPolicy: 'retain' },
        });
      }
    }
  }
}
