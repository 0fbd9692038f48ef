import { fail } from './errors';
import { type Place, plainText, show } from './value-checks';

/** Kafka permits 249 characters, and the name of a dead-letter topic adds up to 71 of them. */
const LONGEST = 178;

/**
 * The name of a topic as applications and brokers know it: letters, digits, `.`, `_` and `-`, which Redis, Kafka, RabbitMQ and Dapr's scopes accept.
 */
export function topicName(where: Place, value: string): string {
  plainText(where, 'name', value);
  if (value.length > LONGEST) {
    fail(where, `the name of the topic has ${value.length} characters, and ${LONGEST} are the most`, 'Shorten it');
  }
  if (!/^[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?$/.test(value)) {
    const near = value.split(/[^A-Za-z0-9._-]+/).filter((part) => part !== '').join('-').replace(/^[._-]+|[._-]+$/g, '');
    fail(where, `${show(value)} is not the name of a topic`, near === '' ? "Use letters, digits, '.', '_' and '-', such as 'order-placed'" : `Write ${show(near)}`);
  }
  return value;
}

/** A topic in the name of a Kubernetes object. */
export function objectNameOf(topic: string): string {
  return topic.toLowerCase().replace(/[^a-z0-9-]/g, '-');
}
