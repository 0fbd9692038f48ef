import { Construct } from 'constructs';
import type { RotatedSecretProps } from './rotated-secret-props';
import { defineSecretAlerts } from './secret-alerts';
import { checkSecrets, SECRET_SETTINGS } from './secret-settings';
import { checkSecretType } from './secret-type';
import { defineObject } from '../core/kubernetes-object';
import { groupOf } from '../core/service-group';
import { constructId } from '../values/construct-id';
import { fail } from '../values/errors';
import { oneOf } from '../values/one-of';
import { SecretReference } from '../values/secret-reference';
import { dnsSubdomain } from '../values/value-checks';

/** Where a sealed value can be opened: under its own name, in its namespace, anywhere. */
const SCOPES = ['strict', 'namespace-wide', 'cluster-wide'];

/** A session key comes first, encrypted for RSA keys of 2048 to 8192 bits, after its length. */
const SESSION_KEY_BYTES = [256, 384, 512, 1024];
/** Its length, big-endian. */
const LENGTH_BYTES = 2;
/** Then the value with a tag of AES-GCM. */
const TAG_BYTES = 16;

/**
 * Properties for `SealedSecret`.
 */
export interface SealedSecretProps extends RotatedSecretProps {
  /**
   * The keys of the Secret with what `kubeseal` made of their values, as under `spec.encryptedData`.
   *
   * Fails on what is not sealed, without showing it.
   */
  readonly encryptedData: { [key: string]: string };

  /**
   * Where values can be opened, as they were sealed: `strict` (this name in this namespace), `namespace-wide` or `cluster-wide`.
   *
   * @default - strict
   */
  readonly sealScope?: string;

  /**
   * The type of the Secret, such as `kubernetes.io/tls`.
   *
   * @default - Opaque
   */
  readonly type?: string;
}

/**
 * A Secret in Git that only the cluster can read.
 *
 * Defines a SealedSecret, of which the controller of Sealed Secrets makes the Secret of the same name, and a PrometheusRule: somebody is told when
 * the value was not replaced for longer than `rotation`, or is not there. It takes what `kubeseal` printed and never sees a value. Nothing
 * replaces a value by itself: seal a new one.
 *
 * @see https://github.com/bitnami-labs/sealed-secrets
 */
export class SealedSecret extends Construct {
  private readonly keys: readonly string[];

  /**
   * Defines the Secret `id`. Values that were sealed in the strict scope were sealed for this name.
   */
  constructor(scope: Construct, id: string, props: SealedSecretProps) {
    super(scope, constructId(scope, id, new.target, props));
    const secrets = SECRET_SETTINGS.of(groupOf(this).profile);
    dnsSubdomain(this, 'the Secret', id);
    const { encryptedData, sealScope, type, rotation = secrets.rotation } = props;
    checkSecretType(this, type);
    this.keys = Object.keys(encryptedData).sort();
    if (this.keys.length === 0) {
      fail(this, 'has no encryptedData, so the Secret would be empty', "Give what 'kubeseal' printed under spec.encryptedData");
    }
    this.keys.forEach((key) => this.checkSealed(key, encryptedData[key]));
    checkSecrets(this, { refreshInterval: rotation, rotation });
    const annotations = sealScope === undefined || oneOf(this, 'sealScope', sealScope, SCOPES) === SCOPES[0] ? undefined
      : { [`sealedsecrets.bitnami.com/${sealScope}`]: 'true' };
    defineObject(this, 'Resource', {
      apiVersion: 'bitnami.com/v1alpha1',
      kind: 'SealedSecret',
      metadata: { name: id, annotations },
      spec: {
        encryptedData: Object.fromEntries(this.keys.map((key) => [key, encryptedData[key]])),
        // the controller looks at the scope of the Secret to be
        template: { type, metadata: { name: id, namespace: groupOf(this).namespace, annotations } },
      },
    });
    defineSecretAlerts(this, id, rotation, { external: false });
  }

  /**
   * The value under a key, for a service of the same namespace: `secretFiles` or `secretEnv`.
   *
   * Fails on a key that was not given.
   */
  public value(key: string): SecretReference {
    if (!this.keys.includes(key)) {
      fail(this, `has no key '${key}'`, `It has ${this.keys.join(', ')}`);
    }
    return SecretReference.of(this.node.id, key);
  }

  /** By its form alone, which no plain value has by chance. */
  private checkSealed(key: string, text: string): void {
    SecretReference.of(this.node.id, key);
    const bytes = typeof text === 'string' && /^[A-Za-z0-9+/]+={0,2}$/.test(text) ? Buffer.from(text, 'base64') : Buffer.alloc(0);
    const length = bytes.length > LENGTH_BYTES ? bytes.readUInt16BE(0) : 0;
    if (!SESSION_KEY_BYTES.includes(length) || bytes.length < LENGTH_BYTES + length + TAG_BYTES) {
      fail(this, `the value of '${key}' is not sealed, so whoever reads the repository would read it (it is not shown here)`,
        "Give what 'kubeseal' printed under spec.encryptedData, and replace the value where it is used if it was committed");
    }
  }
}
