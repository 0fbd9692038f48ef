import type { Construct } from 'constructs';
import { addressErrors } from './call-address';
import { sidecarRemedy } from './sidecar-choice';
import { checkWorkflows } from './workflow-checks';
import type { WorkloadKind } from './workload-kind';
import { rivalActorStores } from '../core/actor-stores';
import type { ConnectionIndex } from '../core/connection-index';
import type { CallOptions, SubscribeOptions, UseOptions } from '../core/connection-options';
import { directCallsTo, isLimited } from '../core/direct-calls';
import type { ServiceNode, StoreNode } from '../core/edges';
import { engineOf } from '../core/engine-of';
import type { ServiceGroup } from '../core/service-group';
import { environmentName, placeOf, undefinedIn } from '../core/service-group';
import type { ServiceReference } from '../core/service-reference';
import type { StoreEndpoint } from '../core/store-endpoint';
import type { TopicReference } from '../core/topic-reference';
import { actorKeyErrors } from '../dapr/actor-keys';
import { describe, fail, nearest } from '../values/errors';
import type { Port } from '../values/port';
import { checkRequests } from '../values/requests';
import { environmentVariableName, plainText, show, wholeNumber, wholeSeconds } from '../values/value-checks';

/** More attempts than this only lengthen an outage. */
const MOST_RETRIES = 10;

export function checkCall(construct: Construct, caller: ServiceNode, callee: ServiceReference, options: CallOptions): void {
  const environment = environmentName(caller.group);
  if (callee._environment !== undefined && callee._environment !== environment) {
    fail(construct, `calls '${callee.name}' in environment '${callee._environment}'`,
      `Define '${callee.name}' in '${environment}' too, or describe the far one with ImportedService.fromName()`);
  }
  if (!callee._foreign && callee.group === caller.group.name && callee.name === caller.name) {
    fail(construct, 'calls itself', 'Call the function inside of the process');
  }
  if (callee._foreign?.dapr && !caller.dapr) {
    fail(construct, `calls '${callee.name}', which is reached through Dapr, without a Dapr sidecar`, sidecarRemedy(caller.group.profile, 'Name ports of the ImportedService'));
  }
  if (callee._foreign?.dapr && options.direct) {
    fail(construct, `calls '${callee.name}' directly, and the ports of its pods are unknown`, 'Name ports of the ImportedService');
  }
  checkRequests(construct, options);
  checkWorkflows(construct, caller, callee, options);
  if (options.as === undefined && options.port !== undefined) {
    fail(construct, `calls '${callee.name}' with the port ${show(options.port)}, and no variable would contain it`, "Name a variable with as, such as { as: 'CATALOG_ADDR' }");
  }
  const { as: variable, ...others } = options;
  if (variable !== undefined) {
    environmentVariableName(construct, variable);
  }
  if (callee._external && Object.values(others).some((option) => option !== undefined)) {
    fail(construct, `calls '${callee.name}' with options, and nobody between here and there sees more of it than its connection`, 'Leave them out');
  }
  if (callee._foreign && (options.methods ?? options.paths)) {
    fail(construct, `calls '${callee.name}' with methods or paths, and the way in of a service that this program does not define is not its own to render`,
      'Leave methods and paths out');
  }
  if (options.retries !== undefined) {
    wholeNumber(construct, options.retries, 0, MOST_RETRIES, 'retries');
  }
  if (options.idempotent === false && (options.retries ?? 0) > 0) {
    fail(construct, `calls '${callee.name}', which is not idempotent, with ${options.retries} retries`, 'Leave retries out, or make the call idempotent');
  }
  if (options.timeout && options.timeout.toMilliseconds({ integral: false }) < 1) {
    fail(construct, `calls '${callee.name}' with a timeout of ${options.timeout.toMilliseconds({ integral: false })} ms`, 'Wait at least 1 ms');
  }
}

export function checkStore(construct: Construct, service: ServiceNode, definition: StoreNode | undefined, store: StoreEndpoint, verb = 'uses'): void {
  if (definition && environmentName(definition.group) !== environmentName(service.group)) {
    fail(construct, `${verb} '${store.name}' of ${placeOf(definition.group)}, so environments would share their data`,
      `Define '${store.name}' in '${service.group.namespace}' too`);
  }
}

