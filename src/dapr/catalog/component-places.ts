/** Components of components-contrib 1.18 that work inside of the sidecar, or read files and variables of its container. */
const IN_SIDECAR = [
  'bindings.cron', 'bindings.localstorage', 'bindings.wasm', 'conversation.echo', 'crypto.dapr.jwks', 'crypto.dapr.localstorage', 'pubsub.in-memory',
  'secretstores.local.env', 'secretstores.local.file', 'state.in-memory', 'state.sqlite', 'state.sqlite3',
];

/** Components that read objects of the API server by the ServiceAccount of the pod, and which resources. */
const BY_API_SERVER: Readonly<Record<string, string>> = {
  'bindings.kubernetes': 'events',
  'configuration.kubernetes': 'configmaps',
  'crypto.dapr.kubernetes.secrets': 'secrets',
  'secretstores.kubernetes': 'secrets',
};

/** Whether sidecars connect to something that a network policy must admit. */
export function connectsElsewhere(type: string): boolean {
  return !IN_SIDECAR.includes(type) && !(type in BY_API_SERVER) && !type.startsWith('middleware.');
}

/** The resources of the API server that a component reads, if it reads any. */
export function apiResourceOf(type: string): string | undefined {
  return BY_API_SERVER[type];
}
