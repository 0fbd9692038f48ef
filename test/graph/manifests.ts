import { Reachability } from '../../src/graph/reachability';
import { ManifestSet } from '../../src/manifests/manifest-set';

/** A Deployment whose pods have the label `app` and these ports by name. */
export function workload(name: string, within: string, { labels = {}, ports = { http: 8000 }, annotations = {}, spec = {} }: {
  labels?: Record<string, string>; ports?: Record<string, number>; annotations?: Record<string, string>; spec?: object;
} = {}): any {
  const containerPorts = Object.entries(ports).map(([port, containerPort]) => ({ name: port, containerPort }));
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: within },
    spec: { template: { metadata: { labels: { app: name, ...labels }, annotations }, spec: { ...spec, containers: [{ name: 'main', ports: containerPorts }] } } },
  };
}

export function namespace(name: string, labels: Record<string, string> = {}): any {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } };
}

/** A NetworkPolicy of the namespace `shop`, unless it names another. */
export function policy(spec: object, within = 'shop'): any {
  return { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name: 'policy', namespace: within }, spec };
}

export function reachabilityOf(...objects: any[]): Reachability {
  return Reachability.of(ManifestSet.ofJson(objects));
}

/** All edges as text. */
export function edgesOf(...objects: any[]): string[] {
  return reachabilityOf(...objects).edges.map(String);
}

export const ALL = 'TCP 1-65535, UDP 1-65535, SCTP 1-65535';
