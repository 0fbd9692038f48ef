import { ApiObject } from 'cdk8s';
import { Checks } from '../../src/checks/checks';
import { run } from '../../src/cli/run';
import { ConnectionIndex } from '../../src/core/connection-index';
import { DeliveryDefaults } from '../../src/delivery';
import { ArgoCdRepository } from '../../src/delivery/argo-cd-repository';
import { Topic } from '../../src/messaging/topic';
import { ServiceNetworkPolicy } from '../../src/network/service-network-policy';
import { App } from '../../src/platform/app';
import { ServiceChart } from '../../src/platform/service-chart';
import { SharedChart } from '../../src/platform/shared-chart';
import { Environment } from '../../src/profile/environment';
import type { PlatformProfile } from '../../src/profile/platform-profile';
import { RedisCluster } from '../../src/stores/redis/redis-cluster';
import { Dapr } from '../../src/values/dapr';
import type { NamespaceOptions } from '../../src/values/namespace';
import { Namespace } from '../../src/values/namespace';
import { NetworkPeer } from '../../src/values/network-peer';
import { filesIn, newOutdir } from '../output/output-folders';
import { messageOf } from '../support/message-of';
import { bare, DEV, group, manifestsOf, PROD, refusal, ROOMY, service, STAGING } from '../support/platform';

const PROFILE = ROOMY.customize({ dapr: Dapr.none('services speak gRPC') });

/** The kinds and names of what a group renders besides its services. */
function around(namespace: Namespace): string[] {
  return manifestsOf(group({ name: 'shop', profile: PROFILE, namespace })).names;
}

/** One existing namespace in the cluster of each environment. */
function boutique(app: App, profile: PlatformProfile, options?: NamespaceOptions) {
  return [DEV, STAGING, PROD].map((environment) => {
    const chart = new ServiceChart(app, 'boutique', {
      environment: environment.with(DeliveryDefaults.of({ argoCd: { cluster: environment.name } })), profile, namespace: Namespace.existing('boutique', options),
    });
    service(chart, 'checkout').calls(service(chart, 'cart'));
    return chart;
  });
}

test.each<[string, Namespace, string[]]>([
  ['an existing namespace', Namespace.existing('legacy'), ['NetworkPolicy/shop-allow-dns', 'NetworkPolicy/shop-allow-traces', 'NetworkPolicy/shop-default-deny']],
  ['an existing namespace with a quota', Namespace.existing('legacy', { quota: true }),
    ['LimitRange/legacy', 'NetworkPolicy/shop-allow-dns', 'NetworkPolicy/shop-allow-traces', 'NetworkPolicy/shop-default-deny', 'ResourceQuota/legacy']],
  ['an existing namespace without default deny', Namespace.existing('legacy', { defaultDeny: false }), []],
  ['the namespace default', Namespace.existing('default', { defaultDeny: false, quota: false }), []],
  ['a new namespace of a fixed name', Namespace.named('retail'),
    ['LimitRange/retail', 'Namespace/retail', 'NetworkPolicy/allow-dns', 'NetworkPolicy/allow-traces', 'NetworkPolicy/default-deny', 'ResourceQuota/retail']],
  ['a new namespace without quota and default deny', Namespace.named('retail', { quota: false, defaultDeny: false }), ['Namespace/retail']],
])('a group in %s renders what belongs to it', (_, namespace, names) => {
  expect(around(namespace)).toEqual(names);
});

test('the policies of a group in an existing namespace select its pods and no others', () => {
  const chart = group({ name: 'shop', profile: PROFILE, namespace: Namespace.existing('legacy') });
  service(chart, 'cart');
  const manifests = manifestsOf(chart);
  expect(bare(manifests.get('NetworkPolicy', 'shop-default-deny')).spec).toEqual({
    podSelector: { matchLabels: { 'app.kubernetes.io/part-of': 'shop' } }, policyTypes: ['Ingress', 'Egress'],
  });
  const stranger = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'stranger', namespace: 'legacy', labels: { app: 'stranger' } }, spec: {} };
  manifests.all.push(stranger);
  expect(manifests.set.podsSelectedBy(manifests.set.named('NetworkPolicy', 'shop-default-deny', 'legacy')!).map(({ name }) => name)).toEqual(['cart']);
});

