/**
 * The first Kubernetes version with sidecars that start before all other containers and leave after them.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/
 */
export const NATIVE_SIDECARS = '1.29';
