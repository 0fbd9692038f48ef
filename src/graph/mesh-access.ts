import { daprAllows } from './dapr-access';
import type { Endpoint } from './endpoint';
import type { HttpRequest } from './http-request';
import { istioAllows, istioRequiresTls } from './istio-access';
import { linkerdAllows } from './linkerd-access';
import type { Identity, MeshRequest } from './mesh-request';
import type { PolicyIndex } from './policy-index';
import type { ManifestSet } from '../manifests/manifest-set';
import { DAPRD, LINKERD_PROXY } from '../values/ports';

type MeshName = 'istio' | 'linkerd';

/** The annotations that list ports around the proxy. */
const AROUND = {
  in: ['traffic.sidecar.istio.io/excludeInboundPorts', 'config.linkerd.io/skip-inbound-ports'],
  out: ['traffic.sidecar.istio.io/excludeOutboundPorts', 'config.linkerd.io/skip-outbound-ports'],
};

/** What lets a request through after the network did: rules of Cilium for HTTP, the proxy of a mesh, and the Dapr sidecar. */
export class MeshAccess {
  public constructor(private readonly manifests: ManifestSet, private readonly policies: PolicyIndex) {}

  /** The port that network policies see: Linkerd's proxies speak to each other on one of their own. */
  public wirePort(to: Endpoint, port: number): number {
    return this.meshOf(to) === 'linkerd' && !goesAround(to, port, 'in') ? LINKERD_PROXY.inbound : port;
  }

  public admits(from: Endpoint, to: Endpoint, port: number, { method = 'GET', path = '/' }: HttpRequest): boolean {
    const request: MeshRequest = { port, method, path };
    return this.ciliumAllows(from, to, { ...request, port: this.wirePort(to, port) }) && this.meshAllows(from, to, request)
      && (port !== DAPRD.internalGrpc || daprAllows(this.manifests, from, to, request));
  }

  private meshAllows(from: Endpoint, to: Endpoint, request: MeshRequest): boolean {
    const [mesh, sender] = [this.meshOf(to), this.meshOf(from)];
    const isSent = sender === mesh && !goesAround(from, request.port, 'out');
    if (mesh === undefined) {
      return true;
    }
    if (goesAround(to, request.port, 'in')) {
      // Istio's proxy sends TLS to every pod with a proxy, which the application cannot read here
      return mesh === 'linkerd' || !isSent;
    }
    const identity = isSent ? identityOf(from) : undefined;
    if (mesh === 'linkerd') {
      return linkerdAllows(this.manifests, to, identity, request);
    }
    const isTaken = identity !== undefined || !istioRequiresTls(this.manifests, to, request.port);
    return isTaken && istioAllows(this.manifests, to, identity, request);
  }

  /** Where one rule knows no requests, limits of others have no effect. */
  private ciliumAllows(from: Endpoint, to: Endpoint, { port, method, path }: MeshRequest): boolean {
    const rules = this.policies.rulesFor(from, to, port);
    return rules === undefined || rules.some(({ requests }) => requests === undefined
      || requests.some((pattern) => fits(pattern.method, method) && fits(pattern.path, path)));
  }

  private meshOf({ namespace, _template: { metadata } }: Endpoint): MeshName | undefined {
    const { labels = {}, annotations = {} } = metadata ?? {};
    const around = namespace === undefined ? undefined : this.manifests.named('Namespace', namespace);
    const istio = labels['sidecar.istio.io/inject'] ?? annotations['sidecar.istio.io/inject'] ?? (around?.labels['istio-injection'] === 'enabled' ? 'true' : 'false');
    const linkerd = annotations['linkerd.io/inject'] ?? around?.annotations['linkerd.io/inject'];
    return metadata === undefined ? undefined : istio === 'true' ? 'istio' : ['enabled', 'ingress'].includes(linkerd) ? 'linkerd' : undefined;
  }
}

function goesAround({ _template: { metadata } }: Endpoint, port: number, way: 'in' | 'out'): boolean {
  const lists = AROUND[way].flatMap((name): string[] => (metadata?.annotations?.[name] ?? '').split(','));
  return lists.some((text) => {
    const [first, last = first] = text.split('-');
    return text.trim() !== '' && Number(first) <= port && port <= Number(last);
  });
}

function identityOf({ namespace, _template: { spec } }: Endpoint): Identity {
  return { namespace: namespace!, account: spec?.serviceAccountName ?? 'default' };
}

function fits(pattern: string | undefined, text: string): boolean {
  return pattern === undefined || new RegExp(`^(?:${pattern})$`).test(text);
}
