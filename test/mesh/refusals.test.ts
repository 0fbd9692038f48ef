import { Duration } from 'cdk8s';
import { ServiceReference } from '../../src/core/service-reference';
import { MeshDefaults } from '../../src/mesh';
import { FaultRehearsal } from '../../src/mesh/fault-rehearsal';
import { Mesh } from '../../src/mesh/mesh';
import { TrafficShift } from '../../src/mesh/traffic-shift';
import type { ServiceChart } from '../../src/platform/service-chart';
import { Environment } from '../../src/profile/environment';
import { RedisCluster } from '../../src/stores/redis/redis-cluster';
import { Dapr } from '../../src/values/dapr';
import { Image } from '../../src/values/image';
import { KubernetesVersion } from '../../src/values/kubernetes-version';
import { NetworkPolicyEngine } from '../../src/values/network-policy-engine';
import { Port } from '../../src/values/port';
import { OneOffJob } from '../../src/workloads/batch/one-off-job';
import { ExternalService } from '../../src/workloads/external-service';
import { KnativeFunction } from '../../src/workloads/function/knative-function';
import type { MicroserviceProps } from '../../src/workloads/microservice-props';
import { errorsOf, findings, group, manifestsOf, profileWith, refusal, ROOMY, service } from '../support/platform';
import { customized, environmentOf } from '../support/settings';
import type { AnyChanges } from '../support/settings';

const inQa = (changes: AnyChanges, define: (chart: ServiceChart) => void) =>
  errorsOf(define, { environment: environmentOf('qa', { capacityPool: 'production', ...changes }).with(MeshDefaults.of({ faultRehearsals: true })) });
const plain = (chart: ServiceChart, name: string, props: MicroserviceProps = {}) => service(chart, name, { dapr: Dapr.none('plain'), ...props });
const [ISTIO, LINKERD, CILIUM] = [{ mesh: Mesh.istio() }, { mesh: Mesh.linkerd() }, { mesh: Mesh.cilium() }];

describe('fails when the mesh captures', () => {
  const istio = (options: Parameters<typeof Mesh.istio>[0]) => ({ mesh: Mesh.istio(options) });

  test('a port of Dapr, because a list of ports leaves it out', () => {
    expect(inQa(istio({ excludedInboundPorts: [50002], excludedOutboundPorts: [443, 50002] }), (chart) => void service(chart))).toEqual([
      "[core-business-qa/checkout/Mesh] the excludedInboundPorts of the mesh leave out 3501, 9090, so its proxy would break the Dapr sidecar of 'checkout'. "
      + 'Add them, or leave excludedInboundPorts out.',
      "[core-business-qa/checkout/Mesh] the excludedOutboundPorts of the mesh leave out 6500, 50001, 50005, 50006, so its proxy would break the Dapr sidecar of 'checkout'. "
      + 'Add them, or leave excludedOutboundPorts out.',
    ]);
  });

  test('the same with Linkerd, which need not be told of 443', () => {
    const mesh = Mesh.linkerd({ excludedInboundPorts: [3501, 9090], excludedOutboundPorts: [6500, 50001, 50002, 50005, 50006] });
    expect(inQa({ mesh }, (chart) => void service(chart))).toEqual([
      "[core-business-qa/checkout/Mesh] the excludedInboundPorts of the mesh leave out 50002, so its proxy would break the Dapr sidecar of 'checkout'. "
      + 'Add it, or leave excludedInboundPorts out.',
    ]);
  });

  test('the port of a store, which speaks TLS of its own', () => {
    expect(inQa(istio({ excludedOutboundPorts: [443] }), (chart) => plain(chart, 'web').uses(RedisCluster.fromNamespace(chart, 'redis', 'infrastructure')))).toEqual([
      "[core-business-qa/web/Mesh] the excludedOutboundPorts of the mesh leave out 6379, so its proxy would break the way to a store of 'web'. Add it, or leave excludedOutboundPorts out.",
    ]);
  });

  test('nothing that a longer list has', () => {
    const mesh = Mesh.istio({ excludedInboundPorts: [22, 3501, 9090, 50002], excludedOutboundPorts: [25, 443, 6500, 50001, 50002, 50005, 50006] });
    const chart = group({ environment: Environment.of('qa', { capacityPool: 'production' }).with(MeshDefaults.of({ mesh })), profile: ROOMY });
    service(chart);
    expect(manifestsOf(chart).get('Deployment', 'checkout').spec.template.metadata.annotations['traffic.sidecar.istio.io/excludeInboundPorts']).toBe('22,3501,9090,50002');
  });
});

