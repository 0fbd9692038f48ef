import type { Construct } from 'constructs';
import type { VariableSources } from './built-in-variables';
import type { ConnectionIndex } from '../core/connection-index';
import type { ServiceNode, TopicNode } from '../core/edges';
import { describe } from '../values/errors';

/**
 * The environment variables by which a service finds the streams of the topics that it publishes or subscribes by itself: one for each topic with partitions,
 * such as `TOPIC_ORDER_PLACED_PARTITIONS`, with their names in the order of their numbers.
 */
export function topicVariables(connections: ConnectionIndex, service: ServiceNode): { [name: string]: string } {
  const declared = connections.subscriptionsOf(service).filter(({ options }) => options.declaredByApplication);
  const edges = [...connections.publicationsOf(service), ...declared];
  const topics = [...new Set(edges.flatMap((edge) => connections.topic(edge.topic, service) ?? []))];
  // two groups may have a topic of one name, each on a broker of its own
  const twin = (topic: TopicNode) => topics.some((other) => other !== topic && other.name === topic.name);
  return Object.fromEntries(topics.filter(({ broker }) => broker.partitions !== undefined).map((topic) => {
    const name = [...twin(topic) ? [topic.group.name] : [], topic.name].join('-');
    return [`TOPIC_${name.replace(/[^A-Za-z0-9]/g, '_').toUpperCase()}_PARTITIONS`, topic.streams.join(',')];
  }));
}

/** Fails at synthesis where a variable with the name of one of these has another source. */
export function reserveTopicVariables(construct: Construct, names: () => readonly string[], sources: VariableSources): void {
  construct.node.addValidation({
    validate: () => names().map((name) => sources.conflict(name, 'a topic that it publishes or subscribes')).filter((conflict) => conflict !== undefined).map((conflict) => describe(...conflict)),
  });
}
