import { Yaml } from 'cdk8s';
import { ServiceReference } from '../../src/core/service-reference';
import { App } from '../../src/platform/app';
import { SharedChart } from '../../src/platform/shared-chart';
import { PostgresCluster } from '../../src/stores/postgres/postgres-cluster';
import { RedisCluster } from '../../src/stores/redis/redis-cluster';
import { Dapr } from '../../src/values/dapr';
import { Port } from '../../src/values/port';
import { ImportedService } from '../../src/workloads/imported-service';
import { bare, DEV, errorsOf, group, Manifests, manifestsOf, manifestsOfApp, PROD, profileWith, service } from '../support/platform';

const namespace = (name: string) => ({ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } } });
const pods = (name: string, app: string) => ({ ...namespace(name), podSelector: { matchLabels: { app } } });
const port = (number: number, protocol = 'TCP') => ({ port: number, protocol });

test('checkout admits two groups and reaches two stores, and the policy says that and nothing else', () => {
  const app = new App();
  const chart = group({ app });
  service(group({ app, name: 'platform' }), 'auth');
  const checkout = service(chart);
  checkout.allowsGroup('core-business');
  checkout.allowsGroup('platform');
  checkout.uses(RedisCluster.fromNamespace(chart, 'redis', 'infrastructure'));
  checkout.uses(PostgresCluster.fromNamespace(chart, 'postgresql', 'infrastructure'));
  checkout.calls(ServiceReference.of('platform', 'auth'));
  expect(Yaml.stringify(bare(manifestsOf(chart).get('NetworkPolicy', 'checkout-network-policy'))).trimEnd()).toMatchInlineSnapshot(`
"apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: checkout-network-policy
spec:
  egress:
    - ports:
        - port: 5432
          protocol: TCP
        - port: 6379
          protocol: TCP
      to:
        - namespaceSelector:
            matchLabels:
              kubernetes.io/metadata.name: infrastructure
  ingress:
    - from:
        - namespaceSelector:
            matchLabels:
              kubernetes.io/metadata.name: core-business-prod
              name: core-business-prod
        - namespaceSelector:
            matchLabels:
              kubernetes.io/metadata.name: platform-prod
              name: platform-prod
      ports:
        - port: 8000
          protocol: TCP
        - port: 9000
          protocol: TCP
  podSelector:
    matchLabels:
      app: checkout
  policyTypes:
    - Ingress
    - Egress"
`);
});

test('a namespace that is labelled as another gets none of its connections', () => {
  const app = new App();
  const infrastructure = new SharedChart(app, 'infrastructure');
  const redis = new RedisCluster(infrastructure, 'redis-prod');
  const chart = group({ app });
  const [checkout, order] = [service(chart), service(chart, 'order')];
  checkout.calls(order);
  checkout.uses(redis);
  order.allowsGroup('core-business');
  order.uses(redis);
  const pretender = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'pretender', labels: { name: 'core-business-prod' } } };
  const deployment = manifestsOf(chart).get('Deployment', 'checkout');
  const forged = { ...deployment, metadata: { ...deployment.metadata, namespace: 'pretender' } };
  const { reachability } = new Manifests([...manifestsOfApp(app).all, pretender, forged]);
  const reached = (within: string) => {
    const from = reachability.workload('checkout', within);
    return reachability.edges.filter((edge) => edge.from === from).map(({ to }) => `${to}`);
  };
  expect(reached('core-business-prod')).toEqual(['core-business-prod/order', 'infrastructure/redis-prod']);
  // pods without a policy reach themselves
  expect(reached('pretender')).toEqual(['pretender/checkout']);
});

