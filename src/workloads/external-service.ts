import type { ICallable } from '../core/service-reference';
import { ServiceReference } from '../core/service-reference';
import { fail } from '../values/errors';
import { NetworkPeer } from '../values/network-peer';
import { HTTPS_PORT } from '../values/ports';
import { dnsSubdomain, portNumber } from '../values/value-checks';

/**
 * How a host outside of the cluster is reached.
 */
export interface ExternalServiceOptions {
  /**
   * The ports on which it takes TLS connections.
   *
   * @default - 443
   */
  readonly ports?: number[];

  /**
   * The addresses it may have, in CIDR notation: what a NetworkPolicy of Kubernetes, and Calico, let out to.
   *
   * @default - not known; only Cilium can let a service out to it then
   */
  readonly cidrs?: string[];
}

/**
 * A host outside of the cluster that services call by its name and over TLS, such as a payment provider.
 *
 * `payment.calls(provider)` gives the way out: with Cilium a policy by the name, else one by the addresses that are given here; and with
 * Istio a ServiceEntry. Synthesis fails where a policy would need addresses and none are given.
 *
 * @example
 *
 * declare const payment: Microservice;
 * payment.calls(workloads.ExternalService.fromHost('api.payments.example', { cidrs: ['203.0.113.0/24'] }));
 */
export class ExternalService implements ICallable {
  /**
   * The host of this name: a fully qualified one, in lower case.
   */
  public static fromHost(host: string, options: ExternalServiceOptions = {}): ExternalService {
    return new ExternalService(host, options);
  }

  /** Which host this is, for those who call it. */
  public readonly reference: ServiceReference;

  /** The name of the host. */
  public readonly host: string;

  /** Its main port, the first of `ports`. */
  public readonly port: number;

  /** Host and port, such as `api.payments.example:443`. */
  public readonly address: string;

  private constructor(host: string, options: ExternalServiceOptions) {
    const where = 'ExternalService.fromHost';
    dnsSubdomain(where, 'host', host);
    if (!host.includes('.')) {
      fail(where, `'${host}' has no domain, so it would be a Service of the caller's namespace`, `Write the whole name, such as '${host}.example.com', or use ImportedService.fromName()`);
    }
    if (/^[0-9.]+$/.test(host)) {
      fail(where, `'${host}' is an address and no name`, 'Allow it by a ServiceNetworkPolicy with NetworkPeer.cidr()');
    }
    if (options.ports?.length === 0) {
      fail(where, `'${host}' has no port`, 'Name one, or leave ports out');
    }
    const ports = options.ports ?? [HTTPS_PORT];
    ports.forEach((port) => portNumber(where, port));
    const cidrs = options.cidrs ?? [];
    // checks each
    cidrs.forEach((cidr) => NetworkPeer.cidr(cidr));
    this.host = host;
    this.port = ports[0];
    this.address = `${host}:${this.port}`;
    this.reference = ServiceReference._external({ host, ports, cidrs });
  }
}
