import type { Manifest } from './manifest';

/** The ConfigMap with the certificate of the API server, which Kubernetes itself makes in each namespace. */
const ROOT_CERTIFICATE = 'kube-root-ca.crt';

/** What manifests name and do not bring along, as sentences, each once. Others must have installed it. */
export function needsOfOthers(manifests: readonly Manifest[]): string[] {
  const has = (kind: string, name: string, namespace?: string) =>
    manifests.some((other) => other.kind === kind && other.metadata.name === name && other.metadata.namespace === namespace);
  const needs = new Set<string>();
  const needed = (kind: string, name: string | undefined, namespace?: string, detail = '') => {
    if (name && name !== ROOT_CERTIFICATE && !has(kind, name, namespace)) needs.add(`${kind} ${namespace ? `${namespace}/` : ''}${name}${detail}`);
  };

  for (const manifest of manifests) {
    const { namespace } = manifest.metadata;
    needed('Namespace', namespace);
    for (const { spec } of manifest.kind === 'PersistentVolumeClaim' ? [manifest] : manifest.spec?.volumeClaimTemplates ?? []) {
      if (spec.storageClassName) needed('StorageClass', spec.storageClassName);
      else needs.add(`a default StorageClass for ${spec.accessModes}`);
    }
    for (const { secretKeyRef } of manifest.kind === 'Component' ? manifest.spec.metadata : []) {
      needed('Secret', secretKeyRef?.name, namespace, ` with the key ${secretKeyRef?.key}`);
    }
    const template = (manifest.spec?.jobTemplate ?? manifest).spec?.template;
    if (!template?.spec?.containers) continue;
    const pod = template.spec;
    needed('Configuration', template.metadata.annotations?.['dapr.io/config'], namespace);
    needed('ServiceAccount', pod.serviceAccountName, namespace);
    needed('PriorityClass', pod.priorityClassName);
    for (const { name } of pod.imagePullSecrets ?? []) needed('Secret', name, namespace);
    for (const volume of pod.volumes ?? []) {
      needed('PersistentVolumeClaim', volume.persistentVolumeClaim?.claimName, namespace);
      for (const source of [volume, ...(volume.projected?.sources ?? [])]) {
        const secret = source.secret?.secretName ?? source.secret?.name;
        if (!source.secret?.items) needed('Secret', secret, namespace);
        for (const { key } of source.secret?.items ?? []) needed('Secret', secret, namespace, ` with the key ${key}`);
        needed('ConfigMap', source.configMap?.name, namespace);
      }
    }
    for (const container of [...(pod.initContainers ?? []), ...pod.containers]) {
      for (const from of container.envFrom ?? []) {
        needed('Secret', from.secretRef?.name, namespace);
        needed('ConfigMap', from.configMapRef?.name, namespace);
      }
      for (const { valueFrom } of container.env ?? []) {
        needed('Secret', valueFrom?.secretKeyRef?.name, namespace, ` with the key ${valueFrom?.secretKeyRef?.key}`);
        needed('ConfigMap', valueFrom?.configMapKeyRef?.name, namespace);
      }
    }
  }
  return [...needs].sort();
}

/** Secrets with all the keys that manifests need of others, from what `needsOfOthers` says. */
export function secretsOfOthers(needs: readonly string[]): Manifest[] {
  const secrets = new Map<string, Manifest & { stringData: Record<string, string> }>();
  for (const need of needs) {
    const [, namespace, name, key] = /^Secret ([^/]+)\/(\S+) with the key (\S+)$/.exec(need) ?? [];
    if (!key) continue;
    const secret = secrets.get(`${namespace}/${name}`) ?? { apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace }, stringData: {} };
    secret.stringData[key] = 'not read: no container runs';
    secrets.set(`${namespace}/${name}`, secret);
  }
  return [...secrets.values()];
}

/** The storage that others install: the only thing besides CRDs and Secrets without which the rendered objects do not run. */
export const SHARED_STORAGE: Manifest = {
  apiVersion: 'storage.k8s.io/v1',
  kind: 'StorageClass',
  metadata: { name: 'shared', annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
  provisioner: 'shared.csi.example.com',
  volumeBindingMode: 'WaitForFirstConsumer',
};
