import { Authentication, GatewayEngine, RoutePath } from '../../src/gateway';
import type { Shop } from '../support/gateway';
import { JWT, objectsOfShop, shop } from '../support/gateway';
import { Manifests } from '../support/platform';

const OPEN = Authentication.none('a test');
const WRITER = Authentication.jwt({ ...JWT, scopes: ['write'] });
const OTHER = Authentication.jwt({ ...JWT, audiences: ['office'] });

interface Request {
  readonly host: string;
  readonly path: string;
  readonly method?: string;
  readonly port?: string;
  /** What a good token holds; none for a request without one. */
  readonly token?: { readonly iss: string; readonly aud: string; readonly scope?: string[]; readonly roles?: string[] };
}

/** The policy as Istio reads it: a request that no rule fits is denied. */
function allowed(rules: any[], { host, path, method = 'GET', port = '443', token }: Request): boolean {
  const fits = (pattern: string, value: string) => pattern === value || (pattern.startsWith('*') && value.endsWith(pattern.slice(1)))
    || (pattern.endsWith('*') && value.startsWith(pattern.slice(0, -1)));
  const among = (patterns: string[] | undefined, value: string, empty: boolean) => patterns?.some((pattern) => fits(pattern, value)) ?? empty;
  const values = (key: string): string[] => {
    const claim = /\[(\w+)\]/.exec(key)?.[1];
    const found = key === 'request.auth.audiences' ? token?.aud : (token as any)?.[claim ?? ''];
    return found === undefined ? [] : [found].flat();
  };
  return rules.some(({ from, to, when }) =>
    (from?.some(({ source }: any) => token !== undefined && among(source.requestPrincipals, `${token.iss}/somebody`, true)) ?? true)
    && (to?.some(({ operation: { hosts, notHosts, paths, notPaths, methods, ports } }: any) =>
      among(hosts, host, true) && !among(notHosts, host, false) && among(paths, path, true) && !among(notPaths, path, false)
      && among(methods, method, true) && among(ports, port, true)) ?? true)
    && (when?.every((condition: any) => values(condition.key).some((value) => among(condition.values, value, true))) ?? true));
}

function rulesOf(expose: (all: Shop) => void, props: Parameters<typeof shop>[0] = {}): any[] {
  const all = shop({ engine: GatewayEngine.ISTIO, ...props });
  expose(all);
  return new Manifests(objectsOfShop(all)).get('AuthorizationPolicy', 'api').spec.rules;
}

const host = 'api.example.com';
const good = { iss: JWT.issuer, aud: 'shop-api' };

describe('Istio lets in', () => {
  const rules = rulesOf(({ gateway, checkout, catalog, auth }) => {
    gateway.exposes(checkout, { paths: [RoutePath.prefix('/')] });
    gateway.exposes(catalog, { paths: [RoutePath.prefix('/catalog'), RoutePath.exact('/robots.txt')], authentication: OPEN });
    gateway.exposes(auth, { paths: [RoutePath.prefix('/catalog/admin')], authentication: WRITER });
  });

  test.each<[string, Request, boolean]>([
    ['who has a token', { host, path: '/orders', token: good }, true],
    ['who writes the port too', { host: `${host}:443`, path: '/orders', token: good }, true],
    ['nobody without a token', { host, path: '/orders' }, false],
    ['nobody with a token of somebody else', { host, path: '/orders', token: { ...good, iss: 'https://evil.example.com/' } }, false],
    ['nobody with a token for another application', { host, path: '/orders', token: { ...good, aud: 'other' } }, false],
    ['nobody by another name', { host: 'other.example.com', path: '/orders', token: good }, false],
    ['everybody to what is public', { host, path: '/catalog' }, true],
    ['everybody below it', { host, path: '/catalog/7' }, true],
    ['everybody to a public file', { host, path: '/robots.txt' }, true],
    ['nobody to what only begins with the same letters', { host, path: '/catalogue' }, false],
    ['nobody below a path that is exact', { host, path: '/robots.txt/x' }, false],
    ['nobody to what is protected below something public', { host, path: '/catalog/admin' }, false],
    ['nobody there with a token that lacks the scope', { host, path: '/catalog/admin/7', token: good }, false],
    ['who has the scope', { host, path: '/catalog/admin/7', token: { ...good, scope: ['read', 'write'] } }, true],
    ['everybody on the port that only redirects', { host, path: '/orders', port: '80' }, true],
  ])('%s', (_who, request, expected) => {
    expect(allowed(rules, request)).toBe(expected);
  });

  test('browsers that ask whether they may call, where cors says so', () => {
    const cors = rulesOf(({ gateway, checkout }) => gateway.exposes(checkout), { cors: { origins: ['https://shop.example.com'] } });
    expect([allowed(cors, { host, path: '/', method: 'OPTIONS' }), allowed(cors, { host, path: '/' }), allowed(rules, { host, path: '/', method: 'OPTIONS' })]).toEqual([true, false, false]);
  });

  test('each token where it is for, by all claims', () => {
    const several = rulesOf(({ gateway, checkout, catalog }) => {
      gateway.exposes(checkout, { authentication: Authentication.jwt({ ...JWT, claims: [{ name: 'roles', values: ['clerk', 'chief'], list: true }] }) });
      gateway.exposes(catalog, { paths: [RoutePath.prefix('/office')], authentication: OTHER });
    });
    const of = (path: string, token: Request['token']) => allowed(several, { host, path, token });
    expect([of('/', { ...good, roles: ['chief'] }), of('/', { ...good, roles: ['guest'] }), of('/', good)]).toEqual([true, false, false]);
    expect([of('/office', { ...good, aud: 'office' }), of('/office', { ...good, roles: ['chief'] })]).toEqual([true, false]);
  });

  test('by a hostname of a wildcard only whom the route for that name lets in', () => {
    const wild = rulesOf(({ gateway, checkout, catalog }) => {
      gateway.exposes(catalog, { authentication: OPEN });
      gateway.exposes(checkout, { hostnames: ['office.shops.example.com'] });
    }, { hostnames: ['*.shops.example.com'] });
    const of = (name: string, token?: Request['token']) => allowed(wild, { host: name, path: '/', token });
    expect([of('a.shops.example.com'), of('office.shops.example.com'), of('office.shops.example.com', good)]).toEqual([true, false, true]);
  });

  test('calls of gRPC by service and method', () => {
    const grpc = rulesOf(({ gateway, checkout }) => gateway.exposes(checkout, { paths: [RoutePath.grpc('shop.v1.Orders'), RoutePath.grpc('shop.v1.Carts', 'AddItem')] }));
    const of = (path: string) => allowed(grpc, { host, path, method: 'POST', token: good });
    expect([of('/shop.v1.Orders/Place'), of('/shop.v1.Carts/AddItem'), of('/shop.v1.Carts/Drop'), of('/shop.v1.OrdersAdmin/Place')]).toEqual([true, true, false, false]);
  });
});