describe('a call', () => {
  test('opens the ports of the sidecars at both ends, in both namespaces', () => {
    const app = new App();
    const [core, platform] = [group({ app }), group({ app, name: 'platform' })];
    service(core).calls(service(platform, 'auth'));
    expect(manifestsOf(core).get('NetworkPolicy', 'checkout-calls').spec).toEqual({
      podSelector: { matchLabels: { app: 'checkout' } }, policyTypes: ['Egress'], egress: [{ to: [pods('platform-prod', 'auth')], ports: [port(50002)] }],
    });
    expect(manifestsOf(platform).get('NetworkPolicy', 'auth-callers').spec).toEqual({
      podSelector: { matchLabels: { app: 'auth' } }, policyTypes: ['Ingress'], ingress: [{ from: [pods('core-business-prod', 'checkout')], ports: [port(50002)] }],
    });
  });

  test.each([['the caller', 'checkout'], ['the called service', 'order']])('opens the ports of the application if %s has no sidecar', (_, without) => {
    const chart = group();
    const dapr = (name: string) => name === without ? Dapr.none('plain TCP') : undefined;
    service(chart, 'checkout', { dapr: dapr('checkout') }).calls(service(chart, 'order', { dapr: dapr('order'), ports: [Port.http(8080)] }));
    expect(manifestsOf(chart).get('NetworkPolicy', 'checkout-calls').spec.egress).toEqual([{ to: [pods('core-business-prod', 'order')], ports: [port(8080)] }]);
    expect(manifestsOf(chart).get('NetworkPolicy', 'order-callers').spec.ingress).toEqual([{ from: [pods('core-business-prod', 'checkout')], ports: [port(8080)] }]);
  });

  test('of an imported service opens the way out, by the labels that its pods have', () => {
    const chart = group();
    const checkout = service(chart);
    checkout.calls(ImportedService.fromName(chart, 'ledger', { namespace: 'legacy', ports: [Port.http(8080)], podLabels: { 'k8s-app': 'ledger', 'tier': 'db' } }));
    checkout.calls(ImportedService.fromName(chart, 'mail', { namespace: 'legacy' }));
    const legacy = { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'legacy' } } };
    expect(manifestsOf(chart).get('NetworkPolicy', 'checkout-calls').spec.egress).toEqual([
      { to: [{ ...legacy, podSelector: { matchLabels: { app: 'mail' } } }], ports: [port(50002)] },
      { to: [{ ...legacy, podSelector: { matchLabels: { 'k8s-app': 'ledger', 'tier': 'db' } } }], ports: [port(8080)] },
    ]);
  });

  test('of a group\'s service and of an imported one with the same names are two', () => {
    const app = new App();
    const chart = group({ app });
    service(group({ app, name: 'platform' }), 'auth');
    const checkout = service(chart);
    checkout.calls(ServiceReference.of('platform', 'auth'));
    checkout.calls(ImportedService.fromName(chart, 'auth', { namespace: 'platform' }));
    expect(manifestsOf(chart).get('NetworkPolicy', 'checkout-calls').spec.egress[0].to).toHaveLength(2);
  });

  test('that nobody makes has no policy, because a policy without rules denies', () => {
    const chart = group();
    service(chart);
    expect(manifestsOf(chart).names.filter((name) => name.startsWith('NetworkPolicy/checkout'))).toEqual([]);
  });
});

test('a store outside of the cluster is reached by its addresses', () => {
  const chart = group();
  const checkout = service(chart);
  checkout.uses(RedisCluster.fromHost(chart, 'cache', 'db.example.com', { cidrs: ['10.20.0.0/24', 'fd00::/64'], port: 6380 }));
  checkout.uses(PostgresCluster.fromHost(chart, 'books', 'db.example.com', { cidrs: ['10.20.0.0/24'] }));
  expect(manifestsOf(chart).get('NetworkPolicy', 'checkout-network-policy').spec.egress).toEqual([
    { to: [{ ipBlock: { cidr: '10.20.0.0/24' } }], ports: [port(5432)] },
    { to: [{ ipBlock: { cidr: '10.20.0.0/24' } }, { ipBlock: { cidr: 'fd00::/64' } }], ports: [port(6380)] },
  ]);
});

describe('a namespace', () => {
  const policies = (chart = group()) => new Map(manifestsOf(chart).of('NetworkPolicy').map((policy) => [policy.metadata.name, policy.spec]));
  const wiring = (key: string, app: string) => ({ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'infrastructure' } }, podSelector: { matchLabels: { [key]: app } } });

  test('denies what nothing allows', () => {
    expect(policies().get('default-deny')).toEqual({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
  });

  test('has few policies, each named after its reason', () => {
    expect([...policies().keys()].sort()).toEqual(['allow-dapr-control-plane', 'allow-dns', 'allow-metrics', 'allow-traces', 'default-deny']);
  });

  test('asks for names at the cluster\'s servers, and at the cache of the node', () => {
    expect(policies().get('allow-dns')).toEqual({
      podSelector: {},
      policyTypes: ['Egress'],
      egress: [{
        to: [
          { ipBlock: { cidr: '169.254.20.10/32' } },
          { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } }, podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } } },
        ],
        ports: [port(53, 'UDP'), port(53)],
      }],
    });
    expect(policies(group({ profile: profileWith({ network: { nodeLocalDns: '' } }) })).get('allow-dns').egress[0].to).toHaveLength(1);
  });

  test('reaches Dapr\'s control plane on the ports of its pods, which are not those of its Services', () => {
    expect(policies().get('allow-dapr-control-plane').egress).toEqual([{
      to: [{
        namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'infrastructure' } },
        podSelector: {
          matchExpressions: [{
            key: 'app', operator: 'In', values: ['dapr-operator', 'dapr-placement-server', 'dapr-scheduler-server', 'dapr-sentry', 'dapr-sidecar-injector'],
          }],
        },
      }],
      ports: [port(6500), port(50001), port(50005), port(50006)],
    }]);
  });

  test('is measured, and sends its traces', () => {
    const chart = group();
    service(chart, 'checkout', { ports: [Port.http(8080), Port.grpc(9000)] });
    service(chart, 'order');
    expect(policies(chart).get('allow-metrics').ingress).toEqual([{ from: [wiring('app.kubernetes.io/name', 'prometheus')], ports: [port(8000), port(8080), port(9090)] }]);
    expect(policies(chart).get('allow-traces').egress).toEqual([{ to: [wiring('app.kubernetes.io/name', 'opentelemetry-collector')], ports: [port(4317)] }]);
  });
});

