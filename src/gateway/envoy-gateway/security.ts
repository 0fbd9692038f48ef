import type { Authorization, Claim, Oidc, SecurityPolicySpec } from './envoy-gateway-manifests';
import { fail } from '../../values/errors';
import { show } from '../../values/value-checks';
import type { JwtOptions, OidcOptions, TokenClaim } from '../authentication';
import { durationText, type GatewayDefinition, type RouteDefinition } from '../gateway-definition';

/** The only provider of a policy, by which its rules name it. */
const PROVIDER = 'jwt';

/** Who may call a route. A policy of a route takes the place of the gateway's, which lets nobody in. */
export function securitySpec({ settings }: GatewayDefinition, route: RouteDefinition): SecurityPolicySpec {
  const { _jwt: jwt, _oidc: oidc } = route.authentication;
  if (jwt) {
    return {
      jwt: {
        providers: [{
          name: PROVIDER,
          issuer: jwt.issuer,
          audiences: jwt.audiences,
          remoteJWKS: { uri: jwt.jwksUri, cacheDuration: durationText(settings.keyCache) },
        }],
      },
      authorization: authorization(jwt),
    };
  }
  return oidc ? { oidc: oidcSpec(oidc, route) } : { authorization: { defaultAction: 'Allow' } };
}

/** What a token must hold besides being good. */
function authorization({ scopes, claims }: JwtOptions): Authorization | undefined {
  const any = (scopes ?? []).length + (claims ?? []).length > 0;
  return any ? {
    defaultAction: 'Deny',
    rules: [{
      action: 'Allow',
      principal: {
        jwt: {
          provider: PROVIDER,
          scopes: scopes?.length ? scopes : undefined,
          claims: claims?.length ? claims.map(demanded) : undefined,
        },
      },
    }],
  } : undefined;
}

function demanded({ name, values, list }: TokenClaim): Claim {
  return { name, values, valueType: list ? 'StringArray' : 'String' };
}

/** The provider sends browsers back to a path that the route must take. */
function oidcSpec({ issuer, clientId, clientSecret, scopes }: OidcOptions, { paths: [path] }: RouteDefinition): Oidc {
  const prefix = path._path.replace(/\/$/, '');
  return {
    provider: { issuer },
    clientID: clientId,
    clientSecret: { name: clientSecret },
    scopes: scopes?.length ? scopes : undefined,
    redirectURL: `%REQ(x-forwarded-proto)%://%REQ(:authority)%${prefix}/oauth2/callback`,
    logoutPath: `${prefix}/logout`,
  };
}

export function checkEnvoyRoute({ construct }: GatewayDefinition, route: RouteDefinition): void {
  const { name, authentication, paths, methods, headers, protocol } = route;
  if (authentication._kind !== 'oidc') {
    return;
  }
  if (protocol === 'grpc') {
    fail(construct, `route '${name}' is gRPC, whose clients are no browsers that could log in`, 'Use Authentication.jwt({...})');
  }
  if (paths[0]._kind !== 'prefix' || headers.length > 0 || (methods.length > 0 && !methods.includes('GET'))) {
    const callback = `${paths[0]._path.replace(/\/$/, '')}/oauth2/callback`;
    fail(construct, `route '${name}' does not take what the provider sends browsers back with: GET ${callback}`,
      `Give it a prefix first, such as RoutePath.prefix(${show(paths[0]._path)}), the method GET, and no headers`);
  }
}
