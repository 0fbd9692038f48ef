import type { Construct } from 'constructs';
import { authenticationName } from './triggers';
import type * as keda from '../../imports/keda';
import type { ServiceNode } from '../core/edges';
import { clientOf, engineOf } from '../core/engine-of';
import { defineObject } from '../core/kubernetes-object';
import type { StoreEndpoint } from '../core/store-endpoint';

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
  const { credentials } = engineOf(store).queueAccess(clientOf(store, service));
  if (credentials.length === 0) {
    return;
  }
  const values = credentials.filter(({ secret }) => secret === undefined);
  // KEDA reads values that are no secrets from a ConfigMap only
  if (values.length > 0) {
    const data = Object.fromEntries(values.map(({ name: parameter, value }) => [parameter, value]));
    defineObject(scope, `${name} user`, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data });
  }
  defineObject<keda.TriggerAuthenticationSpec>(scope, name, {
    apiVersion: 'keda.sh/v1alpha1',
    kind: 'TriggerAuthentication',
    metadata: { name },
    spec: {
      ...values.length > 0 ? { configMapTargetRef: values.map(({ name: parameter }) => ({ parameter, name, key: parameter })) } : {},
      secretTargetRef: credentials.flatMap(({ name: parameter, secret }) => secret ? [{ parameter, ...secret._toKube().secretKeyRef }] : []),
    },
  });
}
