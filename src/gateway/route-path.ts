import { fail } from '../values/errors';
import { decodedPath, isRewritten } from '../values/url-path';
import { show } from '../values/value-checks';

/** What Gateway API and Ingress take in a path. */
const CHARACTERS = /^(?:[-A-Za-z0-9/._~!$&'()+,;=:@]|%[0-9a-fA-F]{2})+$/;
/** @see https://gateway-api.sigs.k8s.io/reference/spec/#httppathmatch */
const LONGEST_PATH = 1024;
const GRPC_SERVICE = /^[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)*$/;
const GRPC_METHOD = /^[A-Za-z_][A-Za-z0-9_]*$/;

/**
 * Which requests a route takes, by what they ask for.
 *
 * @see https://gateway-api.sigs.k8s.io/reference/spec/#httppathmatch
 */
export class RoutePath {
  /**
   * A path and everything below it: `/orders` takes `/orders` and `/orders/7`, and not `/ordersheet`.
   */
  public static prefix(path: string): RoutePath {
    return new RoutePath('prefix', checkedPath('RoutePath.prefix', path));
  }

  /**
   * One path, and nothing below it.
   */
  public static exact(path: string): RoutePath {
    return new RoutePath('exact', checkedPath('RoutePath.exact', path));
  }

  /**
   * A service of gRPC with its package, such as `shop.v1.Orders`, or one of its methods.
   */
  public static grpc(service: string, method?: string): RoutePath {
    if (typeof service !== 'string' || !GRPC_SERVICE.test(service)) {
      fail('RoutePath.grpc', `${show(service)} is not the name of a service of gRPC`, "Write package and service, such as 'shop.v1.Orders'");
    }
    if (method !== undefined && (typeof method !== 'string' || !GRPC_METHOD.test(method))) {
      fail('RoutePath.grpc', `${show(method)} is not the name of a method of gRPC`, "Write it as in the .proto file, such as 'PlaceOrder'");
    }
    return new RoutePath('grpc', method === undefined ? `/${service}` : `/${service}/${method}`, service, method);
  }

  /** @internal */
  public readonly _kind: 'prefix' | 'exact' | 'grpc';

  /** @internal */
  public readonly _path: string;

  /** @internal */
  public readonly _service?: string;

  /** @internal */
  public readonly _method?: string;

  /**
   * Whether nothing below the path is meant.
   *
   * @internal
   */
  public get _exact(): boolean {
    return this._kind === 'exact' || this._method !== undefined;
  }

  private constructor(kind: 'prefix' | 'exact' | 'grpc', path: string, service?: string, method?: string) {
    this._kind = kind;
    this._path = path;
    this._service = service;
    this._method = method;
  }

  /**
   * The path, with `/...` where everything below it is meant.
   */
  public toString(): string {
    return this._exact ? this._path : `${this._path.replace(/\/$/, '')}/...`;
  }
}

function checkedPath(where: string, path: string): string {
  if (typeof path !== 'string' || !path.startsWith('/')) {
    fail(where, `expected a path that begins with '/', got ${show(path)}`, "Write a path such as '/orders'");
  }
  if (path.includes('*')) {
    fail(where, `${show(path)} has '*', which no gateway reads as a wildcard`, `Use RoutePath.prefix('${path.slice(0, path.indexOf('*')).replace(/\/$/, '') || '/'}')`);
  }
  if (isRewritten(path) || /%2f/i.test(path)) {
    fail(where, `${show(path)} is a path that gateways change before they compare it, so that it would match nothing`, "Write it without '//', '/.', '/..' and '%2F'");
  }
  if (decodedPath(path) !== path) {
    fail(where, `${show(path)} writes characters as %xx that gateways compare as themselves`, `Write ${show(decodedPath(path))}`);
  }
  if (path.length > LONGEST_PATH) {
    fail(where, `${show(path)} has ${path.length} characters, and a gateway accepts ${LONGEST_PATH} at most`, 'Shorten it');
  }
  if (path.length > 1 && path.endsWith('/')) {
    fail(where, `${show(path)} ends with '/', which a prefix does not need and an exact path would demand of clients`, `Write '${path.replace(/\/+$/, '')}'`);
  }
  if (!CHARACTERS.test(path)) {
    fail(where, `${show(path)} has characters that a path cannot have`, 'Write others than letters, digits and -._~!$&\'()+,;=:@ as %xx');
  }
  return path;
}
