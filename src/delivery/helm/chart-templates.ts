import { alignNames } from './alignment';
import type { ChartValues } from './chart-values';
import type { Lifting } from './lifting';
import { mapped, ObjectLifting } from './lifting';
import type { ChartObject } from './service-facts';
import type { Condition } from './template-node';
import { conditional, templateText } from './template-text';
import type { ByEnvironment } from './words';

/** The file of a kind, without its extension, where people call it something else. */
const SHORT: Readonly<Record<string, string>> = { HorizontalPodAutoscaler: 'hpa', PodDisruptionBudget: 'pdb', VerticalPodAutoscaler: 'vpa' };

const SEPARATOR = '\n';

/** The templates of a chart, a file for each kind, by their names. */
export function chartTemplates(objects: ByEnvironment<readonly ChartObject[]>, lifting: Lifting): Map<string, string> {
  const identities = mapped(objects, (own) => own.map(({ apiVersion, kind, metadata }) => [apiVersion, kind, metadata.namespace ?? '', metadata.name].join(SEPARATOR)));
  const { aligned } = alignNames(identities, lifting.words);
  const documents = new Map<string, string[]>();
  for (const { names } of aligned) {
    const own = mapped(names, (name, environment) => objects.get(environment)![identities.get(environment)!.indexOf(name)]);
    const [first] = own.values();
    const at = placeOf(first, lifting);
    const node = new ObjectLifting(lifting, first).lift(own, at);
    const text = conditional(presence(own, objects, at, lifting.values), `---\n${templateText(node).trimEnd()}`);
    const file = fileOf(first, [...objects.values()].flat());
    documents.set(file, [...documents.get(file) ?? [], text]);
  }
  return new Map([...documents].map(([file, texts]) => [file, `${texts.join('\n')}\n`]));
}

/** Objects that have the name of their service need none among its values. */
function placeOf({ kind, apiVersion, metadata: { name } }: ChartObject, { service, values, words }: Lifting): string[] {
  const ofKind = values.name([], `${apiVersion.split('/')[0]} ${kind}`, `${kind[0].toLowerCase()}${kind.slice(1)}`);
  const isMain = name === service || words.some((word) => word.whole && [...word.texts.values()].includes(name));
  return isMain ? [ofKind] : [ofKind, values.name([ofKind], `object ${name}`, name)];
}

function presence(own: ByEnvironment<ChartObject>, all: ByEnvironment<unknown>, at: readonly string[], values: ChartValues): Condition | undefined {
  if (own.size === all.size) {
    return undefined;
  }
  const [{ kind, metadata }] = own.values();
  const path = [...at, values.name(at, 'whether the object', 'enabled')];
  values.add(path, mapped(all, (_, environment) => own.has(environment)), `whether ${kind} ${metadata.name} is there`);
  return { kind: 'true', path };
}

/** Two kinds of one name are told apart by their groups. */
function fileOf({ kind, apiVersion }: ChartObject, all: readonly ChartObject[]): string {
  const group = apiVersion.includes('/') ? apiVersion.split('/')[0] : '';
  const isAlone = all.every((other) => other.kind !== kind || other.apiVersion === apiVersion);
  return `${SHORT[kind] ?? kind.toLowerCase()}${isAlone || group === '' ? '' : `-${group}`}`;
}
