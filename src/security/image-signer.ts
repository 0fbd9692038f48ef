import { fail } from '../values/errors';
import { plainText, show } from '../values/value-checks';

/**
 * Whom a signature without a key of its own must come from.
 */
export interface KeylessIdentity {
  /**
   * Who vouches for the signer, such as `https://token.actions.githubusercontent.com`.
   */
  readonly issuer: string;

  /**
   * Who signs, as the certificate names it: the workflow of a repository with its branch, an e-mail address.
   *
   * @default - none; `subjectPattern` is needed then
   */
  readonly subject?: string;

  /**
   * As `subject`, for more than one: a regular expression (RE2) that begins with `^` and ends with `$`, because it would otherwise
   * match a part of any name.
   *
   * @default - none; `subject` is needed then
   */
  readonly subjectPattern?: string;
}

const PUBLIC_KEY = /^-----BEGIN PUBLIC KEY-----\r?\n[A-Za-z0-9+/=\r\n]+-----END PUBLIC KEY-----\s*$/;

/**
 * Whose signature an image must have, made by Cosign.
 *
 * @see https://docs.sigstore.dev/cosign/signing/overview/
 */
export class ImageSigner {
  /**
   * Whoever has the private key of this public one, as `cosign generate-key-pair` writes it to `cosign.pub`. The signature must be in the
   * public transparency log.
   *
   * Fails on anything but a public key in PEM.
   */
  public static publicKey(pem: string): ImageSigner {
    return ImageSigner.keyed('ImageSigner.publicKey', pem, true);
  }

  /**
   * As `publicKey`, for signatures that are in no transparency log, because they were made by `cosign sign --tlog-upload=false`.
   */
  public static unloggedPublicKey(pem: string): ImageSigner {
    return ImageSigner.keyed('ImageSigner.unloggedPublicKey', pem, false);
  }

  /**
   * Whom an issuer of identities knows, such as the workflow of a repository, without a key that could be lost.
   *
   * Fails without a subject, because then everybody whom the issuer knows could sign.
   */
  public static keyless(identity: KeylessIdentity): ImageSigner {
    const where = 'ImageSigner.keyless';
    const { issuer, subject, subjectPattern } = identity;
    plainText(where, 'issuer', issuer);
    if (!/^https:\/\/[a-z0-9.-]+(?::[0-9]+)?(?:\/[^\s?#]*)?$/.test(issuer)) {
      fail(where, `issuer ${show(issuer)} is not a URL of https`, "Write it as the issuer does, such as 'https://token.actions.githubusercontent.com'");
    }
    if ((subject === undefined) === (subjectPattern === undefined)) {
      fail(where, subject === undefined ? `has no subject, so everybody whom ${issuer} knows could sign` : 'has a subject and a subjectPattern',
        'Give one of subject and subjectPattern');
    }
    plainText(where, subject === undefined ? 'subjectPattern' : 'subject', (subject ?? subjectPattern)!);
    if (subjectPattern !== undefined && !/^\^.+\$$/.test(subjectPattern)) {
      fail(where, `subjectPattern ${show(subjectPattern)} would match a part of any name`, "Begin it with '^' and end it with '$'");
    }
    return new ImageSigner(undefined, true, identity);
  }

  private static keyed(where: string, pem: string, logged: boolean): ImageSigner {
    // not shown: whoever takes the wrong file may have taken the private key
    if (typeof pem === 'string' && pem.includes('PRIVATE KEY')) {
      fail(where, 'the key is a private one', "Keep it where images are signed, and give the text of 'cosign.pub'");
    }
    if (typeof pem !== 'string' || !PUBLIC_KEY.test(pem)) {
      fail(where, 'the key is not a public key in PEM', "Give the whole text of 'cosign.pub', from '-----BEGIN PUBLIC KEY-----' on");
    }
    return new ImageSigner(`${pem.trim()}\n`, logged);
  }

  private constructor(
    /** @internal */ public readonly _key: string | undefined,
    /** @internal */ public readonly _logged: boolean,
    /** @internal */ public readonly _identity?: KeylessIdentity,
  ) {}
}
