import type { DaprComponentSpec, StoreClient } from '../../core/store-client';
import { StoreEngine } from '../../core/store-engine';
import { SecretReference } from '../../values/secret-reference';

/** Where the operator of etcd lets members listen. */
export const ETCD = { client: 2379, peer: 2380 } as const;

/** etcd, with certificates in place of passwords. */
class EtcdStoreEngine extends StoreEngine {
  constructor() {
    super('etcd', { port: ETCD.client, secretSuffix: '-client-tls', actors: true, dataKinds: ['EtcdCluster.operator.etcd.io'] });
  }

  /**
   * The endpoint is the Service without an address of its own, so that it names all members.
   *
   * @see https://docs.dapr.io/reference/components-reference/supported-state-stores/setup-etcd/
   */
  public stateComponent({ namespace, store: { host, port, secretName } }: StoreClient): DaprComponentSpec {
    return {
      type: 'state.etcd',
      version: 'v2',
      metadata: [
        { name: 'endpoints', value: `${host}:${port}` },
        { name: 'tlsEnable', value: 'true' },
        { name: 'ca', secret: SecretReference.of(secretName, 'ca.crt') },
        { name: 'cert', secret: SecretReference.of(secretName, 'tls.crt') },
        { name: 'key', secret: SecretReference.of(secretName, 'tls.key') },
        // keyPrefix does not apply to the state of actors
        { name: 'keyPrefixPath', value: namespace },
      ],
    };
  }
}

export const ETCD_ENGINE: StoreEngine = new EtcdStoreEngine();
