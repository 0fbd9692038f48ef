import type { Construct, IConstruct } from 'constructs';
import { fail } from './errors';
import { TreeValue } from './tree-value';
import { show } from './value-checks';

/** Label names to values. */
export interface Labels {
  readonly [name: string]: string;
}

const LABELS = new TreeValue<Labels>('labels');

/** The label of the version of a service. Only workloads and their pods have it, so that a release changes no other object. */
export const VERSION_LABEL = 'app.kubernetes.io/version';

/** The label of the group that an object and its pods belong to. */
export const PART_OF_LABEL = 'app.kubernetes.io/part-of';

const VERSION = new TreeValue<Labels>('version');

/** Whether a text is the name of a label, an annotation or a taint: a key of at most 63 characters, with or without a DNS name and `/` before it. */
export function isQualifiedName(name: string): boolean {
  const [key, prefix, ...more] = name.split('/').reverse();
  return more.length === 0 && /^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/.test(key)
    && (prefix === undefined || (prefix.length <= 253 && /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*$/.test(prefix)));
}

/** Whether a text can be the value of a label or of a taint. */
export function isLabelValue(value: string): boolean {
  return typeof value === 'string' && /^(?:[A-Za-z0-9](?:[A-Za-z0-9._-]{0,61}[A-Za-z0-9])?)?$/.test(value);
}

/** Fails on labels that the API server refuses. */
export function checkLabels(where: Construct | string, labels: Labels): void {
  for (const [name, value] of Object.entries(labels)) {
    if (!isQualifiedName(name)) {
      fail(where, `${show(name)} is not the name of a label`, "Use letters, digits, '-', '_' and '.', at most 63, such as 'team' or 'example.com/team'");
    }
    if (!isLabelValue(value)) {
      fail(where, `the label '${name}' cannot have the value ${show(value)}`, "Use letters, digits, '-', '_' and '.', at most 63, and begin and end with a letter or digit");
    }
  }
}

const OWN_LABELS = Object.keys(serviceLabels({ name: '', type: '', version: '', partOf: '', managedBy: '' }));

/** Fails on labels that the API server refuses, and on those that workloads have anyway, which would be lost. */
export function checkAddedLabels(where: Construct | string, labels: Labels): void {
  checkLabels(where, labels);
  const taken = Object.keys(labels).find((name) => OWN_LABELS.includes(name));
  if (taken !== undefined) {
    fail(where, `the label '${taken}' is set by the library on every object`, 'Give the label another name, such as one with the prefix of your organisation');
  }
}

/** Gives every object below a construct these labels, in place of those of a construct above. Only workloads get the version. */
export function provideLabels(construct: IConstruct, labels: Labels): void {
  const { [VERSION_LABEL]: version, ...others } = labels;
  LABELS.set(construct, others);
  VERSION.set(construct, version === undefined ? {} : { [VERSION_LABEL]: version });
}

/** The labels in force for a construct. */
export function labelsOf(scope: IConstruct): Labels {
  return LABELS.find(scope) ?? {};
}

/** The labels in force for a workload that is defined below a construct. */
export function workloadLabelsOf(scope: IConstruct): Labels {
  return { ...labelsOf(scope), ...VERSION.find(scope) };
}

/**
 * The labels of a service. Selectors use `app` alone, because they can never change.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/
 */
export function serviceLabels(service: { name: string; type: string; version: string; partOf: string; managedBy: string }): Labels {
  const { name, type, version, partOf, managedBy } = service;
  return {
    ...recommended({ name, instance: name, component: type, partOf, managedBy }),
    [VERSION_LABEL]: version,
    app: name,
    microservice: name,
    service: name,
    type,
  };
}

/**
 * The labels of what belongs to a namespace as a whole.
 */
export function groupLabels(group: { name: string; namespace: string; managedBy: string }): Labels {
  const { name, namespace, managedBy } = group;
  return { ...recommended({ name, instance: namespace, component: 'namespace', partOf: name, managedBy }), type: 'namespace' };
}

function recommended(labels: { name: string; instance: string; component: string; partOf: string; managedBy: string }): Labels {
  return {
    'app.kubernetes.io/name': labels.name,
    'app.kubernetes.io/instance': labels.instance,
    'app.kubernetes.io/component': labels.component,
    [PART_OF_LABEL]: labels.partOf,
    'app.kubernetes.io/managed-by': labels.managedBy,
  };
}

/** A digest is longer than a label may be; so many of its first digits tell it apart as well. */
export const SHORT_DIGEST = 12;

/**
 * The version of an image as a label may hold it: at most 63 characters, and no `+`.
 */
export function versionLabel(tag: string | undefined, digest: string | undefined): string {
  return shortVersion(tag, digest).replace(/[^A-Za-z0-9._-]/g, '_').replace(/^[^A-Za-z0-9]+/, '').slice(0, 63).replace(/[^A-Za-z0-9]+$/, '');
}

/**
 * The version of an image as a part of a DNS label.
 */
export function versionName(tag: string | undefined, digest: string | undefined): string {
  return shortVersion(tag, digest).toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '');
}

function shortVersion(tag: string | undefined, digest: string | undefined): string {
  return tag ?? (digest ?? '').replace('sha256:', '').slice(0, SHORT_DIGEST);
}