export function checkActorStore(construct: Construct, service: ServiceNode, store: StoreEndpoint, { actors }: UseOptions): void {
  if (!actors) {
    return;
  }
  if (!service.dapr) {
    fail(construct, `uses '${store.name}' for actors without a Dapr sidecar, which alone runs them`, sidecarRemedy(service.group.profile));
  }
  if (!engineOf(store).facts.actors) {
    fail(construct, `uses '${store.name}' for actors, and its engine '${store.engine.name}' has no multi-key transactions, which Dapr actors and workflows require`,
      'Use a store with such transactions for actors, such as a relational database');
  }
}

export function checkTopic(construct: Construct, service: ServiceNode, verb: string, topic: TopicReference): void {
  if (!service.dapr) {
    fail(construct, `${verb} '${topic.name}' without a Dapr sidecar, which alone can reach a topic`, sidecarRemedy(service.group.profile));
  }
  const environment = environmentName(service.group);
  if (topic._environment !== undefined && topic._environment !== environment) {
    fail(construct, `${verb} '${topic.name}' of environment '${topic._environment}'`, `Define the topic in '${environment}' too`);
  }
}

export function checkSubscription(
  construct: Construct, service: ServiceNode, kind: WorkloadKind, topic: TopicReference, options: SubscribeOptions,
): void {
  // an application that declares its subscriptions can stream events, which needs no port
  if (!options.declaredByApplication) {
    checkListens(service, kind, 'subscribes', topic.name);
  }
  const { route, deadLetterRoute, rules = {}, bulk, deadLetters } = options;
  Object.entries({ route, deadLetterRoute }).forEach(([name, path]) => path === undefined || checkRoute(construct, name, path));
  for (const [path, condition] of Object.entries(rules)) {
    checkRoute(construct, 'rules', path);
    plainText(construct, `rules['${path}']`, condition);
  }
  if (bulk !== undefined) {
    wholeNumber(construct, bulk, 2, undefined, 'bulk');
  }
  if (deadLetters === false && deadLetterRoute !== undefined) {
    fail(construct, `takes dead letters of '${topic.name}' at ${show(deadLetterRoute)}, and there are none with deadLetters: false`, 'Leave one of them out');
  }
  if (options.retries !== undefined) {
    wholeNumber(construct, options.retries, 0, MOST_RETRIES, 'retries');
  }
  if (options.handlingTime) {
    wholeSeconds(construct, 'handlingTime', options.handlingTime, 1);
  }
}

function checkRoute(construct: Construct, name: string, path: string): void {
  plainText(construct, name, path);
  if (!path.startsWith('/')) {
    fail(construct, `expected ${name === 'rules' ? 'paths of rules' : `a ${name}`} that begin${name === 'rules' ? '' : 's'} with '/', got ${show(path)}`, "Write a path such as '/events/order-placed'");
  }
}

export function checkListens({ construct, ports }: ServiceNode, { dapr, ends }: WorkloadKind, verb: string, name: string): void {
  if (ports.length === 0 && dapr._options.appPort === undefined) {
    fail(construct, `${verb} '${name}' and listens on no port, so its sidecar could deliver no event`, ends ? 'Let a Microservice take the events' : 'Name a port, such as Port.http(8000)');
  }
}

export function checkHasPort(construct: Construct, ports: readonly Port[]): readonly Port[] {
  return ports.length > 0 ? ports : fail(construct, 'has no port, so nothing could reach it', 'Name a port, such as Port.http(8000)');
}

export function checkedPorts(construct: Construct, ports: readonly Port[]): readonly Port[] {
  ports.forEach((port) => port._checkUnprivileged(construct));
  for (const field of ['name', 'number'] as const) {
    const values = ports.map((port) => port[field]);
    const twice = values.find((value, index) => values.indexOf(value) !== index);
    if (twice !== undefined) {
      fail(construct, `has two ports with the ${field} ${show(twice)}`, `Give each port its own ${field}`);
    }
  }
  return ports;
}

/** The fields that repeat a port of the code, which routes, callers and policies are rendered from. */
const PATCHED_PORT = [/^Service \/spec\/ports(?:\/\d+(?:\/(?:port|targetPort))?)?$/, /\/containers\/0\/ports\/\d+\/containerPort$/];

