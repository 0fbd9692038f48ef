import type { Construct } from 'constructs';
import type { Authentication } from './authentication';
import { checkCors, checkHeaderName, checkMethod } from './cors';
import type { ExposeOptions } from './expose-options';
import { type Backend, type GatewayDefinition, matchedMethods, REDIRECT, type RouteDefinition } from './gateway-definition';
import { MOST_RETRIES } from './gateway-settings';
import { RoutePath } from './route-path';
import type { ExposedProtocol } from '../core/edges';
import { environmentName } from '../core/service-group';
import type { ServiceReference } from '../core/service-reference';
import { fail } from '../values/errors';
import { checkHostname, covers } from '../values/hostname';
import { oneOf } from '../values/one-of';
import { dnsLabel, plainText, wholeNumber } from '../values/value-checks';

/** As many of a rule and of a route as Gateway API takes. */
const MOST_MATCHES = 64;
/** As many as Gateway API takes, too. */
const MOST_HOSTNAMES = 16;
/** And of these. */
const MOST_BACKENDS = 16;
/** With the name of the gateway, and a hyphen, it fits the name of an object with room to spare. */
const LONGEST_ROUTE_NAME = 63;

/** What was said of a route, with the settings in force: fails where it could not be meant. */
export function decideRoute(gateway: GatewayDefinition, service: ServiceReference, options: ExposeOptions): RouteDefinition {
  const { construct, settings } = gateway;
  const name = dnsLabel(construct, 'name of the route', options.name ?? service.name, LONGEST_ROUTE_NAME);
  if (name === REDIRECT) {
    fail(construct, `a route cannot be called '${REDIRECT}', which is the one from port 80 to TLS`, 'Give it another name');
  }
  const paths = options.paths ?? [RoutePath.prefix('/')];
  const protocol = protocolOf(construct, name, options);
  const route: RouteDefinition = {
    name,
    backends: backendsOf(construct, name, service, options),
    protocol,
    port: options.port,
    hostnames: hostnamesOf(gateway, name, options.hostnames ?? gateway.hostnames),
    paths,
    methods: options.methods ?? [],
    headers: Object.entries(options.headers ?? {}).map(([header, value]) => [header, value] as const),
    authentication: authenticationOf(gateway, name, service, options),
    timeout: options.timeout ?? settings.timeout,
    retries: wholeNumber(construct, options.retries ?? settings.retries, 0, MOST_RETRIES, 'retries'),
    idempotent: options.idempotent ?? false,
    rateLimit: options.rateLimit ?? gateway.rateLimit,
    // what browsers ask first is gRPC to nobody, and has no headers of the application
    cors: options.cors ?? (protocol === 'http' && !options.headers ? gateway.cors : undefined),
    stripPrefix: options.stripPrefix ?? false,
  };
  [service, ...(options.alongside ?? []).map((share) => share.service.reference)].forEach((backend) => checkBackend(gateway, name, backend));
  checkMatches(construct, route, options);
  if (options.cors) {
    checkCors(construct, options.cors);
  }
  return route;
}

function protocolOf(construct: Construct, name: string, { protocol, paths, methods }: ExposeOptions): ExposedProtocol {
  const ofGrpc = (paths ?? []).filter(({ _kind }) => _kind === 'grpc').length;
  const chosen = oneOf(construct, 'protocol', protocol ?? (ofGrpc > 0 ? 'grpc' : 'http'), ['http', 'grpc']) as ExposedProtocol;
  if (paths?.length === 0) {
    fail(construct, `route '${name}' has an empty list of paths, so that it would take no request`, 'Name one, or leave paths out');
  }
  if (ofGrpc > 0 && chosen === 'http') {
    fail(construct, `route '${name}' is HTTP and names services of gRPC`, 'Leave protocol out');
  }
  if (ofGrpc > 0 && ofGrpc < paths!.length) {
    fail(construct, `route '${name}' mixes services of gRPC with paths of HTTP, which one route cannot`, 'Expose the service twice, under a name and a hostname of its own each');
  }
  if (chosen === 'grpc' && paths !== undefined && ofGrpc === 0) {
    fail(construct, `route '${name}' is gRPC and names paths of HTTP`, "Use RoutePath.grpc('shop.v1.Orders')");
  }
  if (chosen === 'grpc' && methods !== undefined) {
    fail(construct, `route '${name}' is gRPC, whose every request is a POST, and names methods of HTTP`, "Use RoutePath.grpc('shop.v1.Orders', 'PlaceOrder')");
  }
  return chosen;
}

/** Nobody shall be let in because nothing was said. */
function authenticationOf(gateway: GatewayDefinition, name: string, service: ServiceReference, options: ExposeOptions): Authentication {
  return options.authentication ?? gateway.authentication
    ?? fail(gateway.construct, `route '${name}' does not say who may call '${service.name}', which everybody on the network could then`,
      "Give authentication: Authentication.jwt({...}) to the gateway or the route, or Authentication.none('<reason>')");
}

