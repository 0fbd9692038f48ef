/**
 * Where the events of a topic go that a subscriber could not take: a topic for each subscriber, so that what one of
 * them could not take is never mixed with what another could not.
 */
export function deadLetterTopic(topic: string, subscriber: string): string {
  return `${topic}-${subscriber}-dead-letter`;
}
