import type * as k8s from '../../../imports/k8s';
import type { Resources } from '../../values/resources';
import { dnsSubdomain } from '../../values/value-checks';

export type Volume = k8s.Volume;

/** Secrets are read by the group of the pod alone: 0440, which YAML would write in octal. */
export const READ_BY_GROUP = 0o440;

/** Some keys of a Secret as files of their names. */
export function secretVolume(name: string, secretName: string, keys: readonly string[]): Volume {
  return { name, secret: { secretName, defaultMode: READ_BY_GROUP, items: keys.map((key) => ({ key, path: key })) } };
}

/** A volume in memory, for what must not get to a disk, or must be fast. */
export function memoryVolume(name: string, sizeLimit: string): Volume {
  return { name, emptyDir: { medium: 'Memory', sizeLimit } };
}

/** Room on the node's disk, as much as a container may use. */
export function scratchVolume(name: string, resources: Resources): Volume {
  return { name, emptyDir: { sizeLimit: resources._amounts.ephemeralStorageLimit?.toString() } };
}

/** A volume that is made for one pod, and dropped with it. */
export function ephemeralVolume(name: string, storageClass: string, storage: string): Volume {
  return { name, ephemeral: { volumeClaimTemplate: { spec: volumeClaim(storageClass, storage) } } };
}

/** What is asked of a StorageClass for a volume that one node mounts. */
export function volumeClaim(storageClass: string, storage: string): k8s.PersistentVolumeClaimSpec {
  return {
    accessModes: ['ReadWriteOnce'],
    storageClassName: storageClassName(storageClass),
    resources: { requests: { storage } },
  };
}

/** The default class of the cluster is meant where none is named: an empty text would mean no class at all to Kubernetes. */
export function storageClassName(storageClass: string): string | undefined {
  return storageClass === '' ? undefined : dnsSubdomain('storageClass', 'the StorageClass', storageClass);
}

/** Where programs look for the token of their pod: a rule of Kubernetes. */
export const SERVICE_ACCOUNT_DIR = '/var/run/secrets/kubernetes.io/serviceaccount';

/** So many seconds a token is valid; the kubelet writes a new one long before. */
const TOKEN_SECONDS = 3600;

/**
 * The token by which a pod may use the Kubernetes API, and the certificate of the API server, as files: for the one container that
 * mounts them, and renewed.
 */
export function apiTokenVolume(name: string): Volume {
  return {
    name,
    projected: {
      defaultMode: READ_BY_GROUP,
      sources: [
        { serviceAccountToken: { path: 'token', expirationSeconds: TOKEN_SECONDS } },
        { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
      ],
    },
  };
}
