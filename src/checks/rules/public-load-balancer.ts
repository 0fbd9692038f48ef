import type { Manifest } from '../../manifests/manifest';
import type { IRule } from '../rule';
import { Severity } from '../severity';

/** The annotations by which clouds make a load balancer that only their own network reaches. */
const INTERNAL: { readonly [annotation: string]: string } = {
  'cloud.google.com/load-balancer-type': 'internal',
  'networking.gke.io/load-balancer-type': 'internal',
  'service.beta.kubernetes.io/aws-load-balancer-internal': 'true',
  'service.beta.kubernetes.io/aws-load-balancer-scheme': 'internal',
  'service.beta.kubernetes.io/azure-load-balancer-internal': 'true',
};

export const PUBLIC_LOAD_BALANCER: IRule = {
  id: 'MS-NET-002',
  severity: Severity.WARNING,
  why: 'A LoadBalancer lets everybody on the internet connect to a service, without TLS, authentication or rate limits of a gateway.',
  fix: 'Use an ApiGateway, or set sourceRanges. Acknowledge it with the reason otherwise.',
  check: (manifests) => manifests.of('Service', '').filter(isPublic).map((manifest) => ({ manifest, field: '/spec/type' })),
};

function isPublic({ json: { spec }, annotations }: Manifest): boolean {
  const ranges: unknown[] = spec?.loadBalancerSourceRanges ?? [];
  const limited = ranges.length > 0 && ranges.every((range) => Number(String(range).split('/')[1]) > 0);
  return spec?.type === 'LoadBalancer' && !limited && !Object.entries(INTERNAL).some(([name, value]) => annotations[name]?.toLowerCase() === value);
}
