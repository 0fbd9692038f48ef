import type { Duration } from 'cdk8s';
import type { FileStorage } from './file-storage';
import type { MetadataProps } from './metadata-props';
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
export interface WorkloadProps extends MetadataProps {
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
   * Environment variables that come from a ConfigMap with the name of the service. A change rolls out.
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
   * Rules of a Role in its namespace. Only with it does the pod get a token. Needs `network.apiServerCidrs` in the platform profile.
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
   * Empty folders on the disk of the node that the container can write to, and their sizes: `{ '/var/cache/web': '256Mi' }`. At most
   * `ephemeralStorageLimit` of the resources each. A folder of the platform profile can have another size.
   *
   * @default - the folders in the profile's `security.scratchPaths` (/tmp)
   * @see https://kubernetes.io/docs/concepts/storage/volumes/#emptydir
   */
  readonly scratchFolders?: { [folder: string]: string };

  /**
   * Empty folders in memory that the container can write to, and their sizes: `{ '/dev/shm': '64Mi' }`. At most `memoryLimit` of the resources.
   *
   * @default - none
   * @see https://kubernetes.io/docs/concepts/storage/volumes/#emptydir
   */
  readonly memoryFolders?: { [folder: string]: string };

  /**
   * Read-only folders with the files of existing ConfigMaps: `{ '/etc/redis': 'redis-config' }`. A change of the ConfigMap does not roll out.
   *
   * @default - none
   * @see https://kubernetes.io/docs/concepts/storage/volumes/#configmap
   */
  readonly configMapFolders?: { [folder: string]: string };

  /**
   * Read-only folders with the files of existing Secrets: `{ '/etc/tls': 'web-tls' }`. `secretFiles` mounts single keys.
   *
   * @default - none
   * @see https://kubernetes.io/docs/concepts/storage/volumes/#secret
   */
  readonly secretFolders?: { [folder: string]: string };

  /**
   * Labels of the nodes on which the pods may run.
   *
   * @default - any node
   * @see https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/#nodeselector
   */
  readonly nodeSelector?: { [label: string]: string };

  /**
   * Taints that the pods tolerate, as `kubectl taint` writes them: `dedicated=gpu:NoSchedule`, or the key alone for all its values and effects.
   *
   * @default - none
   * @see https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/
   */
  readonly tolerations?: string[];

  /**
   * The RuntimeClass of the pods, such as `gvisor`.
   *
   * @default - the runtime of the node
   * @see https://kubernetes.io/docs/concepts/containers/runtime-class/
   */
  readonly runtimeClassName?: string;

  /**
   * Host names in the `/etc/hosts` of the pods, by IP address: `{ '10.1.0.4': ['licence.internal'] }`. The address needs a network policy.
   *
   * @default - none
   * @see https://kubernetes.io/docs/tasks/network/customize-hosts-file-for-pods/
   */
  readonly hostAliases?: { [address: string]: string[] };

  /**
   * Domains in which the pods look for short host names, after those of the cluster. At most 32.
   *
   * @default - none
   * @see https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/#pod-dns-config
   */
  readonly dnsSearches?: string[];

  /**
   * Options of the resolver of the pods: `{ ndots: '2' }`. An option without a value has the text `''`.
   *
   * @default - those of the kubelet
   * @see https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/#pod-dns-config
   */
  readonly dnsOptions?: { [name: string]: string };

  /**
   * How long a pod may take to leave after it is deleted, in whole seconds.
   *
   * @default - the sum of `preStopDelay`, `drain`, `sidecarDrain` and `graceMargin` of the profile's `rollout`, and of `drain` of its sidecars
   * @see https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination
   */
  readonly terminationGracePeriod?: Duration;

  /**
   * What kind of service it is: the value of the label `type`.
   *
   * @default - the profile's `serviceType` (api)
   */
  readonly type?: string;
}
