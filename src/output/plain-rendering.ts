import { ApiObject, Lazy } from 'cdk8s';

/** The versions of cdk8s whose `ApiObject.toJson` is known to do what `renderObject` does. */
const KNOWN_VERSIONS: readonly unknown[] = ['2.70.47'];

/** Something that cdk8s refuses, or that only cdk8s knows: it is asked to render the whole object. */
const UNKNOWN = Symbol('unknown');

/** What an object has besides its public members, in the known versions. */
interface Parts {
  readonly props: Record<string, unknown>;
  readonly patches: readonly unknown[];
  readonly metadata: Record<'_additionalAttributes' | 'name' | 'namespace' | 'annotations' | 'finalizers' | 'ownerReferences' | 'labels', unknown>;
}

/**
 * Renders an API object as its `toJson` does.
 *
 * Objects of plain data are most of what this library defines. Their fields are resolved, dropped, sorted and copied
 * in one go, where cdk8s takes four. An object with a class of its own, patches or values other than plain data and
 * `Lazy` is asked itself, and so is every object of a version of cdk8s that this file was not compared with.
 */
export function renderObject(object: ApiObject): unknown {
  if (object.toJson === ApiObject.prototype.toJson && isKnownVersion() && !process.env.CDK8S_DISABLE_SORT) {
    const rendered = tryRender(object);
    if (rendered !== UNKNOWN) {
      return rendered;
    }
  }
  return object.toJson();
}

function tryRender(object: ApiObject): unknown {
  try {
    return renderParts(object as unknown as Parts);
  } catch (error) {
    // the message of cdk8s: a lazy value does not know its place
    throw new Error(`Failed serializing construct at path '${object.node.path}' with name '${object.name}': ${error}`);
  }
}

/**
 * Whether the installed cdk8s is one of the versions that were compared.
 */
export function isKnownVersion(): boolean {
  // jsii writes the version of the package on each class
  const rtti: { version?: unknown } | undefined = Reflect.get(ApiObject, Symbol.for('jsii.rtti'));
  return KNOWN_VERSIONS.includes(rtti?.version);
}

function renderParts({ props, patches, metadata }: Parts): unknown {
  const { apiVersion, kind, metadata: _, ...fields } = props;
  if (patches.length > 0 || typeof apiVersion !== 'string' || typeof kind !== 'string') {
    return UNKNOWN;
  }
  const { _additionalAttributes, name, namespace, annotations, finalizers, ownerReferences, labels } = metadata;
  const attributes = { ...Object(_additionalAttributes), name, namespace, annotations, finalizers, ownerReferences, labels };
  const renderedMetadata = render(attributes, true);
  const renderedFields = render(fields, false);
  if (renderedMetadata === UNKNOWN || renderedFields === UNKNOWN) {
    return UNKNOWN;
  }
  return { apiVersion, kind, ...(renderedMetadata === undefined ? {} : { metadata: renderedMetadata }), ...Object(renderedFields) };
}

/**
 * @param dropsEmpty whether empty lists and objects are left out, as in metadata
 */
function render(value: any, dropsEmpty: boolean): unknown {
  if (value === null || value === undefined) {
    return undefined;
  }
  if (typeof value !== 'object') {
    return typeof value === 'function' ? UNKNOWN : value;
  }
  if (Array.isArray(value)) {
    return renderItems(value, dropsEmpty);
  }
  if (value.constructor !== Object || typeof value.resolve === 'function') {
    return value instanceof Lazy ? render(value.produce(), dropsEmpty) : UNKNOWN;
  }
  const result: Record<string, unknown> = {};
  let isEmpty = true;
  for (const key of sortedKeys(value)) {
    const rendered = render(value[key], dropsEmpty);
    if (rendered === UNKNOWN) {
      return UNKNOWN;
    }
    if (rendered !== undefined) {
      result[key] = rendered;
      isEmpty = false;
    }
  }
  return isEmpty && dropsEmpty ? undefined : result;
}

function renderItems(list: readonly unknown[], dropsEmpty: boolean): unknown {
  const result: unknown[] = [];
  for (const item of list) {
    const rendered = render(item, dropsEmpty);
    if (rendered === UNKNOWN) {
      return UNKNOWN;
    }
    result.push(rendered);
  }
  return result.length === 0 && dropsEmpty ? undefined : result;
}

/** Most objects are written down in order, which is cheaper to see than to sort. */
function sortedKeys(value: object): string[] {
  const keys = Object.keys(value);
  for (let index = 1; index < keys.length; index++) {
    if (keys[index] < keys[index - 1]) {
      return keys.sort();
    }
  }
  return keys;
}
