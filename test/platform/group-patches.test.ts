import { ApiObject, Testing } from 'cdk8s';
import { App, Environment, Image, Microservice, ServiceChart, SharedChart, Topic } from '../../src';
import { RedisCluster } from '../../src/stores';
import { LoadBalancer } from '../../src/workloads';

const image = Image.parse('registry.example.com/order:1.4.2');

function platform(app = new App()) {
  const shop = new ServiceChart(app, 'shop', { environment: Environment.of('dev') });
  const infrastructure = new SharedChart(app, 'infrastructure');
  const redis = new RedisCluster(infrastructure, 'redis-dev');
  const order = new Microservice(shop, 'order', { image });
  const payment = new Microservice(shop, 'payment', { image });
  const placed = new Topic(shop, 'placed', { broker: redis });
  order.calls(payment);
  order.publishes(placed);
  payment.subscribes(placed);
  payment.uses(redis);
  return { app, shop, infrastructure, order, payment };
}

type Platform = ReturnType<typeof platform>;

function errors({ app }: Platform): string[] {
  try {
    app.synthYaml();
  } catch (error) {
    return (error as Error).message.split('\n  ').slice(1);
  }
  return [];
}

const LABEL = '/metadata/labels/acme.example~1reviewed';

/** Each construct that patches, the objects that depend on what the program says later, and their kinds. */
const PATCHES: [string, keyof Platform, string, string][] = [
  ['the subscription of a service', 'payment', 'Subscription', 'payment-placed'],
  ['its resiliency', 'payment', 'Resiliency', 'payment'],
  ['its access control', 'payment', 'Configuration', 'payment-appconfig'],
  ['the policy of its callers', 'payment', 'NetworkPolicy/payment-callers', 'payment-callers'],
  ['the policy of its calls', 'order', 'NetworkPolicy/order-calls', 'order-calls'],
  ['the component of a group', 'shop', 'Component/redis-dev-pubsub', 'redis-dev-pubsub'],
  ['the configuration of a group', 'shop', 'Configuration', 'appconfig'],
  ['the quota of a group', 'shop', 'ResourceQuota', 'shop-dev'],
  ['the namespace of a group', 'shop', 'Namespace', 'shop-dev'],
  ['a policy of the namespace', 'shop', 'NetworkPolicy/allow-dns', 'allow-dns'],
  ['the quota of a shared group', 'infrastructure', 'ResourceQuota', 'infrastructure'],
  ['the clients of a store', 'infrastructure', 'NetworkPolicy/redis-dev-clients', 'redis-dev-clients'],
  ['a store', 'infrastructure', 'StatefulSet/redis-dev', 'redis-dev'],
];

describe('a patch reaches', () => {
  test.each(PATCHES)('%s', (_, owner, target, name) => {
    const all = platform();
    (all[owner] as ServiceChart).patch(target, LABEL, 'yes', 'reviewed');
    const patched = all.app.manifests().all.filter(({ json }) => json.metadata.labels?.['acme.example/reviewed'] === 'yes');
    expect(patched.map((manifest) => [manifest.kind, manifest.name])).toEqual([[target.split('/')[0], name]]);
    expect(patched[0].json.metadata.annotations['cdk8s-microservices/patches']).toBe(`${LABEL}: reviewed`);
  });

  test('all of them in an app of cdk8s too', () => {
    const all = platform(Testing.app() as App);
    PATCHES.forEach(([, owner, target]) => (all[owner] as ServiceChart).patch(target, LABEL, 'yes', 'reviewed'));
    const patched = (all.app.synthYaml().match(/acme\.example\/reviewed: "?yes"?/g) ?? []).length;
    expect(patched).toBe(PATCHES.length);
  });

  test('an object of the program in the chart', () => {
    const all = platform();
    new ApiObject(all.shop, 'settings', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' }, data: { A: 'a' } } as never);
    all.shop.removeField('ConfigMap', '/data/A', 'unused');
    expect(all.app.manifests().named('ConfigMap', 'settings', 'shop-dev')?.json.data).toEqual({});
  });
});

describe('a patch of a chart fails', () => {
  test.each<[string, (all: Platform) => void, string]>([
    ['where there is no such object', ({ shop }) => shop.patch('Compnent', LABEL, 'yes', 'why'), '[shop-dev] a patch needs one Compnent, and there is none. Did you mean Component?'],
    ['where there are several', ({ shop }) => shop.patch('Component', LABEL, 'yes', 'why'),
      '[shop-dev] a patch needs one Component, and there are 2. Patch one of Component/redis-dev-pubsub, Component/redis-dev-statestore.'],
    ['where a service defines the object', ({ shop }) => shop.patch('Subscription', LABEL, 'yes', 'why'),
      '[shop-dev] a patch needs one Subscription, and there is none. Patch [shop-dev/payment], which defines it.'],
    ['where the group defines the object of a service', ({ payment }) => payment.patch('Component/redis-dev-statestore', LABEL, 'yes', 'why'),
      '[shop-dev/payment] a patch needs one Component/redis-dev-statestore, and there is none. Patch [shop-dev], which defines it.'],
    ['against the schema', ({ shop }) => shop.patch('ResourceQuota', '/spec/hards', { pods: '1' }, 'why'),
      "[shop-dev] the patch of ResourceQuota at /spec/hards makes a manifest that the API server refuses: /spec/hards is a field that the schema does not have. Did you mean 'hard'?"],
    ['against Pod Security', ({ infrastructure }) => infrastructure.patch('StatefulSet', '/spec/template/spec/hostNetwork', true, 'why'),
      '[infrastructure] the patch of StatefulSet at /spec/template/spec/hostNetwork makes a manifest that the API server refuses: /spec/template/spec/hostNetwork shares the host with the pod, '
      + "which Pod Security 'restricted' refuses. Remove the patch, or choose another podSecurityLevel for the platform."],
    ['without a change', ({ shop }) => shop.removeField('Namespace', '/metadata/labels/none', 'why'),
      '[shop-dev] the patch of Namespace at /metadata/labels/none removes a field that the manifest does not have. Correct the path, or remove the patch.'],
  ])('%s', (_, patch, message) => {
    const all = platform();
    patch(all);
    expect(errors(all)).toEqual([message]);
  });
});

test('a load balancer removes a field as well', () => {
  const { app, order } = platform();
  const external = new LoadBalancer(order, 'external');
  external.removeField('Service', '/spec/ports/0/appProtocol', 'the cloud does not know it');
  const [port] = app.manifests().named('Service', 'order-external', 'shop-dev')!.json.spec.ports;
  expect(port).not.toHaveProperty('appProtocol');
});
