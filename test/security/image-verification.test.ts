import { Testing } from 'cdk8s';
import { SharedChart } from '../../src/platform/shared-chart';
import { Environment } from '../../src/profile/environment';
import { SecurityDefaults } from '../../src/security';
import { AdmissionPolicies } from '../../src/security/admission-policies';
import { ImageSigner } from '../../src/security/image-signer';
import type { KeylessIdentity } from '../../src/security/image-signer';
import { ImageVerification } from '../../src/security/image-verification';
import { Image } from '../../src/values/image';
import { bare, errorsOf, group, manifestsOf, profileWith, PROD, refusal, ROOMY, service } from '../support/platform';
import { customized } from '../support/settings';
import type { AnyChanges } from '../support/settings';

const KEY = `-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE6Jqq5L7dmrXRS3xFOdUbmlZ3IB0a
zJGFb2jgTkU1EGTZSK2JuWcTKAzLFFwJvVdXHW2GnS8PJ3o3SGlqS4kV2Q==
-----END PUBLIC KEY-----
`;
const WORKFLOW: KeylessIdentity = {
  issuer: 'https://token.actions.githubusercontent.com',
  subjectPattern: '^https://github\\.com/acme/[a-z-]+/\\.github/workflows/release\\.yaml@refs/heads/main$',
};
const SIGNERS = [ImageSigner.publicKey(KEY), ImageSigner.keyless(WORKFLOW)];

function define(images: AnyChanges['images'] = {}, changes: AnyChanges = {}, environments: Environment[] = [PROD]) {
  const app = Testing.app();
  const profile = profileWith({ images: { signers: SIGNERS, ...images }, ...changes });
  const charts = environments.map((environment) => group({ app, environment, profile }));
  const shared = new SharedChart(app, 'infrastructure', { profile });
  new ImageVerification(shared, 'signed-images');
  return { charts, manifests: manifestsOf(shared) };
}

test('Kyverno also looks at what images are built upon, where that is said', () => {
  const validations = ({ manifests }: ReturnType<typeof define>) => manifests.of('ImageValidatingPolicy')[0].spec.validations;
  expect(validations(define())).toHaveLength(3);
  const [, , , , init] = validations(define({ baseImages: ['gcr.io/distroless', 'docker.io/library/alpine'] }));
  expect(init).toEqual({
    expression: "images.initContainers.filter(i, i.startsWith('registry.example.com/'))"
      + ".map(i, image.GetMetadata(i).?manifest.?annotations[?'org.opencontainers.image.base.name'].orValue(''))"
      + ".all(base, base == 'gcr.io/distroless' || base.startsWith('gcr.io/distroless/') || base.startsWith('gcr.io/distroless:') || base.startsWith('gcr.io/distroless@')"
      + " || base == 'docker.io/library/alpine' || base.startsWith('docker.io/library/alpine/') || base.startsWith('docker.io/library/alpine:') || base.startsWith('docker.io/library/alpine@')"
      + " || base == 'library/alpine' || base.startsWith('library/alpine:') || base.startsWith('library/alpine@')"
      + " || base == 'alpine' || base.startsWith('alpine:') || base.startsWith('alpine@'))",
    message: 'images of initContainers that do not say by org.opencontainers.image.base.name that they are built upon gcr.io/distroless or docker.io/library/alpine. '
      + 'Build them upon one of these, and annotate the manifest.',
  });
});

test('Kyverno verifies the images of the organisation, and nobody else\'s', () => {
  const { manifests } = define({}, { security: { imagePullSecrets: ['registry'] } });
  const expression = (field: string) => `images.${field}.filter(image, image.startsWith('registry.example.com/'))`
    + '.all(image, verifyImageSignatures(image, [attestors.signer1, attestors.signer2]) > 0)';
  expect(manifests.of('ImageValidatingPolicy').map(bare)).toEqual([{
    apiVersion: 'policies.kyverno.io/v1',
    kind: 'ImageValidatingPolicy',
    metadata: { name: 'signed-images-deny' },
    spec: {
      validationActions: ['Deny'],
      failurePolicy: 'Fail',
      matchConstraints: {
        namespaceSelector: { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: ['core-business-prod'] }] },
        resourceRules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE', 'UPDATE'], resources: ['pods', 'pods/ephemeralcontainers'] }],
      },
      matchImageReferences: [{ glob: 'registry.example.com/*' }],
      credentials: { allowInsecureRegistry: false, secrets: ['registry'] },
      attestors: [
        { name: 'signer1', cosign: { key: { data: KEY } } },
        { name: 'signer2', cosign: { keyless: { identities: [{ issuer: WORKFLOW.issuer, subjectRegExp: WORKFLOW.subjectPattern }] } } },
      ],
      validationConfigurations: { mutateDigest: true, required: true, verifyDigest: true },
      validations: ['containers', 'initContainers', 'ephemeralContainers'].map((field) => ({
        expression: expression(field),
        message: `images of ${field} without a signature of the platform. Sign them by Cosign where they are built.`,
      })),
    },
  }]);
});

