import { createHash } from 'crypto';
import type { ApiObject } from 'cdk8s';
import type { ServiceNode } from '../core/edges';
import { checksum } from '../core/pod-parts';
import { environmentName, findGroup } from '../core/service-group';
import { type EarlyObject, earlyObjects } from '../output/early-objects';

/** An object that sidecars read when they start. */
interface LoadedObject {
  /** Kind and name. */
  readonly label: string;
  /** Of all that every reader reads. */
  readonly digest: string;
  /** What single readers read besides, by their app ids. */
  readonly own: ReadonlyMap<string, string>;
}

/** No name of a container, whose configurations have annotations of this form. */
export const LOADED_CHECKSUM = 'checksum/dapr.io';

/** Lists of apps with their topics: `order=paid,shipped;billing=paid`. A sidecar reads its own entry. */
const TOPIC_SCOPES = ['publishingScopes', 'subscriptionScopes'];

/** All topics of a component. What a sidecar may use of them is in its own entries. */
const TOPICS = 'allowedTopics';

/**
 * The annotation of pods with a checksum over all objects that their sidecar reads when it starts: its Configuration, and the Components,
 * Resiliencies, Subscriptions and other Dapr objects of its namespace that are scoped to it. Known when all connections are.
 *
 * A change of one of the objects rolls the pods, within the strategy of the workload and its disruption budget. Who else reads an object is
 * not part of the checksum, so a new user of a store does not restart the others.
 *
 * @param annotations those by which the sidecar is injected
 */
export function loadedChecksums(service: ServiceNode, annotations: { readonly [name: string]: string }): { [name: string]: string } {
  const { construct, appId, group } = service;
  const index = earlyObjects(construct, 'dapr.io', indexed);
  const keys = [`Configuration/${annotations['dapr.io/config']}`, scopeKey(appId), scopeKey()];
  // an object that belongs to no environment may be on the cluster of any
  const places = [environmentName(group), ''].map((environment) => `${environment}/${group.namespace}`);
  const read = places.flatMap((place) => keys.flatMap((key) => index.get(`${place}/${key}`) ?? []));
  const contents = read.map(({ label, digest, own }) => [label, `${digest}${own.get(appId) ?? ''}`]);
  return read.length === 0 ? {} : { [LOADED_CHECKSUM]: checksum(Object.fromEntries(contents)) };
}

/** Objects by their place, and there by what their readers know of them. */
function indexed(objects: readonly EarlyObject[]): Map<string, LoadedObject[]> {
  const index = new Map<string, LoadedObject[]>();
  for (const { object, json } of objects) {
    const read = loaded(json);
    for (const key of keysOf(json).map((each) => `${placeOf(object)}/${each}`)) {
      const known = index.get(key);
      if (known) {
        known.push(read);
      } else {
        index.set(key, [read]);
      }
    }
  }
  return index;
}

function placeOf(object: ApiObject): string {
  const group = findGroup(object);
  return `${group ? environmentName(group) : ''}/${object.metadata.namespace ?? object.chart.namespace ?? ''}`;
}

/** By what those who read an object find it: a Configuration by its name, all others by their scopes. */
function keysOf({ kind, metadata, scopes }: any): string[] {
  if (kind === 'Configuration') {
    return [`Configuration/${metadata.name}`];
  }
  return Array.isArray(scopes) && scopes.length > 0 ? scopes.map(scopeKey) : [scopeKey()];
}

/** Without an app id: of what all apps of the namespace read. */
function scopeKey(appId = ''): string {
  return `scope/${appId}`;
}

/** An object without what no sidecar reads: labels, annotations, other readers. */
function loaded({ apiVersion, kind, metadata, scopes: _scopes, status: _status, ...content }: any): LoadedObject {
  const own = new Map<string, string>();
  const fields: any = content.spec?.metadata;
  const scoped = Array.isArray(fields) ? fields.filter(({ name, value }) => TOPIC_SCOPES.includes(name) && typeof value === 'string') : [];
  for (const { name, value } of scoped) {
    for (const entry of value.split(';')) {
      const appId = entry.slice(0, entry.indexOf('=')).trim();
      own.set(appId, `${own.get(appId) ?? ''} ${name}:${entry}`);
    }
  }
  const spec = scoped.length < TOPIC_SCOPES.length ? content.spec
    : { ...content.spec, metadata: fields.filter(({ name }: any) => ![...TOPIC_SCOPES, TOPICS].includes(name)) };
  return {
    label: `${kind}/${metadata.name}`,
    digest: createHash('sha256').update(JSON.stringify({ apiVersion, ...content, spec })).digest('hex'),
    own: scoped.length < TOPIC_SCOPES.length ? new Map() : own,
  };
}
