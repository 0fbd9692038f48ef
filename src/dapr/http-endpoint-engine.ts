import type { Construct } from 'constructs';
import { fieldOf } from './component-object';
import type { ServiceNode } from '../core/edges';
import { defineObject, late } from '../core/kubernetes-object';
import type { StoreField } from '../core/store-client';
import type { StoreEndpoint } from '../core/store-endpoint';
import { StoreEngine } from '../core/store-engine';
import type { SecretReference } from '../values/secret-reference';

/** What takes the place of a component's type. */
export const HTTP_ENDPOINT = 'HTTPEndpoint';

interface HttpEndpointDefinition {
  readonly baseUrl: string;
  readonly headers: readonly StoreField[];
  readonly rootCa?: SecretReference;
}

/** As the CRD of Dapr has it. */
interface HttpEndpointSpec {
  readonly baseUrl: string;
  readonly headers?: readonly object[];
  readonly clientTLS?: { readonly rootCA: object };
}

/** An HTTPEndpoint as the engine of its own endpoint. */
export class HttpEndpointEngine extends StoreEngine {
  constructor(public readonly httpEndpoint: HttpEndpointDefinition) {
    super(HTTP_ENDPOINT, {});
  }
}

/** Defines an HTTPEndpoint that is scoped to exactly the services that invoke it. */
export function defineHttpEndpoint(scope: Construct, { name, engine }: StoreEndpoint, users: () => readonly ServiceNode[]): void {
  const { baseUrl, headers, rootCa } = (engine as HttpEndpointEngine).httpEndpoint;
  defineObject<HttpEndpointSpec>(scope, `${HTTP_ENDPOINT} ${name}`, {
    apiVersion: 'dapr.io/v1alpha1',
    kind: HTTP_ENDPOINT,
    metadata: { name },
    spec: {
      baseUrl,
      ...headers.length > 0 ? { headers: headers.map(fieldOf) } : {},
      ...rootCa ? { clientTLS: { rootCA: rootCa._toKube() } } : {},
    },
    auth: { secretStore: 'kubernetes' },
    scopes: late(() => users().map((service) => service.appId)),
  });
}
