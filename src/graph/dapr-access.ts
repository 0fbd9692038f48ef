import type { Endpoint } from './endpoint';
import type { MeshRequest } from './mesh-request';
import type { ManifestSet } from '../manifests/manifest-set';

/**
 * Whether the Dapr sidecar of a workload admits a request of another sidecar. Without a Configuration it admits all.
 *
 * @see https://docs.dapr.io/operations/configuration/invoke-allowlist/
 */
export function daprAllows(manifests: ManifestSet, from: Endpoint, to: Endpoint, { method, path }: MeshRequest): boolean {
  const [caller, called] = [from, to].map(({ _template: { metadata } }) => metadata?.annotations ?? {});
  const { accessControl } = manifests.named('Configuration', called['dapr.io/config'] ?? '', to.namespace, 'dapr.io')?.spec ?? {};
  if (!accessControl) {
    return true;
  }
  const policy = (accessControl.policies ?? []).find(({ appId, namespace }: any) => appId === caller['dapr.io/app-id'] && namespace === from.namespace);
  const operation = (policy?.operations ?? []).find(({ name, httpVerb = ['*'] }: any) =>
    fits(name, path) && httpVerb.some((verb: string) => ['*', method].includes(verb)));
  return (operation?.action ?? policy?.defaultAction ?? accessControl.defaultAction ?? 'allow') === 'allow';
}

function fits(name: string, path: string): boolean {
  return name.endsWith('/**') ? path.startsWith(name.slice(0, -2)) : path === name;
}
