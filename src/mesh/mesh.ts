import { fail } from '../values/errors';
import { NetworkPeer } from '../values/network-peer';
import { DAPR_CONTROL_PLANE, DAPRD, HTTPS_PORT, LINKERD_PROXY } from '../values/ports';
import { plainText, portNumber } from '../values/value-checks';

/**
 * How a mesh with a proxy in each pod is installed, as far as manifests depend on it.
 */
export interface MeshProxyOptions {
  /**
   * The trust domain of the mesh, which is part of each identity.
   *
   * @default - the profile's `clusterDomain` (cluster.local)
   */
  readonly trustDomain?: string;

  /**
   * The ports on which a pod is reached around the mesh, in place of those that are known to be needed.
   *
   * Synthesis fails if one is missing without which Dapr and the mesh break each other.
   *
   * @default - the ports of the Dapr sidecar
   */
  readonly excludedInboundPorts?: number[];

  /**
   * The ports that a pod reaches around the mesh, in place of those that are known to be needed.
   *
   * Synthesis fails if one is missing without which Dapr, or a store, and the mesh break each other.
   *
   * @default - the ports of Dapr sidecars and of Dapr's control plane, and those of the stores that a service uses
   */
  readonly excludedOutboundPorts?: number[];
}

/**
 * How the Istio of a cluster is installed, as far as manifests depend on it.
 */
export interface IstioOptions extends MeshProxyOptions {
  /**
   * The revision of Istio that injects proxies, such as `1-30-3` or a tag of revisions.
   *
   * @default - the default revision
   * @see https://istio.io/latest/docs/setup/upgrade/canary/
   */
  readonly revision?: string;

  /**
   * The cluster addresses of the Services `dapr-api` and `dapr-sentry`, in CIDR notation such as `10.96.10.20/32`.
   *
   * Both listen on port 443 under the port name `grpc`, which Istio takes for HTTP/2 without TLS; so Istio must not see them.
   *
   * @default - port 443 as a whole goes around the mesh in pods with a Dapr sidecar, HTTPS to the outside included
   */
  readonly daprControlPlaneAddresses?: string[];
}

/**
 * How the Cilium of a cluster is installed, as far as manifests depend on it.
 */
export interface CiliumOptions {
  /**
   * Whether each connection between services is authenticated by SPIFFE identities of Cilium, which needs SPIRE.
   *
   * Cilium authenticates beside the connection. What encrypts it is WireGuard or IPsec, a setting of the installation.
   *
   * @default true
   * @see https://docs.cilium.io/en/stable/network/servicemesh/mutual-authentication/mutual-authentication/
   */
  readonly mutualAuthentication?: boolean;
}

/** Which mesh it is. */
export type MeshKind = 'none' | 'istio' | 'linkerd' | 'cilium';

/**
 * The service mesh of an environment: who may call whom by identity, encryption of what goes directly from service to
 * service, timeouts, retries and the way out, all from the edges that the program states anyway.
 *
 * Calls between two Dapr sidecars go around Istio and Linkerd: Dapr encrypts, authorises and repeats them itself, and twice would be
 * once too often. Network policies hold for both.
 *
 * @see https://docs.dapr.io/concepts/service-mesh/
 *
 * @example
 *
 * const organisation = PlatformProfile.standard().with(mesh.MeshDefaults.of({ mesh: mesh.Mesh.istio() }));
 * const dev = Environment.of('dev').with(mesh.MeshDefaults.of({ mesh: mesh.Mesh.none() }));
 */
export class Mesh {
  /**
   * No mesh: network policies, and Dapr between services with sidecars.
   */
  public static none(): Mesh {
    return new Mesh('none');
  }

  /**
   * Istio with a proxy beside each service.
   *
   * @see https://istio.io/latest/docs/ops/deployment/architecture/
   */
  public static istio(options: IstioOptions = {}): Mesh {
    checkPorts('Mesh.istio', options);
    checkTexts('Mesh.istio', { revision: options.revision, trustDomain: options.trustDomain });
    // checks each
    options.daprControlPlaneAddresses?.forEach((cidr) => NetworkPeer.cidr(cidr));
    if (options.daprControlPlaneAddresses?.length === 0) {
      fail('Mesh.istio', 'daprControlPlaneAddresses is an empty list, so Istio would break the way to dapr-api and dapr-sentry', 'Name their addresses, or leave it out');
    }
    return new Mesh('istio', options);
  }

  /**
   * Linkerd with a proxy beside each service.
   *
   * @see https://linkerd.io/2/overview/
   */
  public static linkerd(options: MeshProxyOptions = {}): Mesh {
    checkPorts('Mesh.linkerd', options);
    checkTexts('Mesh.linkerd', { trustDomain: options.trustDomain });
    return new Mesh('linkerd', options);
  }

  /**
   * Cilium without proxies beside services: policies by labels of pods, and by methods and paths, on the node.
   *
   * It renders neither timeouts, retries nor circuit breakers, and shifts no traffic.
   *
   * @see https://docs.cilium.io/en/stable/network/servicemesh/
   */
  public static cilium(options: CiliumOptions = {}): Mesh {
    return new Mesh('cilium', {}, options.mutualAuthentication ?? true);
  }

  /** @internal */
  public readonly _kind: MeshKind;

  /** @internal */
  public readonly _options: IstioOptions;

  /** @internal */
  public readonly _mutualAuthentication: boolean;

  private constructor(kind: MeshKind, options: IstioOptions = {}, mutualAuthentication = false) {
    this._kind = kind;
    this._options = options;
    this._mutualAuthentication = mutualAuthentication;
  }

  /** Its name, such as `istio`. */
  public toString(): string {
    return this._kind;
  }

  /**
   * Whether there is a proxy in each pod.
   *
   * @internal
   */
  public get _proxies(): boolean {
    return this._kind === 'istio' || this._kind === 'linkerd';
  }

  /**
   * The ports at which these of a pod arrive on the network: a proxy of Linkerd speaks to the other one's own port.
   *
   * @see https://linkerd.io/2/common-errors/network-policy/
   * @internal
   */
  public _onTheWire(ports: readonly number[]): number[] {
    return this._kind === 'linkerd' && ports.some((port) => port !== DAPRD.internalGrpc) ? [...ports, LINKERD_PROXY.inbound] : [...ports];
  }

  /**
   * The ports of Dapr that must not pass through the proxy of a pod.
   *
   * @internal
   */
  public get _daprPorts(): { inbound: number[]; outbound: number[] } {
    const { operator, sentry, placement, scheduler } = DAPR_CONTROL_PLANE;
    const tls = this._kind === 'istio' && this._options.daprControlPlaneAddresses === undefined ? [HTTPS_PORT] : [];
    return {
      // calls have Dapr's own mTLS; the kubelet and the collector of metrics have no certificate of the mesh
      inbound: [DAPRD.publicHealth, DAPRD.metrics, DAPRD.internalGrpc],
      outbound: [...tls, operator, sentry, DAPRD.internalGrpc, placement, scheduler],
    };
  }
}

function checkPorts(where: string, options: MeshProxyOptions): void {
  [...options.excludedInboundPorts ?? [], ...options.excludedOutboundPorts ?? []].forEach((port) => portNumber(where, port));
}

function checkTexts(where: string, texts: { [name: string]: string | undefined }): void {
  Object.entries(texts).forEach(([name, text]) => text === undefined || plainText(where, name, text));
}
