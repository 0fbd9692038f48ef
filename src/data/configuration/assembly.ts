import type { k8s } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import { ConfigurationAlerts } from './alerts';
import type { ConfigurationDefinition } from './definition';
import { configurationPod } from './pods';
import { recordCapacity } from '../../core/capacity-demand';
import type { Plain } from '../../core/kubernetes-object';
import { defineObject } from '../../core/kubernetes-object';
import type { IWorkload } from '../../core/workload';
import type { ApiRule } from '../../model/api-rule';
import { fail } from '../../model/errors';
import { provideLabels } from '../../model/labels';
import type { NetworkRule } from '../../model/network-peer';
import { NetworkPeer } from '../../model/network-peer';
import { PUSHGATEWAY_PORT } from '../../model/ports';
import { sorted } from '../../model/sorted';
import { dnsRules, podsOf } from '../../network/namespace-policies';
import { ServiceNetworkPolicy } from '../../network/service-network-policy';
import { OutputFile } from '../../output/output-file';
import { ApiAccess } from '../../security/api-access';
import { WorkloadServiceAccount } from '../../security/service-account';

/** How many finished Jobs are kept of each outcome: their logs say what was archived. */
const KEPT_JOBS = 3;

/** Defines the objects of a configuration backup below its construct. */
export function defineConfigurationBackup(construct: Construct & IWorkload, backup: ConfigurationDefinition): void {
  const { name, group, settings, labels, files } = backup;
  OutputFile.set(construct, `${group.outputFolder}/${name}`);
  provideLabels(construct, labels);
  new WorkloadServiceAccount(construct, 'ServiceAccount', { workload: construct });
  new ApiAccess(construct, 'ApiAccess', { workload: construct, rules: apiRules(settings.apiResources) });
  new ServiceNetworkPolicy(construct, 'Policy', { workload: construct, reason: 'repository', egress: egress(construct, backup) });
  defineObject(construct, 'ConfigMap', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data: files });
  defineObject<Plain<k8s.CronJobSpec>>(construct, 'CronJob', {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: { name },
    spec: {
      schedule: settings.schedule._cron,
      timeZone: 'Etc/UTC',
      concurrencyPolicy: 'Forbid',
      // later than that the next run sees the same
      startingDeadlineSeconds: settings.schedule._period,
      successfulJobsHistoryLimit: KEPT_JOBS,
      failedJobsHistoryLimit: KEPT_JOBS,
      jobTemplate: {
        metadata: { labels },
        spec: {
          // the next run is the next attempt
          backoffLimit: 0,
          activeDeadlineSeconds: settings.deadline.toSeconds(),
          template: { metadata: { labels: { ...labels } }, spec: configurationPod(backup) },
        },
      },
    } as Plain<k8s.CronJobSpec>,
  });
  new ConfigurationAlerts(construct, 'Alerts', backup);
  recordCapacity(group, { name, tier: settings.tier, replicas: 1, surge: 0, containers: [backup.resources] });
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
  const { apiServerCidrs, apiServerPorts, dns, nodeLocalDns, pushgateway } = group.profile._values.network;
  if (apiServerCidrs.length === 0) {
    fail(construct, 'reads the API server, but no network policy could let it reach the API server, whose addresses are not known',
      "Set network.apiServerCidrs by PlatformProfile.customize(), such as ['10.0.0.1/32']");
  }
  return [
    { peers: apiServerCidrs.map((cidr) => NetworkPeer.cidr(cidr)), ports: apiServerPorts },
    { peers: repository._cidrs.map((cidr) => NetworkPeer.cidr(cidr)), ports: [repository._port] },
    { peers: [podsOf(pushgateway)], ports: [PUSHGATEWAY_PORT] },
    ...dnsRules(dns, nodeLocalDns),
  ];
}
