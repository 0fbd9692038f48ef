import type { ServiceGroup } from './service-group';
import { environmentName } from './service-group';

/** The groups of a program, by their names and namespaces. */
export class GroupIndex {
  public readonly all: ServiceGroup[] = [];
  /** The names of all environments, and the empty one of groups that all of them share. */
  public readonly environments = new Set(['']);
  private readonly byNamespace = new Map<string, ServiceGroup[]>();
  private readonly byName = new Map<string, Map<string, ServiceGroup>>();

  public add(group: ServiceGroup): void {
    const environment = environmentName(group);
    const namesakes = this.byName.get(group.name) ?? new Map<string, ServiceGroup>();
    this.all.push(group);
    this.environments.add(environment);
    this.byNamespace.set(group.namespace, [...this.byNamespace.get(group.namespace) ?? [], group]);
    this.byName.set(group.name, namesakes.set(environment, group));
  }

  /** The group of a name in an environment, or else the one that all environments share. */
  public find(name: string, environment: string): ServiceGroup | undefined {
    const namesakes = this.byName.get(name);
    return namesakes?.get(environment) ?? namesakes?.get('');
  }

  /** The groups of a namespace. Environments with a cluster each may have one in each. */
  public inNamespace(namespace: string): readonly ServiceGroup[] {
    return this.byNamespace.get(namespace) ?? [];
  }
}
