import type { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import type { RedisDefinition, SnapshotPlan } from './pods';
import { FOLDERS, memberAddresses, secretVolumes, SNAPSHOT_KEYS } from './pods';
import { SnapshotAlerts } from './snapshot-alerts';
import { SNAPSHOT_SCRIPTS } from './snapshot-scripts';
import { recordCapacity } from '../../core/capacity-demand';
import { recordFinding } from '../../core/findings';
import type { Plain } from '../../core/kubernetes-object';
import { defineObject } from '../../core/kubernetes-object';
import { CHECKSUM, checksum } from '../../core/pod-parts';
import type { IWorkload } from '../../core/workload';
import { provideLabels } from '../../model/labels';
import { NetworkPeer } from '../../model/network-peer';
import type { PlatformProfile } from '../../model/platform-profile';
import { maxMemory } from '../../model/redis-settings';
import { STORAGE_KEYS } from '../../model/storage-credentials';
import { Tier } from '../../model/tier';
import { dnsRules } from '../../network/namespace-policies';
import { ServiceNetworkPolicy } from '../../network/service-network-policy';
import { WorkloadServiceAccount } from '../../security/service-account';
import { tierResources } from '../hosted/hosted-store';
import type { Container, Volume } from '../hosted/pods';
import { secretVolume, storeContainer, storePod, variables } from '../hosted/pods';

/** The folders that the scripts know by these variables, besides those of the members. */
const SNAPSHOT_FOLDERS = {
  SNAPSHOT_CONFIG_DIR: '/etc/redis-snapshot',
  SNAPSHOT_DIR: '/var/lib/snapshot',
  STORAGE_DIR: '/var/run/secrets/object-storage',
};
/** Where the certificate of the server's authority is. */
const AUTHORITY_DIR = '/var/run/secrets/object-storage-authority';
/** Where the AWS CLI may write. */
const HOME = '/tmp';
/** Pulling images, making the volume, uploading and removing: as long again as taking the snapshots. */
const DEADLINES = 2;
/** A snapshot that could not start for so long, because the control plane was away, waits for the next time. */
const STARTING_DEADLINE = 3600;
/** So often it is tried again. */
const RETRIES = 2;
/** How many finished Jobs are kept of each outcome: their logs say what was brought away. */
const KEPT_JOBS = 3;
const GIBIBYTE = 2n ** 30n;

/** Decides where the snapshots of a Redis cluster go, or that they go nowhere. */
export function snapshotPlan(construct: Construct, profile: PlatformProfile): SnapshotPlan | undefined {
  const plan = profile._values.backups;
  const { storage } = plan;
  if (!storage) {
    recordFinding(construct, 'has no copy outside of its volumes, because backups of the platform profile name no storage',
      'Name one by PlatformProfile.customize({ backups: { storage: ObjectStorage.s3(...) } })');
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
export class RedisSnapshots extends Construct implements IWorkload {
  public readonly name: string;
  public readonly selectorLabels: { [name: string]: string };
  public readonly minReplicas = 1;

  constructor(scope: Construct, id: string, private readonly redis: RedisDefinition, private readonly snapshots: SnapshotPlan) {
    super(scope, id);
    this.name = `${redis.name}-snapshot`;
    this.selectorLabels = { app: this.name };
    const labels = { ...redis.labels, ...this.selectorLabels };
    const { plan, storage, resources } = snapshots;
    provideLabels(this, labels);
    new WorkloadServiceAccount(this, 'ServiceAccount', { workload: this, annotations: storage.credentials._annotations });
    defineObject(this, 'Scripts', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: this.name }, data: SNAPSHOT_SCRIPTS });
    defineObject<Plain<k8s.CronJobSpec>>(this, 'CronJob', {
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      metadata: { name: this.name },
      spec: {
        schedule: plan.schedule._cron,
        timeZone: 'Etc/UTC',
        concurrencyPolicy: 'Forbid',
        startingDeadlineSeconds: STARTING_DEADLINE,
        successfulJobsHistoryLimit: KEPT_JOBS,
        failedJobsHistoryLimit: KEPT_JOBS,
        jobTemplate: {
          metadata: { labels },
          spec: {
            backoffLimit: RETRIES,
            activeDeadlineSeconds: redis.settings.primaries * redis.settings.snapshotTimeout.toSeconds() * DEADLINES,
            template: {
              metadata: { labels, annotations: { [CHECKSUM]: checksum(SNAPSHOT_SCRIPTS) } },
              spec: {
                ...storePod(redis, this.name),
                priorityClassName: `${redis.group.namespace}-${Tier.BATCH.name}`,
                restartPolicy: 'Never',
                initContainers: [this.taking()],
                containers: [this.uploading()],
                volumes: this.volumes(),
              },
            },
          },
        },
      } as Plain<k8s.CronJobSpec>,
    });
    const { network } = redis.group.profile._values;
    new ServiceNetworkPolicy(this, 'Policy', {
      workload: this,
      reason: 'storage',
      egress: [
        { peers: [NetworkPeer.workload(redis.group.namespace, redis.name)], ports: [redis.port] },
        { peers: storage._cidrs.map((cidr) => NetworkPeer.cidr(cidr)), ports: [storage._port] },
        ...dnsRules(network.dns, network.nodeLocalDns),
      ],
    });
    new SnapshotAlerts(this, 'Alerts', redis, this.name, plan);
    recordCapacity(redis.group, { name: this.name, tier: Tier.BATCH, replicas: 1, surge: 0, containers: [resources] });
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
    } as Partial<Container>);
  }

  private uploading(): Container {
    const { redis, snapshots: { plan, storage, resources } } = this;
    const { certificateAuthority } = storage;
    return storeContainer(redis, 'upload', {
      image: plan.uploadImage.toString(),
      command: ['/bin/sh', `${SNAPSHOT_FOLDERS.SNAPSHOT_CONFIG_DIR}/upload.sh`],
      env: variables({
        ...SNAPSHOT_FOLDERS,
        ARCHIVE_URL: storage._url(redis.group.namespace, redis.name),
        AWS_DEFAULT_REGION: storage.region,
        ...certificateAuthority === undefined ? {} : { AWS_CA_BUNDLE: `${AUTHORITY_DIR}/${certificateAuthority.key}` },
        // servers other than that of AWS may not know the newer ones
        AWS_REQUEST_CHECKSUM_CALCULATION: 'when_required',
        ENCRYPTION: storage.encryption,
        ...storage.endpoint === undefined ? {} : { ENDPOINT_URL: storage.endpoint },
        HOME,
        ...storage.kmsKeyId === undefined ? {} : { KMS_KEY: storage.kmsKeyId },
        RETENTION_SECONDS: plan.retention.toSeconds(),
      }),
      resources: resources._toKube(),
      volumeMounts: [
        ...this.mounts(),
        { name: 'home', mountPath: HOME },
        ...storage.credentials.secretName === undefined ? [] : [{ name: 'object-storage', mountPath: SNAPSHOT_FOLDERS.STORAGE_DIR, readOnly: true }],
        ...certificateAuthority === undefined ? [] : [{ name: 'object-storage-authority', mountPath: AUTHORITY_DIR, readOnly: true }],
      ],
    } as Partial<Container>);
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
    const { credentials, certificateAuthority } = storage;
    // a snapshot takes no more than the data in memory
    const size = BigInt(settings.primaries) * maxMemory(this, 'redis', settings);
    return [
      { name: 'scripts', configMap: { name: this.name } },
      { name: 'home', emptyDir: { sizeLimit: group.profile._values.security.scratchSize } },
      ...secretVolumes(redis, SNAPSHOT_KEYS),
      ...credentials.secretName === undefined ? [] : [secretVolume('object-storage', credentials.secretName, STORAGE_KEYS)],
      ...certificateAuthority === undefined ? [] : [secretVolume('object-storage-authority', certificateAuthority.name, [certificateAuthority.key])],
      {
        // made for this pod, and dropped with it
        name: 'snapshot',
        ephemeral: {
          volumeClaimTemplate: {
            spec: {
              accessModes: ['ReadWriteOnce'],
              storageClassName: settings.storageClass === '' ? undefined : settings.storageClass,
              resources: { requests: { storage: `${(size + GIBIBYTE - 1n) / GIBIBYTE}Gi` } },
            },
          },
        },
      },
    ] as Volume[];
  }
}