test('services, policies, connections and addresses of a group agree on the name of its namespace', () => {
  const app = new App({ outdir: newOutdir() });
  const [shop, crm] = [['shop', Namespace.existing('legacy')], ['crm', Namespace.named('customers')]].map(([name, namespace]) =>
    new ServiceChart(app, name as string, { environment: PROD, profile: ROOMY, namespace: namespace as Namespace }));
  const redis = RedisCluster.fromNamespace(shop, 'redis', 'infrastructure');
  const [order, account] = [service(shop, 'order'), service(crm, 'account')];
  order.calls(account);
  order.publishes(new Topic(shop, 'placed', { broker: redis }));
  const manifests = app.manifests();
  expect([order.namespace, account.namespace, account.host]).toEqual(['legacy', 'customers', 'account.customers.svc.cluster.local']);
  expect(new Set(manifests.below('shop-prod').map(({ namespace }) => namespace))).toEqual(new Set(['legacy', undefined]));
  expect(manifests.named('Component', 'redis-pubsub', 'legacy')!.json.scopes).toEqual(['order']);
  expect(manifests.named('Configuration', 'account-appconfig', 'customers')!.spec.accessControl.policies).toEqual([
    { appId: 'order', namespace: 'legacy', trustDomain: 'public', defaultAction: 'allow' },
  ]);
  expect(manifests.named('Resiliency', 'order', 'legacy')!.spec.targets.apps).toHaveProperty(['account.customers']);
  expect(manifests.of('PriorityClass').map(({ name }) => name).sort()).toEqual(['customers-standard', 'legacy-standard']);
  expect(ConnectionIndex.of(app).groupsIn('legacy').map(({ name }) => name)).toEqual(['shop']);
});

test('one namespace serves all environments, a file for each service and environment', () => {
  const outdir = newOutdir();
  const app = new App({ outdir });
  boutique(app, PROFILE);
  app.synth();
  expect(filesIn(outdir)).toEqual(['dev', 'prod', 'staging'].flatMap((environment) =>
    ['cart', 'checkout', 'namespace'].map((file) => `${environment}/boutique/${file}.k8s.yaml`)));
});

test.each<[string, string[]]>([['20', []], ['12', ['prod']]])('the checks add up the pods of one cluster and not those of another: a quota of %s', (cpu, exceeded) => {
  const outdir = newOutdir();
  const app = new App({ outdir });
  boutique(app, PROFILE.customize({ defaultQuota: { cpu, memory: '100Gi' } }), { quota: true });
  app.synth();
  const problem = `allows limits.cpu ${cpu}, and a roll-out of 'boutique' would use 20: cart 20 x (500m) + checkout 20 x (500m)`;
  expect(Checks.of(app).report().findings.filter(({ rule }) => rule.id === 'MS-CAP-001').map((finding) => [finding.path, finding.problem])).toEqual(
    exceeded.map((environment) => [`boutique-${environment}/Namespace/ResourceQuota`, problem]));
  const { stdout } = run(['check', outdir]);
  expect(stdout.split('\n').filter((line) => line.includes(' allows limits.cpu ')).map((line) => line.replace(/^.*\/(\w+)\/boutique\/\S+/, '$1'))).toEqual(
    exceeded.map((environment) => `${environment} ${problem}`));
});

test('an object of two environments is a duplicate where only one of them has a cluster of its own', () => {
  const app = new App({ outdir: newOutdir() });
  const charts = [new ServiceChart(app, 'shop', { environment: DEV, profile: PROFILE }), new ServiceChart(app, 'shop', { environment: PROD, profile: PROFILE })];
  charts.forEach((chart) => new ApiObject(chart, 'Role', { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name: 'reader', namespace: '' } }));
  expect(messageOf(() => app.synth())).toContain("defines the same ClusterRole 'reader'");
});

test('without default deny a group has no network policy, and refuses one of its user', () => {
  const chart = group({ name: 'shop', profile: ROOMY, namespace: Namespace.existing('legacy', { defaultDeny: false }) });
  const cart = service(chart, 'cart', { apiAccess: [] });
  service(chart, 'checkout').calls(cart);
  expect(manifestsOf(chart).of('NetworkPolicy')).toEqual([]);
  expect(messageOf(() => new ServiceNetworkPolicy(chart, 'Policy', { workload: cart, reason: 'bank', egress: [{ peers: [NetworkPeer.cidr('203.0.113.0/24')], ports: [443] }] }))).toBe(
    "[shop-prod/Policy] is a network policy in 'shop', whose pods accept every connection. Remove it, or remove defaultDeny: false from the namespace of the group.");
});

