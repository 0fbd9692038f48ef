import { Ambassador } from '../../src/containers/ambassador';
import { Sidecar } from '../../src/containers/sidecar';
import type { CallOptions } from '../../src/core/connection-options';
import { ApiGateway } from '../../src/gateway/api-gateway';
import { Authentication } from '../../src/gateway/authentication';
import { GatewayEngine } from '../../src/gateway/gateway-engine';
import { Endpoint } from '../../src/graph/endpoint';
import { Mesh } from '../../src/mesh/mesh';
import { TrafficShift } from '../../src/mesh/traffic-shift';
import type { ServiceChart } from '../../src/platform/service-chart';
import { Dapr } from '../../src/values/dapr';
import { Image } from '../../src/values/image';
import { Port } from '../../src/values/port';
import { Scaling } from '../../src/values/scaling';
import { WorkItems } from '../../src/workloads/batch/work-items';
import { WorkQueue } from '../../src/workloads/batch/work-queue';
import { CustomWorkload } from '../../src/workloads/custom-workload';
import { KnativeFunction } from '../../src/workloads/function/knative-function';
import { ImportedService } from '../../src/workloads/imported-service';
import type { MicroserviceProps } from '../../src/workloads/microservice-props';
import { ProgressiveDelivery } from '../../src/workloads/progressive/progressive-delivery';
import { ScatterGather } from '../../src/workloads/scatter-gather/scatter-gather';
import { Worker } from '../../src/workloads/worker';
import { INGRESS } from '../support/gateway';
import { messageOf } from '../support/message-of';
import { errorsOf, group, manifestsOf, podOf, profileWith, service } from '../support/platform';
import { environmentOf } from '../support/settings';
import type { AnyChanges } from '../support/settings';

const image = Image.of('registry.example.com/web', { tag: '1.4.2' });
const dapr = Dapr.none('plain HTTP');
const ports = [Port.http(8080, { servicePort: 80 })];

/** `web` on the container port 8080 and the Service port 80, and `shop`, which may call it. */
function program(changes: AnyChanges = {}, props: MicroserviceProps = {}) {
  const chart = group({ environment: environmentOf('prod', { capacityPool: 'production', ...changes }) });
  return { chart, web: service(chart, 'web', { dapr, ports, ...props }), shop: service(chart, 'shop', { dapr }) };
}

const pods = (app: string) => Endpoint.ofPods('core-business-prod', { app });
const variable = (chart: ServiceChart, name: string) => podOf(chart, 'shop').spec.containers[0].env.find((each: any) => each.name === name).value;

