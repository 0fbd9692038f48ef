import { namespacesNamed } from './coverage';
import type { ProfileValues } from '../../model/profile/profile-values';
import type { ImageSigner } from '../../model/security/image-signer';

/** Where images are in a pod. */
const CONTAINERS = ['containers', 'initContainers', 'ephemeralContainers'];

/** A policy by which Kyverno refuses images of the organisation that none of the signers has signed. */
export function imageValidatingPolicy({ imageRegistry, images, security }: ProfileValues, actions: string[], namespaces: string[]) {
  const attestors = images.signers.map((_, index) => `attestors.${attestorName(index)}`).join(', ');
  return {
    validationActions: actions,
    failurePolicy: 'Fail',
    matchConstraints: {
      namespaceSelector: namespacesNamed(namespaces),
      resourceRules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE', 'UPDATE'], resources: ['pods', 'pods/ephemeralcontainers'] }],
    },
    matchImageReferences: [{ glob: `${imageRegistry}/*` }],
    // Secrets in the namespace of Kyverno
    credentials: { allowInsecureRegistry: false, ...security.imagePullSecrets.length > 0 && { secrets: security.imagePullSecrets } },
    attestors: images.signers.map((signer, index) => ({ name: attestorName(index), cosign: attestor(signer) })),
    validationConfigurations: { mutateDigest: true, required: true, verifyDigest: true },
    validations: CONTAINERS.map((field) => ({
      // an image that the policy does not match counts as one without signature, and a sidecar is one
      expression: `images.${field}.filter(image, image.startsWith('${imageRegistry}/')).all(image, verifyImageSignatures(image, [${attestors}]) > 0)`,
      message: `images of ${field} without a signature of the platform. Sign them by Cosign where they are built.`,
    })),
  };
}

/** A name that an expression can hold. */
function attestorName(index: number): string {
  return `signer${index + 1}`;
}

function attestor({ _key: key, _logged: logged, _identity: identity }: ImageSigner): object {
  return {
    ...key && { key: { data: key } },
    ...identity && {
      keyless: { identities: [{ issuer: identity.issuer, subject: identity.subject, subjectRegExp: identity.subjectPattern }] },
    },
    ...!logged && { ctlog: { insecureIgnoreTlog: true, insecureIgnoreSCT: true } },
  };
}