describe('fails when a direct call', () => {
  test('comes from outside of the mesh', () => {
    expect(refusal((app) => {
      const core = group({ app, profile: ROOMY });
      const platform = group({ app, name: 'platform', profile: customized(ISTIO, ROOMY) });
      plain(core, 'web').calls(ServiceReference.of('platform', 'auth'));
      plain(platform, 'auth');
    })).toContain('[platform-prod/auth/Mesh] is in the mesh istio, which takes no connection from outside of it, and core-business-prod/web calls it directly, in no mesh. '
      + 'Give both the same mesh, or call through Dapr sidecars.');
  });

  test('comes from a function, whose pods Knative starts', () => {
    expect(inQa(ISTIO, (chart) => {
      const image = Image.of('registry.example.com/resize', { tag: '1' });
      new KnativeFunction(chart, 'resize', { image, dapr: Dapr.none('plain') }).calls(service(chart, 'order'));
    })).toEqual([
      '[core-business-qa/order/Mesh] is in the mesh istio, which takes no connection from outside of it, and core-business-qa/resize calls it directly, in no mesh. '
      + 'Give both the same mesh, or call through Dapr sidecars.',
    ]);
  });

  test('of a function names methods, to which its entry point holds nobody', () => {
    expect(inQa({}, (chart) => {
      const resize = new KnativeFunction(chart, 'resize', { image: Image.of('registry.example.com/resize', { tag: '1' }) });
      service(chart).calls(resize, { methods: ['POST'] });
    })).toEqual([
      "[core-business-qa/checkout] calls 'resize' with methods or paths, and it is called by an entry point that holds nobody to them. Leave methods and paths out.",
    ]);
  });

  test('names methods, and a port does not say that it speaks HTTP', () => {
    expect(inQa(LINKERD, (chart) => plain(chart, 'web').calls(plain(chart, 'order', { ports: [Port.http(8080), Port.of('admin', 8081)] }), { methods: ['GET'] }))).toEqual([
      "[core-business-qa/order/Mesh] is called by core-business-qa/web with methods or paths, directly, and its port 'admin' does not say that it speaks HTTP. "
      + 'Leave methods and paths out, or use Port.http(...) and Port.grpc(...) only.',
    ]);
  });
});

describe('a job', () => {
  const job = (chart: ServiceChart) => new OneOffJob(chart, 'import', { image: Image.of('registry.example.com/import', { tag: '1' }), dapr: Dapr.none('plain') });

  test('fails where the proxy of a mesh would outlive it', () => {
    const changes = { ...ISTIO, kubernetesVersion: KubernetesVersion.of('1.28') };
    expect(inQa(changes, (chart) => void job(chart))).toEqual([
      '[core-business-qa/import/Mesh] the proxy of the mesh istio would go on when the work is done, so that it never ends, on Kubernetes 1.28. '
      + 'Use Kubernetes 1.29, or Mesh.none() for a group of its own.',
    ]);
  });

  test('has a native proxy else, and may call what is in the mesh', () => {
    const chart = group({ environment: environmentOf('qa', { ...ISTIO, capacityPool: 'production' }), profile: ROOMY });
    job(chart).calls(service(chart, 'order'));
    const { metadata } = manifestsOf(chart).of('Job')[0].spec.template;
    expect([metadata.labels['sidecar.istio.io/inject'], metadata.annotations['sidecar.istio.io/nativeSidecar']]).toEqual(['true', 'true']);
    expect(manifestsOf(chart).get('AuthorizationPolicy', 'order').spec.rules[0].from).toEqual([{ source: { principals: ['cluster.local/ns/core-business-qa/sa/import'] } }]);
  });
});

test('a reviewer is told of methods and paths that nothing holds a caller to', () => {
  const chart = group({ profile: ROOMY });
  plain(chart, 'web').calls(service(chart, 'order'), { paths: ['/orders'] });
  expect(findings(chart)).toContain('MS-MESH-001 [core-business-prod/order] is called by core-business-prod/web');
});

