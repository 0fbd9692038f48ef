import { Cluster } from './support/cluster';
import type { Manifest } from './support/manifest';
import { ENGINES, fullShop, objectsOfShop } from '../support/gateway';

const CRDS = [
  'gateway-api.gateway.networking.k8s.io.yaml', 'envoy-gateway.gateway.envoyproxy.io.yaml', 'cert-manager.cert-manager.io.yaml',
  'istio.networking.istio.io.yaml', 'istio.security.istio.io.yaml',
];
/** What each engine's gateway renders, after the namespaces it stands in, and the policies of what it exposes. */
const KINDS = [
  'Namespace', 'Gateway', 'HTTPRoute', 'GRPCRoute', 'Certificate', 'ClientTrafficPolicy', 'SecurityPolicy', 'BackendTrafficPolicy', 'Ingress',
  'RequestAuthentication', 'AuthorizationPolicy', 'EnvoyFilter', 'ConfigMap', 'NetworkPolicy', 'PriorityClass', 'Service',
];

/** The manifests of one engine, in namespaces of their own: a policy of Istio does not meet one of Envoy Gateway. */
function rendered(engine: keyof typeof ENGINES): Manifest[] {
  const all: Manifest[] = objectsOfShop(fullShop(ENGINES[engine]));
  const suffix = `-${engine.toLowerCase()}`;
  const chosen = KINDS.flatMap((each) => all.filter(({ kind }) => kind === each));
  return JSON.parse(JSON.stringify(chosen)
    .replaceAll('core-business-prod', `core-business${suffix}`).replaceAll('platform-prod', `platform${suffix}`));
}

const MANIFESTS = { envoyGateway: rendered('envoyGateway'), istio: rendered('istio'), ingress: rendered('ingress') };

