import { Duration } from 'cdk8s';
import type { GatewaySettings } from '../../src/gateway';
import { Authentication, CertificateSource, GatewayEngine, RateLimit, RoutePath } from '../../src/gateway';
import { covers } from '../../src/values/hostname';
import { JWT } from '../support/gateway';
import { profileWith } from '../support/platform';

test('engines, certificates and paths say what they are', () => {
  expect(`${GatewayEngine.ENVOY_GATEWAY}, ${GatewayEngine.ISTIO}, ${GatewayEngine.INGRESS}`).toBe('envoy-gateway, istio, ingress');
  expect(`${CertificateSource.clusterIssuer('letsencrypt')}, ${CertificateSource.issuer('own')}, ${CertificateSource.secret('bought')}`).toBe('ClusterIssuer letsencrypt, Issuer own, Secret bought');
  expect(`${RoutePath.prefix('/')} ${RoutePath.prefix('/a')} ${RoutePath.exact('/a')} ${RoutePath.grpc('a.B')} ${RoutePath.grpc('a.B', 'C')}`).toBe('/... /a/... /a /a.B/... /a.B/C');
});

test.each([
  ['*.example.com', 'a.example.com', true], ['*.example.com', 'a.b.example.com', true], ['*.example.com', 'example.com', false],
  ['*.example.com', '*.a.example.com', true], ['a.example.com', '*.example.com', false], ['a.example.com', 'a.example.com', true],
  ['*.example.com', 'badexample.com', false],
])('%s stands for %s: %s', (wide, narrow, expected) => {
  expect(covers(wide, narrow)).toBe(expected);
});