describe('a traffic shift fails', () => {
  const shift = (chart: ServiceChart, weights: number[], names = ['order', 'order-next']) => new TrafficShift(chart, 'Shift', {
    service: ServiceReference.of('core-business', 'order'),
    backends: names.map((name, index) => ({ service: ServiceReference.of('core-business', name), weight: weights[index] })),
  });
  const called = (chart: ServiceChart, props: MicroserviceProps = {}) => {
    plain(chart, 'web').calls(service(chart, 'order'));
    service(chart, 'order-next', props);
  };

  test('when its weights do not add up to 100', () => {
    expect(inQa(ISTIO, (chart) => void shift(chart, [90, 20]))).toEqual([
      "[core-business-qa/Shift] the weights of 'order' add up to 110, so no share would be what it says. Let them add up to 100.",
    ]);
    expect(inQa(ISTIO, (chart) => void shift(chart, [99.5, 0.5]))).toEqual([
      '[core-business-qa/Shift] expected a weight to be a whole number from 0 to 100, got 99.5. Use 99.',
    ]);
  });

  test.each([['cilium', CILIUM], ['none', {}]])('with mesh %s, which shifts nothing', (name, changes) => {
    expect(inQa(changes, (chart) => void shift(chart, [90, 10]))).toEqual([
      `[core-business-qa/Shift] shifts traffic of 'order', and mesh ${name} shifts none. Use Mesh.istio() or Mesh.linkerd(), or a canary by DeliveryStrategy.`,
    ]);
  });

  test('when all calls go around the mesh', () => {
    expect(inQa(ISTIO, (chart) => {
      service(chart).calls(service(chart, 'order'));
      service(chart, 'order-next');
      shift(chart, [90, 10]);
    })).toEqual([
      "[core-business-qa/Shift] shifts nothing: no call of 'order' passes through the mesh: calls between Dapr sidecars go around it. "
      + 'Shift by a canary of the service, or call it without a Dapr sidecar.',
    ]);
  });

  test('when the Service of one who answers lacks a port', () => {
    expect(inQa(ISTIO, (chart) => {
      called(chart, { ports: [Port.http(8000)] });
      shift(chart, [90, 10]);
    })).toEqual(["[core-business-qa/Shift] shifts requests of 'order' to 'order-next', whose Service has no port 9000. Give both services the same ports."]);
  });

  test('when one who answers is not defined, and when it is said twice', () => {
    expect(inQa(ISTIO, (chart) => {
      called(chart);
      shift(chart, [90, 10], ['order', 'order-nex']);
    })).toContain("[core-business-qa/Shift] shifts traffic with 'core-business/order-nex', which is not defined. Define a Microservice of that name.");
    expect(inQa(ISTIO, (chart) => {
      called(chart);
      shift(chart, [90, 10]);
      new TrafficShift(chart, 'Again', { service: ServiceReference.of('core-business', 'order'), backends: [{ service: ServiceReference.of('core-business', 'order'), weight: 100 }] });
    })).toEqual([
      "[core-business-qa/Shift] shifts traffic of 'order', and core-business-qa/Again does so too. Say it in one place.",
      "[core-business-qa/Again] shifts traffic of 'order', and core-business-qa/Shift does so too. Say it in one place.",
    ]);
  });
});

describe('a rehearsal of faults fails', () => {
  const order = ServiceReference.of('core-business', 'order');
  const delay = { percent: 10, duration: Duration.seconds(1) };

  test('where the environment does not allow it, as production does not', () => {
    expect(errorsOf((chart) => void new FaultRehearsal(chart, 'Slow', { service: order, delay }), { profile: customized(ISTIO, ROOMY) })).toEqual([
      "[core-business-prod/Slow] lets requests of 'order' fail in environment 'prod', which does not allow it. Set faultRehearsals in the environment for as long as the rehearsal lasts.",
    ]);
  });

  test.each([['linkerd', LINKERD], ['cilium', CILIUM], ['none', {}]])('with mesh %s, which cannot do it', (name, changes) => {
    expect(inQa(changes, (chart) => void new FaultRehearsal(chart, 'Slow', { service: order, delay }))).toEqual([
      `[core-business-qa/Slow] lets requests of 'order' fail, and mesh ${name} cannot do that. Use Mesh.istio().`,
    ]);
  });

  test.each([
    [{}, "rehearses nothing with 'order'. Name a delay or an abort."],
    [{ delay: { ...delay, percent: 0 } }, 'expected percent to be a whole number from 1 to 100, got 0. Use 1 or more.'],
    [{ delay: { ...delay, duration: Duration.millis(0) } }, "delays requests of 'order' by 0 ms. Wait at least 1 ms."],
    [{ abort: { percent: 5, status: 200 } }, 'expected status to be a whole number from 400 to 599, got 200. Use 400 or more.'],
  ])('with %j', (props, message) => {
    expect(inQa(ISTIO, (chart) => void new FaultRehearsal(chart, 'Slow', { service: order, ...props }))).toEqual([`[core-business-qa/Slow] ${message}`]);
  });

  test('when the service is not defined, when no request of it passes through the mesh, and when it is said twice', () => {
    expect(inQa(ISTIO, (chart) => void new FaultRehearsal(chart, 'Slow', { service: order, delay }))).toEqual([
      "[core-business-qa/Slow] rehearses 'core-business/order', which is not defined. Define a Microservice of that name.",
    ]);
    expect(inQa(ISTIO, (chart) => {
      service(chart).calls(service(chart, 'order'));
      new FaultRehearsal(chart, 'Slow', { service: order, delay });
    })).toEqual([
      "[core-business-qa/Slow] lets nothing fail: no call of 'order' passes through the mesh: calls between Dapr sidecars go around it. "
      + 'Rehearse at the application, or call it without a Dapr sidecar.',
    ]);
    expect(inQa(ISTIO, (chart) => {
      plain(chart, 'web').calls(service(chart, 'order'));
      ['Slow', 'Slower'].forEach((id) => new FaultRehearsal(chart, id, { service: order, delay }));
    })[0]).toBe("[core-business-qa/Slow] rehearses 'order', and core-business-qa/Slower does so too. Say it in one place.");
  });
});

