import type { Construct } from 'constructs';
import type { KafkaDefinition } from './kafka-definition';
import { containerTemplate, podTemplate } from './kafka-pods';
import { API_VERSION } from './node-pool';
import type * as strimzi from '../../../imports/strimzi';
import { defineWorkload, late } from '../../core/kubernetes-object';
import { NetworkPeer } from '../../values/network-peer';
import { sorted } from '../../values/sorted';

type KafkaSpec = strimzi.KafkaSpec;
type Listener = strimzi.KafkaSpecKafkaListeners;

/** The pods of the operators of topics and users. */
export function entityOperator(kafka: { name: string }): string {
  return `${kafka.name}-entity-operator`;
}

/** Defines the Kafka of which Strimzi makes a cluster. The metadata is kept by controllers (KRaft), which is all that its API knows since 1.0. */
export function defineCluster(scope: Construct, kafka: KafkaDefinition, clients: () => NetworkPeer[]): void {
  const { name, settings } = kafka;
  defineWorkload<KafkaSpec>(scope, 'Kafka', {
    apiVersion: API_VERSION,
    kind: 'Kafka',
    metadata: { name },
    spec: {
      kafka: {
        version: settings.version,
        metadataVersion: settings.metadataVersion,
        listeners: listeners(kafka, clients),
        authorization: { type: 'simple' },
        config: {
          'offsets.topic.replication.factor': settings.replicationFactor,
          'transaction.state.log.replication.factor': settings.replicationFactor,
          'transaction.state.log.min.isr': settings.minInSyncReplicas,
          'default.replication.factor': settings.replicationFactor,
          'min.insync.replicas': settings.minInSyncReplicas,
          // topics follow from the program; one that a mistake in a name would make has neither owner nor users
          'auto.create.topics.enable': false,
        },
        // copies of an event are in different zones
        rack: { topologyKey: 'topology.kubernetes.io/zone' },
        // one node at a time, of brokers and controllers together
        template: { podDisruptionBudget: { maxUnavailable: 1 } },
        metricsConfig: settings.metrics ? { type: 'strimziMetricsReporter', values: { allowList: ['.*'] } } : undefined,
      },
      entityOperator: {
        topicOperator: { resources: kafka.operatorResources._toKube() },
        userOperator: { resources: kafka.operatorResources._toKube() },
        template: { pod: operatorPod(kafka), topicOperatorContainer: containerTemplate(), userOperatorContainer: containerTemplate() },
      },
    } as KafkaSpec,
  });
}

/** A password, not a certificate: Strimzi renews certificates, and a sidecar reads its Secret once, when it starts. */
const AUTHENTICATION = { type: 'scram-sha-512' };

function listeners({ name, group, settings }: KafkaDefinition, clients: () => NetworkPeer[]): Listener[] {
  const brokers = NetworkPeer.workload(group.namespace, name);
  const internal = {
    name: 'tls',
    port: settings.port,
    type: 'internal',
    tls: true,
    authentication: AUTHENTICATION,
    // Strimzi has a NetworkPolicy of its own for each listener, and policies add up: one that names nobody admits everybody. So it is told
    // the clients, and the brokers themselves where there are none yet
    networkPolicyPeers: late(() => sorted([brokers, ...clients()], (peer) => peer._key).flatMap((peer) => peer._peers)),
  };
  // who comes from outside comes through a router or a node, which nobody knows here: TLS, password and ACLs decide
  const external = { name: 'external', port: settings.externalPort, type: settings.externalListener, tls: true, authentication: AUTHENTICATION };
  return [internal, ...settings.externalListener === 'none' ? [] : [external]] as Listener[];
}

/** One pod, which needs no other beside it, and no place of its own. */
function operatorPod(kafka: KafkaDefinition): object {
  const { affinity: _affinity, topologySpreadConstraints: _spread, ...pod } = podTemplate(kafka, entityOperator(kafka));
  return pod;
}
