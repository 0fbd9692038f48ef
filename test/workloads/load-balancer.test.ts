import type { Construct } from 'constructs';
import { Checks } from '../../src/checks/checks';
import { Endpoint } from '../../src/graph/endpoint';
import { Mesh } from '../../src/mesh/mesh';
import type { ServiceChart } from '../../src/platform/service-chart';
import { Dapr } from '../../src/values/dapr';
import { Image } from '../../src/values/image';
import { Port } from '../../src/values/port';
import { Scaling } from '../../src/values/scaling';
import { CustomWorkload } from '../../src/workloads/custom-workload';
import { KnativeFunction } from '../../src/workloads/function/knative-function';
import type { LoadBalancerProps } from '../../src/workloads/load-balancer';
import { LoadBalancer } from '../../src/workloads/load-balancer';
import type { MicroserviceProps } from '../../src/workloads/microservice-props';
import { ProgressiveDelivery } from '../../src/workloads/progressive/progressive-delivery';
import { Worker } from '../../src/workloads/worker';
import { messageOf } from '../support/message-of';
import { bare, findings, group, manifestsOf, service, writtenBy } from '../support/platform';
import { environmentOf } from '../support/settings';

const image = Image.of('registry.example.com/web', { tag: '1.4.2' });
const ports = [Port.http(8080, { servicePort: 80 }), Port.grpc(9000)];

function frontend(scope: Construct, props: MicroserviceProps = {}) {
  return service(scope, 'frontend', { dapr: Dapr.none('plain HTTP'), ports, ...props });
}

function balanced(props: LoadBalancerProps = {}) {
  const chart = group();
  const balancer = new LoadBalancer(frontend(chart), 'external', props);
  return { chart, balancer };
}

describe('a load balancer', () => {
  test('is a second Service in front of the main port, and a policy that admits everybody to the port of the pods', () => {
    const manifests = manifestsOf(balanced().chart);
    expect(bare(manifests.get('Service', 'frontend-external'))).toEqual({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'frontend-external' },
      spec: {
        type: 'LoadBalancer', selector: { app: 'frontend' }, ports: [{ name: 'http', port: 80, targetPort: 'http', protocol: 'TCP', appProtocol: 'http' }],
      },
    });
    expect(manifests.get('Service', 'frontend').spec.type).toBe('ClusterIP');
    expect(manifests.get('NetworkPolicy', 'frontend-external').spec).toEqual({
      podSelector: { matchLabels: { app: 'frontend' } }, policyTypes: ['Ingress'], ingress: [{ ports: [{ port: 8080, protocol: 'TCP' }] }],
    });
  });

  test('offers the ports that it names', () => {
    expect(manifestsOf(balanced({ ports: ['grpc', 'http'] }).chart).get('Service', 'frontend-external').spec.ports.map(({ port }: any) => port)).toEqual([9000, 80]);
  });

  test('admits the ranges of its clients only', () => {
    const manifests = manifestsOf(balanced({ sourceRanges: ['203.0.113.0/24', '198.51.100.0/24'] }).chart);
    expect(manifests.get('Service', 'frontend-external').spec).toMatchObject({
      externalTrafficPolicy: 'Local', loadBalancerSourceRanges: ['198.51.100.0/24', '203.0.113.0/24'],
    });
    const enters = (address: string) => manifests.reachability.enters(Endpoint.ofAddress(address), Endpoint.ofPods('core-business-prod', { app: 'frontend' }), 8080);
    expect(['203.0.113.7', '192.0.2.1'].map(enters)).toEqual([true, false]);
  });

  test('opens the service to no other pod, because egress stays closed', () => {
    const { chart } = balanced();
    service(chart, 'other', { dapr: Dapr.none('plain HTTP') });
    const pods = (app: string) => Endpoint.ofPods('core-business-prod', { app });
    expect(manifestsOf(chart).reachability.reaches(pods('other'), pods('frontend'), 8080)).toBe(false);
  });

  test('can be in front of a CustomWorkload, and be patched', () => {
    const chart = group();
    const balancer = new LoadBalancer(new CustomWorkload(chart, 'render', { replicas: 1, image, ports }), 'public');
    balancer.patch('Service', '/spec/externalTrafficPolicy', 'Local', 'the application logs addresses');
    expect(manifestsOf(chart).get('Service', 'render-public').spec.externalTrafficPolicy).toBe('Local');
  });

  test('is in the file of its workload', () => {
    const files = writtenBy((app) => void new LoadBalancer(frontend(group({ app })), 'external'));
    expect(Object.keys(files).filter((file) => files[file].includes('frontend-external'))).toEqual(['prod/core-business/frontend.k8s.yaml']);
  });

  test('is a finding, until it is acknowledged with a reason', () => {
    const { chart, balancer } = balanced();
    const found = () => findings(chart).filter((finding) => finding.startsWith('MS-NET-'));
    expect(found()).toEqual([
      'MS-NET-002 [core-business-prod/frontend/external/Service] /spec/type',
    ]);
    Checks.of(balancer).acknowledge('MS-NET-002', { reason: 'the shop is public' });
    expect(found()).toEqual([]);
  });

  test.each<LoadBalancerProps>([
    { sourceRanges: ['203.0.113.0/24'] }, { annotations: { 'networking.gke.io/load-balancer-type': 'Internal' } },
  ])('is no finding where not everybody can connect: %p', (props) => {
    expect(findings(balanced(props).chart).filter((finding) => finding.startsWith('MS-NET-'))).toEqual([]);
  });
});