/** Fails on a patch of a port, which would reach one object of many. */
export function checkPatch(construct: Construct, kind: string, path: string): void {
  if (PATCHED_PORT.some((pattern) => pattern.test(`${kind} ${path}`))) {
    fail(construct, `patches ${path} of its ${kind}, and routes, callers and network policies would still use the port of the code`,
      'Set ports, such as Port.http(8080, { servicePort: 80 })');
  }
}

/**
 * What a service refers to and nothing defines, once every statement of the program is known.
 */
export function unresolved(connections: ConnectionIndex, service: ServiceNode): string[] {
  const missing = undefinedIn(service.group);
  const place = service.group.environment ? `of '${service.group.environment.name}'` : 'below a SharedChart';
  const calls = connections.callsFrom(service)
    .filter(({ callee }) => !callee._foreign && !callee._external && !connections.service(callee, service))
    .map(({ callee }) => describe(`calls '${callee}', ${missing}`,
      remedy(callee, connections, service, (group) => connections.servicesOf(group).map(({ name }) => name))
        ?? `Define a Microservice '${callee.name}' in the group '${callee.group}' ${place}, or use ImportedService.fromName()`));
  const deaf = connections.callsFrom(service).filter((edge) => !edge.callee._foreign && connections.service(edge.callee, service)?.ports.length === 0)
    .map(({ callee }) => describe(`calls '${callee}', which listens on no port, so no call could arrive there`, 'Call a service that has a port'));
  const unheld = connections.callsFrom(service).filter((edge) => isLimited(edge) && connections.service(edge.callee, service)?.entryPoint)
    .map(({ callee }) => describe(`calls '${callee.name}' with methods or paths, and it is called by an entry point that holds nobody to them`, 'Leave methods and paths out'));
  const twice = connections.callsFrom(service).filter((edge) => edge.options.direct && connections.service(edge.callee, service))
    .filter(({ callee }) => directCallsTo(connections, connections.service(callee, service)!).filter(({ caller }) => caller === service).length > 1)
    .map(({ callee }) => describe(`calls '${callee.name}' both with and without direct, and has no way through sidecars, so that both are direct`, 'Remove one of the calls'));
  const topics = [...connections.publicationsOf(service), ...connections.subscriptionsOf(service)]
    .filter((edge) => !connections.topic(edge.topic, service))
    .map(({ topic }) => describe(`uses the topic '${topic}', ${missing}`,
      remedy(topic, connections, service, (group) => connections.topicsOf(group).map(({ name }) => name)) ?? `Define a Topic '${topic.name}' in the group '${topic.group}' ${place}`));
  const groups = connections.admissionsOf(service).filter((edge) => !connections.group(edge.group, service))
    .map(({ group }) => describe(`allows the group '${group}', ${missing}`,
      remedy({ group, name: '' }, connections, service, () => []) ?? `Define a ServiceChart '${group}' in '${environmentName(service.group)}'`));
  const rivals = connections.subscriptionsOf(service).flatMap((edge) => connections.subscriptionsTo(edge.topic, service)
    .filter((other) => other.service !== service && other.service.appId === service.appId)
    .map((other) => describe(`subscribes '${edge.topic}' with the Dapr app id of ${other.service.construct.node.path}, so each event would reach only one of the two`,
      'Give one of them another appId')));
  const stores = rivalActorStores(connections, service).map(({ name }) => `'${name}'`);
  const actorStores = stores.length === 0 ? [] : [describe(
    `uses ${stores.join(' and ')}, which each keep the state of actors for services of '${service.group.namespace}', and a sidecar loads one such store`,
    'Name one store with { actors: true } for all of them',
  )];
  const actors = [...actorStores, ...actorKeyErrors(connections, service)];
  return [...calls, ...unheld, ...twice, ...deaf, ...addressErrors(connections, service), ...topics, ...groups, ...rivals, ...actors];
}

/** What was most likely meant: a group, if there is none of that name, or else what the group has. */
function remedy(
  { group, name }: { group: string; name: string }, connections: ConnectionIndex, service: ServiceNode, namesOf: (group: ServiceGroup) => string[],
): string | undefined {
  const found = connections.group(group, service);
  if (found) {
    const near = nearest(name, namesOf(found));
    return near && `Did you mean '${group}/${near}'?`;
  }
  const known = connections.groups.filter((each) => [environmentName(service.group), ''].includes(environmentName(each)));
  const near = nearest(group, known.map((each) => each.name));
  return near && `Did you mean the group '${near}'?`;
}
