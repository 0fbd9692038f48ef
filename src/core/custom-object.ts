import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { constructId } from '../values/construct-id';
import { labelsOf, workloadLabelsOf } from '../values/labels';

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
    const { apiVersion, kind, name, annotations, spec, fields } = props;
    const hasPods = spec?.template !== undefined || spec?.jobTemplate !== undefined;
    const labels = { ...hasPods ? workloadLabelsOf(scope) : labelsOf(scope), ...props.labels };
    super(scope, checkedId, { ...fields, apiVersion, kind, metadata: { name, labels, annotations }, ...spec === undefined ? {} : { spec } });
  }
}
