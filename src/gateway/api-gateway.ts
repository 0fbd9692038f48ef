import { Construct } from 'constructs';
import type { ApiGatewayProps } from './api-gateway-props';
import { checkGatewayClashes, checkRouteClashes } from './clashes';
import { checkCors } from './cors';
import { ENGINES } from './engines';
import type { ExposeOptions } from './expose-options';
import type { GatewayDefinition } from './gateway-definition';
import type { GatewayEngine } from './gateway-engine';
import { recordGatewayFindings, recordRouteFindings } from './gateway-findings';
import { GATEWAY_SETTINGS } from './gateway-settings';
import { renderRoutes, unresolvedRoutes } from './render';
import { decideRoute } from './route';
import { ConnectionIndex } from '../core/connection-index';
import type { GatewayNode } from '../core/edges';
import { beforeSynthesis } from '../core/preparation';
import { groupOf, type ServiceGroup } from '../core/service-group';
import type { ICallable } from '../core/service-reference';
import { setGroupFile } from '../output/group-file';
import { patchObject, removeField } from '../output/patch';
import { constructId } from '../values/construct-id';
import { fail } from '../values/errors';
import { checkHostname } from '../values/hostname';
import { provideLabels } from '../values/labels';
import { serviceName } from '../values/value-checks';

/** The hostnames that a route can have, which the redirection is. */
const MOST_HOSTNAMES = 16;
/** Names of its objects, and the Service `<name>-istio`, are made of it. */
const LONGEST_NAME = 57;

/**
 * The way into the cluster for clients outside of it, in one environment: by TLS, for those who may call, to the services it exposes.
 *
 * Defines by Gateway API a Gateway with a listener for each hostname, its certificates by cert-manager, and for each exposed service an
 * HTTPRoute or GRPCRoute in the namespace of that service, with the policies of the engine: the oldest version of TLS, who may call, how
 * often, and when a request is repeated. NetworkPolicies let the gateway's pods in to exactly the ports that are exposed. With the engine
 * `GatewayEngine.INGRESS` it defines an Ingress for each route instead, and refuses what an Ingress cannot say.
 *
 * The gateway's own objects are in `<environment>/<group>/<id>.k8s.yaml`, routes to another group in
 * `<environment>/<other group>/<id>-routes.k8s.yaml`.
 *
 * Synthesis fails if a route does not say who may call, if two routes take the same requests, if a hostname has two gateways, and if an
 * exposed service is not defined in the environment.
 *
 * @see https://gateway-api.sigs.k8s.io/
 *
 * @example
 *
 * declare const checkout: Microservice;
 * const api = new gateway.ApiGateway(this, 'api', {
 *   hostnames: ['api.example.com'],
 *   authentication: gateway.Authentication.jwt({
 *     issuer: 'https://login.example.com/',
 *     jwksUri: 'https://login.example.com/.well-known/jwks.json',
 *     audiences: ['shop-api'],
 *   }),
 * });
 * api.exposes(checkout, { paths: [gateway.RoutePath.prefix('/checkout')] });
 */
export class ApiGateway extends Construct {
  /** The name of the gateway and of its objects. */
  public readonly name: string;

  /** The names by which clients outside of the cluster know it. */
  public readonly hostnames: string[];

  private readonly gateway: GatewayDefinition;
  private readonly connections: ConnectionIndex;

  /**
   * Defines the gateway `id`, which is a DNS label that begins with a letter, unique in the environment, at most 57 characters long.
   */
  constructor(scope: Construct, id: string, props: ApiGatewayProps = {}) {
    super(scope, constructId(scope, id, new.target, props));
    const group = groupOf(this);
    if (!group.environment) {
      fail(this, `is in '${group.name}', which all environments share, so that clients of one would reach the services of another`, 'Define it below a ServiceChart, with hostnames of its own in each environment');
    }
    this.name = serviceName(this, 'name', id, LONGEST_NAME);
    this.connections = ConnectionIndex.of(this);
    const settings = GATEWAY_SETTINGS.of(group.profile);
    this.hostnames = [...props.hostnames ?? settings.hostnames];
    checkHostnames(this, this.hostnames);
    this.gateway = {
      construct: this,
      node: this.toNode(group, props.engine ?? settings.engine),
      name: this.name,
      group,
      settings,
      engine: props.engine ?? settings.engine,
      hostnames: this.hostnames,
      certificates: props.certificates ?? settings.certificates,
      authentication: props.authentication,
      rateLimit: props.rateLimit,
      cors: props.cors,
      routes: [],
    };
    this.check(props);
    this.connections.addGateway(this.gateway.node);
    provideLabels(this, { ...group.profile._values.labels, ...gatewayLabels(this.name, group) });
    setGroupFile(this, group, this.name);
    ENGINES[this.gateway.engine].defineGateway(this.gateway);
    beforeSynthesis(this, () => renderRoutes(this.gateway));
    this.node.addValidation({ validate: () => unresolvedRoutes(this.gateway) });
    recordGatewayFindings(this.gateway);
  }

