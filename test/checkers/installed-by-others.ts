import { dump } from 'js-yaml';

/** Pods that others install in the namespaces of the stores, by the labels that their charts give them. */
const APPS = ['dapr-operator', 'dapr-placement-server', 'dapr-scheduler-server', 'dapr-sentry', 'dapr-sidecar-injector'];
const NAMES = ['opentelemetry-collector', 'prometheus-pushgateway'];
const NAMESPACE = 'infrastructure';

/** What Patroni writes to the labels of members when they run: the Services of PostgreSQL select by it. */
const ROLES = Object.entries({ dev: 'infrastructure-dev', staging: 'infrastructure-staging', prod: NAMESPACE })
  .flatMap(([environment, namespace]) => ['primary', 'replica'].map((role) => ({ namespace, labels: { app: `postgresql-${environment}`, role } })));
const roleName = ({ labels: { app, role } }: typeof ROLES[number]) => `${app}-${role}`;

/**
 * kube-score asks whether a NetworkPolicy selects a pod among the files it is given, and Dapr's control plane
 * and the collectors are not among ours. With these it sees the namespace as it is in the cluster. What it says
 * of the stand-ins themselves is no finding of ours.
 */
export function installedByOthers(): string {
  const pod = (name: string, labels: object, namespace = NAMESPACE) => ({
    apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace, labels }, spec: { containers: [{ name, image: `${name}:1` }] },
  });
  return [
    ...APPS.map((app) => pod(app, { app })),
    ...NAMES.map((name) => pod(name, { 'app.kubernetes.io/name': name })),
    ...ROLES.map((role) => pod(roleName(role), role.labels, role.namespace)),
  ].map((manifest) => dump(manifest)).join('---\n');
}

export function isInstalledByOthers(finding: { kind: string; namespace: string; name: string }): boolean {
  return finding.kind === 'Pod' && finding.namespace.startsWith(NAMESPACE) && [...APPS, ...NAMES, ...ROLES.map(roleName)].includes(finding.name);
}
