import type { Construct } from 'constructs';
import type { CloudNativePgDefinition } from './cloud-native-pg-definition';
import { apiServerOf, LABEL, membersOf, METRICS_PORT, poolerName, POOLER_ROLE, POSTGRESQL_PORT, STATUS_PORT } from './cloud-native-pg-definition';
import { defineNetworkPolicy } from '../../../network/network-policy';
import { NETWORK_SETTINGS } from '../../../network/network-settings';
import { dnsRules, podsOf } from '../../../network/platform-peers';
import { NetworkPeer } from '../../../values/network-peer';
import { storageRule } from '../../hosted/hosted-object-storage';

/** Who else reaches the members, and whom they reach, besides the services: `app` is only on members, so the operator's labels select. */
export function defineMembersPolicy(construct: Construct, postgres: CloudNativePgDefinition): void {
  const { name, group, settings, backup } = postgres;
  const network = NETWORK_SETTINGS.of(group.profile);
  const apiServer = apiServerOf(construct, postgres);
  const ports = [POSTGRESQL_PORT, STATUS_PORT];
  const among = { peers: [membersOf(postgres)], ports };
  const pooler = { peers: [NetworkPeer.workload(group.namespace, poolerName(name))], ports: [POSTGRESQL_PORT] };
  defineNetworkPolicy(construct, 'MembersPolicy', {
    name: `${name}-members`,
    // a pooler has rules of its own
    selector: { matchLabels: { [LABEL.cluster]: name }, matchExpressions: [{ key: LABEL.role, operator: 'NotIn', values: [POOLER_ROLE] }] },
    ingress: () => [
      among,
      { peers: [podsOf(settings.cloudNativePg.operatorPods)], ports },
      ...settings.cloudNativePg.pooler.instances > 0 ? [pooler] : [],
      ...backup ? [{ peers: [podsOf(network.metricsCollector)], ports: [METRICS_PORT] }] : [],
    ],
    egress: () => [
      among,
      apiServer,
      ...dnsRules(network),
      ...backup ? [storageRule(backup.storage)] : [],
    ],
  });
}
