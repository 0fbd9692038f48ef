import { fail } from '../../values/errors';
import { dnsSubdomain, show } from '../../values/value-checks';

/** What Kubernetes takes as the key of an annotation: an optional prefix that is a DNS subdomain, a slash, and a name. */
const ANNOTATION = /^(?:[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?\/)?[A-Za-z0-9](?:[A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/;

/**
 * By what a pod proves to object storage who it is. It holds the way to a credential, never a credential.
 */
export class StorageCredentials {
  /**
   * A Secret with the keys `access-key-id` and `secret-access-key`. It must exist in the namespace of the pods that read it.
   */
  public static secret(name: string): StorageCredentials {
    dnsSubdomain('StorageCredentials.secret', 'the Secret', name);
    return new StorageCredentials(name, {});
  }

  /**
   * The identity of the pod's ServiceAccount, which the cloud exchanges for short-lived credentials: the annotations by which its
   * webhook knows the role, such as `eks.amazonaws.com/role-arn`.
   *
   * Fails if there is no annotation.
   *
   * @see https://docs.aws.amazon.com/eks/latest/userguide/iam-roles-for-service-accounts.html
   */
  public static workloadIdentity(annotations: { [name: string]: string }): StorageCredentials {
    const where = 'StorageCredentials.workloadIdentity';
    if (Object.keys(annotations).length === 0) {
      fail(where, 'no annotation given, so the ServiceAccount would have no role', "Name the role, such as { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::...' }");
    }
    const wrong = Object.keys(annotations).find((name) => !ANNOTATION.test(name));
    if (wrong !== undefined) {
      fail(where, `${show(wrong)} is not the name of an annotation`, "Write one such as 'eks.amazonaws.com/role-arn'");
    }
    return new StorageCredentials(undefined, { ...annotations });
  }

  /** The Secret, if it is one. */
  public readonly secretName?: string;

  /**
   * The annotations of the ServiceAccount, none for a Secret.
   *
   * @internal
   */
  public readonly _annotations: { [name: string]: string };

  private constructor(secretName: string | undefined, annotations: { [name: string]: string }) {
    this.secretName = secretName;
    this._annotations = annotations;
  }
}

/** The keys of a Secret with credentials for object storage. */
export const STORAGE_KEYS = ['access-key-id', 'secret-access-key'];
