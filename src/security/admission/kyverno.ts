import type { AdmissionValues } from './admission-values';
import { namespacesNamed } from './coverage';
import { spellings } from './rules';
import type { ImageSigner } from '../image-signer';

/** Where the build of an image writes what it was built upon. */
const BASE_IMAGE = 'org.opencontainers.image.base.name';

/** Where images are in a pod. */
const CONTAINERS = ['containers', 'initContainers', 'ephemeralContainers'];

/** A policy by which Kyverno refuses images of the organisation that none of the signers has signed. */
export function imageValidatingPolicy({ imageRegistry, images, security }: AdmissionValues, actions: string[], namespaces: string[]) {
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
    validations: [
      ...CONTAINERS.map((field) => ({
        // an image that the policy does not match counts as one without signature, and a sidecar is one
        expression: `images.${field}.filter(image, image.startsWith('${imageRegistry}/')).all(image, verifyImageSignatures(image, [${attestors}]) > 0)`,
        message: `images of ${field} without a signature of the platform. Sign them by Cosign where they are built.`,
      })),
      ...images.baseImages.length > 0 ? CONTAINERS.map((field) => baseImageValidation(field, imageRegistry, images.baseImages)) : [],
    ],
  };
}

/**
 * What an image is built upon, as its manifest says: where there is one for each platform, that of linux/amd64, and not the index of them. A label
 * would not do, because an image inherits those of its base.
 */
function baseImageValidation(field: string, imageRegistry: string, baseImages: readonly string[]): { expression: string; message: string } {
  return {
    // here 'image' is what Kyverno knows of images
    expression: `images.${field}.filter(i, i.startsWith('${imageRegistry}/'))`
      + `.map(i, image.GetMetadata(i).?manifest.?annotations[?'${BASE_IMAGE}'].orValue(''))`
      + `.all(base, ${baseImages.flatMap(isUpon).join(' || ')})`,
    message: `images of ${field} that do not say by ${BASE_IMAGE} that they are built upon ${baseImages.join(' or ')}. Build them upon one of these, and annotate the manifest.`,
  };
}

/** Whether `base` is an image, one of its tags or digests, or in a folder of that name. */
function isUpon(image: string): string[] {
  return [`base == '${image}'`, ...['/', ':', '@'].map((end) => `base.startsWith('${image}${end}')`),
    // the short names of Docker Hub are no folders: alpine/git is somebody else's
    ...spellings(image).slice(1).flatMap((short) => [`base == '${short}'`, ...[':', '@'].map((end) => `base.startsWith('${short}${end}')`)])];
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