describe('the namespace that environments share', () => {
  function platform() {
    const app = new App();
    const shared = new SharedChart(app, 'infrastructure');
    for (const environment of [DEV, PROD]) {
      const chart = group({ app, environment });
      const redis = RedisCluster.fromNamespace(chart, 'redis', 'infrastructure');
      service(chart).uses(redis);
      service(chart, 'order');
      PostgresCluster.fromNamespace(chart, 'postgresql', 'infrastructure');
    }
    return manifestsOf(shared);
  }

  test('lets a store be reached by its clients in its own environment, by its members, and by nobody else', () => {
    expect(platform().get('NetworkPolicy', 'redis-prod-clients').spec).toEqual({
      podSelector: { matchLabels: { app: 'redis-prod' } },
      policyTypes: ['Ingress'],
      ingress: [{ from: [pods('core-business-prod', 'checkout')], ports: [port(6379)] }, { from: [pods('infrastructure', 'redis-prod')] }],
    });
  });

  test('opens no store that nobody uses', () => {
    expect(platform().of('NetworkPolicy').map(({ metadata }) => metadata.name).sort()).toEqual([
      'dapr-control-plane', 'default-deny', 'pushgateway', 'redis-dev-clients', 'redis-prod-clients', 'trace-collector',
    ]);
  });

  test('lets every service reach the control plane and the collector, and the API server the injector', () => {
    const everybody = [namespace('core-business-dev'), namespace('core-business-prod')];
    const { ingress } = platform().get('NetworkPolicy', 'dapr-control-plane').spec;
    expect(ingress[0]).toEqual({ ports: [port(4000), port(19443)] });
    expect(ingress[1].from.slice(0, 2)).toEqual(everybody);
    expect(ingress[1].ports).toEqual([port(6500), port(50001), port(50005), port(50006)]);
    expect(platform().get('NetworkPolicy', 'trace-collector').spec.ingress).toEqual([{ from: everybody, ports: [port(4317)] }]);
  });

  test('denies what comes in, and leaves what its operators need outside to those who install them', () => {
    expect(platform().get('NetworkPolicy', 'default-deny').spec).toEqual({ podSelector: {}, policyTypes: ['Ingress'] });
  });

  test('opens both stores of one instance', () => {
    const app = new App();
    const shared = new SharedChart(app, 'infrastructure');
    const chart = group({ app });
    service(chart).uses(RedisCluster.fromNamespace(chart, 'redis', 'infrastructure', { instance: 'data-prod' }));
    service(chart, 'order').uses(PostgresCluster.fromNamespace(chart, 'postgresql', 'infrastructure', { instance: 'data-prod' }));
    expect(manifestsOf(shared).get('NetworkPolicy', 'data-prod-clients').spec.ingress.slice(0, 2)).toEqual([
      { from: [pods('core-business-prod', 'order')], ports: [port(5432)] }, { from: [pods('core-business-prod', 'checkout')], ports: [port(6379)] },
    ]);
  });
});

test('fails where a group that is admitted does not exist', () => {
  expect(errorsOf((chart) => {
    const checkout = service(chart);
    checkout.allowsGroup('core-busines');
    checkout.allowsGroup('warehouse');
  })).toEqual([
    "[core-business-prod/checkout] allows the group 'core-busines', which environment 'prod' does not define. Did you mean the group 'core-business'?",
    "[core-business-prod/checkout] allows the group 'warehouse', which environment 'prod' does not define. Define a ServiceChart 'warehouse' in 'prod'.",
  ]);
});
