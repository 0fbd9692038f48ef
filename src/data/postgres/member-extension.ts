import type { k8s } from 'cdk8s-plus-27';
import type { Plain } from '../../core/kubernetes-object';
import type { NetworkRule } from '../../model/network-peer';
import type { Resources } from '../../model/resources';
import type { Container, Volume } from '../hosted/pods';

/** Where a member of a PostgreSQL cluster keeps what its other containers need. */
export interface MemberPlaces {
  /** The volume with the data, and where it is mounted. */
  readonly dataVolume: string;
  readonly dataMount: string;
  /** The volume with the socket of the server, and where it is mounted. */
  readonly socketVolume: string;
  readonly socketMount: string;
}

/**
 * What a capability adds to each member of a PostgreSQL cluster, whoever decides which of them is the primary.
 */
export interface MemberExtension {
  /** The files it reads: a change of them rolls out. */
  readonly files: { [file: string]: string };
  /** Parameters of PostgreSQL, as postgresql.conf names them. */
  readonly parameters: { [name: string]: string };
  /** Variables and mounts of the container that runs PostgreSQL. */
  readonly env: Plain<k8s.EnvVar>[];
  readonly volumeMounts: Plain<k8s.VolumeMount>[];
  readonly volumes: Volume[];
  /** Containers besides it, and what they may use. */
  readonly containers: Container[];
  readonly resources: Resources[];
  readonly egress: NetworkRule[];
  /** Annotations of the members' ServiceAccount. */
  readonly accountAnnotations: { [name: string]: string };
}
