import type { Construct } from 'constructs';
import { KafkaAccess } from './access';
import type { KafkaDefinition } from './kafka-definition';
import { defineCluster } from './kafka-resource';
import { defineNodePool, nodesOf } from './node-pool';
import { groupOf } from '../../core/service-group';
import type { StoreEndpoint } from '../../core/store-endpoint';
import { NETWORK_SETTINGS } from '../../network/network-settings';
import { storeClients } from '../../network/store-clients';
import { setGroupFile } from '../../output/group-file';
import { provideLabels } from '../../values/labels';

/**
 * Defines the objects of a Kafka cluster below its construct.
 *
 * Its members reach each other, and Strimzi and its operators reach them, by the NetworkPolicies that Strimzi makes for its own ports.
 */
export function defineKafka(construct: Construct, kafka: KafkaDefinition, endpoint: StoreEndpoint): void {
  const { name } = kafka;
  const group = groupOf(construct);
  setGroupFile(construct, group, name);
  provideLabels(construct, kafka.labels);
  defineCluster(construct, kafka, () => storeClients(construct, endpoint, NETWORK_SETTINGS.of(group.profile)));
  for (const nodes of nodesOf(kafka)) {
    defineNodePool(construct, kafka, nodes);
  }
  new KafkaAccess(construct, 'Access', kafka, endpoint);
}
