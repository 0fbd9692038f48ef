import type { Construct } from 'constructs';
import { ETCD_SETTINGS, type EtcdSettings } from './etcd-settings';
import { ETCD } from './etcd-store-engine';
import type * as etcd from '../../../imports/etcd';
import { defineWorkload } from '../../core/kubernetes-object';
import { groupOf, type ServiceGroup } from '../../core/service-group';
import type { IReplicated } from '../../core/workload';
import { NETWORK_SETTINGS } from '../../network/network-settings';
import { dnsRules } from '../../network/platform-peers';
import { ServiceNetworkPolicy } from '../../network/service-network-policy';
import { setGroupFile } from '../../output/group-file';
import type { Environment } from '../../profile/environment';
import { DisruptionBudget } from '../../scaling/disruption-budget';
import { POD_SECURITY_SETTINGS } from '../../security/pod-security-settings';
import { DisruptionLimit } from '../../values/disruption-limit';
import { fail } from '../../values/errors';
import { provideLabels, versionLabel } from '../../values/labels';
import { NetworkPeer } from '../../values/network-peer';
import { dnsSubdomain, serviceName } from '../../values/value-checks';
import { hostedLabels, hostingGroup } from '../hosted/hosted-store';
import { storageClassName } from '../hosted/volumes';

/** `-client-tls`, and what Kubernetes appends to the names of pods, fit into 63 characters. */
const LONGEST_NAME = 40;

/** An etcd cluster that is decided in every detail, but has no object yet. */
export interface EtcdDefinition {
  readonly name: string;
  readonly group: ServiceGroup;
  readonly settings: Required<EtcdSettings>;
  readonly issuer: string;
}

/** Decides an etcd cluster in every detail, or fails. */
export function decideEtcd(construct: Construct, props: EtcdSettings & { environment?: Environment; issuer?: string }): EtcdDefinition {
  const { environment, issuer, ...said } = props;
  const group = hostingGroup(construct, environment);
  const settings = ETCD_SETTINGS.decide(construct, group.profile, said);
  const name = serviceName(construct, 'name', construct.node.id, LONGEST_NAME);
  const level = POD_SECURITY_SETTINGS.of(groupOf(construct).profile).podSecurityLevel;
  if (level === 'restricted') {
    fail(construct, `is in '${group.namespace}', whose Pod Security level is restricted, and the operator of etcd gives its pods no security context, so that none would be made`,
      "Define it in a SharedChart of its own, with profile.with(SecurityDefaults.of({ security: { podSecurityLevel: 'baseline' } }))");
  }
  return { name, group, settings, issuer: dnsSubdomain(construct, 'issuer', issuer ?? name) };
}

/** Defines the objects of an etcd cluster below its construct. */
export function defineEtcd(construct: Construct & IReplicated, { name, group, settings, issuer }: EtcdDefinition): void {
  const network = NETWORK_SETTINGS.of(group.profile);
  setGroupFile(construct, group, name);
  provideLabels(construct, hostedLabels(group, name, 'store', versionLabel(settings.version, undefined)));
  // the operator makes none, and a later one that does leaves alone what has this name already
  new DisruptionBudget(construct, 'DisruptionBudget', { workload: construct, limit: DisruptionLimit.maxUnavailable(1) });
  // its pods can be given neither resources nor a priority: the LimitRange of the namespace sizes them
  defineWorkload<etcd.EtcdClusterSpec>(construct, 'EtcdCluster', {
    apiVersion: 'operator.etcd.io/v1alpha1',
    kind: 'EtcdCluster',
    metadata: { name },
    spec: {
      size: settings.size,
      version: settings.version,
      imageRegistry: settings.image,
      storageSpec: {
        accessModes: 'ReadWriteOnce',
        volumeSizeRequest: settings.storage,
        volumeSizeLimit: settings.storage,
        storageClassName: storageClassName(settings.storageClass),
      },
      // not the operator's own certificates: each of them would be signed by itself, and none would be known to another
      tls: { provider: 'cert-manager', providerCfg: { certManagerCfg: { issuerKind: settings.issuerKind, issuerName: issuer } } },
    },
  });

  const members = NetworkPeer.workload(group.namespace, name);
  new ServiceNetworkPolicy(construct, 'MembersPolicy', {
    workload: construct,
    reason: 'members',
    ingress: [
      { peers: [members], ports: [ETCD.client, ETCD.peer] },
      { peers: [NetworkPeer._selected(settings.operatorNamespace, {})], ports: [ETCD.client] },
    ],
    egress: [{ peers: [members], ports: [ETCD.client, ETCD.peer] }, ...dnsRules(network)],
  });
}
