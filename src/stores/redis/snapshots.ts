import { Construct } from 'constructs';
import type { RedisDefinition, SnapshotPlan } from './redis-definition';
import { FOLDERS, memberAddresses, secretVolumes, SNAPSHOT_KEYS } from './redis-pods';
import { maxMemory } from './redis-settings';
import { SCRIPTS } from './scripts/snapshots';
import { defineSnapshotAlerts } from './snapshot-alerts';
import { recordFinding } from '../../checks/registry';
import type { RuleDescription } from '../../checks/rule';
import { Severity } from '../../checks/severity';
import { defineObject } from '../../core/kubernetes-object';
import type { IReplicated } from '../../core/workload';
import { NETWORK_SETTINGS } from '../../network/network-settings';
import { dnsRules } from '../../network/platform-peers';
import { ServiceNetworkPolicy } from '../../network/service-network-policy';
import type { PlatformProfile } from '../../profile/platform-profile';
import { POD_SECURITY_SETTINGS } from '../../security/pod-security-settings';
import { WorkloadServiceAccount } from '../../security/service-account';
import { provideLabels } from '../../values/labels';
import { NetworkPeer } from '../../values/network-peer';
import { Tier } from '../../values/tier';
import { BACKUP_SETTINGS } from '../backup/backup-section';
import { storageMounts, storageRule, storageVariables, storageVolumes } from '../hosted/hosted-object-storage';
import { type Container, storeContainer, storePod, variables } from '../hosted/hosted-pods';
import { tierResources } from '../hosted/hosted-store';
import { defineCronJob } from '../hosted/jobs';
import { ephemeralVolume, type Volume } from '../hosted/volumes';

/** The folders that the scripts know by these variables, besides those of the members. */
const SNAPSHOT_FOLDERS = {
  SNAPSHOT_CONFIG_DIR: '/etc/redis-snapshot',
  SNAPSHOT_DIR: '/var/lib/snapshot',
};
/** Where the AWS CLI may write. */
const HOME = '/tmp';
/** Pulling images, making the volume, uploading and removing: as long again as taking the snapshots. */
const DEADLINES = 2;
/** After so long a snapshot that could not start waits for the next time. */
const STARTING_DEADLINE = 3600;
/** So often it is tried again. */
const RETRIES = 2;
const GIBIBYTE = 2n ** 30n;

export const NO_SNAPSHOT: RuleDescription = {
  id: 'MS-BACKUP-003',
  severity: Severity.WARNING,
  why: 'A Redis cluster has no copy outside its volumes, because backups of the platform profile name no storage.',
  fix: 'Name one by StoreDefaults.of({ backups: { storage: ObjectStorage.s3(...) } }).',
};

/** Decides where the snapshots of a Redis cluster go, or that they go nowhere. */
export function decideSnapshots(construct: Construct, profile: PlatformProfile): SnapshotPlan | undefined {
  const plan = BACKUP_SETTINGS.of(profile);
  const { storage } = plan;
  if (!storage) {
    recordFinding(construct, NO_SNAPSHOT);
    return undefined;
  }
  return { plan, storage, resources: tierResources(construct, profile, Tier.BATCH, plan.resources) };
}

/**
 * Takes a snapshot of each primary at the times of the plan of backups, and brings them to object storage: the CronJob `<name>-snapshot`,
 * whose pod acts as a user of Redis that may do nothing else.
 *
 * @internal
 */
export class RedisSnapshots extends Construct implements IReplicated {
  public readonly name: string;
  public readonly selectorLabels: { [name: string]: string };
  public readonly minReplicas = 1;