test('a shared group may be in an existing namespace', () => {
  const chart = new SharedChart(new App({ outdir: newOutdir() }), 'infrastructure', { profile: PROFILE, namespace: Namespace.existing('infra') });
  expect(manifestsOf(chart).names).toEqual(['NetworkPolicy/infrastructure-default-deny']);
});

test('Argo CD deploys each environment to the namespace in its cluster', () => {
  const app = new App({ outdir: newOutdir() });
  boutique(app, PROFILE);
  new ArgoCdRepository(app, 'acme', { repository: 'https://git.example.com/acme/shop.git', directory: 'applications', manifests: 'dist' });
  const [set] = app.manifests().of('ApplicationSet').filter(({ name }) => name === 'cart');
  expect(set.spec.generators[0].list.elements.map(({ name, cluster, namespace }: any) => [name, cluster, namespace])).toEqual([
    ['cart-dev', 'dev', 'boutique'], ['cart-prod', 'prod', 'boutique'], ['cart-staging', 'staging', 'boutique'],
  ]);
});

test('Argo CD refuses two environments in one namespace of one cluster', () => {
  const app = new App({ outdir: newOutdir() });
  [DEV, PROD].forEach((environment) => service(new ServiceChart(app, 'boutique', { environment, profile: PROFILE, namespace: Namespace.existing('boutique') }), 'cart'));
  new ArgoCdRepository(app, 'acme', { repository: 'https://git.example.com/acme/shop.git', directory: 'applications', manifests: 'dist' });
  expect(messageOf(() => app.manifests())).toContain(
    "deploys environments 'dev' and 'prod' to the namespace 'boutique' of the cluster 'in-cluster', where they would overwrite each other. "
    + 'Name a cluster for each environment by DeliveryDefaults.of({ argoCd: { cluster: ... } }), or a namespace for each.');
});

describe('a group fails', () => {
  const chart = (app: App, name: string, environment: Environment, namespace?: Namespace) => new ServiceChart(app, name, { environment, namespace });

  test.each<[string, (app: App) => unknown, string]>([
    ['in the namespace of another group of its environment', (app) => [chart(app, 'shop', PROD, Namespace.existing('legacy')), chart(app, 'crm', PROD, Namespace.existing('legacy'))],
      "[App] namespace 'legacy' is defined already at shop-prod. Give one of them another name."],
    ['in the namespace that another group derives from its name', (app) => [chart(app, 'shop', PROD), chart(app, 'crm', DEV, Namespace.existing('shop-prod'))],
      "[App] namespace 'shop-prod' is defined already at shop-prod. Give one of them another name."],
    ['in the namespace of a shared group', (app) => [new SharedChart(app, 'infrastructure'), chart(app, 'crm', DEV, Namespace.existing('infrastructure'))],
      "[App] namespace 'infrastructure' is defined already at infrastructure. Give one of them another name."],
    ['in a namespace with a name that is none', () => Namespace.existing('Legacy'), "Namespace.existing: namespace 'Legacy' is not a DNS label: it has 'L'. Write 'legacy'."],
    ['in a namespace of Kubernetes', () => Namespace.existing('kube-system'),
      "Namespace.existing: namespace 'kube-system' belongs to Kubernetes, whose pods the policies and quotas of a group would cut off. Give the group another name."],
    ['in a new namespace default', () => Namespace.named('default'),
      "Namespace.named: namespace 'default' belongs to Kubernetes, whose pods the policies and quotas of a group would cut off. Give the group another name."],
    ['in a namespace whose PriorityClasses nobody may define', () => Namespace.named('system-shop'),
      "Namespace.named: the PriorityClasses of namespace 'system-shop' would begin with 'system-', which Kubernetes keeps for itself. Give the group another name."],
  ])('%s', (_, define, message) => {
    expect(refusal(define)).toBe(message);
  });
});
