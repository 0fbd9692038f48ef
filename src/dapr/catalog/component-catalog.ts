import { brotliDecompressSync } from 'node:zlib';
import { COMPONENTS } from './component-data';
import type { ComponentData, ComponentEntry } from './component-entry';
import { nearest } from '../../values/errors';
import { show } from '../../values/value-checks';

/** Fields that Dapr itself reads, by the category of the component: pkg/runtime, pkg/encryption and pkg/scopes of dapr 1.18.1. */
const BUILT_IN: Readonly<Record<string, readonly string[]>> = {
  state: [
    'keyPrefix', 'actorStateStore', 'primaryEncryptionKey', 'secondaryEncryptionKey', 'outboxPublishPubsub', 'outboxPublishTopic', 'outboxPubsub',
    'outboxDiscardWhenMissingState',
  ],
  lock: ['keyPrefix'],
  pubsub: ['consumerID', 'allowedTopics', 'protectedTopics', 'publishingScopes', 'subscriptionScopes'],
  bindings: ['direction', 'route'],
};

/** A component as it is rendered. A field without a value has that of a Secret. */
export interface ComponentDescription {
  readonly type: string;
  readonly version: string;
  readonly metadata: readonly { readonly name: string; readonly value?: string }[];
}

/** A problem and its remedy. */
export type Problem = readonly [problem: string, remedy: string];

let data: ComponentData | undefined;

/** Unpacked on first use. */
function catalog(): ComponentData {
  data ??= JSON.parse(brotliDecompressSync(Buffer.from(COMPONENTS, 'base64')).toString()) as ComponentData;
  return data;
}

/** What a version of Dapr would refuse of a component, or ignore: by the metadata of its components-contrib. */
export function componentProblems(component: ComponentDescription, dapr: string): Problem[] {
  const { type, version } = component;
  const types = catalog().versions[dapr];
  const versions = versionsOf(type, dapr);
  if (versions.length === 0) {
    return [unknownType(type, dapr)];
  }
  const entry = entryOf(type, version, dapr);
  if (!entry) {
    return versions.includes('*') || `${type}/${version}` in types ? []
      : [[`version ${show(version)} of '${type}' is unknown to Dapr ${dapr}`, `Use ${versions.map((each) => `'${each}'`).join(' or ')}`]];
  }
  return [...unknownFields(component, entry, dapr), ...missingFields(component, entry), ...wrongValues(component, entry)];
}

/** The directions of a binding: `i`, `o` or `io`; undefined where they are unknown. */
export function directionsOf({ type, version }: Pick<ComponentDescription, 'type' | 'version'>, dapr: string): string | undefined {
  return entryOf(type, version, dapr)?.d;
}

function versionsOf(type: string, dapr: string): string[] {
  return Object.keys(catalog().versions[dapr]).filter((key) => key.startsWith(`${type}/`)).map((key) => key.slice(type.length + 1)).sort();
}

function entryOf(type: string, version: string, dapr: string): ComponentEntry | undefined {
  const { components, versions } = catalog();
  return components[versions[dapr][`${type}/${version}`]];
}

function unknownType(type: string, dapr: string): Problem {
  const all = Object.keys(catalog().versions).sort();
  const since = all.find((minor) => versionsOf(type, minor).length > 0);
  const near = nearest(type, [...new Set(Object.keys(catalog().versions[dapr]).map((key) => key.slice(0, key.lastIndexOf('/'))))]);
  return [`type '${type}' is unknown to Dapr ${dapr}`, since !== undefined ? `Dapr ${since} has it: set daprVersion in the profile`
    : near !== undefined ? `Did you mean '${near}'?` : "Use a type of components-contrib, or set unchecked for a component of your own, such as unchecked: 'a pluggable component'"];
}

function unknownFields({ type, version, metadata }: ComponentDescription, entry: ComponentEntry, dapr: string): Problem[] {
  const [category] = type.split('.');
  const documented = [...entry.f, ...BUILT_IN[category] ?? []];
  return metadata.filter(({ name }) => !has([...documented, ...entry.x], name)).map(({ name }): Problem => {
    const later = Object.keys(catalog().versions).sort().find((minor) => minor > dapr && has(entryOf(type, version, minor)?.f ?? [], name));
    const near = similar(name, documented);
    return [`'${name}' is no field of ${type} in Dapr ${dapr}`, later !== undefined ? `Dapr ${later} has it: set daprVersion in the profile`
      : near !== undefined ? `Did you mean '${near}'?` : entry.f.length === 0 ? 'Leave it out: the component has no fields' : `Use one of its fields: ${[...entry.f].sort().join(', ')}`];
  });
}

function missingFields({ type, metadata }: ComponentDescription, { r = [], p = [] }: ComponentEntry): Problem[] {
  const given = metadata.map(({ name }) => name);
  const missing = r.filter((name) => !has(given, name)).map((name): Problem => [`${type} requires '${name}'`, 'Set it in metadata or secrets']);
  const satisfied = p.length === 0 || p.some((profile) => profile.r.every((name) => has(given, name)));
  return satisfied ? missing : [...missing, [`${type} has no way to authenticate`, `Set ${smallest(p.map((profile) => profile.r)).map(inWords).join(', or ')}`]];
}

function wrongValues({ type, metadata }: ComponentDescription, { a = {} }: ComponentEntry): Problem[] {
  return metadata.flatMap(({ name, value }): Problem[] => {
    const [, allowed] = Object.entries(a).find(([field]) => field.toLowerCase() === name.toLowerCase()) ?? [];
    if (value === undefined || allowed === undefined || has(allowed, value)) {
      return [];
    }
    const near = similar(value, allowed);
    return [[`'${name}' of ${type} is ${show(value)}`, near !== undefined ? `Did you mean '${near}'?` : `Use one of ${allowed.join(', ')}`]];
  });
}

/** Dapr compares the names of fields without regard to case. */
function has(names: readonly string[], name: string): boolean {
  return names.some((each) => each.toLowerCase() === name.toLowerCase());
}

function similar(name: string, names: readonly string[]): string | undefined {
  const near = nearest(name.toLowerCase(), names.map((each) => each.toLowerCase()));
  return names.find((each) => each.toLowerCase() === near);
}

/** The sets that contain none of the others. */
function smallest(sets: readonly (readonly string[])[]): (readonly string[])[] {
  const distinct = [...new Map(sets.map((set) => [[...set].sort().join(), set])).values()];
  return distinct.filter((set) => !distinct.some((other) => other !== set && other.every((name) => set.includes(name))));
}

function inWords(names: readonly string[]): string {
  return names.map((name) => `'${name}'`).join(' and ');
}
