import { Construct } from 'constructs';
import { callbackProblems } from './callbacks';
import { ENGINES } from './engines';
import type { GatewayDefinition, RouteDefinition } from './gateway-definition';
import { GatewayEngine } from './gateway-engine';
import { canaryRoutingOf } from '../core/canary-routing';
import { ConnectionIndex } from '../core/connection-index';
import type { ServiceNode } from '../core/edges';
import { exposedPort } from '../core/exposed-port';
import { environmentName, type ServiceGroup, undefinedIn } from '../core/service-group';
import { setGroupFile } from '../output/group-file';
import { describe, nearest } from '../values/errors';
import { sorted } from '../values/sorted';

/** Renders the routes whose services are defined, each where its service is. */
export function renderRoutes(gateway: GatewayDefinition): void {
  const engine = ENGINES[gateway.engine];
  engine.defineRest(gateway);
  for (const route of sorted(gateway.routes, ({ name }) => name)) {
    const services = servicesOf(gateway, route);
    if (services && problems(gateway, route).length === 0) {
      const home = homeOf(gateway, services[0].group);
      if (!home.node.tryFindChild(route.name)) {
        engine.defineRoute({ home, scope: new Construct(home, route.name), namespace: services[0].group.namespace, gateway, route, services });
      }
    }
  }
}

/** What a route leads to and cannot reach, once every statement of the program is known. */
export function unresolvedRoutes(gateway: GatewayDefinition): string[] {
  return [...gateway.routes.flatMap((route) => problems(gateway, route)), ...blockedProxies(gateway)];
}

function servicesOf({ construct, group }: GatewayDefinition, route: RouteDefinition): ServiceNode[] | undefined {
  const connections = ConnectionIndex.of(construct);
  const services = route.backends.flatMap(({ service }) => connections.service(service, { group }) ?? []);
  return services.length === route.backends.length ? services : undefined;
}

function problems(gateway: GatewayDefinition, route: RouteDefinition): string[] {
  const { construct, group } = gateway;
  const connections = ConnectionIndex.of(construct);
  const found = route.backends.map(({ service }) => ({ service, node: connections.service(service, { group }) }));
  const [main] = found;
  const callbacks = callbackProblems(gateway, route, servicesOf(gateway, route) ?? []);
  return [...callbacks, ...found.flatMap(({ service, node }) => {
    if (!node) {
      return [missing(connections, group, `${service}`)];
    }
    if (node.entryPoint) {
      return [describe(`route '${route.name}' leads to '${service}', whose pods another gateway starts when it is called, so that none may be there`,
        'Use visibility: FunctionVisibility.EXTERNAL, or expose a service that calls it')];
    }
    if (!exposedPort(route, node.ports)) {
      return [withoutPort(route, node)];
    }
    if (canaryRoutingOf(node.construct, 'gatewayApi') && (route.backends.length > 1 || gateway.engine === GatewayEngine.INGRESS)) {
      return [route.backends.length > 1
        ? describe(`route '${route.name}' shares requests out, and '${service}' is a canary by the weights of the same route, which Argo Rollouts changes`, 'Leave alongside and percent out, or use CanaryTraffic.REPLICA_RATIO')
        : describe(`route '${route.name}' leads to '${service}', which is a canary by the weights of Gateway API, and an Ingress has none`, 'Use another engine, or CanaryTraffic.REPLICA_RATIO')];
    }
    if (main.node && node.group.chart !== main.node.group.chart) {
      return [describe(`route '${route.name}' shares requests out between '${main.service}' and '${service}', whose namespaces differ: a route reaches services of its own namespace alone`,
        'Share out between services of one group')];
    }
    return [];
  })];
}

function missing(connections: ConnectionIndex, group: ServiceGroup, service: string): string {
  const known = connections.groups.filter((each) => ['', environmentName(group)].includes(environmentName(each)))
    .flatMap((each) => connections.servicesOf(each).map(({ name }) => `${each.name}/${name}`));
  const near = nearest(service, known);
  return describe(`exposes '${service}', ${undefinedIn(group)}`, near ? `Did you mean '${near}'?` : 'Define a Microservice of that name and group');
}

function withoutPort({ name, protocol, port }: RouteDefinition, { name: service, ports }: ServiceNode): string {
  const known = ports.map((each) => each.name);
  const has = known.length > 0 ? `it has ${known.join(', ')}` : 'it has none';
  return port === undefined
    ? describe(`route '${name}' speaks ${protocol}, and '${service}' has no port that does: ${has}`, `Give the service Port.${protocol}(...), or name the port by { port: '...' }`)
    : describe(`route '${name}' leads to the port '${port}', which '${service}' does not have: ${has}`, `Use ${known.length > 0 ? `'${nearest(port, known) ?? known[0]}'` : 'a service with a port'}`);
}

/** Clients would not get through to pods in a namespace whose policies this program renders, and which has none for them. */
function blockedProxies({ construct, engine, group }: GatewayDefinition): string[] {
  const namespace = ENGINES[engine].proxyNamespace(group);
  const groups = namespace === undefined ? [] : ConnectionIndex.of(construct).groupsIn(namespace);
  const ours = groups.find(({ home }) => home._defaultDeny && !home._exists);
  return ours === undefined ? [] : [describe(
    `its proxies run in '${namespace}', which this program defines (${ours.chart.node.path}) and whose default-deny lets no client outside of the cluster in`,
    `Let engine '${engine}' run them in a namespace of its own, and name that in network of the platform profile`,
  )];
}

/** The construct of all routes in a namespace: it has a file of its own where the gateway is in another. */
function homeOf({ construct, name, group }: GatewayDefinition, home: ServiceGroup): Construct {
  const id = `Routes-${home.namespace}`;
  const existing = construct.node.tryFindChild(id);
  if (existing) {
    return existing as Construct;
  }
  const scope = new Construct(construct, id);
  if (home !== group) {
    setGroupFile(scope, home, `${name}-routes`);
  }
  return scope;
}