describe('fails on', () => {
  test.each<[string, () => unknown, string]>([
    ['a token without an issuer', () => Authentication.jwt({ ...JWT, issuer: '' }),
      "Authentication.jwt: has no issuer, so that tokens of anybody whose key is in the set would be good. Name the claim iss, such as issuer: 'https://login.example.com/'."],
    ['a token whose issuer is undefined', () => Authentication.jwt({ ...JWT, issuer: undefined as any }),
      "Authentication.jwt: has no issuer, so that tokens of anybody whose key is in the set would be good. Name the claim iss, such as issuer: 'https://login.example.com/'."],
    ['keys without TLS', () => Authentication.jwt({ ...JWT, jwksUri: 'http://login.example.com/keys' }),
      "Authentication.jwt: jwksUri 'http://login.example.com/keys' is no https address, so that whoever is on the way could put keys of his own in their place, and sign tokens. Write it with https, such as jwksUri: 'https://login.example.com/.well-known/jwks.json'."],
    ['no keys', () => Authentication.jwt({ ...JWT, jwksUri: undefined as any }),
      'Authentication.jwt: expected jwksUri to be text, got undefined. Write it in quotes.'],
    ['no audience', () => Authentication.jwt({ ...JWT, audiences: [] }),
      "Authentication.jwt: has no audience, so that a token which the issuer made for any other application would be good. Name the claim aud, such as audiences: ['shop-api']."],
    ['an audience that is undefined', () => Authentication.jwt({ ...JWT, audiences: undefined as any }),
      "Authentication.jwt: has no audience, so that a token which the issuer made for any other application would be good. Name the claim aud, such as audiences: ['shop-api']."],
    ['too many audiences', () => Authentication.jwt({ ...JWT, audiences: [...'abcdefghi'] }),
      'Authentication.jwt: has 9 audiences, and 8 are the most. Leave some out.'],
    ['two scopes in one', () => Authentication.jwt({ ...JWT, scopes: ['a b'] }),
      "Authentication.jwt: 'a b' is not a scope. Write one for each text, without a space, such as 'orders:read'."],
    ['a claim that not all engines can read', () => Authentication.jwt({ ...JWT, claims: [{ name: 'a.b', values: ['x'] }] }),
      "Authentication.jwt: 'a.b' is not the name of a claim that both engines can read. Use letters, digits, '_' and '-', such as 'tenant'."],
    ['a claim without a value', () => Authentication.jwt({ ...JWT, claims: [{ name: 'a', values: [] }] }),
      "Authentication.jwt: the claim 'a' has no good value, so that nobody could come in. Name one."],
    ['a provider without TLS', () => Authentication.oidc({ issuer: 'http://a', clientId: 'a', clientSecret: 'b' }),
      "Authentication.oidc: issuer 'http://a' is no https address, so that a login could be read and changed on its way. Write it with https, such as issuer: 'https://login.example.com/'."],
    ['a secret in place of its name', () => Authentication.oidc({ issuer: 'https://a.example.com', clientId: 'a', clientSecret: 'S3cr3t!' }),
      "Authentication.oidc: clientSecret is not the name of a Secret. Name the Secret that holds it, such as clientSecret: 'shop-login'."],
    ['no reason', () => Authentication.none(''),
      'Authentication.none: reason is empty. Write at least one word.'],
    ['a path without a slash', () => RoutePath.prefix('a'),
      "RoutePath.prefix: expected a path that begins with '/', got 'a'. Write a path such as '/orders'."],
    ['a wildcard in a path', () => RoutePath.prefix('/a/*'),
      "RoutePath.prefix: '/a/*' has '*', which no gateway reads as a wildcard. Use RoutePath.prefix('/a')."],
    ['a path with an empty part', () => RoutePath.exact('/a//b'),
      "RoutePath.exact: '/a//b' is a path that gateways change before they compare it, so that it would match nothing. Write it without '//', '/.', '/..' and '%2F'."],
    ['a path that leads upwards', () => RoutePath.exact('/a/../b'),
      "RoutePath.exact: '/a/../b' is a path that gateways change before they compare it, so that it would match nothing. Write it without '//', '/.', '/..' and '%2F'."],
    ['a path that ends with a slash', () => RoutePath.prefix('/a/'),
      "RoutePath.prefix: '/a/' ends with '/', which a prefix does not need and an exact path would demand of clients. Write '/a'."],
    ['a path with a space', () => RoutePath.prefix('/a b'),
      "RoutePath.prefix: '/a b' has characters that a path cannot have. Write others than letters, digits and -._~!$&'()+,;=:@ as %xx."],
    ['a service of gRPC with a slash', () => RoutePath.grpc('a/b'),
      "RoutePath.grpc: 'a/b' is not the name of a service of gRPC. Write package and service, such as 'shop.v1.Orders'."],
    ['a method of gRPC with a space', () => RoutePath.grpc('a.B', 'c d'),
      "RoutePath.grpc: 'c d' is not the name of a method of gRPC. Write it as in the .proto file, such as 'PlaceOrder'."],
    ['a limit of nothing', () => RateLimit.perSecond(0),
      'RateLimit.perSecond: expected a whole number of 1 or more, got 0. Use 1 or more.'],
    ['an issuer with capital letters', () => CertificateSource.clusterIssuer('Lets Encrypt'),
      "CertificateSource.clusterIssuer: name 'Lets Encrypt' is not a DNS subdomain: it has 'L'. Write 'lets-encrypt'."],
  ])('%s', (_what, program, message) => {
    expect(program).toThrow(new Error(message));
  });

  test.each<[GatewaySettings, string]>([
    [{ minTlsVersion: '1.1' }, "expected gateway.minTlsVersion to be one of 1.3, 1.2, got '1.1'. Use '1.3'."],
    [{ retries: 11 }, 'expected gateway.retries to be a whole number from 0 to 10, got 11. Use 10 or less.'],
    [{ timeout: Duration.millis(1500) }, 'expected gateway.timeout to be 1 or more whole seconds, got 1.5 seconds. Use Duration.seconds(2).'],
    [{ certificateLifetime: Duration.minutes(90) }, 'gateway.certificateLifetime 5400 seconds are not whole hours. Use Duration.hours(2).'],
    [{ certificateRenewal: Duration.days(90) }, 'gateway.certificateRenewal 2160 h is not before the end of a certificate that is good for 2160 h, so that it would be replaced without end. Use a third of gateway.certificateLifetime.'],
    [{ bufferLimit: 'x' }, "gateway.bufferLimit 'x' is not a quantity of storage: it is no number with a unit. Write '10Gi'."],
    [{ hostnames: ['a'] }, "'a' has a single part, and nobody issues a certificate for it. Write a whole domain name, such as 'api.example.com'."],
    [{ ingressClass: 'A' }, "gateway.ingressClass 'A' is not a DNS subdomain: it has 'A'. Write 'a'."],
    [{ proxies: 0 }, 'expected gateway.proxies to be a whole number of 1 or more, got 0. Use 1 or more.'],
    [JSON.parse('{"enigne": 1}'), "unknown setting 'gateway.enigne'. Did you mean 'gateway.engine'?"],
  ])('the settings %j', (gateway, message) => {
    expect(() => profileWith({ gateway })).toThrow(new Error(`PlatformProfile.customize: ${message}`));
  });
});
