import type { Construct } from 'constructs';
import { ArgoCdSource } from './argo-cd-source';
import type { Deployable } from './deployable';
import { describe, fail, nearest } from '../values/errors';
import { show } from '../values/value-checks';

/** What each service is rendered from. Stores and namespaces come from manifests. */
export class ServiceSources {
  private readonly said = new Map<string, ArgoCdSource>();

  constructor(private readonly where: Construct, private readonly source: ArgoCdSource = ArgoCdSource.manifests()) {}

  public set(service: string, source: ArgoCdSource): void {
    if (this.said.has(service)) {
      fail(this.where, `says twice what ${show(service)} is rendered from`, 'Say it once');
    }
    this.said.set(service, source);
  }

  public of({ name, role }: Pick<Deployable, 'name' | 'role'>): ArgoCdSource {
    return role === 'service' ? this.said.get(name) ?? this.source : ArgoCdSource.manifests();
  }

  /** What is wrong with them, when all services are known. */
  public check(deployables: readonly Deployable[]): string[] {
    const services = deployables.filter(({ role }) => role === 'service');
    const names = services.map(({ name }) => name);
    const unknown = [...this.said.keys()].filter((name) => !names.includes(name)).map((name) => {
      const near = nearest(name, names);
      return describe(`deploys ${show(name)}, and there is no such service`, near !== undefined ? `Did you mean '${near}'?` : 'Define it, or remove the line');
    });
    const withoutChart = services.flatMap((service) => {
      const charts = this.of(service)._charts;
      return charts && !charts._has(service.name)
        ? describe(`deploys '${service.name}' by its chart, and [${charts.node.path}] makes none of it`, 'Add it to services there') : [];
    });
    return [...unknown, ...withoutChart];
  }
}
