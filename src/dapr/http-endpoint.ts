import { Construct } from 'constructs';
import { externalServer } from './catalog/known-component';
import { checkConnectsTo } from './component-checks';
import { HttpEndpointEngine } from './http-endpoint-engine';
import { componentNode } from '../core/component-node';
import { ConnectionIndex } from '../core/connection-index';
import { groupOf } from '../core/service-group';
import type { ICallable } from '../core/service-reference';
import type { IStateStore, StoreEndpoint } from '../core/store-endpoint';
import { constructId } from '../values/construct-id';
import { fail } from '../values/errors';
import { checkHeaderName, checkHeaderValue } from '../values/http-headers';
import type { SecretReference } from '../values/secret-reference';
import { dnsSubdomain, secretLooking, show } from '../values/value-checks';

/**
 * Properties for `HttpEndpoint`.
 */
export interface HttpEndpointProps {
  /**
   * Where requests go, such as `https://crm.example.com/api`.
   */
  readonly baseUrl: string;

  /**
   * The workload that answers, if it is one of the program or a `workloads.ImportedService`.
   *
   * @default - the host of `baseUrl`, outside of the cluster
   */
  readonly server?: ICallable;

  /**
   * The addresses of a host outside of the cluster, in CIDR notation. Network policies of Kubernetes and Calico require them, those of Cilium do not.
   *
   * @default - not known
   */
  readonly cidrs?: string[];

  /**
   * Headers that are added to each request and are no secrets.
   *
   * @default - none
   */
  readonly headers?: { [name: string]: string };

  /**
   * Headers whose values are in a Secret of the namespace of each user, such as `Authorization`.
   *
   * @default - none
   */
  readonly secretHeaders?: { [name: string]: SecretReference };

  /**
   * Certificate of the authority that signed the server's certificate.
   *
   * @default - the authorities that the sidecar knows
   */
  readonly rootCa?: SecretReference;

  /**
   * Name of the HTTPEndpoint, by which applications refer to it: a DNS subdomain.
   *
   * @default - the id
   */
  readonly name?: string;
}

/**
 * An HTTP service that sidecars call by its name, as they call services with a sidecar: `/v1.0/invoke/<name>/method/<path>`.
 *
 * @see https://docs.dapr.io/developing-applications/building-blocks/service-invocation/howto-invoke-non-dapr-endpoints/
 *
 * @example
 *
 * declare const order: Microservice;
 * order.invokes(new components.HttpEndpoint(this, 'crm', {
 *   baseUrl: 'https://crm.example.com',
 *   cidrs: ['203.0.113.0/24'],
 *   secretHeaders: { Authorization: SecretReference.of('crm', 'authorization') },
 * }));
 */
export class HttpEndpoint extends Construct implements IStateStore {
  /** Name of the HTTPEndpoint. */
  public readonly name: string;

  /** This endpoint, for `invokes`. */
  public readonly stateEndpoint: StoreEndpoint;

  /**
   * Defines an HTTPEndpoint with the name `id`.
   */
  constructor(scope: Construct, id: string, props: HttpEndpointProps) {
    super(scope, constructId(scope, id, new.target, props));
    const { baseUrl, server, cidrs = [], headers = {}, secretHeaders = {}, rootCa } = props;
    this.name = dnsSubdomain(this, 'name', props.name ?? id);
    const { hostname, port } = checkedUrl(this, baseUrl);
    Object.keys({ ...headers, ...secretHeaders }).forEach((name) => checkHeaderName(this, name));
    for (const [name, value] of Object.entries(headers)) {
      checkHeaderValue(this, name, value);
      const reason = /^(?:proxy-)?authorization$/i.test(name) ? 'it is a credential' : secretLooking(name, value);
      if (reason !== undefined) {
        fail(this, `the header '${name}' looks like a secret in plain text: ${reason}`, 'Set it in secretHeaders');
      }
    }
    const engine = new HttpEndpointEngine({
      baseUrl,
      headers: [
        ...Object.entries(headers).map(([name, value]) => ({ name, value })),
        ...Object.entries(secretHeaders).map(([name, secret]) => ({ name, secret })),
      ],
      rootCa,
    });
    const connectsTo = [(server ?? externalServer(this, hostname, port, cidrs)).reference];
    const node = componentNode({ construct: this, group: groupOf(this), name: this.name, type: engine.name, connectsTo, placed: true }, engine);
    this.stateEndpoint = node.endpoint;
    const twin = ConnectionIndex.of(this).components.add(node);
    if (twin) {
      fail(this, `a component named '${this.name}' is defined already at ${twin.construct.node.path}`, 'Give one of them another name');
    }
    this.node.addValidation({ validate: () => checkConnectsTo(node) });
  }
}

function checkedUrl(where: Construct, baseUrl: string): { hostname: string; port: number } {
  const { protocol, hostname = '', port, username } = URL.canParse(baseUrl) ? new URL(baseUrl) : {} as Partial<URL>;
  if (username) {
    fail(where, 'baseUrl contains credentials, which everyone who may read the manifest would see', 'Set them in secretHeaders');
  }
  if (!['http:', 'https:'].includes(protocol ?? '')) {
    fail(where, `expected baseUrl to be an address by HTTP, got ${show(baseUrl)}`, "Write it as 'https://crm.example.com'");
  }
  return { hostname, port: Number(port || { 'http:': '80', 'https:': '443' }[protocol!]) };
}
