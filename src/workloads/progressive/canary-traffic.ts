/**
 * What lets a canary have its share of the requests.
 */
export enum CanaryTraffic {
  /**
   * The number of its pods: of ten pods, one is a tenth of what arrives, by whatever way. Nothing need be installed, but a share of 10 % needs
   * ten replicas: synthesis fails where there may be fewer.
   */
  REPLICA_RATIO = 'replicaRatio',

  /**
   * The weights of the routes by which an `ApiGateway` exposes the service, whatever the number of pods. Calls from within the cluster stay
   * with the old version until the end. Needs the plug-in `argoproj-labs/gatewayAPI` in the controller of Argo Rollouts.
   *
   * @see https://rollouts-plugin-trafficrouter-gatewayapi.readthedocs.io/
   */
  GATEWAY_API = 'gatewayApi',

  /**
   * The weights of the VirtualService of the mesh, for direct calls from within it. Calls between Dapr sidecars go around the mesh.
   *
   * @see https://argo-rollouts.readthedocs.io/en/stable/features/traffic-management/istio/
   */
  ISTIO = 'istio',
}
