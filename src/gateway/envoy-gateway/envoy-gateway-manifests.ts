import type * as envoy from '../../../imports/envoy-gateway';
import type { Plain } from '../../core/kubernetes-object';

/** A generated type with the fields that its generator spells otherwise under their real names. */
type Respelled<T, Names extends { [real: string]: keyof T }> = Omit<T, Names[keyof Names]> & { [Real in keyof Names]?: T[Names[Real]] };

type Provider = Respelled<Plain<envoy.SecurityPolicySpecJwtProviders>, { remoteJWKS: 'remoteJwks' }>;

export type Oidc = Respelled<Plain<envoy.SecurityPolicySpecOidc>, { clientID: 'clientId'; redirectURL: 'redirectUrl' }>;

export type Claim = Plain<envoy.SecurityPolicySpecAuthorizationRulesPrincipalJwtClaims>;

export type Authorization = Plain<envoy.SecurityPolicySpecAuthorization>;

export type SecurityPolicySpec = Omit<Plain<envoy.SecurityPolicySpec>, 'jwt' | 'oidc'> & {
  readonly jwt?: { readonly providers: Provider[] };
  readonly oidc?: Oidc;
};

/** Amounts are texts here, of which the generator makes wrapper classes. */
export type ClientTrafficPolicySpec = Respelled<Omit<Plain<envoy.ClientTrafficPolicySpec>, 'connection'>, { clientIPDetection: 'clientIpDetection' }> & {
  readonly connection: { readonly bufferLimit: string };
};

export type BackendTrafficPolicySpec = Plain<envoy.BackendTrafficPolicySpec>;
export type RateLimitSpec = Plain<envoy.BackendTrafficPolicySpecRateLimit>;
export type TargetRef = Plain<envoy.SecurityPolicySpecTargetRefs>;