function hostnamesOf({ construct, hostnames: own }: GatewayDefinition, name: string, hostnames: readonly string[]): readonly string[] {
  for (const hostname of hostnames) {
    checkHostname(construct, hostname);
    if (!own.some((each) => covers(each, hostname))) {
      fail(construct, `route '${name}' is for '${hostname}', which the gateway does not listen to: it has ${own.join(', ')}`, `Add '${hostname}' to the hostnames of the gateway`);
    }
  }
  if (hostnames.length === 0 || hostnames.length > MOST_HOSTNAMES) {
    fail(construct, `route '${name}' has ${hostnames.length} hostnames, and Gateway API takes 1 to ${MOST_HOSTNAMES}`, 'Name them in hostnames, and expose the service under several names if need be');
  }
  const twice = hostnames.find((hostname, index) => hostnames.indexOf(hostname) !== index);
  return twice === undefined ? hostnames : fail(construct, `route '${name}' names '${twice}' twice`, 'Leave one out');
}

function backendsOf(construct: Construct, name: string, service: ServiceReference, { percent, alongside }: ExposeOptions): readonly Backend[] {
  if (alongside === undefined || alongside.length === 0) {
    return percent === undefined || percent === 100 ? [{ service }]
      : fail(construct, `route '${name}' sends ${percent} percent to '${service.name}' and the rest to nobody`, 'Name who gets the rest in alongside, or leave percent out');
  }
  const others = alongside.map((share) => ({ service: share.service.reference, percent: share.percent }));
  const said = percent === undefined ? others : [{ service, percent }, ...others];
  said.forEach((share) => wholeNumber(construct, share.percent, 0, 100, `percent of '${share.service.name}'`));
  const sum = said.reduce((total, share) => total + share.percent, 0);
  if (percent === undefined ? sum > 100 : sum !== 100) {
    fail(construct, `route '${name}' shares out ${sum} percent and not 100: ${said.map((share) => `${share.service.name} ${share.percent}`).join(' + ')}, `
      + 'and a gateway takes weights as parts of their sum, so that nobody would get the percentage that stands here', 'Let them add up to 100');
  }
  const backends = percent === undefined ? [{ service, percent: 100 - sum }, ...others] : said;
  if (backends.length > MOST_BACKENDS) {
    fail(construct, `route '${name}' has ${backends.length} services, and ${MOST_BACKENDS} are the most`, 'Leave some out');
  }
  const twice = backends.find((share, index) => backends.findIndex((other) => `${other.service}` === `${share.service}`) !== index);
  return twice === undefined ? backends : fail(construct, `route '${name}' shares out to '${twice.service.name}' twice`, 'Name it once, with the sum of the two');
}

function checkBackend({ construct, group }: GatewayDefinition, name: string, service: ServiceReference): void {
  if (service._foreign) {
    fail(construct, `route '${name}' leads to '${service.name}', which this program does not define, so that neither a route in its namespace nor its policies are ours to render`,
      'Define it as a Microservice, or let those who run it expose it');
  }
  if (service._environment !== undefined && service._environment !== environmentName(group)) {
    fail(construct, `exposes '${service.name}' of environment '${service._environment}'`, `Define a gateway in '${service._environment}', or '${service.name}' in '${environmentName(group)}'`);
  }
}

function checkMatches(construct: Construct, route: RouteDefinition, { timeout, cors }: ExposeOptions): void {
  const { name, methods, headers, paths, protocol, stripPrefix } = route;
  methods.forEach((method) => checkMethod(construct, `methods of route '${name}'`, method));
  for (const [header, value] of headers) {
    checkHeaderName(construct, header);
    plainText(construct, `header '${header}'`, value);
  }
  const lower = headers.map(([header]) => header.toLowerCase());
  const twice = lower.find((header, index) => lower.indexOf(header) !== index);
  if (twice !== undefined) {
    fail(construct, `route '${name}' names the header '${twice}' twice, and letters of both cases are the same header`, 'Leave one out');
  }
  if (lower.includes('host')) {
    fail(construct, `route '${name}' compares the header 'host', which hostnames do`, 'Use hostnames');
  }
  const matches = paths.length * Math.max(matchedMethods(route).length, 1);
  if (matches > MOST_MATCHES) {
    fail(construct, `route '${name}' has ${matches} pairs of path and method, and ${MOST_MATCHES} are the most`, 'Expose the service under several names');
  }
  if (timeout && !Number.isInteger(timeout.toMilliseconds({ integral: false }))) {
    fail(construct, `route '${name}' has a timeout of ${timeout.toMilliseconds({ integral: false })} ms, and gateways count whole ones`, 'Round it');
  }
  if (cors && protocol === 'grpc') {
    fail(construct, `route '${name}' is gRPC, which browsers do not speak, and has cors`, 'Leave cors out');
  }
  if (cors && headers.length > 0) {
    fail(construct, `route '${name}' has cors and compares headers, which browsers do not send when they ask whether they may call`, 'Leave one of the two out');
  }
  const [first] = paths;
  if (stripPrefix && (paths.length > 1 || first._kind !== 'prefix' || first._path === '/')) {
    fail(construct, `route '${name}' cannot strip a prefix: its paths are ${paths.join(', ')}`, "Give it a single path, such as RoutePath.prefix('/orders')");
  }
}

