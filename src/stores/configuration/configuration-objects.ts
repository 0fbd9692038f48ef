import type { Construct } from 'constructs';
import { defineConfigurationAlerts } from './configuration-alerts';
import type { ConfigurationDefinition } from './configuration-definition';
import { configurationPod } from './configuration-pods';
import { ConnectionIndex } from '../../core/connection-index';
import { defineObject } from '../../core/kubernetes-object';
import type { IReplicated } from '../../core/workload';
import { NETWORK_SETTINGS } from '../../network/network-settings';
import { apiServerRule, dnsRules } from '../../network/platform-peers';
import { ServiceNetworkPolicy } from '../../network/service-network-policy';
import { setGroupFile } from '../../output/group-file';
import { ApiAccess } from '../../security/api-access';
import type { ApiRule } from '../../security/api-rule';
import { WorkloadServiceAccount } from '../../security/service-account';
import { provideLabels } from '../../values/labels';
import { NetworkPeer, type NetworkRule } from '../../values/network-peer';
import { sorted } from '../../values/sorted';
import { defineCronJob } from '../hosted/jobs';
import { pushgatewayRule } from '../hosted/pushgateway';

/** Defines the objects of a configuration backup below its construct. */
export function defineConfigurationBackup(construct: Construct & IReplicated, backup: ConfigurationDefinition): void {
  const { name, group, settings, labels, files } = backup;
  ConnectionIndex.of(construct).addReporter(group);
  setGroupFile(construct, group, name);
  provideLabels(construct, labels);
  new WorkloadServiceAccount(construct, 'ServiceAccount', { workload: construct });
  new ApiAccess(construct, 'ApiAccess', { workload: construct, rules: apiRules(settings.apiResources) });
  new ServiceNetworkPolicy(construct, 'Policy', { workload: construct, reason: 'repository', egress: egress(construct, backup) });
  defineObject(construct, 'ConfigMap', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data: files });
  defineCronJob(construct, 'CronJob', {
    name,
    labels,
    schedule: settings.schedule,
    // later than that the next run sees the same
    startingDeadlineSeconds: settings.schedule._period,
    activeDeadlineSeconds: settings.deadline.toSeconds(),
    // the next run is the next attempt
    backoffLimit: 0,
    pod: configurationPod(backup),
  });
  defineConfigurationAlerts(construct, backup);
}

/** It lists what it archives, and may do nothing else: not even watch it. */
function apiRules(apiResources: readonly string[]): ApiRule[] {
  const groups = new Map<string, string[]>();
  for (const [version, resource] of apiResources.map((each) => [each.slice(0, each.lastIndexOf('/')), each.slice(each.lastIndexOf('/') + 1)])) {
    const group = version.includes('/') ? version.split('/')[0] : '';
    groups.set(group, [...groups.get(group) ?? [], resource]);
  }
  return sorted([...groups], ([group]) => group).map(([group, resources]) => ({ apiGroups: [group], resources: [...new Set(resources)].sort(), verbs: ['list'] }));
}

function egress(construct: Construct, { group, repository }: ConfigurationDefinition): NetworkRule[] {
  const network = NETWORK_SETTINGS.of(group.profile);
  return [
    apiServerRule(construct, network, 'reads the API server, but no network policy could let it reach the API server, whose addresses are not known'),
    { peers: repository._cidrs.map((cidr) => NetworkPeer.cidr(cidr)), ports: [repository._port] },
    pushgatewayRule(group.profile),
    ...dnsRules(network),
  ];
}
