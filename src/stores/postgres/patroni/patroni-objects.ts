import type { Construct } from 'constructs';
import type { MemberExtension } from './member-extension';
import { patroniFiles } from './patroni-configuration';
import { databasesJob, PostgresDatabases } from './patroni-databases';
import { PATRONI_PORT, type PatroniDefinition } from './patroni-definition';
import { defineMembers } from './patroni-members';
import { defineObject } from '../../../core/kubernetes-object';
import type { StoreEndpoint } from '../../../core/store-endpoint';
import type { IReplicated } from '../../../core/workload';
import { NETWORK_SETTINGS } from '../../../network/network-settings';
import { apiServerRule, dnsRules } from '../../../network/platform-peers';
import { ServiceNetworkPolicy } from '../../../network/service-network-policy';
import { DisruptionBudget } from '../../../scaling/disruption-budget';
import { ApiAccess } from '../../../security/api-access';
import type { ApiRule } from '../../../security/api-rule';
import { WorkloadServiceAccount } from '../../../security/service-account';
import { DisruptionLimit } from '../../../values/disruption-limit';
import { NetworkPeer } from '../../../values/network-peer';
import type { ResourceAmounts } from '../../../values/resources';
import { tierResources } from '../../hosted/hosted-store';
import type { PostgresDefinition } from '../postgres-definition';

/** What Patroni appends to the name of a cluster for the ConfigMaps in whose annotations it keeps its state. */
const STATES = ['config', 'failover', 'leader', 'sync'];

/** Defines the objects of a cluster whose members agree by Patroni. */
export function definePatroni(
  construct: Construct & IReplicated, store: PostgresDefinition, endpoint: StoreEndpoint, extension: MemberExtension,
): void {
  const postgres = decidePatroni(construct, store, extension);
  new WorkloadServiceAccount(construct, 'ServiceAccount', { workload: construct, annotations: extension.accountAnnotations });
  new ApiAccess(construct, 'ApiAccess', { workload: construct, rules: apiRules(postgres) });
  defineStates(construct, postgres);
  // a second member that leaves may be the one that a commit waits for
  new DisruptionBudget(construct, 'DisruptionBudget', { workload: construct, limit: DisruptionLimit.maxUnavailable(1) });
  defineMembers(construct, postgres);
  definePolicies(construct, postgres);
  new PostgresDatabases(construct, 'Databases', postgres, endpoint);
}

function decidePatroni(construct: Construct, store: PostgresDefinition, extension: MemberExtension): PatroniDefinition {
  const { settings, group } = store;
  const resources = (amounts: ResourceAmounts) => tierResources(construct, group.profile, settings.tier, amounts);
  return {
    ...store,
    memberResources: resources(settings.resources),
    databasesResources: resources(settings.databasesResources),
    extension,
    files: patroniFiles(store, extension),
  };
}

/**
 * The ConfigMaps of Patroni, without content, so that members need no permission to create any. Members could otherwise create those of another
 * cluster in the namespace, and ask it for a failover. Patroni finds them by the labels and patches their annotations, which no applier owns.
 */
function defineStates(construct: Construct, { name }: PatroniDefinition): void {
  for (const state of STATES) {
    defineObject(construct, `State-${state}`, {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      // who the primary is, and which data belongs to the cluster, outlives what renders it
      metadata: { name: `${name}-${state}`, annotations: { 'argocd.argoproj.io/sync-options': 'Delete=false,Prune=false' } },
    });
  }
}

/**
 * The least that Patroni needs: lists and watches cannot be narrowed to names, everything else is.
 *
 * @see https://patroni.readthedocs.io/en/latest/kubernetes.html
 */
function apiRules({ name, settings }: PatroniDefinition): ApiRule[] {
  return [
    { resources: ['configmaps'], verbs: ['list', 'watch'] },
    { resources: ['configmaps'], resourceNames: STATES.map((state) => `${name}-${state}`), verbs: ['get', 'patch', 'update'] },
    { resources: ['pods'], verbs: ['list', 'watch'] },
    { resources: ['pods'], resourceNames: Array.from({ length: settings.instances }, (_, ordinal) => `${name}-${ordinal}`), verbs: ['get', 'patch'] },
  ];
}

function definePolicies(construct: Construct & IReplicated, postgres: PatroniDefinition): void {
  const { name, group, extension, settings: { port } } = postgres;
  const network = NETWORK_SETTINGS.of(group.profile);
  const members = NetworkPeer.workload(group.namespace, name);
  const among = { peers: [members], ports: [port, PATRONI_PORT] };
  new ServiceNetworkPolicy(construct, 'MembersPolicy', {
    workload: construct,
    reason: 'members',
    ingress: [among, { peers: [NetworkPeer.workload(group.namespace, databasesJob(postgres))], ports: [port] }],
    egress: [
      among,
      apiServerRule(construct, network,
        'agrees by the API server who is the primary, but no network policy could let it reach the API server, whose addresses are not known'),
      ...dnsRules(network),
      ...extension.egress,
    ],
  });
}
