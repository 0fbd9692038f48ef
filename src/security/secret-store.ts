import { dnsSubdomain } from '../values/value-checks';

/**
 * Where External Secrets looks values up: a vault, a cloud's secret manager. It is defined by whoever runs External Secrets.
 *
 * @see https://external-secrets.io/latest/api/clustersecretstore/
 */
export class SecretStore {
  /**
   * A ClusterSecretStore, which all namespaces may use that it admits.
   */
  public static cluster(name: string): SecretStore {
    return new SecretStore('ClusterSecretStore', dnsSubdomain('SecretStore.cluster', 'the store', name));
  }

  /**
   * A SecretStore of the same namespace.
   */
  public static namespaced(name: string): SecretStore {
    return new SecretStore('SecretStore', dnsSubdomain('SecretStore.namespaced', 'the store', name));
  }

  private constructor(private readonly kind: string, private readonly name: string) {}

  /** @internal */
  public _toKube(): { kind: string; name: string } {
    return { kind: this.kind, name: this.name };
  }
}
