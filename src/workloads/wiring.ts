import { addressVariables } from './call-address';
import { recordCallableCallbacks } from './callback-findings';
import { refuseServiceMetadata } from './object-metadata';
import { reserveTopicVariables, topicVariables } from './topic-variables';
import type { WorkloadPod } from './workload-pod';
import type { WorkloadSettings } from './workload-settings';
import { recordFinding } from '../checks/registry';
import type { RuleDescription } from '../checks/rule';
import { Severity } from '../checks/severity';
import { configurationChecksums, defineContainerObjects } from '../containers/objects';
import { ConnectionIndex } from '../core/connection-index';
import type { ServiceNode } from '../core/edges';
import { defineObject } from '../core/kubernetes-object';
import { extensionsOf } from '../core/pod-extension';
import { probePaths } from '../core/pod-probes';
import { AccessControl } from '../dapr/dapr-configuration';
import { DaprSidecar } from '../dapr/dapr-sidecar';
import { DeadLetterAlerts } from '../dapr/dead-letter-alerts';
import { tokenVariables } from '../dapr/decided-sidecar';
import { hasLastingReaders } from '../dapr/lasting-readers';
import { loadedChecksums } from '../dapr/loaded-objects';
import { Resiliency } from '../dapr/resiliency';
import { Subscriptions } from '../dapr/subscriptions';
import type { TunedSidecarOptions } from '../dapr/tuned-sidecar';
import { WorkflowAccess } from '../dapr/workflow-access';
import { ApiServerPolicy } from '../network/api-server-policy';
import { ConnectionPolicies } from '../network/connection-policies';
import { ExternalHosts } from '../network/external-hosts';
import { ApiAccess } from '../security/api-access';
import { WorkloadServiceAccount } from '../security/service-account';
import { provideLabels } from '../values/labels';

export const NO_SIDECAR: RuleDescription = {
  id: 'MS-DAPR-002',
  severity: Severity.INFO,
  why: 'A workload has no Dapr sidecar.',
  fix: 'Nothing to do, if a reviewer agrees with the reason.',
};

/**
 * Defines what stands around the pods of any workload: account, settings, rights, policies, sidecar.
 */
export function wire(node: ServiceNode, settings: WorkloadSettings): WorkloadPod {
  const { construct: workload, name, selectorLabels, group } = node;
  const { kind, containers, apiAccess } = settings;
  provideLabels(workload, settings.labels);
  const { metadata } = settings.pod;
  if (!kind.called || kind.entryPoint || node.ports.length === 0) {
    refuseServiceMetadata(workload, metadata.service);
  }
  new WorkloadServiceAccount(workload, 'ServiceAccount', { workload, ...metadata.serviceAccount });
  if (Object.keys(settings.config).length > 0) {
    defineObject(workload, 'ConfigMap', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data: { ...settings.config } });
  }
  defineContainerObjects(workload, containers, selectorLabels);
  new ConnectionPolicies(workload, 'NetworkPolicies', node);
  new ExternalHosts(workload, 'ExternalHosts', node);
  const extensions = extensionsOf({
    service: node,
    ends: kind.ends,
    probes: () => probePaths(workload, kind.ports, kind.probes),
    resourcesOf: (amounts) => settings.resourcesOf(amounts),
  });
  if (apiAccess) {
    new ApiAccess(workload, 'ApiAccess', { workload, rules: apiAccess });
    new ApiServerPolicy(workload, 'ApiServerPolicy', workload, group.profile);
  }
  Object.keys(tokenVariables(group.profile, kind.dapr)).forEach((variable) => settings.variables.set(variable, 'Dapr.sidecar'));
  const sidecar = node.dapr ? defineSidecar(node, settings) : undefined;
  const connections = ConnectionIndex.of(workload);
  reserveTopicVariables(workload, () => Object.keys(topicVariables(connections, node)), settings.variables);
  recordCallableCallbacks(node);
  if (kind.dapr._reasonAgainst) {
    recordFinding(workload, NO_SIDECAR, kind.dapr._reasonAgainst);
  }
  return {
    node,
    settings,
    sidecar,
    podLabels: Object.assign({}, ...extensions.map(({ labels }) => labels)),
    annotations: () => {
      const injected = sidecar?.annotations ?? {};
      // the next pod of a job reads these objects anyway, and Kubernetes never changes the pods of a Job
      const loaded = kind.ends ? {} : loadedChecksums(node, injected);
      return Object.assign({}, injected, ...extensions.map((extension) => extension.annotations()), configurationChecksums(containers), loaded);
    },
    lateVariables: () => ({ ...topicVariables(connections, node), ...addressVariables(connections, node) }),
  };
}

function defineSidecar(node: ServiceNode, { kind, sidecarResources, pod }: WorkloadSettings): DaprSidecar {
  const workload = node.construct;
  const accessControl = new AccessControl(workload, 'AccessControl', node, (kind.dapr._options as TunedSidecarOptions).daprConfiguration);
  new Resiliency(workload, 'Resiliency', node);
  new Subscriptions(workload, 'Subscriptions', node);
  new WorkflowAccess(workload, 'WorkflowAccess', node);
  new DeadLetterAlerts(workload, 'DeadLetterAlerts', node);
  return new DaprSidecar(workload, 'DaprSidecar', {
    workload,
    dapr: kind.dapr,
    ports: kind.ports,
    readiness: kind.probes.readiness,
    hasLastingReaders: () => hasLastingReaders(node),
    resources: sidecarResources,
    ends: kind.ends,
    ...kind.sidecar,
    graceSeconds: pod.graceSeconds,
    configuration: () => accessControl.configuration,
  });
}
