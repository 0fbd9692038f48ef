/**
 * From where a function can be called.
 *
 * @see https://knative.dev/docs/serving/services/private-services/
 */
export enum FunctionVisibility {
  /**
   * From inside of the cluster only.
   */
  CLUSTER_LOCAL = 'cluster-local',

  /**
   * Also from outside, by the gateway of Knative, under the domain of the cluster.
   */
  EXTERNAL = 'external',
}
