import { loadAll } from 'js-yaml';
import { Environment, RedisCluster, SharedChart } from '../../src';
import { App } from '../../src/platform/app';

export interface Container {
  readonly command: string[];
  readonly env: { readonly name: string; readonly value?: string }[];
  readonly livenessProbe: { readonly exec: { readonly command: string[] } };
  readonly readinessProbe: { readonly exec: { readonly command: string[] } };
  readonly startupProbe: { readonly exec: { readonly command: string[] } };
  readonly lifecycle: { readonly preStop: { readonly exec: { readonly command: string[] } } };
}

/** The manifests of the Redis of prod, as they are written, by kind and name. */
export function redisManifest(kind: string, name: string): any {
  const app = new App();
  const [,, prod] = Environment.standard();
  new RedisCluster(new SharedChart(app, 'infrastructure'), `redis-${prod.name}`, { environment: prod });
  const found = (loadAll(app.synthYaml()) as any[]).find((each) => each.kind === kind && each.metadata.name === name);
  if (!found) {
    throw new Error(`there is no ${kind} ${name}`);
  }
  return found;
}
