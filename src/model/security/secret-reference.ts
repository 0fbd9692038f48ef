import { dnsSubdomain, show } from '../values/checks';
import { fail } from '../values/errors';

/**
 * One value of a Secret of the same namespace. It holds the way to the value, never the value.
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
    const where = 'SecretReference.of';
    dnsSubdomain(where, 'the Secret', name);
    if (typeof key !== 'string' || key.length > 253 || !/^[-._a-zA-Z0-9]+$/.test(key) || key === '.' || key.startsWith('..')) {
      fail(where, `${show(key)} is not a key of a Secret`, "Use letters, digits, '-', '_' and '.', such as 'password'");
    }
    return new SecretReference(name, key);
  }

  /**
   * The name of the Secret.
   */
  public readonly name: string;

  /**
   * The key of the value in the Secret.
   */
  public readonly key: string;

  private constructor(name: string, key: string) {
    this.name = name;
    this.key = key;
  }

  /**
   * Name and key for people: `database/password`.
   */
  public toString(): string {
    return `${this.name}/${this.key}`;
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
