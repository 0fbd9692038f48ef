import { Construct } from 'constructs';
import { setGroupFile } from '../output/group-file';
import { admissionValues } from './admission/admission-values';
import { type Coverage, coverageErrors, coverageOf } from './admission/coverage';
import { imageValidatingPolicy } from './admission/kyverno';
import { otherImagesPolicy, signedImagesPolicy } from './admission/policy-controller';
import { checkRegistry, IMAGE_SETTINGS } from './image-settings';
import { defineClusterObject } from '../core/kubernetes-object';
import { beforeSynthesis } from '../core/preparation';
import { groupOf, type ServiceGroup } from '../core/service-group';
import { constructId } from '../values/construct-id';
import { fail } from '../values/errors';
import { dnsLabel } from '../values/value-checks';

/** `<id>-deny-audit` is the longest name that is made of it. */
const LONGEST_NAME = 50;

/**
 * Only images with a signature of `images.signers` run in the namespaces of all services.
 *
 * Defines, by `images.verifier` of the platform profile in force, an ImageValidatingPolicy of Kyverno for each set of `admission.actions`,
 * or ClusterImagePolicies of sigstore's policy-controller. Images of `imageRegistry` are verified, and with `images.baseImages` also what
 * they are built upon. Those of other registries are a matter of `AdmissionPolicies`.
 *
 * The verifier must be installed. Without `images.signers` synthesis fails.
 *
 * @see https://kyverno.io/docs/policy-types/image-validating-policy/
 * @see https://docs.sigstore.dev/policy-controller/overview/
 *
 * @example
 *
 * declare const app: App;
 * const profile = PlatformProfile.standard().with(security.SecurityDefaults.of({
 *   images: { signers: [security.ImageSigner.keyless({ issuer: 'https://accounts.example.com', subject: 'release@example.com' })] },
 * }));
 * new security.ImageVerification(new SharedChart(app, 'infrastructure', { profile }), 'signed-images');
 */
export class ImageVerification extends Construct {
  private readonly group: ServiceGroup;

  /**
   * Defines policies whose names begin with `id`. They belong to no namespace, so they stand below a `SharedChart`.
   */
  constructor(scope: Construct, id: string) {
    super(scope, constructId(scope, id, new.target));
    dnsLabel(this, 'name', id, LONGEST_NAME);
    this.group = groupOf(this);
    const { imageRegistry } = this.group.profile._values;
    const images = IMAGE_SETTINGS.of(this.group.profile);
    if (this.group.environment) {
      fail(this, `is in environment '${this.group.environment.name}', and policies hold in all`, 'Define it below a SharedChart');
    }
    if (images.signers.length === 0) {
      fail(this, 'has no images.signers, so no image could run', 'Name whose signature images have in the platform profile, such as ImageSigner.publicKey(...)');
    }
    checkRegistry(this, 'imageRegistry', imageRegistry);
    setGroupFile(this, this.group, id);
    if (images.verifier === 'policy-controller') {
      this.definePolicyController();
    } else {
      beforeSynthesis(this, () => this.defineKyverno());
    }
    this.node.addValidation({ validate: () => coverageErrors(this.coverage()) });
  }

  private defineKyverno(): void {
    for (const [name, { actions, namespaces }] of this.coverage()) {
      if (!this.node.tryFindChild(name)) {
        defineClusterObject(this, name, {
          apiVersion: 'policies.kyverno.io/v1',
          kind: 'ImageValidatingPolicy',
          metadata: { name: `${this.node.id}-${name}` },
          spec: imageValidatingPolicy(admissionValues(this.group.profile), actions, namespaces),
        });
      }
    }
  }

  /** The namespaces are those with a label, which ours have then. */
  private definePolicyController(): void {
    const values = admissionValues(this.group.profile);
    const define = (suffix: string, spec: object) => defineClusterObject(this, suffix, {
      apiVersion: 'policy.sigstore.dev/v1beta1', kind: 'ClusterImagePolicy', metadata: { name: `${this.node.id}-${suffix}` }, spec,
    });
    define('own', signedImagesPolicy(values));
    define('others', otherImagesPolicy(values));
  }

  private coverage(): Coverage {
    return coverageOf(this, this.group);
  }
}
