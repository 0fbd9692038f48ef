import { type Aligned, alignNames, isMap, itemNames } from './alignment';
import { isCarried } from './carried';
import type { ChartValues } from './chart-values';
import type { ChartObject } from './service-facts';
import type { Condition, TemplateEntry, TemplateNode, ValuePath } from './template-node';
import type { WellKnownValues } from './well-known-values';
import { type ByEnvironment, commonParts, hasWhole, partsKey, type Word } from './words';
import { canonical } from '../../values/canonical';

/** A field of an object, in each environment that has it. */
interface Field {
  readonly values: ByEnvironment<unknown>;
  /** Keys, and the names of list items. */
  readonly path: readonly string[];
  /** Where its values are. */
  readonly at: ValuePath;
}

/** What templates of one chart have in common. */
export interface Parameterisation {
  readonly service: string;
  readonly values: ChartValues;
  readonly words: readonly Word[];
  readonly wellKnown: WellKnownValues;
}

/** Makes the template of an object: what differs between environments is a value, and so is what has a well-known name. */
export class ObjectParameterisation {
  private readonly place: string;

  constructor(private readonly parameterisation: Parameterisation, private readonly object: ChartObject) {
    this.place = `${object.kind} ${object.metadata.name}`;
  }

  public lift(objects: ByEnvironment<ChartObject>, at: ValuePath): TemplateNode {
    return this.node({ values: objects, path: [], at });
  }

  private node(field: Field): TemplateNode {
    const { values } = field;
    const all = [...values.values()];
    const [first] = all;
    if (all.every((value) => isMap(value) && Object.keys(value).length > 0)) {
      return this.map(field, values as ByEnvironment<Record<string, unknown>>);
    }
    if (all.every((value) => Array.isArray(value) && value.length > 0)) {
      return this.list(field, values as ByEnvironment<unknown[]>);
    }
    const wellKnown = this.wellKnownNode(field);
    if (wellKnown) {
      return wellKnown;
    }
    const parts = all.every((value) => typeof value === 'string') ? commonParts(values as ByEnvironment<string>, this.parameterisation.words) : undefined;
    if (parts && hasWhole(parts)) {
      return { kind: 'text', parts };
    }
    if (all.every((value) => canonical(value) === canonical(first))) {
      return { kind: 'literal', value: first };
    }
    return parts ? { kind: 'text', parts } : this.value(field);
  }

  private wellKnownNode({ values, path }: Field): TemplateNode | undefined {
    const found = this.parameterisation.wellKnown.of(this.object, path, values);
    if (!found) {
      return undefined;
    }
    if ('helper' in found) {
      return { kind: 'action', action: `include "${this.parameterisation.service}.${found.helper}" .` };
    }
    const carried = [...values.values()].every((value) => ['string', 'number', 'boolean'].includes(typeof value) && isCarried(value));
    return carried && this.parameterisation.values.share(found.value, values, this.describe(path)) ? { kind: 'value', path: found.value } : undefined;
  }

  private value({ values, path, at }: Field): TemplateNode {
    this.parameterisation.values.add(at, values, this.describe(path));
    return { kind: 'value', path: at };
  }

  private map(field: Field, maps: ByEnvironment<Record<string, unknown>>): TemplateNode {
    const { aligned } = alignNames(mapped(maps, (each) => Object.keys(each)), this.parameterisation.words);
    return { kind: 'map', entries: aligned.map((key) => this.entry(field, key, mapped(key.names, (name, environment) => maps.get(environment)![name]), true)) };
  }

  private list(field: Field, lists: ByEnvironment<unknown[]>): TemplateNode {
    const names = itemNames(lists);
    const { aligned, keepsOrder } = names ? alignNames(names, this.parameterisation.words) : { aligned: [], keepsOrder: false };
    if (names && keepsOrder) {
      return {
        kind: 'list',
        entries: aligned.map((item) => this.entry(field, item, mapped(item.names, (name, environment) => (
          lists.get(environment)![names.get(environment)!.indexOf(name)])), false)),
      };
    }
    const [{ length }, ...others] = [...lists.values()];
    if (others.some((list) => list.length !== length)) {
      return this.value(field);
    }
    const entries = Array.from({ length }, (_, index) => `${index}`).map((index) => (
      this.entry(field, { parts: [index], names: mapped(lists, () => index) }, mapped(lists, (list) => list[Number(index)]), false)));
    return { kind: 'list', entries };
  }

  private entry(parent: Field, { parts, names }: Aligned, values: ByEnvironment<unknown>, keyed: boolean): TemplateEntry {
    const name = parts.map((part) => typeof part === 'string' ? part : '').join('') || [...names.values()][0];
    const identity = partsKey(parts);
    const own = this.parameterisation.values.name(parent.at, identity, name);
    const node = this.node({ values, path: [...parent.path, name], at: [...parent.at, own] });
    if (values.size === parent.values.size) {
      return { key: keyed ? parts : undefined, node };
    }
    const flag = [...parent.at, this.parameterisation.values.name(parent.at, `whether ${identity}`, `${name}_enabled`)];
    const description = `whether ${this.describe([...parent.path, name])} is there`;
    return { key: keyed ? parts : undefined, node, condition: this.condition(values, node) ?? this.flag(flag, parent.values, values, description) };
  }

  /** What is not everywhere is there where its value is, if it is about one. */
  private condition(values: ByEnvironment<unknown>, node: TemplateNode): Condition | undefined {
    const path = valueOf(node);
    const isSaid = path && ![...values.values()].includes(null) && this.parameterisation.values.isOf(path, [...values.keys()]);
    return isSaid ? { kind: 'present', path } : undefined;
  }

  /** Or else where a value says so. */
  private flag(path: ValuePath, all: ByEnvironment<unknown>, values: ByEnvironment<unknown>, description: string): Condition {
    this.parameterisation.values.add(path, mapped(all, (_, environment) => values.has(environment)), description);
    return { kind: 'true', path };
  }

  private describe(path: readonly string[]): string {
    return `${this.place}: ${path.join('.')}`;
  }
}

/** The value that an entry is about: its own, or that of a variable, which an item of a list names. */
function valueOf(node: TemplateNode): ValuePath | undefined {
  if (node.kind === 'value') {
    return node.path;
  }
  const [variable, content, ...others] = node.kind === 'map' ? node.entries : [];
  return variable?.node.kind === 'literal' && content?.node.kind === 'value' && others.length === 0 ? content.node.path : undefined;
}

export function mapped<T, U>(map: ByEnvironment<T>, change: (value: T, environment: string) => U): ByEnvironment<U> {
  return new Map([...map].map(([environment, value]) => [environment, change(value, environment)]));
}
