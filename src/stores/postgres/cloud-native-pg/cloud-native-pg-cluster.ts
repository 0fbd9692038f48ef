import type { Construct } from 'constructs';
import { backupPlugin } from './backup';
import { managedRoles } from './cloud-native-pg-databases';
import { type CloudNativePgDefinition, LABEL, POOLER_ROLE } from './cloud-native-pg-definition';
import type { ClusterSpec } from './cloud-native-pg-manifests';
import { defineWorkload, late } from '../../../core/kubernetes-object';
import { pullSecrets } from '../../../core/pod-parts';
import { priorityClassOf } from '../../../core/priority-class';
import type { StoreEndpoint } from '../../../core/store-endpoint';
import { merge } from '../../../profile/merge';
import { SPREAD_SETTINGS } from '../../../workloads/spread-settings';
import { probeTimes } from '../../hosted/hosted-pods';
import { storageClassName } from '../../hosted/volumes';
import { sharedBuffersText, synchronousMembers } from '../postgres-definition';

/** What a primary waits for, as the operator names it. */
const METHOD = { quorum: 'any', on: 'first' } as const;

/** An empty one, unless a cluster begins as a copy of another; pages with checksums show damage. */
const NEW_DATABASE = { initdb: { dataChecksums: true, encoding: 'UTF8', localeCollate: 'C.UTF-8', localeCType: 'C.UTF-8' } };
/** Each user reaches the database of its own name alone, by TLS and password; the operator's own lines come before. */
export const HOST_BASED_AUTHENTICATION = ['hostssl sameuser all all scram-sha-256', 'host all all all reject'];

/** Where users change the operator's own resource. */
const CLUSTER = 'postgresql.cloudNativePg.cluster';

/** Defines the Cluster: everything that CloudNativePG makes members of. */
export function defineCluster(construct: Construct, postgres: CloudNativePgDefinition, endpoint: StoreEndpoint): void {
  const { name, settings } = postgres;
  defineWorkload<ClusterSpec>(construct, 'Cluster', {
    apiVersion: 'postgresql.cnpg.io/v1',
    kind: 'Cluster',
    metadata: { name },
    spec: merge(
      { ...clusterSpec(postgres), managed: { roles: late(() => managedRoles(construct, postgres, endpoint)) } },
      settings.cloudNativePg.cluster, construct.node.path, new Map(), CLUSTER, { keys: [], content: [CLUSTER] },
    ),
  });
}

function clusterSpec(postgres: CloudNativePgDefinition): ClusterSpec {
  const { name, group, settings, backup, memberResources } = postgres;
  const { profile } = group;
  const { labels } = profile._values;
  const several = settings.instances > 1;
  const shutdown = settings.shutdown.toSeconds();
  return {
    instances: settings.instances,
    imageName: settings.image.toString(),
    imagePullPolicy: 'Always',
    imagePullSecrets: pullSecrets(profile),
    // policies select by it, as they do with every other store
    inheritedMetadata: { labels: { ...labels, app: name } },
    storage: { size: settings.storage, storageClass: storageClassName(settings.storageClass) },
    resources: memberResources._toKube(),
    ephemeralVolumesSizeLimit: { shm: settings.sharedMemory },
    priorityClassName: priorityClassOf(group, settings.tier),
    seccompProfile: { type: 'RuntimeDefault' },
    ...placement(postgres),
    // with one member a budget would keep its node from ever being drained
    enablePDB: several,
    primaryUpdateStrategy: 'unsupervised',
    // a member that is up to date takes over sooner than the primary is back
    primaryUpdateMethod: several ? 'switchover' : 'restart',
    stopDelay: shutdown,
    switchoverDelay: shutdown,
    // clients keep their connections open, so nothing is won by waiting for them to leave
    smartShutdownTimeout: 0,
    startDelay: settings.cloudNativePg.startTimeout.toSeconds(),
    probes: probes(postgres),
    enableSuperuserAccess: false,
    // clients must know who signed it; the certificates by which members know each other are the operator's
    certificates: { serverTLSSecret: `${name}-tls`, serverCASecret: `${name}-tls` },
    bootstrap: settings.cloudNativePg.cluster.bootstrap === undefined ? NEW_DATABASE : undefined,
    serviceAccountTemplate: accountAnnotations(postgres),
    postgresql: {
      parameters: parameters(postgres),
      pg_hba: HOST_BASED_AUTHENTICATION,
      synchronous: synchronous(postgres),
    },
    plugins: backup ? [backupPlugin(postgres)] : undefined,
  };
}

/** In different zones, and on different nodes where that is possible: the Jobs that make volumes count, and poolers do not. */
function placement({ name, group, settings }: CloudNativePgDefinition): Pick<ClusterSpec, 'affinity' | 'topologySpreadConstraints'> {
  const { maxSkew } = SPREAD_SETTINGS.of(group.profile);
  const topologyKey = 'kubernetes.io/hostname';
  const labelSelector = { matchLabels: { [LABEL.cluster]: name }, matchExpressions: [{ key: LABEL.role, operator: 'NotIn', values: [POOLER_ROLE] }] };
  return {
    affinity: { enablePodAntiAffinity: true, podAntiAffinityType: 'preferred', topologyKey },
    topologySpreadConstraints: [
      // a member's volume holds it in its zone for ever, so that an uneven start would stay
      { topologyKey: 'topology.kubernetes.io/zone', maxSkew, whenUnsatisfiable: settings.zoneSpread, labelSelector },
      { topologyKey, maxSkew, whenUnsatisfiable: 'ScheduleAnyway', labelSelector },
    ],
  };
}

function probes({ settings }: CloudNativePgDefinition): NonNullable<ClusterSpec['probes']> {
  return { liveness: probeTimes(settings), readiness: probeTimes(settings) };
}

function parameters({ settings, backup }: CloudNativePgDefinition): { [name: string]: string } {
  return {
    ...settings.parameters,
    shared_buffers: sharedBuffersText(settings),
    password_encryption: 'scram-sha-256',
    ssl_min_protocol_version: 'TLSv1.3',
    ...backup ? { archive_timeout: `${backup.plan.archiveTimeout.toSeconds()}s` } : {},
  };
}

/** What a commit waits for, and that nobody takes over who may lack it. */
function synchronous({ settings }: CloudNativePgDefinition): NonNullable<ClusterSpec['postgresql']>['synchronous'] {
  const { synchronousMode, strict } = settings;
  return synchronousMode === 'off' ? undefined : {
    method: METHOD[synchronousMode as keyof typeof METHOD],
    number: synchronousMembers(settings),
    dataDurability: strict ? 'required' : 'preferred',
    failoverQuorum: true,
  };
}

/** By which a cloud knows the pods, where no Secret holds credentials. */
function accountAnnotations({ backup }: CloudNativePgDefinition): ClusterSpec['serviceAccountTemplate'] {
  const annotations = backup?.storage.options.credentials._annotations ?? {};
  return Object.keys(annotations).length === 0 ? undefined : { metadata: { annotations } };
}
