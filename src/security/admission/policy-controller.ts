import type { AdmissionValues } from './admission-values';
import type { ImageSigner } from '../image-signer';

/** The public instances of the sigstore project. */
const CERTIFICATE_AUTHORITY = 'https://fulcio.sigstore.dev';
const TRANSPARENCY_LOG = 'https://rekor.sigstore.dev';

/** A policy by which sigstore's policy-controller refuses images of the organisation that none of the signers has signed. */
export function signedImagesPolicy({ imageRegistry, images, admission }: AdmissionValues) {
  return {
    mode: admission.actions.includes('Deny') ? 'enforce' : 'warn',
    images: [{ glob: `${imageRegistry}/**` }],
    authorities: images.signers.map((signer, index) => ({ ...authority(signer, index), ...images.signatureFormat === 'bundle' && { signatureFormat: 'bundle' } })),
  };
}

/** Images that others sign or nobody: one that no policy is about would be refused, and so would each pod with a sidecar. */
export function otherImagesPolicy({ images, admission }: AdmissionValues) {
  const globs = [
    ...images.registries.map((registry) => `${registry}/**`),
    ...Object.values(admission.injectedContainers).flat(),
  ];
  return {
    // the policy-controller knows Docker Hub by another name
    images: [...new Set(globs)].map((glob) => ({ glob: glob.replace(/^docker\.io\//, 'index.docker.io/') })),
    authorities: [{ name: 'not-verified', static: { action: 'pass' } }],
  };
}

function authority({ _key: key, _logged: logged, _identity: identity }: ImageSigner, index: number): object {
  return {
    name: `signer-${index + 1}`,
    ...key && { key: { data: key, hashAlgorithm: 'sha256' } },
    ...identity && {
      keyless: {
        url: CERTIFICATE_AUTHORITY,
        identities: [{ issuer: identity.issuer, subject: identity.subject, subjectRegExp: identity.subjectPattern }],
      },
    },
    ...logged && { ctlog: { url: TRANSPARENCY_LOG } },
  };
}
