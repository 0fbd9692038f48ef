import type { FileStorage } from './file-storage';
import type { InitContainer, ISidecar } from '../core/pod-container';
import type { ApiRule } from '../security/api-rule';
import type { Dapr } from '../values/dapr';
import type { Image } from '../values/image';
import type { Resources } from '../values/resources';
import type { SecretReference } from '../values/secret-reference';
import type { Tier } from '../values/tier';

/**
 * What every workload may say of its pods. All are optional: what is left out comes from the platform profile in force.
 */
export interface WorkloadProps {
  /**
   * How important the service is: its quality of service and its priority.
   *
   * @default - the profile's `tier` (standard)
   */
  readonly tier?: Tier;

  /**
   * The image of the container. A tag or digest in the values files replaces the one given here.
   *
   * @default - the name of the service in `imageRegistry` of the profile, with the tag and digest of `tag.yaml`
   */
  readonly image?: Image;

  /**
   * The program that the container runs, and its arguments. Kubernetes replaces `$(NAME)` by the variable of that name.
   *
   * @default - the entry point of the image
   */
  readonly command?: string[];

  /**
   * The arguments of the program. Kubernetes replaces `$(NAME)` by the variable of that name.
   *
   * @default - those of the image
   */
  readonly args?: string[];

  /**
   * Processors, memory and disk of the container.
   *
   * @default - the profile's `resources`
   */
  readonly resources?: Resources;

  /**
   * Whether the service has a Dapr sidecar.
   *
   * @default - the profile's `dapr` (a sidecar)
   */
  readonly dapr?: Dapr;

  /**
   * Containers beside the application: a `Sidecar`, an `Adapter` of metrics, an `Ambassador`. They start in this order.
   *
   * @default - none
   */
  readonly sidecars?: ISidecar[];

  /**
   * Containers that run to their end before the application starts, one after the other.
   *
   * @default - none
   */
  readonly initContainers?: InitContainer[];

  /**
   * Severity from which the application writes log lines, as `LOG_LEVEL`: `debug`, `info`, `warn`, `error`.
   *
   * @default - the profile's `logLevel` (info)
   */
  readonly logLevel?: string;

  /**
   * Environment variables, besides `APP_ENV` and `LOG_LEVEL`. Fails on what looks like a secret.
   *
   * @default - none
   */
  readonly env?: { [name: string]: string };

  /**
   * Settings outside of the image: environment variables that come from a ConfigMap with the name of the service. A
   * change rolls out.
   *
   * @default - no ConfigMap
   */
  readonly config?: { [name: string]: string };

  /**
   * Secrets that the application reads as files, at `/var/run/secrets/<name>/<key>`. They must exist in the namespace.
   *
   * @default - none
   */
  readonly secretFiles?: SecretReference[];

  /**
   * Secrets as environment variables, for images that can read no file: child processes and crash dumps see them.
   *
   * @default - none
   */
  readonly secretEnv?: { [name: string]: SecretReference };

  /**
   * What the service may do with the Kubernetes API: rules of a Role in its namespace. Only with it does the pod get a
   * token. Needs `network.apiServerCidrs` in the platform profile.
   *
   * @default - nothing, and no token
   */
  readonly apiAccess?: ApiRule[];

  /**
   * A volume that outlives the pods.
   *
   * @default - none: only scratch folders are writable
   */
  readonly storage?: FileStorage;

  /**
   * Folders on the disk of the node that the container can write to, with the most that each holds: `{ '/var/cache/web': '256Mi' }`. They are
   * empty when a pod starts and are deleted with it. At most `ephemeralStorageLimit` of the resources each. A folder of the platform profile can
   * have another size.
   *
   * @default - the folders in the profile's `security.scratchPaths` (/tmp)
   * @see https://kubernetes.io/docs/concepts/storage/volumes/#emptydir
   */
  readonly scratchFolders?: { [folder: string]: string };

  /**
   * Folders in memory that the container can write to, with the most that each holds: `{ '/dev/shm': '64Mi' }`. Their files count as memory
   * of the container, so each size is at most `memoryLimit` of the resources.
   *
   * @default - none
   * @see https://kubernetes.io/docs/concepts/storage/volumes/#emptydir
   */
  readonly memoryFolders?: { [folder: string]: string };

  /**
   * What kind of service it is: the value of the label `type`.
   *
   * @default - the profile's `serviceType` (api)
   */
  readonly type?: string;
}
