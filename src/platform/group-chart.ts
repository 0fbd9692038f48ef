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
import { OutputFile } from '../output/output-file';
import type { Environment } from '../profile/environment';
import { PlatformProfile } from '../profile/platform-profile';
import { fail } from '../values/errors';
import { groupLabels, provideLabels } from '../values/labels';
import { dnsLabel, show } from '../values/value-checks';

/** What a chart says of its group. */
type GroupDefinition = Pick<ServiceGroup, 'name' | 'outputFolder' | 'environment' | 'values'> & { readonly profile?: PlatformProfile };

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
  OutputFile.set(chart, `${definition.outputFolder}/namespace`);
  return group;
}

/** Namespaces of Kubernetes itself. A default-deny policy in one of them cuts off the DNS of the cluster. */
const RESERVED_NAMESPACE = /^(?:default|kube-.*)$/;
/** Kubernetes keeps names of PriorityClasses that begin with this, and ours begin with the namespace. */
const RESERVED_PRIORITY = 'system-';

/** The namespace of a group, checked before the chart is defined by it. */
export function namespaceName(scope: Construct, group: string, environment?: Environment): string {
  dnsLabel(scope, 'name of the group', group);
  const namespace = environment ? dnsLabel(scope, 'namespace', `${group}-${environment.name}`) : group;
  if (RESERVED_NAMESPACE.test(namespace)) {
    fail(scope, `namespace '${namespace}' belongs to Kubernetes, whose pods the policies and quotas of a group would cut off`, 'Give the group another name');
  }
  if (namespace.startsWith(RESERVED_PRIORITY)) {
    fail(scope, `the PriorityClasses of namespace '${namespace}' would begin with '${RESERVED_PRIORITY}', which Kubernetes keeps for itself`, 'Give the group another name');
  }
  const twin = ConnectionIndex.of(scope).groupIn(namespace);
  if (twin) {
    fail(scope, `namespace '${namespace}' is defined already at ${twin.chart.node.path}`, 'Give one of them another name');
  }
  return namespace;
}
