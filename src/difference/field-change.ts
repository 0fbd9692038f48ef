import { canonical } from '../values/canonical';

/**
 * A field that differs between two versions of an object.
 */
export interface FieldChange {
  /** The field, such as `spec.template.spec.containers[order].image`. Entries of a list have the name that they have, or their number. */
  readonly field: string;

  /**
   * The value before.
   *
   * @default - the field was not there
   */
  readonly before?: any;

  /**
   * The value after.
   *
   * @default - the field is gone
   */
  readonly after?: any;
}

/** The least fields that tell two values apart, in the order of the fields. */
export function fieldChanges(before: any, after: any, field = ''): FieldChange[] {
  if (canonical(before) === canonical(after)) {
    return [];
  }
  const [old, now] = [entriesOf(before), entriesOf(after)];
  if (!old || !now || Array.isArray(before) !== Array.isArray(after)) {
    return [{ field, before, after }];
  }
  const keys = [...new Set([...old.keys(), ...now.keys()])];
  const changes = keys.flatMap((key) => fieldChanges(old.get(key), now.get(key), join(field, key, Array.isArray(after))));
  // the order of a list alone
  return changes.length > 0 ? changes : [{ field, before, after }];
}

/** A map or a list of objects by key; undefined for what is compared as a whole. */
function entriesOf(value: any): Map<string, any> | undefined {
  if (typeof value !== 'object' || value === null) {
    return undefined;
  }
  if (!Array.isArray(value)) {
    return new Map(Object.entries(value));
  }
  const names = value.map((entry) => entry?.name);
  const isNamed = names.every((name) => typeof name === 'string') && new Set(names).size === names.length;
  const hasFields = value.every((entry) => typeof entry === 'object' && entry !== null);
  return hasFields ? new Map(value.map((entry, index) => [isNamed ? names[index] : `${index}`, entry])) : undefined;
}

function join(field: string, key: string, isList: boolean): string {
  return isList || !/^[\w-]+$/.test(key) ? `${field}[${key}]` : field === '' ? key : `${field}.${key}`;
}