describe('a service with a Service port of its own', () => {
  test('listens on the container port, and its Service offers the other', () => {
    const { chart } = program();
    expect(manifestsOf(chart).get('Service', 'web').spec.ports).toEqual([{ name: 'http', port: 80, targetPort: 'http', protocol: 'TCP', appProtocol: 'http' }]);
    const [container] = podOf(chart, 'web').spec.containers;
    expect([container.ports, container.readinessProbe.httpGet.port]).toEqual([[{ name: 'http', containerPort: 8080, protocol: 'TCP' }], 'http']);
  });

  test.each<[string, CallOptions]>([['the main port', {}], ['a named port', { port: 'http' }]])('is called by the Service port, and policies admit the container port: %s', (_, options) => {
    const { chart, web, shop } = program();
    shop.calls(web, { as: 'WEB_ADDR', ...options });
    const { reachability } = manifestsOf(chart);
    expect([web.port, web.address, variable(chart, 'WEB_ADDR')]).toEqual([80, 'web.core-business-prod.svc.cluster.local:80', 'web:80']);
    expect([8080, 80].map((port) => reachability.reaches(pods('shop'), pods('web'), port))).toEqual([true, false]);
  });

  test.each<[string, GatewayEngine, string, (spec: any) => unknown, AnyChanges]>([
    ['Envoy Gateway', GatewayEngine.ENVOY_GATEWAY, 'HTTPRoute', (spec) => spec.rules[0].backendRefs[0].port, {}],
    ['Istio', GatewayEngine.ISTIO, 'HTTPRoute', (spec) => spec.rules[0].backendRefs[0].port, { mesh: Mesh.istio() }],
    ['an Ingress', GatewayEngine.INGRESS, 'Ingress', (spec) => spec.rules[0].http.paths[0].backend.service.port.number, INGRESS],
  ])('is exposed by %s on the Service port, and policies admit the container port', (_, engine, kind, portOf, changes) => {
    const { chart, web } = program(changes);
    new ApiGateway(chart, 'api', { hostnames: ['api.example.com'], engine, authentication: Authentication.none('it is public') }).exposes(web);
    const manifests = manifestsOf(chart);
    expect(portOf(manifests.get(kind, 'api-web').spec)).toBe(80);
    expect(manifests.get('NetworkPolicy', 'web-gateways').spec.ingress[0].ports[0].port).toBe(8080);
  });

  test('is admitted by meshes on the container port, as they see it in the pod', () => {
    const admitted = (mesh: Mesh, kind: string, name: string) => {
      const { chart, web, shop } = program({ mesh });
      shop.calls(web, { methods: ['GET'] });
      return JSON.stringify(manifestsOf(chart).get(kind, name).spec);
    };
    expect(admitted(Mesh.istio(), 'AuthorizationPolicy', 'web')).toContain('"ports":["8080"]');
    expect(admitted(Mesh.linkerd(), 'Server', 'web-http')).toContain('"port":8080');
    expect(admitted(Mesh.cilium(), 'CiliumNetworkPolicy', 'web-callers')).toContain('"port":"8080"');
  });

  test('is shifted by Linkerd on the Service port', () => {
    const { chart, web, shop } = program({ mesh: Mesh.linkerd() });
    const next = service(chart, 'web-next', { dapr, ports: [Port.http(9090, { servicePort: 80 })] });
    shop.calls(web);
    new TrafficShift(chart, 'Shift', { service: web, backends: [{ service: web, weight: 90 }, { service: next, weight: 10 }] });
    const { parentRefs, rules: [{ backendRefs }] } = manifestsOf(chart).get('HTTPRoute', 'web-http-shift').spec;
    expect([parentRefs[0].port, ...backendRefs.map(({ port }: any) => port)]).toEqual([80, 80, 80]);
  });

  test('has it in the Services of both versions, and in the URL of its smoke test', () => {
    const { chart } = program({}, { delivery: ProgressiveDelivery.blueGreen({ smokeTest: { image } }) });
    const manifests = manifestsOf(chart);
    expect(['web', 'web-preview'].map((name) => manifests.get('Service', name).spec.ports[0].port)).toEqual([80, 80]);
    expect(JSON.stringify(manifests.get('AnalysisTemplate', 'web-smoke-test'))).toContain('http://web-preview.core-business-prod.svc.cluster.local:80"');
  });

  test('hands out work by the Service port', () => {
    const { chart, web } = program();
    new WorkQueue(chart, 'shop-queue', { image, dapr, items: WorkItems.handedOutBy(web), parallelism: 2, run: 'first' });
    expect(JSON.stringify(manifestsOf(chart).of('Job'))).toContain('"http://web.core-business-prod.svc.cluster.local:80"');
  });

  test('may be a CustomWorkload', () => {
    const chart = group();
    const render = new CustomWorkload(chart, 'render', { replicas: 1, image, ports });
    expect([render.port, manifestsOf(chart).get('Service', 'render').spec.ports[0].port]).toEqual([80, 80]);
  });

  test('may have it from an ambassador', () => {
    const chart = group();
    service(chart, 'web', { sidecars: [Ambassador.tls({ certificate: 'web-tls', ports: { http: Port.https(8443, { servicePort: 443 }) } })] });
    expect(manifestsOf(chart).get('Service', 'web').spec.ports.map(({ port }: any) => port)).toEqual([443, 9000]);
  });

  test('may have it from the profile, which does not concern leaves and workers', () => {
    const chart = group({ profile: profileWith({ ports }) });
    service(chart, 'web');
    new ScatterGather(chart, 'search', { leaves: 2, root: { image }, leaf: { image } });
    new Worker(chart, 'mailer', { image, scaling: Scaling.replicas(1) });
    expect(['web', 'search-leaf'].map((name) => manifestsOf(chart).get('Service', name).spec.ports[0].port)).toEqual([80, 8080]);
  });
});

describe('an imported service', () => {
  test.each<[string, Port, string, number]>([
    ['on a Service port of its own', Port.http(8080, { servicePort: 80 }), 'ledger.legacy.svc.cluster.local:80', 8080],
    ['that listens on port 80 as root', Port.http(80), 'ledger.legacy.svc.cluster.local:80', 80],
  ])('%s is called by the Service port, and policies let out to the port of its pods', (_, port, address, podPort) => {
    const { chart, shop } = program();
    const ledger = ImportedService.fromName(chart, 'ledger', { namespace: 'legacy', ports: [port] });
    shop.calls(ledger, { as: 'LEDGER_ADDR' });
    expect([ledger.address, variable(chart, 'LEDGER_ADDR')]).toEqual([address, address]);
    expect(manifestsOf(chart).get('NetworkPolicy', 'shop-calls').spec.egress[0].ports).toEqual([{ port: podPort, protocol: 'TCP' }]);
  });
});