test('tokens of an issuer are read for the audiences of all routes', () => {
  const all = shop({ engine: GatewayEngine.ISTIO });
  all.gateway.exposes(all.checkout, { paths: [RoutePath.prefix('/a')] });
  all.gateway.exposes(all.catalog, { paths: [RoutePath.prefix('/b')], authentication: OTHER });
  all.gateway.exposes(all.auth, { paths: [RoutePath.prefix('/c')], authentication: Authentication.jwt({ ...JWT, issuer: 'https://another.example.com' }) });
  expect(new Manifests(objectsOfShop(all)).get('RequestAuthentication', 'api').spec.jwtRules).toEqual([
    { issuer: 'https://another.example.com', jwksUri: JWT.jwksUri, audiences: ['shop-api'], forwardOriginalToken: true },
    { issuer: JWT.issuer, jwksUri: JWT.jwksUri, audiences: ['office', 'shop-api'], forwardOriginalToken: true },
  ]);
});

describe('Istio cannot tell callers apart, which fails', () => {
  const refusal = (expose: (all: Shop) => void) => {
    const all = shop({ engine: GatewayEngine.ISTIO });
    try {
      expose(all);
    } catch (error) {
      return (error as Error).message;
    }
    return '';
  };
  const remedy = 'Give both the same authentication, or one of them a path or a hostname of its own.';

  test('by methods of one path', () => {
    expect(refusal(({ gateway, checkout, catalog }) => {
      gateway.exposes(checkout, { methods: ['POST'] });
      gateway.exposes(catalog, { methods: ['GET'], authentication: OPEN });
    })).toBe(`[core-business-prod/api] routes 'checkout' and 'catalog' let different callers to /..., and Istio tells them apart by hostname and path alone. ${remedy}`);
  });

  test('by headers below a path of others', () => {
    expect(refusal(({ gateway, checkout, catalog }) => {
      gateway.exposes(checkout);
      gateway.exposes(catalog, { paths: [RoutePath.prefix('/catalog')], headers: { 'x-version': '2' }, authentication: OPEN });
    })).toBe(`[core-business-prod/api] routes 'checkout' and 'catalog' let different callers to /catalog/..., and Istio tells them apart by hostname and path alone. ${remedy}`);
  });

  test('by different keys of one issuer', () => {
    expect(refusal(({ gateway, checkout, catalog }) => {
      gateway.exposes(checkout);
      gateway.exposes(catalog, { paths: [RoutePath.prefix('/b')], authentication: Authentication.jwt({ ...JWT, jwksUri: 'https://login.example.com/other' }) });
    })).toBe("[core-business-prod/api] routes 'checkout' and 'catalog' take tokens of 'https://login.example.com/' by different keys, and Istio keeps one set for an issuer. Give both the same jwksUri.");
  });
});