describe('a host outside of the cluster', () => {
  const provider = 'api.payments.example';

  test.each([['kubernetes', NetworkPolicyEngine.KUBERNETES], ['calico', NetworkPolicyEngine.CALICO]])('needs addresses where %s enforces policies', (_name, policyEngine) => {
    expect(inQa({ network: { policyEngine } }, (chart) => service(chart).calls(ExternalService.fromHost(provider)))).toEqual([
      `[core-business-qa/checkout/ExternalHosts] calls '${provider}', and a NetworkPolicy knows addresses but no names, so nothing would let it out. `
      + `Name its addresses by ExternalService.fromHost('${provider}', { cidrs: [...] }), or set network.policyEngine to NetworkPolicyEngine.CILIUM where Cilium is installed.`,
    ]);
  });

  test('is reached on its ports, and by nobody who does not call it', () => {
    const chart = group({ profile: ROOMY });
    service(chart).calls(ExternalService.fromHost(provider, { ports: [8443], cidrs: ['203.0.113.0/24', '2001:db8::/32'] }));
    service(chart, 'order');
    expect(manifestsOf(chart).get('NetworkPolicy', 'checkout-calls').spec.egress).toEqual([
      { to: [{ ipBlock: { cidr: '2001:db8::/32' } }, { ipBlock: { cidr: '203.0.113.0/24' } }], ports: [{ port: 8443, protocol: 'TCP' }] },
    ]);
    expect(manifestsOf(chart).names).not.toContain('NetworkPolicy/order-calls');
    expect(manifestsOf(chart).of('Resiliency')).toEqual([]);
  });

  test.each([
    [() => ExternalService.fromHost('payments'), "ExternalService.fromHost: 'payments' has no domain, so it would be a Service of the caller's namespace. "
      + "Write the whole name, such as 'payments.example.com', or use ImportedService.fromName()."],
    [() => ExternalService.fromHost('203.0.113.7'), "ExternalService.fromHost: '203.0.113.7' is an address and no name. Allow it by a ServiceNetworkPolicy with NetworkPeer.cidr()."],
    [() => ExternalService.fromHost('Api.Payments.example'), "ExternalService.fromHost: host 'Api.Payments.example' is not a DNS subdomain: it has 'A'. Write 'api.payments.example'."],
    [() => ExternalService.fromHost('*.payments.example'), "ExternalService.fromHost: host '*.payments.example' is not a DNS subdomain: it has '*'. Write 'payments.example'."],
    [() => ExternalService.fromHost(provider, { ports: [] }), `ExternalService.fromHost: '${provider}' has no port. Name one, or leave ports out.`],
    [() => ExternalService.fromHost(provider, { ports: [0] }), 'ExternalService.fromHost: expected a whole number from 1 to 65535, got 0. Use 1 or more.'],
    [() => ExternalService.fromHost(provider, { cidrs: ['0.0.0.0/0'] }), 'NetworkPeer.cidr: 0.0.0.0/0 holds every address, so little would be denied. Name the range that is really needed, or use NetworkPeer.internet({ reason }) in a ServiceNetworkPolicy.'],
  ])('fails where it is none: %#', (define, message) => {
    expect(define).toThrow(new Error(message));
  });

  test('takes no options, because nobody sees into its connection', () => {
    expect(() => service(group()).calls(ExternalService.fromHost(provider), { retries: 2 })).toThrow(new Error(
      `[core-business-prod/checkout] calls '${provider}' with options, and nobody between here and there sees more of it than its connection. Leave them out.`));
  });
});

