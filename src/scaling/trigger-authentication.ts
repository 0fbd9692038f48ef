import type { Construct } from 'constructs';
import { authenticationName } from './triggers';
import type * as keda from '../../imports/keda';
import type { ServiceNode } from '../core/edges';
import { kafkaUser } from '../core/kafka-client';
import { defineObject } from '../core/kubernetes-object';
import type { StoreEndpoint } from '../core/store-endpoint';
import { StoreEngine } from '../core/store-endpoint';

type Spec = keda.TriggerAuthenticationSpec;

/** One for each store, each once. */
export function defineAuthentications(scope: Construct, service: ServiceNode, stores: readonly StoreEndpoint[]): void {
  stores.filter((store) => !scope.node.tryFindChild(authenticationName(service, store)))
    .forEach((store) => defineAuthentication(scope, service, store));
}

/**
 * Defines by what credentials KEDA reads the queues of a workload at a store: those of its sidecar, so that it may see no more. They are
 * named and not held.
 *
 * @see https://keda.sh/docs/latest/concepts/authentication/
 */
function defineAuthentication(scope: Construct, service: ServiceNode, store: StoreEndpoint): void {
  const name = authenticationName(service, store);
  // Strimzi makes a Secret of the password alone; the name of the user is none
  const user = store.engine === StoreEngine.KAFKA && store.namespace !== undefined ? kafkaUser(store, service) : undefined;
  if (user !== undefined) {
    defineObject(scope, `${name} user`, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data: { username: user } });
  }
  defineObject<Spec>(scope, name, {
    apiVersion: 'keda.sh/v1alpha1',
    kind: 'TriggerAuthentication',
    metadata: { name },
    spec: user === undefined ? credentialsOf(store) : {
      configMapTargetRef: [{ parameter: 'username', name, key: 'username' }],
      secretTargetRef: [{ parameter: 'password', name: user, key: 'password' }, authority(store)],
    },
  });
}

function credentialsOf(store: StoreEndpoint): Spec {
  const password = ['username', 'password'].map((key) => ({ parameter: key, name: store.secretName, key }));
  return { secretTargetRef: store.engine === StoreEngine.KAFKA ? [...password, authority(store)] : password };
}

function authority(store: StoreEndpoint): keda.TriggerAuthenticationSpecSecretTargetRef {
  return { parameter: 'ca', name: store.secretName, key: 'ca.crt' };
}
