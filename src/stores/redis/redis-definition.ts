import type { RedisMemberSettings } from './redis-member-settings';
import type { PeerSettings } from '../../network/network-settings';
import type { Image } from '../../values/image';
import type { Resources } from '../../values/resources';
import type { BackupValues } from '../backup/backup-plan';
import type { ObjectStorage } from '../backup/object-storage';
import type { HostedStore } from '../hosted/hosted-store';

/** A Redis cluster that is decided in every detail. */
export interface RedisDefinition extends HostedStore {
  readonly settings: Required<RedisMemberSettings>;
  readonly replicasPerPrimary: number;
  readonly members: number;
  readonly memberResources: Resources;
  readonly formationResources: Resources;
  readonly files: { [file: string]: string };
  /** What runs the members; undefined for a StatefulSet. */
  readonly operator?: RedisOperator;
  /** Where its snapshots go, if anywhere. */
  readonly snapshots?: SnapshotPlan;
}

/** An operator of Redis clusters. */
export interface RedisOperator {
  /** The image of members. */
  readonly image: Image;
  /** The pods of the operator itself. */
  readonly pods: PeerSettings;
}

/** A plan of backups that names where they go, and what that takes. */
export interface SnapshotPlan {
  readonly plan: BackupValues;
  readonly storage: ObjectStorage;
  readonly resources: Resources;
}
