import { Construct } from 'constructs';
import { providerParameters } from './provider-parameters';
import type { RemoteValue } from './remote-value';
import type { RotatedSecretProps } from './rotated-secret-props';
import { defineMountedSecretAlerts } from './secret-alerts';
import type { SecretProvider } from './secret-provider';
import { checkSecrets, SECRET_SETTINGS } from './secret-settings';
import { checkSecretType } from './secret-type';
import { defineObject } from '../core/kubernetes-object';
import { groupOf } from '../core/service-group';
import { constructId } from '../values/construct-id';
import { fail } from '../values/errors';
import { SecretReference } from '../values/secret-reference';
import { dnsSubdomain } from '../values/value-checks';

/** What Kubernetes makes a Secret of whose type nobody says; the driver wants it said. */
const OPAQUE = 'Opaque';

/**
 * Properties for `SecretProviderClass`.
 */
export interface SecretProviderClassProps extends RotatedSecretProps {
  /**
   * The files that pods find, and where the value of each is.
   */
  readonly keys: { [file: string]: RemoteValue };

  /**
   * Where values are looked up.
   *
   * @default - the profile's `secrets.provider` (none); synthesis fails without one
   */
  readonly provider?: SecretProvider;

  /**
   * Whether the driver also makes a Secret of the same name, for `secretEnv`. It exists only while a pod has the files mounted: the driver makes it
   * when the first of them starts, and it goes with the last.
   *
   * @default - no Secret: values are in the memory of the nodes whose pods use them, and nowhere else in the cluster
   */
  readonly sync?: boolean;

  /**
   * The type of that Secret, such as `kubernetes.io/tls`. It needs `sync`.
   *
   * @default - Opaque
   */
  readonly type?: string;
}

/**
 * What is rendered of a SecretProviderClass. Its CRD comes with the driver's module, where servers are built, and not from the folder that types
 * are generated of; there is not more to it than this.
 */
interface SecretProviderClassSpec {
  readonly provider: string;
  readonly parameters: { readonly [name: string]: string };
  readonly secretObjects?: readonly {
    readonly secretName: string;
    readonly type: string;
    readonly data: readonly { readonly objectName: string; readonly key: string }[];
  }[];
}

/**
 * Secrets that the Secrets Store CSI driver mounts into pods, read-only, when they start: they come from a store of a cloud or from Vault, by the
 * identity of the pod's own ServiceAccount, and no Secret holds them unless `sync` says so.
 *
 * Defines a SecretProviderClass and a PrometheusRule: somebody is told when pods have the same version of a value for longer than `rotation`.
 * A pod whose values cannot be looked up does not start. All files are in each pod that uses one of them. It stands anywhere below a chart
 * of a group.
 *
 * The driver and the provider must be installed. Whether running pods get what is replaced in the store, and how soon, is a setting of the
 * driver (`enableSecretRotation`, `rotationPollInterval`).
 *
 * @see https://secrets-store-csi-driver.sigs.k8s.io/concepts
 *
 * @example
 *
 * const provider = new security.SecretProviderClass(this, 'payment-provider', {
 *   provider: security.SecretProvider.vault({ role: 'payment' }),
 *   keys: { 'api-key': { key: 'secret/data/shop/payment-provider', property: 'apiKey' } },
 * });
 * new Microservice(this, 'payment', { secretFiles: [provider.value('api-key')] });
 */
export class SecretProviderClass extends Construct {
  private readonly files: readonly string[];
  private readonly synced: boolean;

  /**
   * Defines the SecretProviderClass `id`.
   */
  constructor(scope: Construct, id: string, props: SecretProviderClassProps) {
    super(scope, constructId(scope, id, new.target, props));
    const secrets = SECRET_SETTINGS.of(groupOf(this).profile);
    dnsSubdomain(this, 'the SecretProviderClass', id);
    const { keys, sync, type, provider = secrets.provider, rotation = secrets.rotation } = props;
    checkSecretType(this, type);
    this.files = Object.keys(keys).sort();
    this.synced = sync === true;
    if (this.files.length === 0) {
      fail(this, 'has no keys, so there would be nothing to mount', "Give some, such as { 'api-key': { key: 'shop/payment-provider' } }");
    }
    if (type !== undefined && !this.synced) {
      fail(this, `has the type '${type}' of a Secret, and makes none`, 'Give sync: true, or leave type out');
    }
    this.files.forEach((file) => this.value(file));
    checkSecrets(this, { refreshInterval: rotation, rotation });
    defineObject<SecretProviderClassSpec>(this, 'Resource', {
      apiVersion: 'secrets-store.csi.x-k8s.io/v1',
      kind: 'SecretProviderClass',
      metadata: { name: id },
      spec: {
        ...this.provided(provider, keys),
        ...this.synced ? {
          secretObjects: [{ secretName: id, type: type ?? OPAQUE, data: this.files.map((file) => ({ objectName: file, key: file })) }],
        } : {},
      },
    });
    defineMountedSecretAlerts(this, id, rotation);
  }

  /**
   * A file, for services of the same namespace: in `secretFiles`, and with `sync` in `secretEnv` too. Whoever names it has all files mounted.
   *
   * Fails on a key that was not given.
   */
  public value(key: string): SecretReference {
    if (!this.files.includes(key)) {
      fail(this, `has no key '${key}'`, `It has ${this.files.join(', ')}`);
    }
    return SecretReference._mountedAs('SecretProviderClass.value', this.node.id, key, this.synced);
  }

  private provided(provider: SecretProvider | undefined, keys: { [file: string]: RemoteValue }): Pick<SecretProviderClassSpec, 'provider' | 'parameters'> {
    const known = provider ?? fail(this, 'has no provider to look values up by', "Give provider: SecretProvider.vault({ role: 'payment' }), or secrets.provider in the platform profile");
    return { provider: known._name, parameters: providerParameters(this, known, keys) };
  }
}