  /**
   * Clients outside of the cluster may call a service.
   *
   * Gives: a route in the namespace of the service, the policies that say who may call and how often, and ingress there from the pods of the
   * gateway. The service must be in the same environment, and have a Service of Kubernetes.
   */
  public exposes(service: ICallable, options: ExposeOptions = {}): void {
    const { reference } = service;
    const route = decideRoute(this.gateway, reference, options);
    checkRouteClashes(this.gateway, route);
    ENGINES[this.gateway.engine].checkRoute(this.gateway, route, options);
    this.gateway.routes.push(route);
    for (const backend of route.backends) {
      this.connections.addExposure({
        gateway: this.gateway.node,
        service: backend.service,
        route: route.name,
        protocol: route.protocol,
        port: route.port,
        methods: route.methods,
        paths: route.stripPrefix ? [{ path: '/', exact: false }] : route.paths.map(({ _path: path, _exact: exact }) => ({ path, exact })),
      });
    }
    recordRouteFindings(this.gateway, route, reference.name);
  }

  /**
   * Sets a field of one of the gateway's manifests that no property sets, such as annotations of the load balancer.
   *
   * Synthesis fails if there is no such object, or several, if the patch changes nothing, or if the API server would refuse the manifest.
   * The reason becomes an annotation of the object, and a finding.
   *
   * @param kind the kind of the object, such as `Gateway`, with its name where there are several: `HTTPRoute/order`
   * @param path the place as a JSON pointer, such as `/spec/infrastructure`
   * @param value the value to set there
   * @param reason why, for those who review the manifests
   * @see https://www.rfc-editor.org/rfc/rfc6901
   */
  public patch(kind: string, path: string, value: any, reason: string): void {
    patchObject(this, kind, path, value, reason);
  }

  /**
   * Removes a field of one of the gateway's manifests. Synthesis fails as with `patch`, and if there is no such field.
   *
   * @param kind the kind of the object, with its name where there are several
   * @param path the place as a JSON pointer
   * @param reason why, for those who review the manifests
   */
  public removeField(kind: string, path: string, reason: string): void {
    removeField(this, kind, path, reason);
  }

  private toNode(group: ServiceGroup, engine: GatewayEngine): GatewayNode {
    const { proxies, serviceAccount } = ENGINES[engine];
    const account = serviceAccount && { namespace: group.namespace, name: serviceAccount(this.name) };
    return { construct: this, name: this.name, group, hostnames: this.hostnames, proxies: proxies(this, this.name, group), serviceAccount: account };
  }

  private check({ cors }: ApiGatewayProps): void {
    checkGatewayClashes(this.gateway, this.connections.gateways);
    if (cors) {
      checkCors(this, cors);
    }
    ENGINES[this.gateway.engine].checkGateway(this.gateway);
  }
}

function checkHostnames(gateway: ApiGateway, hostnames: readonly string[]): void {
  if (hostnames.length === 0) {
    fail(gateway, 'has no hostname, so that it would take requests for any name', "Name one, such as hostnames: ['api.example.com'], or set gateway.hostnames of the environment");
  }
  if (hostnames.length > MOST_HOSTNAMES) {
    fail(gateway, `has ${hostnames.length} hostnames, and a route takes ${MOST_HOSTNAMES} at most`, 'Use a wildcard, or several gateways');
  }
  hostnames.forEach((hostname, index) => {
    checkHostname(gateway, hostname);
    if (hostnames.indexOf(hostname) !== index) {
      fail(gateway, `names '${hostname}' twice`, 'Leave one out');
    }
  });
}

function gatewayLabels(name: string, { name: partOf, profile }: ServiceGroup): { [label: string]: string } {
  return {
    'app.kubernetes.io/name': name,
    'app.kubernetes.io/instance': name,
    'app.kubernetes.io/component': 'gateway',
    'app.kubernetes.io/part-of': partOf,
    'app.kubernetes.io/managed-by': profile._values.managedBy,
    'type': 'gateway',
  };
}
