import { alignNames } from './alignment';
import type { ChartValues } from './chart-values';
import { mapped, ObjectParameterisation, type Parameterisation } from './parameterise';
import type { ChartObject } from './service-facts';
import type { Condition } from './template-node';
import { conditional, templateText } from './template-text';
import { type ByEnvironment, partsKey } from './words';

/** The file of a kind, without its extension, where people call it something else. */
const SHORT: Readonly<Record<string, string>> = { HorizontalPodAutoscaler: 'hpa', PodDisruptionBudget: 'pdb', VerticalPodAutoscaler: 'vpa' };

const SEPARATOR = '\n';

/** The templates of a chart, a file for each kind, by their names. */
export function chartTemplates(objects: ByEnvironment<readonly ChartObject[]>, parameterisation: Parameterisation): Map<string, string> {
  const all = [...objects.values()].flat();
  const documents = new Map<string, string[]>();
  for (const kind of [...new Set(all.map(kindOf))]) {
    const ofKind = mapped(objects, (own) => own.filter((object) => kindOf(object) === kind));
    const names = mapped(ofKind, (own) => own.map(({ metadata: { namespace, name } }) => [namespace ?? '', name].join(SEPARATOR)));
    const texts = alignNames(names, parameterisation.words).aligned.map((aligned) => {
      const own = mapped(aligned.names, (name, environment) => ofKind.get(environment)![names.get(environment)!.indexOf(name)]);
      const [first] = own.values();
      const at = placeOf(first, partsKey(aligned.parts), parameterisation);
      const node = new ObjectParameterisation(parameterisation, first).lift(own, at);
      return conditional(presence(own, objects, at, parameterisation.values), `---\n${templateText(node).trimEnd()}`);
    });
    documents.set(fileOf(ofKind, all), texts);
  }
  return new Map([...documents].map(([file, texts]) => [file, `${texts.join('\n')}\n`]));
}

function kindOf({ apiVersion, kind }: ChartObject): string {
  return `${apiVersion} ${kind}`;
}

/** Objects that have the name of their service need none among its values, but for a second one in another namespace. */
function placeOf(object: ChartObject, identity: string, { service, values, words }: Parameterisation): string[] {
  const { kind, metadata: { name } } = object;
  const ofKind = values.name([], kindOf(object), `${kind[0].toLowerCase()}${kind.slice(1)}`);
  const isMain = name === service || words.some((word) => word.whole && [...word.texts.values()].includes(name));
  return isMain && values.claim(ofKind, identity) ? [ofKind] : [ofKind, values.name([ofKind], `object ${identity}`, name)];
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
function fileOf(ofKind: ByEnvironment<readonly ChartObject[]>, all: readonly ChartObject[]): string {
  const [{ apiVersion, kind }] = [...ofKind.values()].flat();
  const isAlone = all.every((other) => other.kind !== kind || other.apiVersion === apiVersion);
  return `${SHORT[kind] ?? kind.toLowerCase()}${isAlone || !apiVersion.includes('/') ? '' : `-${apiVersion.replace('/', '-')}`}`;
}
