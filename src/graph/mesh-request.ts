import type { HttpRequest } from './http-request';

/** A request with both of its parts, and the port of the pods that it goes to. */
export type MeshRequest = Required<HttpRequest> & { readonly port: number };

/** A workload as the certificate of a mesh names it. */
export interface Identity {
  readonly namespace: string;
  readonly account: string;
}
