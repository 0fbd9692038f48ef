import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { checkAnnotations } from '../values/annotations';
import { constructId } from '../values/construct-id';
import { fail } from '../values/errors';
import { checkLabels, labelsOf, workloadLabelsOf } from '../values/labels';
import { show } from '../values/value-checks';

/**
 * Properties for `CustomObject`.
 */
export interface CustomObjectProps {
  /**
   * The version of the API, such as `monitoring.coreos.com/v1`.
   */
  readonly apiVersion: string;

  /**
   * The kind, such as `ServiceMonitor`.
   */
  readonly kind: string;

  /**
   * The name of the object.
   */
  readonly name: string;

  /**
   * Labels besides those of its surroundings.
   *
   * @default - none
   */
  readonly labels?: { [name: string]: string };

  /**
   * Annotations.
   *
   * @default - none
   */
  readonly annotations?: { [name: string]: string };

  /**
   * The specification. It may contain values of `Lazy`.
   *
   * @default - the object has none
   */
  readonly spec?: any;

  /**
   * Fields besides `metadata` and `spec`, such as `data` of a ConfigMap.
   *
   * @default - none
   */
  readonly fields?: { [name: string]: any };
}

/**
 * A Kubernetes object of any kind, with the labels that all objects have where it is defined: those of its workload or group, and of the profile.
 * An object with a template of pods also carries the version of its workload.
 *
 * @example
 *
 * new core.CustomObject(this, 'Settings', { apiVersion: 'v1', kind: 'ConfigMap', name: 'settings', fields: { data: { CURRENCY: 'EUR' } } });
 */
export class CustomObject extends ApiObject {
  constructor(scope: Construct, id: string, props: CustomObjectProps) {
    const checkedId = constructId(scope, id, new.target, props);
    checkIdentity(scope, props);
    const { apiVersion, kind, name, annotations, spec, fields } = props;
    const hasPods = spec?.template !== undefined || spec?.jobTemplate !== undefined;
    const labels = { ...hasPods ? workloadLabelsOf(scope) : labelsOf(scope), ...props.labels };
    super(scope, checkedId, { ...fields, apiVersion, kind, metadata: { name, labels, annotations }, ...spec === undefined ? {} : { spec } });
  }
}

/** Any kind of object has a name of this form, those of RBAC included. */
const NAME = /^(?!\.{1,2}$)[A-Za-z0-9](?:[-\w.:]*[A-Za-z0-9])?$/;

function checkIdentity(where: Construct, { apiVersion, kind, name, labels = {}, annotations = {} }: CustomObjectProps): void {
  if (!/^(?:[a-z0-9]+(?:[-.][a-z0-9]+)*\/)?v\d\w*$/.test(apiVersion)) {
    fail(where, `${show(apiVersion)} is not the version of an API`, "Write a version such as 'v1' or 'monitoring.coreos.com/v1'");
  }
  if (!/^[A-Z][A-Za-z0-9]{0,62}$/.test(kind)) {
    fail(where, `${show(kind)} is not the kind of an object`, "Write a kind such as 'ServiceMonitor'");
  }
  if (name.length > 253 || !NAME.test(name)) {
    fail(where, `${show(name)} is not the name of an object`, "Use lower-case letters, digits, '-' and '.', at most 253, such as 'order-metrics'");
  }
  checkLabels(where, labels);
  checkAnnotations(where, annotations);
}