describe.each(['1.27', '1.36'])('gateways on Kubernetes %s, with the CRDs of Gateway API 1.6, Envoy Gateway 1.9, Istio 1.30 and cert-manager 1.21', (version) => {
  let cluster: Cluster;

  beforeAll(async () => {
    cluster = await Cluster.start(version);
    const { status, stderr } = await cluster.installCrds(...CRDS);
    // the rules of TLSRoute, which is not rendered, use what came with 1.30
    const left = version === '1.27' ? ['not installed on 1.27, as is known: tlsroutes.gateway.networking.k8s.io'] : [];
    expect({ status, left: stderr.split('\n').filter((line) => /not installed/i.test(line)) }).toEqual({ status: 0, left });
  }, 300_000);
  afterAll(() => cluster?.stop());

  const KIND_COUNTS = {
    envoyGateway: { Gateway: 1, HTTPRoute: 6, GRPCRoute: 1, Certificate: 3, ClientTrafficPolicy: 1, SecurityPolicy: 7, BackendTrafficPolicy: 6 },
    istio: { Gateway: 1, HTTPRoute: 5, GRPCRoute: 1, Certificate: 3, RequestAuthentication: 1, AuthorizationPolicy: 1, EnvoyFilter: 1, ConfigMap: 1 },
    ingress: { Ingress: 2, Certificate: 2 },
  };
  test.each(Object.entries(MANIFESTS))('of %s are taken whole, without a warning', async (engine, manifests) => {
    const { status, stdout, stderr } = await cluster.apply(manifests);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout.trimEnd().split('\n')).toHaveLength(manifests.length);
    const counts = KIND_COUNTS[engine as keyof typeof KIND_COUNTS];
    const found = Object.fromEntries(Object.keys(counts).map((kind) => [kind, manifests.filter((manifest) => manifest.kind === kind).length]));
    expect(found).toEqual(counts);
  });

  test.each(Object.entries(MANIFESTS))('of %s are not changed when they are applied again', async (_engine, manifests) => {
    const kinds = [...new Set(manifests.map(({ kind, apiVersion }) => `${kind.toLowerCase()}${apiVersion.includes('/') ? `.${apiVersion.split('/')[1]}.${apiVersion.split('/')[0]}` : ''}`))];
    const generations = async () => Object.fromEntries(await Promise.all(kinds.map(async (kind) =>
      [kind, (await cluster.list(kind)).map(({ metadata }) => [metadata.namespace, metadata.name, metadata.generation])])));
    const before = await generations();
    expect(await cluster.apply(manifests)).toMatchObject({ status: 0, stderr: '' });
    expect(await generations()).toEqual(before);
  });

  type Change = (spec: any) => void;
  const REFUSED: [string, keyof typeof MANIFESTS, string, string, Change, string][] = [
    ['has two listeners of one name', 'envoyGateway', 'Gateway', 'api', (spec) => { spec.listeners[2].name = spec.listeners[1].name; },
      'duplicate entries for key [name='],
    ['listens twice to one hostname', 'envoyGateway', 'Gateway', 'api', (spec) => { spec.listeners[2].hostname = spec.listeners[1].hostname; },
      'Combination of port, protocol and hostname must be unique for each listener'],
    ['has TLS without a certificate', 'envoyGateway', 'Gateway', 'api', (spec) => { delete spec.listeners[1].tls.certificateRefs; },
      'certificateRefs or options must be specified when mode is Terminate'],
    ['has TLS where there is none', 'envoyGateway', 'Gateway', 'api', (spec) => { spec.listeners[0].tls = spec.listeners[1].tls; },
      "tls must not be specified for protocols ['HTTP', 'TCP', 'UDP']"],
    ['has a path without a slash', 'envoyGateway', 'HTTPRoute', 'api-auth', (spec) => { spec.rules[0].matches[0].path.value = 'auth'; },
      "value must be an absolute path and start with '/'"],
    ['has a path that is normalized', 'envoyGateway', 'HTTPRoute', 'api-auth', (spec) => { spec.rules[0].matches[0].path.value = '/a//b'; },
      "must not contain '//'"],
    ['strips a prefix of an exact path', 'envoyGateway', 'HTTPRoute', 'api-checkout', (spec) => { spec.rules[0].matches[0].path.type = 'Exact'; },
      'exactly one PathPrefix match must be specified'],
    ['repeats for longer than a client waits', 'envoyGateway', 'HTTPRoute', 'api-auth', (spec) => { spec.rules[0].timeouts.backendRequest = '31s'; },
      'backendRequest timeout cannot be longer than request timeout'],
    ['leads to a service without a port', 'envoyGateway', 'HTTPRoute', 'api-auth', (spec) => { delete spec.rules[0].backendRefs[0].port; },
      'Must have port for Service reference'],
    ['has an origin with a path', 'envoyGateway', 'HTTPRoute', 'api-checkout', (spec) => { spec.rules[0].filters[0].cors.allowOrigins = ['https://a.example.com/b']; },
      'spec.rules[0].filters[0].cors.allowOrigins[0]'],
    ['misspells a service of gRPC', 'envoyGateway', 'GRPCRoute', 'api-grpc', (spec) => { spec.rules[0].matches[0].method.service = 'shop/v1'; },
      'service must only contain valid characters'],
    ['speaks an unknown TLS', 'envoyGateway', 'ClientTrafficPolicy', 'api', (spec) => { spec.tls.minVersion = '1.4'; }, 'Unsupported value: "1.4"'],
    ['names ciphers, which TLS 1.3 decides itself', 'envoyGateway', 'ClientTrafficPolicy', 'api', (spec) => { spec.tls.ciphers = ['ECDHE-RSA-AES128-GCM-SHA256']; },
      'setting ciphers has no effect if the minimum possible TLS version is 1.3'],
    ['is for a Service', 'envoyGateway', 'ClientTrafficPolicy', 'api', (spec) => { spec.targetRefs[0].kind = 'Service'; },
      'this policy can only have a targetRefs[*].kind of Gateway or ListenerSet'],
    ['has no keys', 'envoyGateway', 'SecurityPolicy', 'api-checkout', (spec) => { delete spec.jwt.providers[0].remoteJWKS; },
      'either remoteJWKS or localJWKS must be specified'],
    ['asks for claims of tokens it does not read', 'envoyGateway', 'SecurityPolicy', 'api-orders', (spec) => { delete spec.jwt; },
      'if authorization.rules.principal.jwt is used, jwt must be defined'],
    ['has a login without a provider', 'envoyGateway', 'SecurityPolicy', 'api-backoffice', (spec) => { delete spec.oidc.provider; }, 'spec.oidc.provider: Required value'],
    ['has a login of nobody', 'envoyGateway', 'SecurityPolicy', 'api-backoffice', (spec) => { delete spec.oidc.clientID; },
      'only one of clientID or clientIDRef must be set'],
    ['counts in an unknown unit', 'envoyGateway', 'BackendTrafficPolicy', 'api-checkout', (spec) => { spec.rateLimit.local.rules[0].limit.unit = 'Fortnight'; },
      'Unsupported value: "Fortnight"'],
    ['repeats for an unknown reason', 'envoyGateway', 'BackendTrafficPolicy', 'api-checkout', (spec) => { spec.retry.retryOn.triggers = ['always']; }, 'Unsupported value: "always"'],
    ['has a certificate of nobody', 'envoyGateway', 'Certificate', 'api-api.example.com', (spec) => { delete spec.issuerRef; }, 'spec.issuerRef: Required value'],
    ['has a key of an unknown kind', 'envoyGateway', 'Certificate', 'api-api.example.com', (spec) => { spec.privateKey.algorithm = 'DSA'; }, 'Unsupported value: "DSA"'],
    ['has keys at an address without a scheme', 'istio', 'RequestAuthentication', 'api', (spec) => { spec.jwtRules[0].jwksUri = 'ftp://login.example.com/keys'; },
      'url must have scheme http:// or https://'],
    ['has keys at an address and in place', 'istio', 'RequestAuthentication', 'api', (spec) => { spec.jwtRules[0].jwks = '{}'; },
      'only one of jwks or jwksUri can be set'],
    ['is for a gateway and for pods', 'istio', 'RequestAuthentication', 'api', (spec) => { spec.selector = { matchLabels: { app: 'a' } }; },
      'only one of targetRefs or selector can be set'],
    ['is for a gateway elsewhere', 'istio', 'AuthorizationPolicy', 'api', (spec) => { spec.targetRefs[0].namespace = 'other'; },
      'cross namespace referencing is not currently supported'],
    ['allows in another word', 'istio', 'AuthorizationPolicy', 'api', (spec) => { spec.action = 'PERMIT'; }, 'Unsupported value: "PERMIT"'],
    ['changes proxies in an unknown way', 'istio', 'EnvoyFilter', 'api', (spec) => { spec.configPatches[0].patch.operation = 'MIX'; }, 'Unsupported value: "MIX"'],
    ['has a path of an unknown kind', 'ingress', 'Ingress', 'api-auth', (spec) => { spec.rules[0].http.paths[0].pathType = 'Regex'; }, 'Unsupported value: "Regex"'],
    ['leads nowhere', 'ingress', 'Ingress', 'api-auth', (spec) => { delete spec.rules[0].http.paths[0].backend.service; }, 'resource or service backend is required'],
  ];
  test.each(REFUSED)('are refused if one %s', async (_what, engine, kind, name, change, message) => {
    const original = MANIFESTS[engine].find((manifest) => manifest.kind === kind && manifest.metadata.name === name);
    const twin: Manifest = JSON.parse(JSON.stringify(original));
    twin.metadata.name = `${twin.metadata.name}-twin`;
    change(twin.spec);
    const { status, stderr } = await cluster.apply([twin]);
    expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringContaining(message) });
  });
});