describe('fails', () => {
  test.each<[string, (chart: ServiceChart) => void, string]>([
    ['where a service listens on a port of root', (chart) => service(chart, 'web', { ports: [Port.http(80)] }),
      '[core-business-prod/web] listens on port 80, which only root can open, and containers do not run as root. '
      + 'Listen on 1024 or more, and let the Service offer 80: Port.http(8080, { servicePort: 80 }).'],
    ['where a port of another name is one of root', (chart) => service(chart, 'web', { ports: [Port.http(8000), Port.of('telnet', 23)] }),
      '[core-business-prod/web] listens on port 23, which only root can open, and containers do not run as root. '
      + "Listen on 1024 or more, and let the Service offer 23: Port.of('telnet', 8023, { servicePort: 23 })."],
    ['where a function listens on a port of root', (chart) => new KnativeFunction(chart, 'web', { image, port: Port.grpc(443) }),
      '[core-business-prod/web] listens on port 443, which only root can open, and containers do not run as root. '
      + 'Listen on 1024 or more, and let the Service offer 443: Port.grpc(8443, { servicePort: 443 }).'],
    ['where a sidecar listens on a port of root', (chart) => service(chart, 'web', { sidecars: [new Sidecar('proxy', { image, ports: [Port.of('proxy', 81)] })] }),
      '[core-business-prod/web] listens on port 81, which only root can open, and containers do not run as root. '
      + "Listen on 1024 or more, and let the Service offer 81: Port.of('proxy', 8081, { servicePort: 81 })."],
    ['where two ports are one of the Service', (chart) => service(chart, 'web', { ports: [Port.http(8080, { servicePort: 80 }), Port.grpc(9000, { servicePort: 80 })] }),
      "[core-business-prod/web] the ports 'http' and 'grpc' would both be port 80 of the Service. Give one of them another servicePort."],
    ['where a worker has no Service', (chart) => new Worker(chart, 'web', { image, ports }),
      "[core-business-prod/web] the port 'http' has servicePort 80, and a worker has no Service. Leave servicePort out."],
    ['where leaves are called by their pods', (chart) => new ScatterGather(chart, 'web', { leaves: 2, root: { image }, leaf: { image, ports } }),
      "[core-business-prod/web/web-leaf] the port 'http' has servicePort 80, and the root connects to the pods of leaves. Leave servicePort out."],
    ['where Knative makes the Service', (chart) => new KnativeFunction(chart, 'web', { image, port: Port.http(8080, { servicePort: 81 }) }),
      "[core-business-prod/web] the port 'http' has servicePort 81, and the Service that Knative makes always has port 80. Leave servicePort out."],
    ['where an ambassador answers for the port', (chart) => service(chart, 'web', { ports, sidecars: [Ambassador.tls({ certificate: 'web-tls' })] }),
      "[core-business-prod/web] the port 'http' has servicePort 80, and the container 'tls-ambassador' answers for it, whose own port is that of the Service. Leave servicePort out."],
    ['where only the metrics collector uses the port', (chart) => service(chart, 'web', { sidecars: [{ bind: () => ({ name: 'proxy', image, metricsPort: Port.metrics(9100, { servicePort: 91 }) }) }] }),
      "[core-business-prod/web] the port 'metrics' has servicePort 91, and no Service offers it, because only the pod of the container 'proxy' or the metrics collector uses it. Leave servicePort out."],
  ])('%s', (_, define, message) => {
    expect(messageOf(() => define(group()))).toBe(message);
  });

  test.each<[string, string, unknown]>([
    ['Service', '/spec/ports/0/port', 80], ['Service', '/spec/ports/0/targetPort', 81], ['Service', '/spec/ports/0', { port: 80 }], ['Service', '/spec/ports', [{ port: 80 }]],
    ['Deployment', '/spec/template/spec/containers/0/ports/0/containerPort', 81],
  ])('where a patch of %s at %s would move a port that others refer to', (kind, path, value) => {
    const { web } = program();
    expect(messageOf(() => web.patch(kind, path, value, 'an old client'))).toBe(
      `[core-business-prod/web] patches ${path} of its ${kind}, and routes, callers and network policies would still use the port of the code. `
      + 'Set ports, such as Port.http(8080, { servicePort: 80 }).');
  });

  test('where the Service port goes around the proxy of a caller', () => {
    expect(errorsOf((chart) => {
      service(chart, 'shop').calls(service(chart, 'web', { dapr, ports: [Port.http(8443, { servicePort: 443 })] }));
    }, { environment: environmentOf('prod', { capacityPool: 'production', mesh: Mesh.istio() }) })).toEqual([
      '[core-business-prod/web/Mesh] has the Service port 443, which goes around the proxy of its caller core-business-prod/shop, and the mesh istio takes no such connection. '
      + 'Give it another servicePort.',
    ]);
  });
});
