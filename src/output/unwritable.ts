/**
 * A value that no manifest can hold, and where it stands.
 */
export interface Unwritable {
  /** Keys from the root of the manifest, innermost last. */
  readonly path: Array<string | number>;
  readonly problem: string;
  readonly remedy: string;
  /** Whether it is an element of a list without a value. */
  readonly isHole: boolean;
}

/**
 * Finds the first value of a manifest that would be written as something else: cdk8s turns `undefined` in a list into
 * null, and JavaScript has already lost the last digits of a large number.
 */
export function findUnwritable(value: unknown): Unwritable | undefined {
  switch (typeof value) {
    case 'string':
      return LONE_SURROGATE.test(value)
        ? refuse(`is ${JSON.stringify(value)}, which is not valid Unicode`, 'Remove the half of a character')
        : undefined;
    case 'number':
      return findUnwritableNumber(value);
    case 'object':
      return value === null ? undefined : findUnwritableMember(value);
    case 'function':
    case 'symbol':
      return refuse(`is a ${typeof value}, which has no form in YAML`, 'Give plain data');
    default:
      return undefined;
  }
}

/**
 * Writes a path as in a manifest: `spec.ports[0].name`.
 */
export function formatPath(path: ReadonlyArray<string | number>): string {
  return path.map((key, index) => {
    if (typeof key === 'number') {
      return `[${key}]`;
    }
    if (/^[\w-]+$/.test(key)) {
      return index === 0 ? key : `.${key}`;
    }
    return `[${JSON.stringify(key)}]`;
  }).join('');
}

const LONE_SURROGATE = /\p{Cs}/u;

function findUnwritableNumber(value: number): Unwritable | undefined {
  if (!Number.isFinite(value)) {
    return refuse(`is ${value}, which no Kubernetes field accepts`, 'Give a finite number');
  }
  if (Math.abs(value) > Number.MAX_SAFE_INTEGER) {
    return refuse(`is ${value}, beyond ${Number.MAX_SAFE_INTEGER}, so its last digits may be lost`, 'Give it as text if the field takes text');
  }
  return undefined;
}

function findUnwritableMember(value: object): Unwritable | undefined {
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) {
      const item: unknown = value[index];
      const found = item === undefined
        ? refuse('is undefined and would be written as null', 'Leave the element out', true)
        : findUnwritable(item);
      if (found) {
        found.path.unshift(index);
        return found;
      }
    }
    return undefined;
  }
  for (const key of Object.keys(value)) {
    const found = LONE_SURROGATE.test(key)
      ? refuse('is not valid Unicode', 'Remove the half of a character')
      : findUnwritable((value as Record<string, unknown>)[key]);
    if (found) {
      found.path.unshift(key);
      return found;
    }
  }
  return undefined;
}

function refuse(problem: string, remedy: string, isHole = false): Unwritable {
  return { path: [], problem, remedy, isHole };
}
