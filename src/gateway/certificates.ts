import type { Construct } from 'constructs';
import { type GatewayDefinition, metadataIn } from './gateway-definition';
import type * as certManager from '../../imports/cert-manager';
import { defineObject } from '../core/kubernetes-object';
import { defineNetworkPolicy } from '../network/network-policy';
import { hostnameInName } from '../values/hostname';

type CertificateSpec = certManager.CertificateSpec;

/** P-256, as browsers and servers sign fastest with. */
const KEY = { algorithm: 'ECDSA', size: 256, rotationPolicy: 'Always' } as const;
/** The pods by which cert-manager shows an authority that a hostname leads here, and their port. */
export const ACME_SOLVER = { labels: { 'acme.cert-manager.io/http01-solver': 'true' }, port: 8089 } as const;

export function secretName({ name, certificates }: GatewayDefinition, hostname: string): string {
  return certificates._kind === 'Secret' ? certificates._name : `${name}-${hostnameInName(hostname)}`;
}

/** Defines the certificate of each hostname, in the namespace of the gateway or in another. */
export function defineCertificates(gateway: GatewayDefinition, hostnames: readonly string[], scope = gateway.construct, namespace?: string): void {
  const { certificates, settings } = gateway;
  if (certificates._kind === 'Secret') {
    return;
  }
  defineSolverPolicy(gateway, scope, namespace);
  for (const hostname of hostnames) {
    const secret = secretName(gateway, hostname);
    defineObject<CertificateSpec>(scope, `Certificate-${hostname}`, {
      apiVersion: 'cert-manager.io/v1',
      kind: 'Certificate',
      metadata: metadataIn(secret, namespace),
      spec: {
        secretName: secret,
        dnsNames: [hostname],
        issuerRef: { group: 'cert-manager.io', kind: certificates._kind, name: certificates._name },
        duration: `${settings.certificateLifetime.toHours()}h`,
        renewBefore: `${settings.certificateRenewal.toHours()}h`,
        privateKey: KEY,
        usages: ['digital signature', 'server auth'],
      },
    });
  }
}

/**
 * Lets the gateway in to the pod that answers the challenge of an authority: it stands beside the certificate, and default-deny would block it.
 *
 * @see https://cert-manager.io/docs/configuration/acme/http01/
 */
function defineSolverPolicy({ name, node }: GatewayDefinition, scope: Construct, namespace?: string): void {
  if (!scope.node.tryFindChild('AcmePolicy')) {
    defineNetworkPolicy(scope, 'AcmePolicy', {
      name: `${name}-acme`,
      namespace,
      selector: { matchLabels: ACME_SOLVER.labels },
      ingress: () => [{ peers: [node.proxies], ports: [ACME_SOLVER.port] }],
    });
  }
}