test('Kyverno does in each environment what its profile says', () => {
  const trial = Environment.of('trial', { capacityPool: 'development' }).with(SecurityDefaults.of({ admission: { actions: ['Audit'] } }));
  expect(define({}, {}, [PROD, trial]).manifests.of('ImageValidatingPolicy').map(({ metadata, spec }) =>
    [metadata.name, spec.validationActions, spec.matchConstraints.namespaceSelector.matchExpressions[0].values])).toEqual([
    ['signed-images-deny', ['Deny'], ['core-business-prod']],
    ['signed-images-audit', ['Audit'], ['core-business-trial']],
  ]);
});

test('a signature that is in no log is looked for in none', () => {
  const { manifests } = define({ signers: [ImageSigner.unloggedPublicKey(KEY)] });
  expect(manifests.of('ImageValidatingPolicy')[0].spec.attestors).toEqual([
    { name: 'signer1', cosign: { key: { data: KEY }, ctlog: { insecureIgnoreTlog: true, insecureIgnoreSCT: true } } },
  ]);
});

test('signatures have one format in the pipeline and in the policy', () => {
  const formats = (images: object) => define({ verifier: 'policy-controller', ...images }).manifests.of('ClusterImagePolicy')
    .flatMap(({ spec }) => spec.authorities).filter((authority: any) => !authority.static).map(({ signatureFormat }: any) => signatureFormat);
  expect(new Set(formats({}))).toEqual(new Set([undefined]));
  expect(new Set(formats({ signatureFormat: 'bundle' }))).toEqual(new Set(['bundle']));
  expect(() => profileWith({ images: { signatureFormat: 'bundle' } })).toThrow(new Error("PlatformProfile.customize: images.signatureFormat is 'bundle', which Kyverno does "
    + "not find, so it would reject every image. Use 'legacy', or the verifier 'policy-controller'."));
  expect(() => profileWith({ images: { signatureFormat: 'bundles' } })).toThrow(new Error(
    "PlatformProfile.customize: expected images.signatureFormat to be one of legacy, bundle, got 'bundles'. Use 'bundle'."));
});

test('the policy-controller verifies them by two policies, in namespaces with its label', () => {
  const { manifests, charts } = define({ verifier: 'policy-controller', registries: ['docker.io/library'] });
  expect(manifests.of('ClusterImagePolicy').map(bare)).toEqual([
    {
      apiVersion: 'policy.sigstore.dev/v1beta1',
      kind: 'ClusterImagePolicy',
      metadata: { name: 'signed-images-own' },
      spec: {
        mode: 'enforce',
        images: [{ glob: 'registry.example.com/**' }],
        authorities: [
          { name: 'signer-1', key: { data: KEY, hashAlgorithm: 'sha256' }, ctlog: { url: 'https://rekor.sigstore.dev' } },
          {
            name: 'signer-2',
            keyless: { url: 'https://fulcio.sigstore.dev', identities: [{ issuer: WORKFLOW.issuer, subjectRegExp: WORKFLOW.subjectPattern }] },
            ctlog: { url: 'https://rekor.sigstore.dev' },
          },
        ],
      },
    },
    {
      apiVersion: 'policy.sigstore.dev/v1beta1',
      kind: 'ClusterImagePolicy',
      metadata: { name: 'signed-images-others' },
      spec: {
        images: ['index.docker.io/library/**', 'index.docker.io/daprio/daprd', 'ghcr.io/dapr/daprd', 'index.docker.io/istio/proxyv2', 'cr.l5d.io/linkerd/proxy',
          'gcr.io/knative-releases/knative.dev/serving/cmd/queue'].map((glob) => ({ glob })),
        authorities: [{ name: 'not-verified', static: { action: 'pass' } }],
      },
    },
  ]);
  const label = (chart: any) => manifestsOf(chart).of('Namespace')[0].metadata.labels['policy.sigstore.dev/include'];
  expect(label(charts[0])).toBe('true');
  expect(manifests.of('Namespace')[0].metadata.labels['policy.sigstore.dev/include']).toBeUndefined();
  expect(label(define().charts[0])).toBeUndefined();
});

