/**
 * The APIs of sidecars with their versions, in `pkg/api/http` and `pkg/api/grpc/endpoints.go` of Dapr 1.18. Health is always allowed, and so not listed.
 */
export const SIDECAR_APIS: { readonly [name: string]: readonly string[] } = {
  actors: ['v1', 'v1alpha1'],
  bindings: ['v1'],
  configuration: ['v1', 'v1alpha1'],
  conversation: ['v1alpha1', 'v1alpha2'],
  crypto: ['v1alpha1'],
  invoke: ['v1'],
  jobs: ['v1', 'v1alpha1'],
  lock: ['v1alpha1'],
  metadata: ['v1'],
  publish: ['v1', 'v1alpha1'],
  secrets: ['v1'],
  shutdown: ['v1'],
  state: ['v1', 'v1alpha1'],
  subscribe: ['v1alpha1'],
  subtlecrypto: ['v1alpha1'],
  unlock: ['v1alpha1'],
  workflows: ['v1', 'v1alpha1', 'v1beta1'],
};