describe('a load balancer fails', () => {
  const place = '[core-business-prod/frontend/external]';

  test.each<[string, (chart: ServiceChart) => void, string]>([
    ['outside of a workload', (chart) => new LoadBalancer(chart, 'external'),
      '[core-business-prod/external] is not below a workload. Define it below a Microservice: new LoadBalancer(frontend, ...).'],
    ['in front of a worker', (chart) => new LoadBalancer(new Worker(chart, 'frontend', { image, scaling: Scaling.replicas(1) }), 'external'),
      `${place} is in front of 'frontend', which has no Service. Use a Microservice with a port.`],
    ['in front of a function', (chart) => new LoadBalancer(new KnativeFunction(chart, 'frontend', { image }), 'external'),
      `${place} is in front of 'frontend', whose pods take calls only from the gateway of Knative. Use visibility: FunctionVisibility.EXTERNAL.`],
    ['in front of two versions', (chart) => new LoadBalancer(frontend(chart, { delivery: ProgressiveDelivery.blueGreen() }), 'external'),
      `${place} is in front of 'frontend', and would lead to its old and its new version alike. Use an ApiGateway, or a rolling update.`],
    ['on an unknown port', (chart) => new LoadBalancer(frontend(chart), 'external', { ports: ['https'] }),
      `${place} offers a port 'https', and the workload has http, grpc. Name one of them.`],
    ['on no port', (chart) => new LoadBalancer(frontend(chart), 'external', { ports: [] }),
      `${place} has an empty list of ports, so nobody could connect. Name a port, or leave ports out.`],
    ['on no client', (chart) => new LoadBalancer(frontend(chart), 'external', { sourceRanges: [] }),
      `${place} has an empty list of sourceRanges, which Kubernetes takes for everybody. Name a range, or leave sourceRanges out.`],
    ['on everybody as a range', (chart) => new LoadBalancer(frontend(chart), 'external', { sourceRanges: ['0.0.0.0/1', '128.0.0.0/1'] }),
      'NetworkPeer.cidr: 0.0.0.0/1 holds a large part of all addresses, so little would be denied. '
      + 'Name the range that is really needed, or use NetworkPeer.internet({ reason }) in a ServiceNetworkPolicy.'],
    ['on the name of another Service', (chart) => {
      service(chart, 'frontend-external');
      new LoadBalancer(frontend(chart), 'external');
    }, `${place} 'frontend-external' is the name of another Service. Give the load balancer another id.`],
  ])('%s', (_, define, message) => {
    expect(messageOf(() => define(group()))).toBe(message);
  });

  test('in a mesh with proxies', () => {
    const chart = group({ environment: environmentOf('prod', { capacityPool: 'production', mesh: Mesh.linkerd() }) });
    expect(messageOf(() => new LoadBalancer(frontend(chart), 'external')))
      .toBe(`${place} is in front of 'frontend', and the mesh linkerd takes no connection from outside of it. Use an ApiGateway.`);
  });
});
