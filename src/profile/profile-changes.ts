import type { ContainerSettings } from '../containers/container-settings';
import type { ArgoCdSettings } from '../delivery/argo-cd-settings';
import type { GatewaySettings } from '../gateway/gateway-settings';
import type { Mesh } from '../mesh/mesh';
import type { CircuitBreakerSettings } from '../mesh/mesh-settings';
import type { NetworkSettings } from '../network/network-settings';
import type { PipelineSettings } from '../pipeline/pipeline-settings';
import type { DisruptionLimit } from '../scaling/disruption-limit';
import type { ScaledJobSettings } from '../scaling/scaled-job-settings';
import type { UtilizationOptions } from '../scaling/scaling';
import type { VerticalBounds } from '../scaling/vertical-scaling';
import type { WorkerSettings } from '../scaling/worker-settings';
import type { AdmissionSettings } from '../security/admission-settings';
import type { ImageSettings } from '../security/image-settings';
import type { SecretSettings } from '../security/secret-settings';
import type { BackupPlan } from '../stores/backup/backup-plan';
import type { BrokerSettings } from '../stores/broker/broker-settings';
import type { ConfigurationBackupSettings } from '../stores/configuration/configuration-backup-settings';
import type { EtcdSettings } from '../stores/etcd/etcd-settings';
import type { KafkaSettings } from '../stores/kafka/kafka-settings';
import type { PostgresSettings } from '../stores/postgres/postgres-settings';
import type { RedisSettings } from '../stores/redis/redis-settings';
import type { DaprVersion } from '../values/dapr-version';
import type { KubernetesVersion } from '../values/kubernetes-version';
import type { Port } from '../values/port';
import type {
  CallSettings, Capacity, ContainerLimits, EventSettings, ProbeSettings,
  RolloutSettings, SecuritySettings, SidecarSettings, SpreadSettings, StorageSettings, TierSettings,
} from '../values/profile-settings';
import type { ResourceAmounts } from '../values/resources';
import type { Tier } from '../values/tier';
import type { BatchSettings } from '../workloads/batch/batch-settings';
import type { FunctionSettings } from '../workloads/function/function-settings';
import type { DeliveryStrategy } from '../workloads/progressive/delivery-strategy';
import type { ProgressiveDeliverySettings } from '../workloads/progressive/progressive-delivery-settings';

/**
 * Changes to a platform profile. What is left out stays as it was.
 */
