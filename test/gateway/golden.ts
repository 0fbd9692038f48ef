import { join } from 'node:path';
import { toYaml } from '../cluster/support/manifest';
import { ENGINES, fullShop, objectsOfShop } from '../support/gateway';

/** What a gateway with everything renders by each engine, as files that are committed and reviewed. */
export const GOLDEN: ReadonlyMap<string, () => string> = new Map(Object.entries({
  'envoy-gateway.yaml': () => golden(ENGINES.envoyGateway),
  'istio.yaml': () => golden(ENGINES.istio),
  'ingress.yaml': () => golden(ENGINES.ingress),
}));

export function goldenPath(file: string): string {
  return join(__dirname, 'golden', file);
}

function golden(engine: typeof ENGINES.istio): string {
  return toYaml(ofGateway(objectsOfShop(fullShop(engine))).map(withoutCommonLabels));
}

/** The objects of the gateway, and the policies by which services let it in. */
export function ofGateway(manifests: any[]): any[] {
  const key = ({ kind, metadata }: any) => `${kind} ${metadata.namespace} ${metadata.name}`;
  return manifests.filter(({ metadata }) => metadata.labels?.type === 'gateway' || /-gateways$/.test(metadata.name))
    .sort((a, b) => key(a) < key(b) ? -1 : 1);
}

function withoutCommonLabels(manifest: any): any {
  const { labels: _labels, ...metadata } = manifest.metadata;
  return { ...manifest, metadata };
}
