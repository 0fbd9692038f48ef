import type { Construct } from 'constructs';
import type { CloudNativePgDefinition } from './definition';
import { apiServerRule, LABEL, membersOf, METRICS_PORT, poolerName, POOLER_ROLE, POSTGRESQL_PORT, STATUS_PORT } from './definition';
import { fail } from '../../../model/errors';
import { NetworkPeer } from '../../../model/network-peer';
import { dnsRules, podsOf } from '../../../network/namespace-policies';
import { defineNetworkPolicy } from '../../../network/network-policy';

/** Who else reaches the members, and whom they reach, besides the services: `app` is only on members, so the operator's labels select. */
export function defineMembersPolicy(construct: Construct, postgres: CloudNativePgDefinition): void {
  const { name, group, settings, backup } = postgres;
  const { dns, nodeLocalDns, apiServerCidrs, cloudNativePgOperator, metricsCollector } = group.profile._values.network;
  if (apiServerCidrs.length === 0) {
    fail(construct, 'has members that read their part from the API server, but no network policy could let them reach it: its addresses are not known',
      "Set network.apiServerCidrs by PlatformProfile.customize(), such as ['10.0.0.1/32']");
  }
  const ports = [POSTGRESQL_PORT, STATUS_PORT];
  const among = { peers: [membersOf(postgres)], ports };
  const pooler = { peers: [NetworkPeer.workload(group.namespace, poolerName(name))], ports: [POSTGRESQL_PORT] };
  defineNetworkPolicy(construct, 'MembersPolicy', {
    name: `${name}-members`,
    // a pooler has rules of its own
    selector: { matchLabels: { [LABEL.cluster]: name }, matchExpressions: [{ key: LABEL.role, operator: 'NotIn', values: [POOLER_ROLE] }] },
    ingress: () => [
      among,
      { peers: [podsOf(cloudNativePgOperator)], ports },
      ...settings.cloudNativePg.pooler.instances > 0 ? [pooler] : [],
      ...backup ? [{ peers: [podsOf(metricsCollector)], ports: [METRICS_PORT] }] : [],
    ],
    egress: () => [
      among,
      apiServerRule(postgres),
      ...dnsRules(dns, nodeLocalDns),
      ...backup ? [{ peers: backup.storage._cidrs.map((cidr) => NetworkPeer.cidr(cidr)), ports: [backup.storage._port] }] : [],
    ],
  });
}
