import type { RedisMemberSettings } from './redis-member-settings';
import type { Resources } from '../../values/resources';
import type { BackupValues } from '../backup/backup-plan';
import type { ObjectStorage } from '../backup/object-storage';
import type { HostedStore } from '../hosted/hosted-store';

/** A Redis cluster that is decided in every detail. */
export interface RedisDefinition extends HostedStore {
  readonly settings: Required<RedisMemberSettings>;
  readonly replicasPerPrimary: number;
  readonly port: number;
  readonly members: number;
  readonly memberResources: Resources;
  readonly formationResources: Resources;
  readonly files: { [file: string]: string };
  /** Whether the operator runs the members, and not a StatefulSet. */
  readonly byOperator: boolean;
  /** Where its snapshots go, if anywhere. */
  readonly snapshots?: SnapshotPlan;
}

/** A plan of backups that names where they go, and what that takes. */
export interface SnapshotPlan {
  readonly plan: BackupValues;
  readonly storage: ObjectStorage;
  readonly resources: Resources;
}
