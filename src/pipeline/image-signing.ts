/**
 * How a pipeline signs images, by Cosign.
 *
 * @see https://docs.sigstore.dev/cosign/signing/overview/
 */
export enum ImageSigning {
  /**
   * By the identity of the pipeline itself, which GitHub or GitLab vouch for, so that there is no key to be lost. In Argo Workflows the
   * cluster vouches for the ServiceAccount, which Fulcio must trust.
   *
   * `ImageSigner.keyless` says whose signature the cluster asks for.
   */
  KEYLESS = 'keyless',

  /**
   * By a private key that the pipeline gets as the secrets `COSIGN_PRIVATE_KEY` and `COSIGN_PASSWORD`.
   *
   * `ImageSigner.publicKey` says whose signature the cluster asks for.
   */
  PRIVATE_KEY = 'private-key',
}
