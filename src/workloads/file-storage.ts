import { absoluteFolder } from '../values/folder';
import { oneOf } from '../values/one-of';
import { Quantity } from '../values/quantity';
import { dnsSubdomain } from '../values/value-checks';

/**
 * A volume that outlives the pods of a service.
 */
export interface FileStorageOptions {
  /**
   * How much it holds, such as `10Gi`.
   */
  readonly size: string;

  /**
   * The absolute folder at which the container finds it.
   */
  readonly mountPath: string;

  /**
   * Who may mount it: `ReadWriteMany` (all replicas), `ReadOnlyMany`, `ReadWriteOnce` (the pods of one node) or
   * `ReadWriteOncePod`.
   *
   * @default - the profile's `storage.accessMode` (ReadWriteMany)
   */
  readonly accessMode?: string;

  /**
   * The StorageClass that makes it.
   *
   * @default - the cluster's default class
   */
  readonly storageClass?: string;
}

const ACCESS_MODES = ['ReadWriteMany', 'ReadOnlyMany', 'ReadWriteOnce', 'ReadWriteOncePod'];

/**
 * Whether the pods of several nodes can have a volume at the same time.
 */
export function isShared(accessMode: string): boolean {
  return accessMode.endsWith('Many');
}

/**
 * File storage of a service: a PersistentVolumeClaim with the name of the service, mounted in its container.
 *
 * @see https://kubernetes.io/docs/concepts/storage/persistent-volumes/
 */
export class FileStorage {
  /**
   * A volume that the cluster provides.
   *
   * Fails if the size is not a quantity, or the path not an absolute one.
   */
  public static persistent(options: FileStorageOptions): FileStorage {
    const where = 'FileStorage.persistent';
    Quantity._of('storage', where, 'size', options.size);
    absoluteFolder(where, 'mountPath', options.mountPath);
    if (options.accessMode !== undefined) {
      oneOf(where, 'accessMode', options.accessMode, ACCESS_MODES);
    }
    return new FileStorage(options);
  }

  /** How much it holds. */
  public readonly size: string;

  /** The folder at which the container finds it. */
  public readonly mountPath: string;

  /** Who may mount it, if it is not what the profile says. */
  public readonly accessMode?: string;

  /** The StorageClass that makes it, if it is not the default one. */
  public readonly storageClass?: string;

  private constructor(options: FileStorageOptions) {
    this.size = options.size;
    this.mountPath = options.mountPath;
    this.accessMode = options.accessMode;
    this.storageClass = options.storageClass === undefined ? undefined : dnsSubdomain('FileStorage', 'storageClass', options.storageClass);
  }
}