  constructor(scope: Construct, id: string, private readonly redis: RedisDefinition, private readonly snapshots: SnapshotPlan) {
    super(scope, id);
    this.name = `${redis.name}-snapshot`;
    this.selectorLabels = { app: this.name };
    const labels = { ...redis.labels, ...this.selectorLabels };
    const { plan, storage } = snapshots;
    provideLabels(this, labels);
    new WorkloadServiceAccount(this, 'ServiceAccount', { workload: this, annotations: storage.options.credentials._annotations });
    defineObject(this, 'Scripts', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: this.name }, data: SCRIPTS });
    defineCronJob(this, 'CronJob', {
      name: this.name,
      labels,
      schedule: plan.schedule,
      startingDeadlineSeconds: STARTING_DEADLINE,
      activeDeadlineSeconds: redis.settings.primaries * redis.settings.snapshotTimeout.toSeconds() * DEADLINES,
      backoffLimit: RETRIES,
      files: SCRIPTS,
      pod: {
        ...storePod(redis, this.name, Tier.BATCH),
        initContainers: [this.taking()],
        containers: [this.uploading()],
        volumes: this.volumes(),
      },
    });
    const network = NETWORK_SETTINGS.of(redis.group.profile);
    new ServiceNetworkPolicy(this, 'Policy', {
      workload: this,
      reason: 'storage',
      egress: [
        { peers: [NetworkPeer.workload(redis.group.namespace, redis.name)], ports: [redis.settings.port] },
        storageRule(storage),
        ...dnsRules(network),
      ],
    });
    defineSnapshotAlerts(this, redis, this.name, plan);
  }

  private taking(): Container {
    const { redis, snapshots } = this;
    return storeContainer(redis, 'snapshot', {
      command: ['/bin/sh', `${SNAPSHOT_FOLDERS.SNAPSHOT_CONFIG_DIR}/snapshot.sh`],
      env: variables({
        MEMBERS: memberAddresses(redis).join(' '),
        SECRETS_DIR: FOLDERS.SECRETS_DIR,
        SNAPSHOT_DIR: SNAPSHOT_FOLDERS.SNAPSHOT_DIR,
        SNAPSHOT_SECONDS: redis.settings.snapshotTimeout.toSeconds(),
        TLS_DIR: FOLDERS.TLS_DIR,
      }),
      resources: snapshots.resources._toKube(),
      volumeMounts: [
        ...this.mounts(),
        { name: 'credentials', mountPath: FOLDERS.SECRETS_DIR, readOnly: true },
        { name: 'certificate', mountPath: FOLDERS.TLS_DIR, readOnly: true },
      ],
    });
  }

  private uploading(): Container {
    const { redis, snapshots: { plan, storage, resources } } = this;
    return storeContainer(redis, 'upload', {
      image: plan.uploadImage.toString(),
      command: ['/bin/sh', `${SNAPSHOT_FOLDERS.SNAPSHOT_CONFIG_DIR}/upload.sh`],
      env: variables({
        ...SNAPSHOT_FOLDERS,
        ...storageVariables(storage),
        ARCHIVE_URL: storage._url(redis.group.namespace, redis.name),
        // servers other than that of AWS may not know the newer ones
        AWS_REQUEST_CHECKSUM_CALCULATION: 'when_required',
        HOME,
        RETENTION_SECONDS: plan.retention.toSeconds(),
      }),
      resources: resources._toKube(),
      volumeMounts: [
        ...this.mounts(),
        { name: 'home', mountPath: HOME },
        ...storageMounts(storage, storage.options.credentials),
      ],
    });
  }

  private mounts(): NonNullable<Container['volumeMounts']> {
    return [
      { name: 'scripts', mountPath: SNAPSHOT_FOLDERS.SNAPSHOT_CONFIG_DIR, readOnly: true },
      { name: 'snapshot', mountPath: SNAPSHOT_FOLDERS.SNAPSHOT_DIR },
    ];
  }

  private volumes(): Volume[] {
    const { redis, snapshots: { storage } } = this;
    const { settings, group } = redis;
    return [
      { name: 'scripts', configMap: { name: this.name } },
      { name: 'home', emptyDir: { sizeLimit: POD_SECURITY_SETTINGS.of(group.profile).scratchSize } },
      ...secretVolumes(redis, SNAPSHOT_KEYS),
      ...storageVolumes(storage, storage.options.credentials),
      ephemeralVolume('snapshot', settings.storageClass, this.size()),
    ];
  }

  /** Snapshots take no more than the data of all primaries in memory. */
  private size(): string {
    const { settings } = this.redis;
    const bytes = BigInt(settings.primaries) * maxMemory(this, 'redis', settings);
    return `${(bytes + GIBIBYTE - 1n) / GIBIBYTE}Gi`;
  }
}
