import type { Construct } from 'constructs';
import { connectsElsewhere } from './catalog/component-places';
import { bindingRoute } from '../core/callbacks';
import type { ComponentNode } from '../core/component-node';
import type { ConnectionIndex } from '../core/connection-index';
import { environmentName, isOpen } from '../core/service-group';
import { describe, fail, nearest } from '../values/errors';
import type { SecretReference } from '../values/secret-reference';
import { plainText, secretLooking, show } from '../values/value-checks';

const CATEGORIES = ['bindings', 'configuration', 'conversation', 'crypto', 'lock', 'middleware', 'pubsub', 'secretstores', 'state'];

/** Fields that follow from connections, and what declares them. */
const FROM_CONNECTIONS: Readonly<Record<string, string>> = {
  actorstatestore: 'uses(component, { actors: true })',
  allowedtopics: 'publishes and subscribes',
  publishingscopes: 'publishes',
  subscriptionscopes: 'subscribes',
  direction: 'invokes and triggeredBy',
  route: 'triggeredBy(component, route)',
};

/** The type of a component: a category and the name of an implementation. */
export function componentType(construct: Construct, type: string): string {
  plainText(construct, 'type', type);
  const [category, ...implementation] = type.split('.');
  if (!CATEGORIES.includes(category)) {
    const near = nearest(category, CATEGORIES);
    return fail(construct, `type ${show(type)} is not the type of a Dapr component`,
      near ? `Did you mean ${show([near, ...implementation].join('.'))}?` : `Begin it with one of ${CATEGORIES.join(', ')}, such as 'pubsub.rabbitmq'`);
  }
  return implementation.length > 0 && implementation.every((part) => /^[A-Za-z0-9_-]+$/.test(part)) ? type
    : fail(construct, `type ${show(type)} names no implementation`, `Write '${category}.' and the name of one, such as 'pubsub.rabbitmq'`);
}

/** Checks the fields of a component that hold for every type. */
export function checkMetadata(construct: Construct, metadata: { [name: string]: string }, secrets: { [name: string]: SecretReference }): void {
  for (const name of [...Object.keys(metadata), ...Object.keys(secrets)]) {
    plainText(construct, 'the name of a metadata field', name, 253);
    const declared = FROM_CONNECTIONS[name.toLowerCase()];
    if (declared !== undefined) {
      fail(construct, `metadata sets '${name}', which follows from connections`, `Leave it out, and declare it by ${declared}`);
    }
    if (name in metadata && name in secrets) {
      fail(construct, `'${name}' is in metadata and in secrets`, 'Remove one of the two');
    }
  }
  for (const [name, value] of Object.entries(metadata)) {
    if (typeof value !== 'string') {
      fail(construct, `expected metadata '${name}' to be text, got ${show(value)}`, 'Write the value in quotes');
    }
    const reason = secretLooking(name, value);
    if (reason !== undefined) {
      fail(construct, `metadata '${name}' looks like a secret in plain text: ${reason}`, `Set it in secrets, such as { '${name}': SecretReference.of('credentials', '${name}') }`);
    }
  }
}

/** What is wrong with the other ends of a component, once every statement of the program is known. */
export function checkConnectsTo({ construct, connectsTo, group, placed, type }: ComponentNode): string[] {
  if (!placed && connectsElsewhere(type) && !isOpen(construct)) {
    return [describe(`is of type '${type}' and connects to nothing, so network policies would block its sidecars`,
      'Set connectsTo, or an empty list if a policy of your own admits them')];
  }
  return connectsTo.flatMap((reference) => {
    if (reference._environment !== undefined && reference._environment !== environmentName(group)) {
      return [describe(`connects to '${reference.name}' of environment '${reference._environment}'`, `Define '${reference.name}' in '${environmentName(group)}' too`)];
    }
    return !reference._foreign?.dapr ? [] : [describe(`connects to '${reference.name}', and the ports of its pods are unknown`, 'Name ports of the ImportedService')];
  });
}

/** What is wrong with the routes of an input binding. */
export function checkRoutes({ components }: ConnectionIndex, { endpoint }: ComponentNode): string[] {
  const routes = [...new Set(components.triggersOf(endpoint).map(bindingRoute))].sort();
  return routes.length <= 1 ? [] : [describe(`has the routes ${routes.map((route) => `'${route}'`).join(' and ')}, and a component has one`, 'Define a component for each route')];
}
