import { fail } from './errors';
import { dnsSubdomain, show } from './value-checks';

/**
 * One secret value of the same namespace. It holds the way to the value, never the value.
 *
 * @see https://kubernetes.io/docs/concepts/configuration/secret/
 */
export class SecretReference {
  /**
   * The value under a key of a Secret.
   *
   * The name is a DNS subdomain; the key has letters, digits, `-`, `_` and `.`, at most 253 of them.
   */
  public static of(name: string, key: string): SecretReference {
    return SecretReference.checked('SecretReference.of', 'the Secret', name, key);
  }

  /**
   * A file of a SecretProviderClass, which the Secrets Store CSI driver mounts into each pod that uses it. No Secret holds it, so it can be
   * no environment variable.
   *
   * The name is a DNS subdomain; the file has letters, digits, `-`, `_` and `.`, at most 253 of them.
   *
   * @see https://secrets-store-csi-driver.sigs.k8s.io/
   */
  public static mounted(secretProviderClass: string, file: string): SecretReference {
    return SecretReference._mountedAs('SecretReference.mounted', secretProviderClass, file, false);
  }

  /**
   * The same, of which the driver may make a Secret of the same name, for as long as a pod has it mounted.
   *
   * @internal
   */
  public static _mountedAs(where: string, secretProviderClass: string, file: string, synced: boolean): SecretReference {
    return SecretReference.checked(where, 'the SecretProviderClass', secretProviderClass, file, { synced });
  }

  private static checked(where: string, what: string, name: string, key: string, mount?: Mount): SecretReference {
    dnsSubdomain(where, what, name);
    if (typeof key !== 'string' || key.length > 253 || !/^[-._a-zA-Z0-9]+$/.test(key) || key === '.' || key.startsWith('..')) {
      fail(where, `${show(key)} is not a key of a Secret`, "Use letters, digits, '-', '_' and '.', such as 'password'");
    }
    return new SecretReference(name, key, mount);
  }

  /**
   * The name of the Secret, or of the SecretProviderClass.
   */
  public readonly name: string;

  /**
   * The key of the value in the Secret, or its file.
   */
  public readonly key: string;

  /**
   * Whether the driver makes a Secret of it; nothing where it is in a Secret anyway.
   *
   * @internal
   */
  public readonly _mount?: { readonly synced: boolean };

  private constructor(name: string, key: string, mount?: Mount) {
    this.name = name;
    this.key = key;
    this._mount = mount;
  }

  /**
   * Name and key for people: `database/password`.
   */
  public toString(): string {
    return `${this.name}/${this.key}`;
  }

  /**
   * Whether there is a Secret that holds it, at least while a pod runs that has it mounted.
   *
   * @internal
   */
  public get _inSecret(): boolean {
    return this._mount?.synced !== false;
  }

  /**
   * The `valueFrom` field of an environment variable.
   *
   * @internal
   */
  public _toKube(): { secretKeyRef: { name: string; key: string } } {
    return { secretKeyRef: { name: this.name, key: this.key } };
  }
}

interface Mount {
  readonly synced: boolean;
}
