import { loadAll } from 'js-yaml';
import { describe } from '../values/errors';
import { Quantity } from '../values/quantity';

/** A manifest as it was written: read here for its volumes alone. */
interface Written {
  readonly kind?: string;
  readonly metadata?: { readonly name?: string; readonly namespace?: string };
  readonly spec?: any;
}

type Sizes = readonly (readonly [volume: string, size: unknown])[];

/** Where each kind says how large its volumes are. */
const SIZES: { readonly [kind: string]: (spec: any) => Sizes } = {
  PersistentVolumeClaim: (spec) => [['volume', spec.resources?.requests?.storage]],
  StatefulSet: (spec) => (spec.volumeClaimTemplates ?? []).map((claim: any) => [claim.metadata?.name, claim.spec?.resources?.requests?.storage]),
  // CloudNativePG, Strimzi, the operators of etcd and of Redis
  Cluster: (spec) => [['storage', spec.storage?.size], ['walStorage', spec.walStorage?.size]],
  KafkaNodePool: (spec) => [['storage', spec.storage?.size], ...(spec.storage?.volumes ?? []).map((volume: any) => [`storage ${volume.id}`, volume.size])],
  EtcdCluster: (spec) => [['storageSpec', spec.storageSpec?.volumeSizeRequest]],
  RedisCluster: (spec) => [['storage', spec.storage?.volumeClaimTemplate?.spec?.resources?.requests?.storage]],
};

/**
 * The volumes that a file would make smaller than they are in the file it replaces: Kubernetes refuses that, or an operator ignores it
 * for ever, and the rest of the change would be lost with it.
 */
export function shrunkVolumes(before: string, after: string): string[] {
  // most files have no volumes, and need not be read
  if (!/^\s*-?\s*kind: (?:PersistentVolumeClaim|StatefulSet|Cluster|KafkaNodePool|EtcdCluster|RedisCluster)\s*$/m.test(before)) {
    return [];
  }
  const now = sizes(after);
  return [...sizes(before)].flatMap(([place, old]) => {
    const size = now.get(place);
    return size && old._exceeds(size) ? [describe(`${place} would shrink from ${old} to ${size}, and a volume never does`,
      `Keep ${old} or more, or give the store another name and move its data`)] : [];
  });
}

function sizes(text: string): Map<string, Quantity> {
  const found = new Map<string, Quantity>();
  for (const { kind, metadata, spec } of documents(text)) {
    const read = kind !== undefined && Object.hasOwn(SIZES, kind) ? SIZES[kind](spec ?? {}) : [];
    for (const [volume, size] of read) {
      if (typeof size === 'string' && /^\d/.test(size)) {
        found.set(`${volume} of ${kind} ${metadata?.namespace}/${metadata?.name}`, Quantity.storage(size));
      }
    }
  }
  return found;
}

function documents(text: string): Written[] {
  try {
    return (loadAll(text) as (Written | null)[]).flatMap((document) => document ?? []);
  } catch {
    // what others wrote there is replaced
    return [];
  }
}