export interface ProfileChanges {
  /** The registry that images come from, without a trailing slash. */
  readonly imageRegistry?: string;
  /** The Kubernetes version that manifests are rendered for. */
  readonly kubernetesVersion?: KubernetesVersion;
  /** The Dapr version that manifests are rendered for. */
  readonly daprVersion?: DaprVersion;
  /** The DNS domain of the cluster. */
  readonly clusterDomain?: string;
  /** The value of the label `app.kubernetes.io/managed-by`. */
  readonly managedBy?: string;
  /** Labels of every object, besides the recommended ones. */
  readonly labels?: { [name: string]: string };
  /** Severity from which an application writes log lines: `debug`, `info`, `warn`, `error`. */
  readonly logLevel?: string;
  /** The tier of a service that names none. */
  readonly tier?: Tier;
  /** What kind of service it is that says nothing: the value of the label `type`. */
  readonly serviceType?: string;
  /** The ports of a service; the first of each protocol is the one that probes and Dapr use. */
  readonly ports?: Port[];
  /** Processors, memory and disk of an application container. */
  readonly resources?: ResourceAmounts;
  /** How containers are asked for their health. */
  readonly probes?: ProbeSettings;
  /** How services are scaled that do not say otherwise. */
  readonly scaling?: UtilizationOptions;
  /** Between which requests a container is recommended. */
  readonly verticalScaling?: VerticalBounds;
  /** How workers are scaled on their queues that do not say otherwise. */
  readonly workers?: WorkerSettings;
  /** How Jobs are made for what waits in a queue, where nothing else is said. */
  readonly scaledJobs?: ScaledJobSettings;
  /** How many replicas a node drain may take. */
  readonly disruptionLimit?: DisruptionLimit;
  /** How a new version replaces the old one. */
  readonly delivery?: DeliveryStrategy;
  /** What strategies take that Argo Rollouts carries out, where they say nothing themselves. */
  readonly progressiveDelivery?: ProgressiveDeliverySettings;
  /** How Argo CD brings what is rendered into a cluster. */
  readonly argoCd?: ArgoCdSettings;
  /** How a change gets from a commit into an environment, where a `DeliveryPipeline` is defined. */
  readonly pipeline?: PipelineSettings;
  /** How a pod starts, leaves and is replaced. */
  readonly rollout?: RolloutSettings;
  /** The user and file system of containers. */
  readonly security?: SecuritySettings;
  /** Which images may run, and how they must be named. */
  readonly images?: ImageSettings;
  /** What the API server asks of pods, where `AdmissionPolicies` are defined. */
  readonly admission?: AdmissionSettings;
  /** Where secrets come from, and how old they may become. */
  readonly secrets?: SecretSettings;
  /** What each tier means. */
  readonly tiers?: { [tier: string]: TierSettings };
  /** The Dapr sidecar. */
  readonly sidecar?: SidecarSettings;
  /** The containers of a pod beside the application. */
  readonly containers?: ContainerSettings;
  /** What happens when a call fails. */
  readonly calls?: CallSettings;
  /** The service mesh. */
  readonly mesh?: Mesh;
  /** Processors and memory of the proxy that a mesh puts beside a service. */
  readonly meshProxy?: ResourceAmounts;
  /** When a mesh takes a failing pod out of those that it sends requests to. */
  readonly circuitBreaker?: CircuitBreakerSettings;
  /** Whether a `FaultRehearsal` may be defined here: it lets real requests fail. */
  readonly faultRehearsals?: boolean;
  /** Jobs, scheduled jobs and work queues. */
  readonly batch?: BatchSettings;
  /** How events are delivered. */
  readonly events?: EventSettings;
  /** How file storage and stores are reached. */
  readonly storage?: StorageSettings;
  /** The PostgreSQL clusters that the platform runs itself. */
  readonly postgresql?: PostgresSettings;
  /** The Redis clusters that the platform runs itself. */
  readonly redis?: RedisSettings;
  /** The Kafka clusters that Strimzi runs. */
  readonly kafka?: KafkaSettings;
  /** The etcd clusters that their operator runs. */
  readonly etcd?: EtcdSettings;
  /** What is copied out of the cluster, for how long, and how that is proved. */
  readonly backups?: BackupPlan;
  /** How what the API server holds gets into a Git repository. */
  readonly configurationBackup?: ConfigurationBackupSettings;
  /** The message brokers that the platform runs itself. */
  readonly broker?: BrokerSettings;
  /** The way into the cluster. */
  readonly gateway?: GatewaySettings;
  /** What Knative runs while there are calls. */
  readonly functions?: FunctionSettings;
  /** Where pods may be placed. */
  readonly spread?: SpreadSettings;
  /** Who is where in the network. */
  readonly network?: NetworkSettings;
  /** What a namespace may use in all, by its name. */
  readonly quotas?: { [namespace: string]: Capacity };
  /** What a namespace may use in all that `quotas` does not name. */
  readonly defaultQuota?: Capacity;
  /** What the volumes of a namespace may hold together, such as `4Ti`, by its name. One that is not named has no limit. */
  readonly storageQuotas?: { [namespace: string]: string };
  /**
   * How many best-effort pods a namespace may have, 1 or more, by its name. Its quota on processors and memory then counts all other pods, and
   * it has no LimitRange, which would make such pods burstable. A namespace that is not named has none.
   */
  readonly bestEffortPods?: { [namespace: string]: number };
  /** What a single container may use. */
  readonly containerLimits?: ContainerLimits;
  /** The capacity pool of namespaces that all environments share. */
  readonly sharedCapacityPool?: string;
  /** What the namespaces of one capacity pool (a cluster, or a part of one) may use together, by the pool's name. */
  readonly capacity?: { [pool: string]: Capacity };
}
