import type { TopicEdge } from './edges';

/**
 * Where the events of a topic go that a subscriber could not take: a topic for each subscriber, so that what one of
 * them could not take is never mixed with what another could not. None if the subscriber wants none.
 */
export function deadLetterTopics({ service, topic, options }: TopicEdge): string[] {
  return options.deadLetters === false ? [] : [`${topic.name}-${service.name}-dead-letter`];
}
