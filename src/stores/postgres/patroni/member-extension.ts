import type { NetworkRule } from '../../../values/network-peer';
import type { Resources } from '../../../values/resources';
import type { Container } from '../../hosted/hosted-pods';
import type { Volume } from '../../hosted/volumes';

type Mounts = NonNullable<Container['volumeMounts']>;
type Variables = NonNullable<Container['env']>;

/**
 * What something beside the cluster, such as its backup, adds to every member.
 */
export interface MemberExtension {
  /** Files of the ConfigMap, which members find in `FOLDERS.CONFIG_DIR`. */
  readonly files: { readonly [file: string]: string };
  /** Environment variables of the container that runs PostgreSQL, which its commands see too. */
  readonly env: Variables;
  /** Volumes of the pod, such as a Secret. */
  readonly volumes: readonly Volume[];
  /** Where that container finds them. */
  readonly volumeMounts: Mounts;
  /** Parameters of PostgreSQL; they go before those of the cluster. */
  readonly parameters: { readonly [name: string]: string };
  /** Further containers of the pod: they find the socket and the data in the volumes `run` and `data`. */
  readonly containers: readonly Container[];
  /** What each of those may use. */
  readonly resources: readonly Resources[];
  /** Whom members must reach for it. */
  readonly egress: readonly NetworkRule[];
  /** Annotations of the members' ServiceAccount, by which a cloud knows them. */
  readonly accountAnnotations: { readonly [name: string]: string };
}

/** A cluster that keeps nothing elsewhere. */
export const NO_EXTENSION: MemberExtension = {
  files: {}, env: [], volumes: [], volumeMounts: [], parameters: { archive_mode: 'off' }, containers: [], resources: [], egress: [], accountAnnotations: {},
};
