import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

interface Callable {
  readonly parameters?: readonly { readonly name: string }[];
}

interface Type {
  readonly name: string;
  readonly fqn: string;
  readonly namespace?: string;
  readonly initializer?: Callable;
  readonly methods?: readonly Callable[];
}

interface Assembly {
  readonly name: string;
  readonly types: { readonly [fqn: string]: Type };
  readonly submodules: { readonly [fqn: string]: object };
}

/** What `npx projen compile` writes. */
const assembly = JSON.parse(readFileSync(join(resolve(__dirname, '..', '..'), '.jsii'), 'utf8')) as Assembly;
const types = Object.values(assembly.types);
const submodules = Object.keys(assembly.submodules).map((fqn) => fqn.slice(assembly.name.length + 1));

/** Learned one by one, so few. */
const MOST_ROOT_TYPES = 70;

test('the root has few types', () => {
  expect(types.filter(({ namespace }) => namespace === undefined).length).toBeLessThanOrEqual(MOST_ROOT_TYPES);
});

test('every folder of public types is a submodule', () => {
  expect(new Set(types.flatMap(({ namespace }) => namespace ?? []))).toEqual(new Set(submodules));
});

test('no type of the root has the name of a submodule, in any case, because generated packages of other languages could not tell them apart', () => {
  const taken = new Set(submodules);
  expect(types.filter(({ namespace, name }) => namespace === undefined && taken.has(name.toLowerCase())).map(({ name }) => name)).toEqual([]);
});

test('signatures of the root and the submodules form no circle, because Go packages may not import each other in one', () => {
  const edges = new Map<string, Map<string, string>>();
  for (const type of types) {
    for (const used of typesIn(type).map((fqn) => assembly.types[fqn]).filter((each) => each !== undefined && home(each) !== home(type))) {
      edges.set(home(type), (edges.get(home(type)) ?? new Map<string, string>()).set(home(used), `${type.name} names ${used.name}`));
    }
  }
  // the root names what knows nothing of it
  expect([...edges.get('root')?.keys() ?? []]).toEqual(['manifests']);
  expect(circle(edges)).toEqual([]);
});

test('every parameter has a name, because Java repeats it, and a destructured one has none', () => {
  const parameters = types.flatMap(({ fqn, initializer = {}, methods = [] }) => (
    [initializer, ...methods].flatMap((callable) => callable.parameters ?? []).map(({ name }) => ({ fqn, name }))));
  expect(parameters.length).toBeGreaterThan(300);
  expect(parameters.filter(({ name }) => !/^\w+$/.test(name))).toEqual([]);
});

test('no type of another library than cdk8s and constructs is in the API', () => {
  expect([...new Set(types.flatMap(typesIn).map((fqn) => fqn.split('.')[0]))].sort()).toEqual(['cdk8s', assembly.name, 'constructs']);
});

function home({ namespace }: Type): string {
  return namespace ?? 'root';
}

/** The names of all types that stand in the signatures of a type. */
function typesIn(type: Type): string[] {
  const found: string[] = [];
  const visit = (value: unknown, key: string): void => {
    if (typeof value === 'string' && ['fqn', 'base', 'interfaces'].includes(key) && value.includes('.')) {
      found.push(value);
    } else if (Array.isArray(value)) {
      value.forEach((item) => visit(item, key));
    } else if (typeof value === 'object' && value !== null) {
      Object.entries(value).filter(([name]) => name !== 'docs').forEach(([name, item]) => visit(item, name));
    }
  };
  visit(type, '');
  return found.filter((fqn) => fqn !== type.fqn);
}

/** The edges that remain when those that begin or end nowhere are taken away, again and again. */
function circle(edges: ReadonlyMap<string, ReadonlyMap<string, string>>): string[] {
  let open = [...edges].flatMap(([from, targets]) => [...targets].map(([to, why]) => ({ from, to, why })));
  for (;;) {
    const rest = open.filter(({ from, to }) => open.some((each) => each.from === to) && open.some((each) => each.to === from));
    if (rest.length === open.length) {
      return rest.map(({ from, to, why }) => `${from} -> ${to}: ${why}`);
    }
    open = rest;
  }
}
