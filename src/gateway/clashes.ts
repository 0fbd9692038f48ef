import type { GatewayDefinition, RouteDefinition } from './gateway-definition';
import type { GatewayNode } from '../core/edges';
import { environmentName } from '../core/service-group';
import { fail } from '../values/errors';
import { covers } from '../values/hostname';

/** Fails where a gateway would take what another one has already: a name, or requests. */
export function checkGatewayClashes(gateway: GatewayDefinition, others: readonly GatewayNode[]): void {
  const { construct, name, group, hostnames } = gateway;
  const namesake = others.find((other) => other.name === name && environmentName(other.group) === environmentName(group));
  if (namesake) {
    fail(construct, `gateway '${name}' is defined already at ${namesake.construct.node.path}, and routes in the namespaces of others are named after it`, 'Give one of them another name');
  }
  for (const hostname of hostnames) {
    const rival = others.find((other) => other.hostnames.includes(hostname));
    if (rival) {
      fail(construct, `'${hostname}' is a hostname of ${rival.construct.node.path} too, and a name leads to one gateway`, 'Give each gateway hostnames of its own, each environment too');
    }
    const wider = hostnames.find((other) => other !== hostname && covers(other, hostname));
    if (wider) {
      fail(construct, `'${hostname}' is one of '${wider}', whose certificate browsers take for both, so that requests come by the wrong listener`, `Leave '${hostname}' out: routes may name it nevertheless`);
    }
  }
}

/** Fails where a route of the gateway takes the requests of another. */
export function checkRouteClashes({ construct, routes }: GatewayDefinition, route: RouteDefinition): void {
  for (const other of routes) {
    if (other.name === route.name) {
      fail(construct, `route '${route.name}' is defined already, for '${other.backends[0].service}'`, "Give one of them another name, such as { name: 'checkout-admin' }");
    }
    const mixed = other.protocol === route.protocol ? undefined
      : route.hostnames.find((hostname) => other.hostnames.some((each) => covers(each, hostname) || covers(hostname, each)));
    if (mixed !== undefined) {
      fail(construct, `'${mixed}' is for ${route.protocol} by route '${route.name}' and for ${other.protocol} by route '${other.name}', and a gateway takes only one of them`,
        `Give gRPC a hostname of its own, such as 'grpc.${mixed.replace(/^[^.]+\./, '')}'`);
    }
    const taken = new Set(requestsOf(other));
    const twice = requestsOf(route).find((request) => taken.has(request));
    if (twice !== undefined) {
      fail(construct, `routes '${other.name}' and '${route.name}' both take ${twice}, and which of them gets it is up to the gateway`, 'Tell them apart by hostname, path, method or header');
    }
  }
  const own = requestsOf(route);
  const twice = own.find((request, index) => own.indexOf(request) !== index);
  if (twice !== undefined) {
    fail(construct, `route '${route.name}' takes ${twice} twice`, 'Leave one out');
  }
}

/** Everything that a route compares, as sentences. */
function requestsOf({ hostnames, paths, methods, headers }: RouteDefinition): string[] {
  const demanded = headers.map(([name, value]) => `${name.toLowerCase()}: ${value}`).sort();
  const condition = demanded.length > 0 ? ` with ${demanded.join(', ')}` : '';
  return hostnames.flatMap((hostname) => paths.flatMap((path) => (methods.length > 0 ? methods : ['every method of'])
    .map((method) => `${method} ${hostname}${path}${condition}`)));
}
