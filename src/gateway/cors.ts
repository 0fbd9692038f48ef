import type { Duration } from 'cdk8s';
import type { Construct } from 'constructs';
import { fail } from '../values/errors';
import { show, wholeSeconds } from '../values/value-checks';

/**
 * Which web pages of other origins may call a service from a browser.
 *
 * @see https://gateway-api.sigs.k8s.io/reference/spec/#httpcorsfilter
 */
export interface CorsOptions {
  /**
   * The origins, such as `https://shop.example.com`, `https://*.example.com`, or `*` for all.
   */
  readonly origins: string[];

  /**
   * The methods besides those that browsers send without asking: `GET`, `HEAD` and `POST`.
   *
   * @default - none
   */
  readonly methods?: string[];

  /**
   * The headers of requests besides those that browsers send without asking, such as `authorization`.
   *
   * @default - none
   */
  readonly headers?: string[];

  /**
   * The headers of answers that scripts may read.
   *
   * @default - those that browsers show without asking
   */
  readonly exposedHeaders?: string[];

  /**
   * Whether browsers send cookies and client certificates along.
   *
   * @default false
   */
  readonly credentials?: boolean;

  /**
   * How long a browser remembers the answer, in whole seconds.
   *
   * @default - the profile's `gateway.corsMaxAge` (600 s)
   */
  readonly maxAge?: Duration;
}

const ORIGIN = /^https?:\/\/(?:(?:\*\.)?(?:[a-zA-Z0-9-]+\.)*[a-zA-Z0-9-]+)(?::[0-9]{1,5})?$/;
const HEADER = /^[A-Za-z0-9!#$%&'*+\-.^_`|~]+$/;
export const HTTP_METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE', 'PATCH'];

export function checkCors(where: Construct, cors: CorsOptions): void {
  const { origins, credentials } = cors;
  if (origins.length === 0) {
    fail(where, 'cors has no origin, so that it would let nobody in', "Name one, such as 'https://shop.example.com', or leave cors out");
  }
  const wrong = origins.find((origin) => origin !== '*' && !ORIGIN.test(origin));
  if (wrong !== undefined) {
    fail(where, `cors: ${show(wrong)} is not an origin`, "Write scheme and host without a path, such as 'https://shop.example.com'");
  }
  if (origins.includes('*') && (credentials || origins.length > 1)) {
    fail(where, credentials ? 'cors lets every origin send cookies, so that any web page could act as the user who looks at it' : "cors names '*' besides other origins, which it holds already",
      credentials ? 'Name the origins' : "Leave '*' or the others out");
  }
  const plain = origins.find((origin) => origin.startsWith('http://'));
  if (credentials && plain !== undefined) {
    fail(where, `cors takes cookies from ${show(plain)}, which anybody on the way can pretend to be`, "Use 'https://'");
  }
  for (const method of cors.methods ?? []) {
    checkMethod(where, 'cors.methods', method);
  }
  [...cors.headers ?? [], ...cors.exposedHeaders ?? []].forEach((name) => checkHeaderName(where, name));
  if (cors.maxAge) {
    wholeSeconds(where, 'cors.maxAge', cors.maxAge, 1);
  }
}

export function checkMethod(where: Construct, what: string, method: string): void {
  if (!HTTP_METHODS.includes(method)) {
    const upper = typeof method === 'string' && HTTP_METHODS.includes(method.toUpperCase()) ? method.toUpperCase() : undefined;
    fail(where, `${what}: ${show(method)} is not a method of HTTP`, upper ? `Write '${upper}'` : `Use one of ${HTTP_METHODS.join(', ')}`);
  }
}

export function checkHeaderName(where: Construct, name: string): void {
  if (typeof name !== 'string' || !HEADER.test(name)) {
    fail(where, `${show(name)} is not the name of a header`, "Use letters, digits and '-', such as 'x-version'");
  }
}
