import type { Duration } from 'cdk8s';
import type { Probe } from './probe';
import type { QualityOfService } from './quality-of-service';
import type { ResourceAmounts } from './resources';

/**
 * How the kubelet asks a container for its health.
 *
 * @see https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/
 */
export interface ProbeSettings {
  /**
   * Restarts the container when it fails. Must not ask for dependencies, or one outage restarts everything.
   *
   * @default - `probes.liveness` of the platform profile in force
   */
  readonly liveness?: Probe;

  /**
   * Takes the pod out of its Services while it fails. May ask for dependencies.
   *
   * @default - `probes.readiness` of the platform profile in force
   */
  readonly readiness?: Probe;

  /**
   * Holds the other two back until the container has started.
   *
   * @default - `probes.startup` of the platform profile in force
   */
  readonly startup?: Probe;
}

/**
 * What a tier means to the scheduler and the kubelet.
 */
export interface TierSettings {
  /**
   * The quality-of-service class of the pods, the Dapr sidecar included.
   *
   * @see https://kubernetes.io/docs/concepts/workloads/pods/pod-qos/
   */
  readonly qualityOfService: QualityOfService;

  /**
   * The value of the PriorityClass; pods of a higher one may displace pods of a lower one.
   *
   * A whole number from 1 to 1,000,000,000.
   *
   * @see https://kubernetes.io/docs/concepts/scheduling-eviction/pod-priority-preemption/
   */
  readonly priority: number;
}

/**
 * An amount of processors and memory: the size of a namespace or of a cluster.
 */
export interface Capacity {
  /**
   * Processors, such as `50` or `50 cores`.
   */
  readonly cpu: string;

  /**
   * Memory, such as `100Gi`.
   */
  readonly memory: string;
}

/**
 * What a container of the namespace gets that says nothing itself, and what it may ask for at most and at least.
 *
 * @see https://kubernetes.io/docs/concepts/policy/limit-range/
 */
export interface ContainerLimits {
  /** The most that one container may be limited to. */
  readonly max?: Capacity;
  /** The least that one container may ask for. */
  readonly min?: Capacity;
  /** The limit of a container without limits: an injected sidecar, a Job of a tool. */
  readonly defaultLimit?: Capacity;
  /** The request of a container without requests. */
  readonly defaultRequest?: Capacity;
}

/**
 * The user and file system of every container.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
export interface SecuritySettings {
  /** The user id of the process, above 10,000 so that it is nobody's on the node. */
  readonly userId?: number;
  /** The group id of the process and of its volumes. */
  readonly groupId?: number;
  /** Folders that stay writable although the root file system is read-only. */
  readonly scratchPaths?: string[];
  /** The most that one scratch folder may hold, such as `128Mi`. */
  readonly scratchSize?: string;
  /** Names of the Secrets by which images are pulled. */
  readonly imagePullSecrets?: string[];
  /** The Pod Security level of the namespaces: `restricted`, `baseline` or `privileged`. */
  readonly podSecurityLevel?: string;
}

/**
 * The Dapr sidecar of every service.
 *
 * @see https://docs.dapr.io/reference/arguments-annotations-overview/
 */
export interface SidecarSettings {
  /** `http` or `grpc`: how the sidecar speaks to the application. */
  readonly appProtocol?: string;
  /** Severity from which the sidecar writes log lines: `debug`, `info`, `warn`, `error`. */
  readonly logLevel?: string;
  /** Processors and memory of the sidecar. */
  readonly resources?: ResourceAmounts;
  /** Memory that the sidecar's Go runtime aims to stay below, in percent of its limit: 1 to 100. */
  readonly memoryTargetPercent?: number;
  /** How long the kubelet waits before it first asks the sidecar for readiness. */
  readonly readinessDelay?: Duration;
  /** The trust domain that the sidecars' certificates name, by which access control knows a caller. */
  readonly trustDomain?: string;
  /** Name of the Dapr Configuration of a namespace. */
  readonly configuration?: string;
  /** The path by which the sidecar asks the application for health. */
  readonly appHealthPath?: string;
}

/**
 * How a pod starts, leaves and is replaced.
 */
export interface RolloutSettings {
  /** How long a new pod must stay ready before it counts as available. */
  readonly minReady?: Duration;
  /** How long a roll-out may make no progress before it is reported as failed. */
  readonly progressDeadline?: Duration;
  /** How many old ReplicaSets are kept for a rollback. */
  readonly revisionHistory?: number;
  /** How long a leaving pod goes on serving, until every proxy has heard of it. */
  readonly preStopDelay?: Duration;
  /** How long the application may take to finish its requests after SIGTERM. */
  readonly drain?: Duration;
  /** How long the sidecar may take to leave after the application. */
  readonly sidecarDrain?: Duration;
  /** What is added to the sum of the three before the kubelet kills. */
  readonly graceMargin?: Duration;
}

/**
 * What Dapr does when a call from one service to another fails.
 *
 * @see https://docs.dapr.io/operations/resiliency/policies/
 */
export interface CallSettings {
  /** How long the caller waits for an answer. */
  readonly timeout?: Duration;
  /** How often a failed call is repeated. */
  readonly retries?: number;
  /** How long the sidecar waits before it repeats a call. */
  readonly retryInterval?: Duration;
}

/**
 * How events are delivered.
 */
export interface EventSettings {
  /** The path at the subscriber that takes the events of a topic is this and the topic's name. */
  readonly routePrefix?: string;
  /** How often the delivery of an event is repeated before it goes to the dead-letter topic. */
  readonly retries?: number;
  /** How long the sidecar waits before it repeats a delivery. */
  readonly retryInterval?: Duration;
  /** The most entries a topic keeps, roughly: acknowledged entries are not deleted otherwise. */
  readonly maxLength?: number;
}

/**
 * How file storage and stores are reached.
 */
export interface StorageSettings {
  /** Who may mount the file storage of a service: `ReadWriteMany`, `ReadOnlyMany`, `ReadWriteOnce`, `ReadWriteOncePod`. */
  readonly accessMode?: string;
  /** The port of a Redis cluster. */
  readonly redisPort?: number;
  /** The port of a PostgreSQL cluster. */
  readonly postgresqlPort?: number;
  /** The port of a Kafka cluster's brokers for clients inside of the cluster: 9092 to 65535. */
  readonly kafkaPort?: number;
  /** How long a sidecar tries to reach a store or broker at its start before it gives up and is restarted. */
  readonly initTimeout?: Duration;
}

/**
 * Where a pod may be placed.
 */
export interface SpreadSettings {
  /** How many more pods one zone, or one node, may have than another. */
  readonly maxSkew?: number;
  /** The weight of the wish to share no node with a pod of the same service: 1 to 100. */
  readonly antiAffinityWeight?: number;
}