describe('at synthesis', () => {
  const DIGEST = 'sha256:28b89acdce598ba80821fe5a1aac5a26e2228876b006e473a6eff151fb2404c5';

  test('an image without digest is refused where the profile wants one, and all are named', () => {
    const profile = ROOMY.with(SecurityDefaults.of({ images: { requireDigest: true } }));
    expect(errorsOf((chart) => {
      service(chart, 'order');
      service(chart, 'payment');
      service(chart, 'checkout', { image: Image.of('registry.example.com/checkout', { tag: '1.4.2', digest: DIGEST }) });
    }, { profile })).toEqual(['order', 'payment'].map((name) =>
      `[core-business-prod/${name}/Deployment] has the image registry.example.com/${name}:1.4.2 without a digest, and images.requireDigest is set. `
      + 'Write the digest that the registry shows, for a service as image.digest in its tag.yaml.'));
  });

  test('an image that the policies would refuse is named, unless they only warn', () => {
    const outcome = (changes: AnyChanges) => refusal((app) => {
      const profile = customized(changes, ROOMY);
      service(group({ app, profile }), 'order', { image: Image.of('nginx', { tag: '1.29' }) });
      new AdmissionPolicies(new SharedChart(app, 'infrastructure', { profile }), 'best-practices');
    });
    expect(outcome({})).toBe('Validation failed with the following errors:\n  [core-business-prod/order/Deployment] has the image nginx:1.29, which is not from registry.example.com. '
      + 'Take it from an allowed registry, or add its registry to images.registries in the platform profile.');
    for (const changes of [{ images: { registries: ['docker.io'] } }, { images: { registries: ['docker.io/library'] } }, { admission: { actions: ['Warn'] } }]) {
      expect(() => outcome(changes)).toThrow(new Error('the program did not fail'));
    }
    expect(outcome({ images: { registries: ['docker.io/acme'] } })).toContain('has the image nginx:1.29, which is not from registry.example.com or docker.io/acme. ');
  });
});

describe('fails', () => {
  test('without a signer', () => {
    expect(() => define({ signers: [] })).toThrow(new Error('[infrastructure/signed-images] has no images.signers, so no image could run. '
      + 'Name whose signature images have in the platform profile, such as ImageSigner.publicKey(...).'));
  });

  test('in one environment', () => {
    expect(() => new ImageVerification(group({ profile: profileWith({ images: { signers: SIGNERS } }) }), 'signed-images')).toThrow(
      new Error("[core-business-prod/signed-images] is in environment 'prod', and policies hold in all. Define it below a SharedChart."));
  });

  test('where no service is', () => {
    expect(refusal((app) => new ImageVerification(new SharedChart(app, 'infrastructure', { profile: profileWith({ images: { signers: SIGNERS } }) }), 'signed')))
      .toBe('Validation failed with the following errors:\n  [infrastructure/signed] holds in no namespace, because the program has no ServiceChart. Name namespaces of other programs, or leave it out.');
  });

  test('on bases that are no addresses, or that nobody looks at', () => {
    expect(() => profileWith({ images: { baseImages: ['alpine'] } })).toThrow(new Error("PlatformProfile.customize: 'alpine' of images.baseImages is not the address of a registry. "
      + "Write a host with or without a path and without '/' at the end, such as 'registry.example.com' or 'docker.io/library'."));
    expect(() => profileWith({ images: { baseImages: ['gcr.io/distroless'], verifier: 'policy-controller' } })).toThrow(new Error(
      "PlatformProfile.customize: images.verifier is 'policy-controller', which does not look at what an image is built upon. Use 'kyverno', or leave images.baseImages out."));
  });

  test('with an unknown verifier', () => {
    expect(() => profileWith({ images: { verifier: 'kyvern' } })).toThrow(new Error("PlatformProfile.customize: expected images.verifier to be one of kyverno, policy-controller, got 'kyvern'. Use 'kyverno'."));
  });

  test.each([
    ['a private key', '-----BEGIN ENCRYPTED SIGSTORE PRIVATE KEY-----\nc2VjcmV0\n', "ImageSigner.publicKey: the key is a private one. Keep it where images are signed, and give the text of 'cosign.pub'."],
    ['a path', 'cosign.pub', "ImageSigner.publicKey: the key is not a public key in PEM. Give the whole text of 'cosign.pub', from '-----BEGIN PUBLIC KEY-----' on."],
  ])('on %s', (_what, key, message) => {
    expect(() => ImageSigner.publicKey(key)).toThrow(new Error(message));
  });

  test.each<[KeylessIdentity, string]>([
    [{ issuer: 'https://accounts.example.com' }, 'has no subject, so everybody whom https://accounts.example.com knows could sign. Give one of subject and subjectPattern.'],
    [{ issuer: 'https://accounts.example.com', subject: 'a', subjectPattern: '^b$' }, 'has a subject and a subjectPattern. Give one of subject and subjectPattern.'],
    [{ issuer: 'accounts.example.com', subject: 'a' }, "issuer 'accounts.example.com' is not a URL of https. Write it as the issuer does, such as 'https://token.actions.githubusercontent.com'."],
    [{ issuer: 'https://accounts.example.com', subjectPattern: 'acme' }, "subjectPattern 'acme' would match a part of any name. Begin it with '^' and end it with '$'."],
    [{ issuer: 'https://accounts.example.com', subject: ' ' }, 'subject is empty. Write at least one word.'],
  ])('on the identity %j', (identity, message) => {
    expect(() => ImageSigner.keyless(identity)).toThrow(new Error(`ImageSigner.keyless: ${message}`));
  });
});
