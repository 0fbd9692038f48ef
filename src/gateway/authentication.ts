import { fail } from '../values/errors';
import { plainText, show } from '../values/value-checks';

/**
 * A claim that a token must hold.
 */
export interface TokenClaim {
  /** The name of the claim, such as `tenant`: letters, digits, `_` and `-`. */
  readonly name: string;

  /** The values that are good: one of them is enough. */
  readonly values: string[];

  /**
   * Whether the claim is a list of texts, such as `roles`, that must hold one of the values.
   *
   * @default false - it is a text
   */
  readonly list?: boolean;
}

/**
 * Whose tokens are good, and for what.
 */
export interface JwtOptions {
  /** Who makes the tokens: the claim `iss`, character by character, such as `https://login.example.com/`. */
  readonly issuer: string;

  /** Where the issuer's public keys are: an `https` address. */
  readonly jwksUri: string;

  /** For whom tokens must have been made: one of these is in the claim `aud`. At most 8. */
  readonly audiences: string[];

  /**
   * Scopes that a token must hold, all of them.
   *
   * @default - none
   */
  readonly scopes?: string[];

  /**
   * Claims that a token must hold, all of them.
   *
   * @default - none besides issuer, audience and time
   */
  readonly claims?: TokenClaim[];
}

/**
 * How users log in by the code flow of OAuth 2 and OpenID Connect.
 */
export interface OidcOptions {
  /** The provider, whose configuration is found at this `https` address. */
  readonly issuer: string;

  /** The id by which the provider knows the gateway. */
  readonly clientId: string;

  /** The name of a Secret in the namespace of the service, which holds the secret of the client under `client-secret`. */
  readonly clientSecret: string;

  /**
   * What the gateway asks for besides `openid`.
   *
   * @default - none
   */
  readonly scopes?: string[];
}

/** The most that a token may be made for, as Envoy Gateway counts them. */
const MOST_AUDIENCES = 8;
const LONGEST_URI = 253;

/**
 * Who may call a service from outside of the cluster.
 */
export class Authentication {
  /**
   * Whoever shows a token (JWT) in the header `Authorization` that the issuer signed, and that is good for the audience.
   *
   * The check is made anew for each request, by signature, issuer, audience, time, scopes and claims. The service gets the token too.
   *
   * Fails if the issuer, the audience or an `https` address of keys is missing, because a token of anybody would be good then.
   *
   * @see https://www.rfc-editor.org/rfc/rfc8725
   */
  public static jwt(options: JwtOptions): Authentication {
    checkJwt(options);
    return new Authentication('jwt', { jwt: options });
  }

  /**
   * Whoever has logged in at the provider with a browser. The gateway keeps the session in cookies. Only Envoy Gateway can.
   *
   * @see https://gateway.envoyproxy.io/docs/tasks/security/oidc/
   */
  public static oidc(options: OidcOptions): Authentication {
    const where = 'Authentication.oidc';
    httpsAddress(where, 'issuer', options.issuer, 'a login could be read and changed on its way');
    plainText(where, 'clientId', options.clientId);
    plainText(where, 'clientSecret', options.clientSecret);
    if (!/^[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?$/.test(options.clientSecret)) {
      // not shown: it may be the secret itself
      fail(where, 'clientSecret is not the name of a Secret', "Name the Secret that holds it, such as clientSecret: 'shop-login'");
    }
    (options.scopes ?? []).forEach((scope) => checkScope(where, scope));
    return new Authentication('oidc', { oidc: options });
  }

  /**
   * Everybody, without being asked. The reason becomes a finding.
   */
  public static none(reason: string): Authentication {
    plainText('Authentication.none', 'reason', reason);
    return new Authentication('none', { reason });
  }

  /** @internal */
  public readonly _kind: 'jwt' | 'oidc' | 'none';

  /** @internal */
  public readonly _jwt?: JwtOptions;

  /** @internal */
  public readonly _oidc?: OidcOptions;

  /** @internal */
  public readonly _reasonAgainst?: string;

  private constructor(kind: 'jwt' | 'oidc' | 'none', options: { jwt?: JwtOptions; oidc?: OidcOptions; reason?: string }) {
    this._kind = kind;
    this._jwt = options.jwt;
    this._oidc = options.oidc;
    this._reasonAgainst = options.reason;
  }
}

function checkJwt({ issuer, jwksUri, audiences, scopes, claims }: JwtOptions): void {
  const where = 'Authentication.jwt';
  if (typeof issuer !== 'string' || issuer.trim() === '') {
    fail(where, 'has no issuer, so that tokens of anybody whose key is in the set would be good', "Name the claim iss, such as issuer: 'https://login.example.com/'");
  }
  plainText(where, 'issuer', issuer, LONGEST_URI);
  httpsAddress(where, 'jwksUri', jwksUri, 'whoever is on the way could put keys of his own in their place, and sign tokens');
  if (!Array.isArray(audiences) || audiences.length === 0) {
    fail(where, 'has no audience, so that a token which the issuer made for any other application would be good', "Name the claim aud, such as audiences: ['shop-api']");
  }
  if (audiences.length > MOST_AUDIENCES) {
    fail(where, `has ${audiences.length} audiences, and ${MOST_AUDIENCES} are the most`, 'Leave some out');
  }
  audiences.forEach((audience) => plainText(where, 'audience', audience));
  (scopes ?? []).forEach((scope) => checkScope(where, scope));
  for (const { name, values } of claims ?? []) {
    if (typeof name !== 'string' || !/^[A-Za-z0-9_-]+$/.test(name)) {
      fail(where, `${show(name)} is not the name of a claim that both engines can read`, "Use letters, digits, '_' and '-', such as 'tenant'");
    }
    if (values.length === 0) {
      fail(where, `the claim '${name}' has no good value, so that nobody could come in`, 'Name one');
    }
    values.forEach((value) => plainText(where, `claim '${name}'`, value));
  }
}

function checkScope(where: string, scope: string): void {
  if (typeof scope !== 'string' || !/^[\x21\x23-\x5b\x5d-\x7e]+$/.test(scope)) {
    fail(where, `${show(scope)} is not a scope`, "Write one for each text, without a space, such as 'orders:read'");
  }
}

function httpsAddress(where: string, what: string, value: string, consequence: string): void {
  plainText(where, what, value, LONGEST_URI);
  if (!/^https:\/\/[A-Za-z0-9.-]+(?::\d{1,5})?(?:\/[^\s#]*)?$/.test(value)) {
    fail(where, `${what} ${show(value)} is no https address, so that ${consequence}`, `Write it with https, such as ${what}: 'https://login.example.com/${what === 'jwksUri' ? '.well-known/jwks.json' : ''}'`);
  }
}
