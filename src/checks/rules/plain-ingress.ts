import type { IRule } from '../rule';
import { Severity } from '../severity';

export const PLAIN_INGRESS: IRule = {
  id: 'MS-GATE-001',
  severity: Severity.INFO,
  why: 'An Ingress has no field for the TLS version, timeouts and retries, so its controller decides them.',
  fix: 'Set them in the controller, or by gateway.ingressAnnotations where it reads any.',
  check: (manifests) => manifests.of('Ingress', 'networking.k8s.io').map((manifest) => ({ manifest })),
};
