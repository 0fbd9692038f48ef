/**
 * Which pods a node gives up first when its memory runs out.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/pods/pod-qos/
 */
export enum QualityOfService {
  /**
   * Given up last: every container's requests of processors and memory equal its limits.
   */
  GUARANTEED = 'Guaranteed',

  /**
   * Given up after best-effort pods: requests below limits.
   */
  BURSTABLE = 'Burstable',

  /**
   * Given up first: neither requests nor limits.
   */
  BEST_EFFORT = 'BestEffort',
}