describe('Mesh', () => {
  test.each([
    [() => Mesh.istio({ excludedInboundPorts: [70000] }), 'Mesh.istio: expected a whole number from 1 to 65535, got 70000. Use 65535 or less.'],
    [() => Mesh.istio({ daprControlPlaneAddresses: [] }), 'Mesh.istio: daprControlPlaneAddresses is an empty list, so Istio would break the way to dapr-api and dapr-sentry. '
      + 'Name their addresses, or leave it out.'],
    [() => Mesh.istio({ daprControlPlaneAddresses: ['10.96.10.20'] }), "NetworkPeer.cidr: expected a range such as 10.1.0.0/16, got '10.96.10.20'. Write an address, a slash and the number of fixed bits."],
    [() => Mesh.linkerd({ trustDomain: '' }), 'Mesh.linkerd: trustDomain is empty. Write at least one word.'],
    [() => profileWith({ mesh: 'istio' as never }), "PlatformProfile.customize: expected mesh to be a Mesh, got 'istio'. Leave it out, or give a value of its kind."],
    [() => group({ profile: profileWith({ ...CILIUM, network: { policyEngine: NetworkPolicyEngine.CALICO } }) }), '[core-business-prod] the mesh is cilium and network.policyEngine is calico, and a cluster has one of them. '
      + 'Set network.policyEngine to NetworkPolicyEngine.CILIUM.'],
    [() => profileWith({ circuitBreaker: { maxEjectedPercent: 0 } }), 'PlatformProfile.customize: expected circuitBreaker.maxEjectedPercent to be a whole number from 1 to 100, got 0. Use 1 or more.'],
    [() => profileWith({ circuitBreaker: { interval: Duration.millis(500) } }), 'PlatformProfile.customize: expected circuitBreaker.interval to be 1 or more whole seconds, got 0.5 seconds. Use Duration.seconds(1).'],
  ])('fails on what it cannot be: %#', (define, message) => {
    expect(define).toThrow(new Error(message));
  });

  test('may be another one in each environment', () => {
    const organisation = customized(ISTIO, ROOMY);
    const kinds = (changes: AnyChanges) => {
      const chart = group({ profile: organisation, environment: environmentOf('qa', { capacityPool: 'production', ...changes }) });
      service(chart);
      return manifestsOf(chart).all.map(({ apiVersion }) => apiVersion).filter((version) => /istio|linkerd/.test(version));
    };
    expect(kinds({})).toContain('security.istio.io/v1');
    expect(kinds(LINKERD).filter((version) => version.includes('istio'))).toEqual([]);
    expect(kinds({ mesh: Mesh.none() })).toEqual([]);
  });
});

describe('methods and paths', () => {
  const refused = (options: object) => () => {
    const chart = group();
    service(chart).calls(service(chart, 'order'), options);
  };
  test.each([
    [{ methods: ['get'] }, "'get' is no method of HTTP: those are DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT. Write 'GET'."],
    [{ methods: ['FETCH'] }, "'FETCH' is no method of HTTP: those are DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT. Write one of them."],
    [{ methods: [] }, 'methods is an empty list, which would allow nothing. Name one, or leave methods out.'],
    [{ paths: [] }, 'paths is an empty list, which would allow nothing. Name one, or leave paths out.'],
    [{ paths: ['orders'] }, "the path 'orders' is no plain path. Write segments of letters, digits, '.', '_', '~' and '-', such as '/orders': what is below it is meant too."],
    [{ paths: ['/orders/*'] }, "the path '/orders/*' is no plain path. Write segments of letters, digits, '.', '_', '~' and '-', such as '/orders': what is below it is meant too."],
    [{ paths: ['/orders/'] }, "the path '/orders/' is no plain path. Write segments of letters, digits, '.', '_', '~' and '-', such as '/orders': what is below it is meant too."],
  ])('fail on %j', (options, message) => {
    expect(refused(options)).toThrow(new Error(`[core-business-prod/checkout] ${message}`));
  });
});
