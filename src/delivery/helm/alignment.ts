import { type ByEnvironment, divide, hasWhole, type Part, partsKey, type Word } from './words';

/** Something that environments have under names that mean the same: the keys of a map, the items of a list, objects. */
export interface Aligned {
  /** The name as a template writes it. */
  readonly parts: readonly Part[];
  /** The name in each environment that has it. */
  readonly names: ByEnvironment<string>;
}

/** Names of all environments in one order. */
export interface Alignment {
  readonly aligned: readonly Aligned[];
  /** Whether it is the order of each environment too. */
  readonly keepsOrder: boolean;
}

/** Names of all environments, those that mean the same together. */
export function alignNames(names: ByEnvironment<readonly string[]>, words: readonly Word[]): Alignment {
  const identities = identify(names, words);
  const merged: string[] = [];
  for (const own of identities.values()) {
    insert(merged, [...own.keys()]);
  }
  const keepsOrder = [...identities.values()].every((own) => {
    const ids = [...own.keys()];
    return merged.filter((id) => own.has(id)).every((id, index) => id === ids[index]);
  });
  const aligned = merged.map((id) => {
    const owners = [...identities].filter(([, own]) => own.has(id));
    return { parts: owners[0][1].get(id)!.parts, names: new Map(owners.map(([environment, own]) => [environment, own.get(id)!.name])) };
  });
  return { aligned, keepsOrder };
}

interface Identity {
  readonly name: string;
  readonly parts: readonly Part[];
}

/** By environment, each name by what it means: itself if others have it too or nobody has its like, or else its parts. */
function identify(names: ByEnvironment<readonly string[]>, words: readonly Word[]): ByEnvironment<ReadonlyMap<string, Identity>> {
  const holders = count([...names.values()].flat());
  const divided = new Map([...names].map(([environment, own]) => [environment, own.map((name) => {
    const parts = divide(name, environment, words);
    return { name, parts: holders.get(name)! > 1 && !hasWhole(parts) ? [name] : parts };
  })]));
  const alike = count([...divided.values()].flat().map(({ parts }) => partsKey(parts)));
  return new Map([...divided].map(([environment, own]) => [environment, new Map(own.map(({ name, parts }) => {
    const meant = hasWhole(parts) || alike.get(partsKey(parts))! > 1 ? parts : [name];
    return [partsKey(meant), { name, parts: meant }];
  }))]));
}

function count(items: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  items.forEach((item) => counts.set(item, (counts.get(item) ?? 0) + 1));
  return counts;
}

/** Inserts what is missing behind what precedes it. */
function insert(merged: string[], ids: readonly string[]): void {
  let at = 0;
  for (const id of ids) {
    const known = merged.indexOf(id);
    if (known < 0) {
      merged.splice(at, 0, id);
      at += 1;
    } else {
      at = Math.max(at, known + 1);
    }
  }
}

/** The fields by which items of lists are told apart, in the order in which they are tried. */
const IDENTITIES: readonly ((item: Record<string, unknown>) => unknown)[] = [
  ...['name', 'containerPort', 'port', 'mountPath', 'topologyKey', 'type', 'key'].map((field) => (item: Record<string, unknown>) => item[field]),
  // the metrics of an autoscaler
  (item) => ['containerResource', 'resource'].map((source) => (item[source] as { name?: unknown } | undefined)?.name).find((name) => name !== undefined),
];

/** The names of the items of lists: the first field that tells all of them apart in every environment. Undefined if there is none. */
export function itemNames(lists: ByEnvironment<readonly unknown[]>): ByEnvironment<readonly string[]> | undefined {
  for (const identity of IDENTITIES) {
    const names = new Map([...lists].map(([environment, list]) => [environment, list.map((item) => isMap(item) ? identity(item) : undefined)]));
    const types = [...new Set([...names.values()].flat().map((name): string => typeof name))];
    const unique = [...names.values()].every((own) => new Set(own).size === own.length);
    // of a number and its text, nobody could tell one from the other
    if (unique && types.length === 1 && ['string', 'number'].includes(types[0])) {
      return new Map([...names].map(([environment, own]) => [environment, own.map(String)]));
    }
  }
  return undefined;
}

export function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
