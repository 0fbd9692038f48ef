import type { Construct, IConstruct } from 'constructs';
import { fail, nearest } from './errors';
import type { ClassSignature, Parameter } from './signature';
import { SIGNATURES } from './signatures';
import { show } from './value-checks';

/** An expression that creates a value, for classes that a first program needs. */
const EXAMPLES: Readonly<Record<string, string>> = {
  Image: "Image.parse('registry.example.com/order:1.4.2')",
  Scaling: 'Scaling.replicas(3)',
  Resources: "Resources.of({ memory: '512Mi' })",
  DeliveryStrategy: 'DeliveryStrategy.rolling()',
  Dapr: "Dapr.none('...')",
  Environment: "Environment.of('dev')",
  Duration: 'Duration.minutes(5)',
  Values: "Values.directory('applications/main')",
};

/** More names than this are not listed in an error. */
const MOST_NAMES = 12;

/** A class: `new.target` of a constructor, which may be private. */
export interface Class {
  readonly name: string;
  readonly prototype: object;
}

/** What is known of a class: its signature, or that of its nearest base, and whether the class is that of the library. */
interface Known {
  readonly signature?: ClassSignature;
  readonly own: boolean;
}

const KNOWN = new WeakMap<Class, Known>();

/**
 * Checks the properties of a construct that does not exist yet, as the compiler does in a program with types. The first construct of a class
 * lets its methods check their arguments.
 *
 * A class of a program may have properties of its own, so only those of the library refuse unknown ones.
 */
export function checkProps(scope: IConstruct, id: string, type: Class, props: unknown): void {
  const { signature, own } = knownOf(type);
  if (signature?.props === undefined) {
    return;
  }
  const where = { node: { path: [scope.node.path, id].filter((part) => part !== '').join('/') } } as Construct;
  const struct = signature.props.replace('?', '');
  if (props === undefined && struct !== signature.props) {
    return;
  }
  checkObject(where, 'properties', struct, props);
  checkStruct(where, '', struct, props as object, own);
}

function knownOf(type: Class): Known {
  const found = KNOWN.get(type);
  if (found) {
    return found;
  }
  const signature = signatureOf(type);
  const base = Object.getPrototypeOf(type) as Class | null;
  const inherited = base?.prototype ? knownOf(base) : undefined;
  if (signature) {
    guardMethods(type.prototype, signature);
  }
  const known = signature ? { signature, own: true } : { signature: inherited?.signature, own: false };
  KNOWN.set(type, known);
  return known;
}

/** By name and name of the base, because a class of a program may have the name of that which it extends. */
function signatureOf(type: Class): ClassSignature | undefined {
  const { classes } = SIGNATURES;
  const found = Object.hasOwn(classes, type.name) ? classes[type.name] : undefined;
  return found?.base === (Object.getPrototypeOf(type) as Class | null)?.name ? found : undefined;
}

function guardMethods(prototype: object, { methods }: ClassSignature): void {
  for (const [name, parameters] of Object.entries(methods)) {
    const method = Object.getOwnPropertyDescriptor(prototype, name)!;
    const call = method.value as (...values: unknown[]) => unknown;
    const guarded = function (this: Construct, ...values: unknown[]): unknown {
      checkArguments(this, name, parameters, values);
      return call.apply(this, values);
    };
    Object.defineProperty(prototype, name, { ...method, value: guarded });
  }
}

function checkArguments(where: Construct, method: string, parameters: readonly Parameter[], values: readonly unknown[]): void {
  parameters.forEach((parameter, index) => {
    const [, name, optional, type] = /^(\w+)(\??): (.*)$/.exec(parameter)!;
    const value = values[index];
    if (value !== undefined || (optional === '' && type !== '')) {
      const what = `'${name}' of ${method}`;
      if (/^(?:string|number|boolean)$/.test(type) && typeof value !== type) {
        fail(where, `expected ${what} to be a ${type}, got ${show(value)}`, `Pass a ${type}`);
      }
      checkValue(where, what, type, value);
    }
  });
}

function checkStruct(where: Construct, place: string, struct: string, values: object, strict: boolean): void {
  const properties = SIGNATURES.structs[struct];
  const prefix = place === '' ? '' : `${place} `;
  for (const [name, value] of Object.entries(values)) {
    const what = place === '' ? `'${name}'` : `'${name}' of ${place}`;
    if (!Object.hasOwn(properties, name)) {
      if (strict && value !== undefined) {
        fail(where, `${prefix}has no property ${show(name)}`, remedy(name, Object.keys(properties), struct));
      }
    } else if (value === null) {
      fail(where, `${what} is null`, 'Leave it out, or give it a value');
    } else if (value !== undefined) {
      checkValue(where, what, properties[name].replace('!', ''), value);
    }
  }
  const missing = Object.keys(properties).find((name) => properties[name].startsWith('!') && (values as Readonly<Record<string, unknown>>)[name] === undefined);
  if (missing !== undefined) {
    fail(where, `${prefix}has no '${missing}', which ${struct} requires`, `Set ${missing}`);
  }
}

function checkValue(where: Construct, what: string, type: string, value: unknown): void {
  const { structs, interfaces } = SIGNATURES;
  if (/^(?:|string|number|boolean)(?:\[\]|\{\})*$/.test(type)) {
    return;
  }
  if (type.endsWith('[]')) {
    if (!Array.isArray(value)) {
      fail(where, `expected ${what} to be a list, got ${show(value)}`, 'Write it in brackets');
    }
    value.forEach((item, index) => checkValue(where, `item ${index + 1} of ${what}`, type.slice(0, -2), item));
  } else if (type.endsWith('{}')) {
    checkObject(where, what, 'values by name', value);
    Object.entries(value as object).forEach(([name, item]) => checkValue(where, `'${name}' of ${what}`, type.slice(0, -2), item));
  } else if (Object.hasOwn(structs, type)) {
    checkObject(where, what, type, value);
    checkStruct(where, what, type, value as object, true);
  } else if (Object.hasOwn(interfaces, type)) {
    const { members, classes } = interfaces[type];
    if (typeof value !== 'object' || value === null || members.some((member) => !(member in value))) {
      fail(where, `expected ${what} to be an ${type}, got ${show(value)}`, `Pass ${alternatives(classes)}`);
    }
  } else if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) === Object.prototype) {
    const example = EXAMPLES[type];
    fail(where, example ? `expected ${what} to be a value such as ${example}, got ${show(value)}` : `expected ${what} to be of the class ${type}, got ${show(value)}`,
      example && /^'\w+'$/.test(what) ? `Write ${what.slice(1, -1)}: ${example}` : `Pass ${example ?? `a ${type}`}`);
  }
}

function checkObject(where: Construct, what: string, struct: string, value: unknown): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    const properties = SIGNATURES.structs[struct] ?? {};
    const required = Object.keys(properties).filter((name) => properties[name].startsWith('!')).map((name) => `${name}: ...`);
    fail(where, `expected ${what}${what === 'properties' ? '' : ' to be properties'}, got ${show(value)}`, required.length > 0 ? `Write { ${required.join(', ')} }` : 'Write them in braces');
  }
}

function remedy(name: string, known: readonly string[], struct: string): string {
  const near = nearest(name, known);
  return near ? `Did you mean '${near}'?` : known.length > MOST_NAMES ? `Remove it: ${struct} lists those that exist` : `Use one of ${[...known].sort().join(', ')}`;
}

function alternatives(classes: readonly string[]): string {
  return classes.length === 0 ? 'an object that implements it' : `a ${classes.join(', ').replace(/, (?=\w+$)/, ' or ')}`;
}
