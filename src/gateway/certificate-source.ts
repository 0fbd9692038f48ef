import { dnsSubdomain } from '../values/value-checks';

/**
 * Where the certificates of a gateway come from.
 */
export class CertificateSource {
  /**
   * cert-manager, by an issuer that serves all namespaces.
   *
   * @see https://cert-manager.io/docs/configuration/
   */
  public static clusterIssuer(name: string): CertificateSource {
    return new CertificateSource('ClusterIssuer', dnsSubdomain('CertificateSource.clusterIssuer', 'name', name));
  }

  /**
   * cert-manager, by an issuer of the gateway's namespace, and with Ingress of every namespace with a route.
   */
  public static issuer(name: string): CertificateSource {
    return new CertificateSource('Issuer', dnsSubdomain('CertificateSource.issuer', 'name', name));
  }

  /**
   * A Secret of type `kubernetes.io/tls` that others put into the gateway's namespace: its certificate is for all hostnames.
   */
  public static secret(name: string): CertificateSource {
    return new CertificateSource('Secret', dnsSubdomain('CertificateSource.secret', 'name', name));
  }

  /** @internal */
  public readonly _kind: 'ClusterIssuer' | 'Issuer' | 'Secret';

  /** @internal */
  public readonly _name: string;

  private constructor(kind: 'ClusterIssuer' | 'Issuer' | 'Secret', name: string) {
    this._kind = kind;
    this._name = name;
  }

  /**
   * Kind and name, such as `ClusterIssuer letsencrypt`.
   */
  public toString(): string {
    return `${this._kind} ${this._name}`;
  }
}
