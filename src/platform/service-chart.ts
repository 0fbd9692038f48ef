import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { adoptedNamespace, chartId, establishGroup, namespaceOf } from './group-chart';
import { PlatformNamespace } from './platform-namespace';
import type { ServiceGroup } from '../core/service-group';
import { Components } from '../dapr/components';
import { NamespaceConfiguration } from '../dapr/dapr-configuration';
import type { Values } from '../inputs/values';
import { MeshNamespace } from '../mesh/mesh-namespace';
import { NamespacePolicies } from '../network/namespace-policies';
import { patchObject, removeField } from '../output/patch';
import type { Environment } from '../profile/environment';
import type { PlatformProfile } from '../profile/platform-profile';
import { constructId } from '../values/construct-id';
import { givenProps } from '../values/given';
import type { Namespace } from '../values/namespace';

/**
 * Properties for `ServiceChart`.
 */
export interface ServiceChartProps {
  /**
   * The environment that the group runs in.
   */
  readonly environment: Environment;

  /**
   * The namespace, if it has a name of its own or exists already.
   *
   * @default - a new namespace `<group>-<environment>`
   */
  readonly namespace?: Namespace;

  /**
   * The profile of the organisation; the environment's changes are laid over it.
   *
   * @default - the platform profile in force
   */
  readonly profile?: PlatformProfile;

  /**
   * The values files of the services, such as `Values.directory('applications/main')`.
   *
   * @default - none: code sets the images
   */
  readonly values?: Values;
}

/**
 * A business group in one environment: a namespace and the services in it.
 *
 * Extend it with a class of your own that takes an `Environment`, and instantiate that once for each.
 *
 * Defines, in `<environment>/<group>/namespace.k8s.yaml`: the Namespace with Pod Security labels, its ResourceQuota
 * and LimitRange, the PriorityClasses of its tiers, the NetworkPolicies that hold for every pod, and the Dapr
 * Configuration and Components. Each service has a file of its own beside it.
 *
 * Objects of your own that you define below a service are in the file of the service. Any other object of your own is in a file named after the
 * construct directly below the chart, such as `<environment>/<group>/service-monitors.k8s.yaml`.
 *
 * Synthesis fails if the services could use more than the quota of the namespace, or the namespaces more than their
 * capacity pool.
 */
export class ServiceChart extends Chart {
  /**
   * Makes a chart of cdk8s the place of a group, so that services of this library may stand beside your own objects.
   *
   * The chart keeps its id, its namespace and its file, and your objects stay as they are. The namespace exists already, unless `namespace` says
   * otherwise: see `Namespace.existing`. Call it before you define services in the chart.
   *
   * @param chart the chart, which has a namespace
   * @param id the name of the group
   * @param props as those of a ServiceChart
   * @example
   *
   * declare const environment: Environment;
   * const legacy = new Chart(this, 'legacy', { namespace: 'legacy' });
   * ServiceChart.adopt(legacy, 'shop', { environment });
   * new Microservice(legacy, 'order', { selectorLabels: { 'app.kubernetes.io/name': 'order' } });
   */
  public static adopt(chart: Chart, id: string, props: ServiceChartProps): void {
    const { environment, profile, values } = props;
    const home = adoptedNamespace(chart, id, environment, props.namespace);
    renderGroup(new Construct(chart, `Group-${id}`), establishGroup(chart, { name: id, home, environment, profile, values }));
  }

  /** The environment that the group runs in. */
  public readonly environment: Environment;

  /** The name of the group, the same in all environments. */
  public readonly group: string;

  /**
   * Defines the group `id`, with the chart id `<id>-<environment>`, which is also its namespace by default.
   */
  constructor(scope: Construct, id: string, props: ServiceChartProps) {
    givenProps(`ServiceChart '${id}'`, props, ['environment', "Environment.of('dev')"]);
    const home = namespaceOf(scope, id, props.environment, props.namespace);
    super(scope, constructId(scope, chartId(id, props.environment), new.target, props), { namespace: home.name });
    this.environment = props.environment;
    this.group = id;
    const group = establishGroup(this, {
      name: id, home, environment: props.environment, profile: props.profile, values: props.values, outputFolder: `${props.environment.name}/${id}`,
    });
    renderGroup(this, group);
  }

  /**
   * Sets a field of one of the group's manifests that no property sets: the namespace, its quota and policies, and its Dapr Configuration and Components. Objects of a
   * workload are patched by the workload. Synthesis fails as with `Microservice.patch`.
   *
   * @param kind the kind of the object, with its name where there are several: `Component/redis-dev-statestore`
   * @param path the place as a JSON pointer, such as `/spec/metadata/-`
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

/** What belongs to a group as a whole. */
function renderGroup(scope: Construct, group: ServiceGroup): void {
  new PlatformNamespace(scope, 'Namespace', group);
  new NamespacePolicies(scope, 'NetworkPolicies', group);
  if (group.profile._hasDapr) {
    new NamespaceConfiguration(scope, 'Configuration', group.profile);
    new Components(scope, 'Components', group);
  }
  new MeshNamespace(scope, 'Mesh', group);
}
