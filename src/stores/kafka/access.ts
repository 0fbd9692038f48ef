import { Construct } from 'constructs';
import { kafkaConsumerGroup, kafkaUser } from './kafka-client';
import type { KafkaDefinition } from './kafka-definition';
import { API_VERSION, belongingTo } from './node-pool';
import type * as strimzi from '../../../imports/strimzi';
import { ConnectionIndex } from '../../core/connection-index';
import { deadLetterTopics } from '../../core/dead-letter';
import type { ServiceNode, TopicEdge } from '../../core/edges';
import { clientOf } from '../../core/engine-of';
import { subscriptionsOn } from '../../core/event-delivery';
import { defineObject, late } from '../../core/kubernetes-object';
import { endpointKey } from '../../core/node-keys';
import { beforeSynthesis } from '../../core/preparation';
import type { StoreEndpoint } from '../../core/store-endpoint';
import { sorted } from '../../values/sorted';
import { objectNameOf } from '../../values/topic-name';

type Acl = strimzi.KafkaUserSpecAuthorizationAcls;

const WRITE = ['Describe', 'Write'];
const READ = ['Describe', 'Read'];

/**
 * The topics of a Kafka cluster and the users of it, from what the program said about topics and services. Strimzi looks for them where the
 * cluster is, not where the services are: so they are rendered there.
 *
 * @internal
 */
export class KafkaAccess extends Construct {
  private readonly connections: ConnectionIndex;

  constructor(scope: Construct, id: string, private readonly kafka: KafkaDefinition, private readonly broker: StoreEndpoint) {
    super(scope, id);
    this.connections = ConnectionIndex.of(this);
    beforeSynthesis(this, () => this.render());
  }

  private render(): void {
    this.topics().forEach((topic) => this.defineTopic(topic));
    this.connections.clientsOf(this.broker).forEach((service) => this.defineUser(service));
  }

  /** Also those to which sidecars bring what a subscriber could not take: nothing makes a topic by itself. */
  private topics(): string[] {
    const deadLetters = this.connections.clientsOf(this.broker).flatMap((service) => this.deadLetters(service));
    return [...new Set([...this.connections.topicsOn(this.broker).map(({ name }) => name), ...deadLetters])];
  }

  private defineTopic(topic: string): void {
    const { settings } = this.kafka;
    // topics of several clusters may stand in one namespace
    const name = `${this.kafka.name}.${objectNameOf(topic)}`;
    if (!this.node.tryFindChild(`topic ${topic}`)) {
      defineObject<strimzi.KafkaTopicSpec>(this, `topic ${topic}`, {
        apiVersion: API_VERSION,
        kind: 'KafkaTopic',
        metadata: { name, labels: belongingTo(this.kafka) },
        spec: {
          topicName: topic,
          partitions: settings.partitions,
          replicas: settings.replicationFactor,
          config: { 'retention.ms': settings.retention.toMilliseconds(), 'min.insync.replicas': settings.minInSyncReplicas },
        },
      });
    }
  }

  private defineUser(service: ServiceNode): void {
    const name = kafkaUser(this.broker, clientOf(this.broker, service));
    if (!this.node.tryFindChild(`user ${name}`)) {
      defineObject<strimzi.KafkaUserSpec>(this, `user ${name}`, {
        apiVersion: API_VERSION,
        kind: 'KafkaUser',
        metadata: { name, labels: belongingTo(this.kafka) },
        spec: { authentication: { type: 'scram-sha-512' }, authorization: { type: 'simple', acls: late(() => this.acls(service)) } },
      });
    }
  }

  /** What a service said that it does, and no more. */
  private acls(service: ServiceNode): Acl[] {
    const subscribed = this.subscribed(service);
    const operations = new Map<string, Set<string>>();
    const allow = (topics: readonly string[], allowed: readonly string[]) => topics.forEach((topic) => {
      operations.set(topic, new Set([...operations.get(topic) ?? [], ...allowed]));
    });
    allow(this.published(service), WRITE);
    allow(subscribed, READ);
    // the subscriber's own sidecar writes what it could not deliver, and nobody but the subscriber reads it again
    allow(this.deadLetters(service), [...WRITE, ...READ]);

    const topics = sorted([...operations], ([topic]) => topic).map(([topic, allowed]) => acl('topic', topic, [...allowed].sort()));
    return [...topics, ...subscribed.length > 0 ? [acl('group', kafkaConsumerGroup(clientOf(this.broker, service)), ['Read'])] : []];
  }

  private published(service: ServiceNode): string[] {
    return this.namesOn(service, this.connections.publicationsOf(service));
  }

  private subscribed(service: ServiceNode): string[] {
    return this.namesOn(service, this.connections.subscriptionsOf(service));
  }

  private deadLetters(service: ServiceNode): string[] {
    return subscriptionsOn(this.connections, this.broker, service).flatMap(deadLetterTopics);
  }

  private namesOn(service: ServiceNode, edges: readonly TopicEdge[]): string[] {
    return edges.flatMap((edge) => this.connections.topic(edge.topic, service) ?? [])
      .filter((topic) => endpointKey(topic.broker) === endpointKey(this.broker))
      .map(({ name }) => name);
  }
}

function acl(type: string, name: string, operations: string[]): Acl {
  return { resource: { type, name, patternType: 'literal' }, operations } as Acl;
}
