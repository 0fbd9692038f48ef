import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { establishGroup, namespaceOf } from './group-chart';
import { PlatformNamespace } from './platform-namespace';
import { SharedPolicies } from '../network/shared-policies';
import { patchObject, removeField } from '../output/patch';
import type { PlatformProfile } from '../profile/platform-profile';
import { constructId } from '../values/construct-id';
import type { Namespace } from '../values/namespace';

/**
 * Properties for `SharedChart`.
 */
export interface SharedChartProps {
  /**
   * The namespace, if it has a name of its own or exists already.
   *
   * @default - a new namespace with the name of the group
   */
  readonly namespace?: Namespace;

  /**
   * The profile of the organisation.
   *
   * @default - the platform profile in force
   */
  readonly profile?: PlatformProfile;

  /**
   * The capacity pool that the namespace is taken from, a name in `capacity` of the platform profile.
   *
   * @default - the profile's `sharedCapacityPool` (production)
   */
  readonly capacityPool?: string;
}

/**
 * A group that all environments share, such as `infrastructure`: the namespace of stores and of the platform's own
 * components.
 *
 * Defines, in `shared/<group>/namespace.k8s.yaml`: the Namespace with Pod Security labels, its ResourceQuota and
 * LimitRange, and NetworkPolicies by which each store admits just the services that use it.
 *
 * @example
 *
 * declare const app: App;
 * new SharedChart(app, 'infrastructure');
 */
export class SharedChart extends Chart {
  /**
   * Defines the group `id`, which is also the name of its namespace by default.
   */
  constructor(scope: Construct, id: string, props: SharedChartProps = {}) {
    const name = constructId(scope, id, new.target, props);
    const home = namespaceOf(scope, id, undefined, props.namespace);
    super(scope, name, { namespace: home.name });
    const group = establishGroup(this, { name: id, home, profile: props.profile, outputFolder: `shared/${id}` });
    new PlatformNamespace(this, 'Namespace', group, props.capacityPool);
    new SharedPolicies(this, 'NetworkPolicies', group);
  }

  /**
   * Sets a field of one of the group's manifests that no property sets: the namespace, its quota and policies, and the objects of stores. Objects of a
   * workload are patched by the workload. Synthesis fails as with `Microservice.patch`.
   *
   * @param kind the kind of the object, with its name where there are several: `NetworkPolicy/default-deny`
   * @param path the place as a JSON pointer, such as `/spec/hard/pods`
   * @param value the value to set there
   * @param reason why, for those who review the manifests
   */
  public patch(kind: string, path: string, value: any, reason: string): void {
    patchObject(this, kind, path, value, reason);
  }

  /**
   * Removes a field of one of the group's manifests. Synthesis fails as with `patch`, and if there is no such field.
   *
   * @param kind the kind of the object, with its name where there are several
   * @param path the place as a JSON pointer
   * @param reason why, for those who review the manifests
   */
  public removeField(kind: string, path: string, reason: string): void {
    removeField(this, kind, path, reason);
  }
}
