import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { reportUnread } from './unread-values';
import { registryOf } from '../checks/registry';
import { ConnectionIndex } from '../core/connection-index';
import { extendPods } from '../core/pod-extension';
import { checkPolicyEngine } from '../core/policy-engine';
import type { ServiceGroup } from '../core/service-group';
import { provideGroup } from '../core/service-group';
import { joinMesh } from '../mesh/mesh-member';
import { setGroupFile } from '../output/group-file';
import type { Environment } from '../profile/environment';
import { PlatformProfile } from '../profile/platform-profile';
import { fail } from '../values/errors';
import { groupLabels, provideLabels } from '../values/labels';
import { Namespace } from '../values/namespace';
import { dnsLabel, show } from '../values/value-checks';

/** What a chart says of its group. */
type GroupDefinition = Pick<ServiceGroup, 'name' | 'home' | 'outputFolder' | 'environment' | 'values'> & { readonly profile?: PlatformProfile };

/**
 * Makes a chart the home of a group: its namespace, its profile, its labels, its files.
 */
export function establishGroup(chart: Chart, definition: GroupDefinition): ServiceGroup {
  const { environment, values } = definition;
  if (typeof values === 'string') {
    fail(chart, `values is the text ${show(values)}`, `Write values: Values.directory(${show(values)})`);
  }
  const namespace = chart.namespace!;
  const profile = (definition.profile ?? PlatformProfile.of(chart))._in(environment);
  const group: ServiceGroup = { ...definition, chart, namespace, profile };

  checkPolicyEngine(chart, profile);
  ConnectionIndex.of(chart).addGroup(group);
  PlatformProfile.provide(chart, profile);
  provideGroup(chart, group);
  extendPods(chart, joinMesh);
  if (environment && !environment.isProduction) {
    registryOf(chart).trials.push(chart.node.path);
  }
  if (values) {
    reportUnread(chart, values);
  }
  provideLabels(chart, { ...profile._values.labels, ...groupLabels({ name: definition.name, namespace, managedBy: profile._values.managedBy }) });
  setGroupFile(chart, group, 'namespace');
  return group;
}

/** The namespace of a group, checked before the chart is defined by it. */
export function namespaceOf(scope: Construct, group: string, environment?: Environment, chosen?: Namespace): Namespace {
  dnsLabel(scope, 'name of the group', group);
  const namespace = chosen ?? Namespace._own(scope, environment ? `${group}-${environment.name}` : group);
  const twin = ConnectionIndex.of(scope).groupsIn(namespace.name).find((other) => !isElsewhere(other, namespace, environment));
  if (twin) {
    fail(scope, `namespace '${namespace.name}' is defined already at ${twin.chart.node.path}`, 'Give one of them another name');
  }
  return namespace;
}

/** The namespace of a chart that exists already, as that of a group. */
export function adoptedNamespace(chart: Chart, group: string, environment: Environment, chosen?: Namespace): Namespace {
  const name = chart.namespace
    ?? fail(chart, 'has no namespace, so its services would have none', `Set it by new Chart(..., { namespace: '${chosen?.name ?? group}' })`);
  if (chosen && chosen.name !== name) {
    fail(chart, `is in namespace '${name}', and its group would be in '${chosen.name}'`, 'Name the same namespace, or leave it out');
  }
  return namespaceOf(chart, group, environment, chosen ?? Namespace.existing(name));
}

/** Whether a group of another environment has the same namespace in another cluster. */
function isElsewhere(other: ServiceGroup, { _fixed: fixed }: Namespace, environment?: Environment): boolean {
  return fixed && other.home._fixed && environment !== undefined && other.environment !== undefined && other.environment.name !== environment.name;
}

/** The id of the chart of a group, which the path of its constructs begins with. */
export function chartId(group: string, environment?: Environment): string {
  return environment ? `${group}-${environment.name}` : group;
}
