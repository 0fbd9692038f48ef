import { loadAll } from 'js-yaml';
import { App, Environment, Image, Microservice, PlatformProfile, ServiceChart, SharedChart } from '../../src';
import { NetworkDefaults } from '../../src/network';
import type { PostgresClusterProps, RedisClusterProps } from '../../src/stores';
import { PostgresCluster, RedisCluster } from '../../src/stores';
import type { Manifest } from '../cluster/support/manifest';

export interface Container {
  readonly command: string[];
  readonly env: { readonly name: string; readonly value?: string }[];
  readonly livenessProbe: { readonly exec: { readonly command: string[] } };
  readonly readinessProbe: { readonly exec: { readonly command: string[] } };
  readonly startupProbe: { readonly exec: { readonly command: string[] } };
  readonly lifecycle: { readonly preStop: { readonly exec: { readonly command: string[] } } };
}

/** Manifests as they are written, found by kind and name. */
export class Rendered {
  constructor(public readonly all: readonly any[]) {}

  public get(kind: string, name: string): any {
    const found = this.all.find((each) => each.kind === kind && each.metadata.name === name);
    if (!found) {
      throw new Error(`there is no ${kind} ${name}`);
    }
    return found;
  }
}

/** What a program writes. */
export function rendered(define: (app: App) => void): Rendered {
  const app = new App();
  define(app);
  return new Rendered(loadAll(app.synthYaml()));
}

/** The manifests of the Redis of prod. */
export function redisOfProd(props: RedisClusterProps = {}): Rendered {
  const [,, prod] = Environment.standard();
  return rendered((app) => new RedisCluster(new SharedChart(app, 'infrastructure'), 'redis-prod', { environment: prod, ...props }));
}

/** The manifests of `infrastructure` with the PostgreSQL of prod, which two services use. */
export function postgresManifests(props: PostgresClusterProps): Manifest[] {
  const app = new App();
  const [,, prod] = Environment.standard();
  const profile = PlatformProfile.standard().with(NetworkDefaults.of({ network: { apiServerCidrs: ['10.0.0.1/32'] } }));
  const image = Image.of('registry.example.com/postgresql', { tag: '15.13-1' });
  const postgres = new PostgresCluster(new SharedChart(app, 'infrastructure', { profile }), `postgresql-${prod.name}`, { environment: prod, image, ...props });
  const business = new ServiceChart(app, 'core-business', { environment: prod, profile });
  for (const name of ['order', 'payment']) {
    new Microservice(business, name, { image: Image.of(`registry.example.com/${name}`, { tag: '1.4.2' }) }).uses(postgres);
  }
  return (loadAll(app.synthYaml()) as Manifest[]).filter(({ kind, metadata }) =>
    metadata.namespace === 'infrastructure' || (kind === 'Namespace' && metadata.name === 'infrastructure') || kind === 'PriorityClass');
}
