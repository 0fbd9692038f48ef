import type { QualityOfService } from './quality-of-service';

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
