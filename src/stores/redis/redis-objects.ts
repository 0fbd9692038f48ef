import type { Construct } from 'constructs';
import { BROKER_SETTINGS, type BrokerSettings } from './broker/broker-settings';
import { RedisFormation } from './formation';
import { defineByOperator } from './operator';
import { validateScripting } from './redis-access-rules';
import { busPort, redisFiles } from './redis-configuration';
import type { RedisDefinition, RedisOperator } from './redis-definition';
import { RedisEngine } from './redis-engine';
import type { RedisMemberSettings } from './redis-member-settings';
import { defineMembers } from './redis-members';
import { REDIS_SETTINGS, type RedisSettings } from './redis-settings';
import { RedisSnapshots, decideSnapshots } from './snapshots';
import { recordFinding } from '../../checks/registry';
import type { RuleDescription } from '../../checks/rule';
import { Severity } from '../../checks/severity';
import { groupOf } from '../../core/service-group';
import type { StoreEndpoint } from '../../core/store-endpoint';
import type { IReplicated } from '../../core/workload';
import { NETWORK_SETTINGS } from '../../network/network-settings';
import { dnsRules } from '../../network/platform-peers';
import { ServiceNetworkPolicy } from '../../network/service-network-policy';
import { setGroupFile } from '../../output/group-file';
import type { Environment } from '../../profile/environment';
import type { Section } from '../../profile/section';
import { DisruptionBudget } from '../../scaling/disruption-budget';
import { WorkloadServiceAccount } from '../../security/service-account';
import { DisruptionLimit } from '../../values/disruption-limit';
import { provideLabels } from '../../values/labels';
import { NetworkPeer } from '../../values/network-peer';
import type { ResourceAmounts } from '../../values/resources';
import { recordBackupCredentials } from '../backup/shared-credentials';
import { hostedStore, hostingGroup, servesProduction, tierResources } from '../hosted/hosted-store';

/** `-formation` and what Kubernetes appends to the names of a Job's and a StatefulSet's pods fit into 63 characters. */
const LONGEST_NAME = 40;

export const NO_COPY: RuleDescription = {
  id: 'MS-AVAIL-005',
  severity: Severity.WARNING,
  why: 'The members of a store in production have no replicas, so a node drain or a crash takes the keys of a member out of reach.',
  fix: 'Raise redis.replicasPerPrimary to 1, or broker.replication to 2.',
};

/** A kind of store that consists of Redis members: what the profile calls it, and what it says of copies. */
export interface RedisKind<S extends Required<RedisMemberSettings>> {
  readonly section: Section<S>;
  readonly replicasPerPrimary: (settings: S) => number;
  /** The operator that runs the members; undefined where none does. */
  readonly operator: (settings: S) => RedisOperator | undefined;
}

export const REDIS: RedisKind<Required<RedisSettings>> = {
  section: REDIS_SETTINGS,
  replicasPerPrimary: ({ replicasPerPrimary }) => replicasPerPrimary,
  operator: ({ engine, operatorImage: image, operatorPods: pods }) => engine === RedisEngine.OPERATOR ? { image, pods } : undefined,
};

export const BROKER: RedisKind<Required<BrokerSettings>> = {
  section: BROKER_SETTINGS,
  replicasPerPrimary: ({ replication }) => replication - 1,
  operator: () => undefined,
};

/** Decides a cluster of Redis members in every detail, or fails. */
export function decideRedis<S extends Required<RedisMemberSettings>>(
  construct: Construct, kind: RedisKind<S>, props: RedisMemberSettings & { environment?: Environment },
): RedisDefinition & { settings: S } {
  const { environment, ...said } = props;
  const group = hostingGroup(construct, environment);
  const merged = kind.section.decide(construct, group.profile, said);
  const operator = kind.operator(merged);
  const settings = operator ? { ...merged, image: operator.image } : merged;

  if (!operator) {
    recordBackupCredentials(construct, group, environment);
  }
  const resources = (amounts: ResourceAmounts) => tierResources(construct, group.profile, settings.tier, amounts);
  const replicasPerPrimary = kind.replicasPerPrimary(settings);
  if (replicasPerPrimary === 0 && servesProduction(construct, environment)) {
    recordFinding(construct, NO_COPY);
  }
  return {
    ...hostedStore(construct, group, settings, LONGEST_NAME),
    settings,
    replicasPerPrimary,
    members: settings.primaries * (1 + replicasPerPrimary),
    memberResources: resources(settings.resources),
    formationResources: resources(settings.formationResources),
    files: redisFiles(settings),
    operator,
    snapshots: operator ? undefined : decideSnapshots(construct, group.profile),
  };
}

/** Defines the objects of a Redis cluster below its construct. */
export function defineRedis(construct: Construct & IReplicated, redis: RedisDefinition, store: StoreEndpoint): void {
  setGroupFile(construct, groupOf(construct), redis.name);
  provideLabels(construct, redis.labels);
  new WorkloadServiceAccount(construct, 'ServiceAccount', { workload: construct });
  // a second member that leaves may be the last copy of its keys
  new DisruptionBudget(construct, 'DisruptionBudget', { workload: construct, limit: DisruptionLimit.maxUnavailable(1) });
  if (redis.operator) {
    defineByOperator(construct, redis, redis.operator);
  } else {
    defineByStatefulSet(construct, redis, store);
  }
}

function defineByStatefulSet(construct: Construct & IReplicated, redis: RedisDefinition, store: StoreEndpoint): void {
  const { name, settings: { port }, group } = redis;
  validateScripting(construct, store, redis.settings.scripting);
  defineMembers(construct, redis, store);
  const formation = new RedisFormation(construct, 'Formation', redis);
  const jobs = [formation, ...redis.snapshots ? [new RedisSnapshots(construct, 'Snapshots', redis, redis.snapshots)] : []];

  const network = NETWORK_SETTINGS.of(group.profile);
  const dns = dnsRules(network);
  const members = NetworkPeer.workload(group.namespace, name);
  const ports = [port, busPort(port)];
  new ServiceNetworkPolicy(construct, 'MembersPolicy', {
    workload: construct,
    reason: 'members',
    ingress: [{ peers: [members], ports }, { peers: jobs.map((job) => NetworkPeer.workload(group.namespace, job.name)), ports: [port] }],
    egress: [{ peers: [members], ports }, ...dns],
  });
  new ServiceNetworkPolicy(formation, 'Policy', { workload: formation, reason: 'members', egress: [{ peers: [members], ports: [port] }, ...dns] });
}
