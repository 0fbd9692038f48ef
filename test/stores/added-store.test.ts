import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Yaml } from 'cdk8s';
import { Ambassador } from '../../src/containers/ambassador';
import { ArgoCdRepository } from '../../src/delivery/argo-cd-repository';
import { Endpoint } from '../../src/graph/endpoint';
import { Topic } from '../../src/messaging/topic';
import { App } from '../../src/platform/app';
import type { ServiceChart } from '../../src/platform/service-chart';
import { SharedChart } from '../../src/platform/shared-chart';
import { QueueSource } from '../../src/scaling/queue-source';
import { Image } from '../../src/values/image';
import { SecretReference } from '../../src/values/secret-reference';
import { Worker } from '../../src/workloads/worker';
import { profileOf, ValkeyCluster } from '../fixtures/stores';
import { bare, errorsOf, group, manifestsOf, manifestsOfApp, refusal, ROOMY, service, writtenBy } from '../support/platform';

/** order keeps state on a Valkey and publishes there; mailer is a worker that subscribes. */
function shop(chart = group({ profile: ROOMY })): ServiceChart {
  const valkey = ValkeyCluster.fromNamespace(chart, 'valkey', 'infrastructure');
  const topic = new Topic(chart, 'order-placed', { broker: valkey });
  const order = service(chart, 'order');
  order.uses(valkey);
  order.publishes(topic);
  new Worker(chart, 'mailer', { image: Image.of('registry.example.com/mailer', { tag: '1.4.2' }) }).subscribes(topic);
  return chart;
}

test('a store is a folder, the line of its export and the line of its settings', () => {
  const index = readFileSync(join(__dirname, '../fixtures/stores/index.ts'), 'utf8').split('\n').filter((line) => !line.startsWith('import '));
  expect(index.filter((line) => /valkey/i.test(line)).map((line) => line.trim())).toEqual(["export * from './valkey';", 'valkey: VALKEY_SETTINGS,']);
});

test('services keep state there by the component that its engine describes', () => {
  expect(Yaml.stringify(bare(manifestsOf(shop()).get('Component', 'valkey-statestore'))).trimEnd()).toMatchInlineSnapshot(`
"apiVersion: dapr.io/v1alpha1
kind: Component
metadata:
  name: valkey-statestore
auth:
  secretStore: kubernetes
scopes:
  - order
spec:
  initTimeout: 30s
  metadata:
    - name: redisHost
      value: valkey-prod.infrastructure.svc.cluster.local:6380
    - name: redisPassword
      secretKeyRef:
        key: default
        name: valkey-prod-users
    - name: keyPrefix
      value: namespace
  type: state.redis
  version: v1"
`);
});

test('topics are carried there, limited to those who use them', () => {
  expect(Yaml.stringify(manifestsOf(shop()).get('Component', 'valkey-pubsub').spec).trimEnd()).toMatchInlineSnapshot(`
"initTimeout: 30s
metadata:
  - name: redisHost
    value: valkey-prod.infrastructure.svc.cluster.local:6380
  - name: redisPassword
    secretKeyRef:
      key: default
      name: valkey-prod-users
  - name: allowedTopics
    value: order-placed,order-placed-mailer-dead-letter
  - name: publishingScopes
    value: mailer=order-placed-mailer-dead-letter;order=order-placed
  - name: subscriptionScopes
    value: mailer=order-placed,order-placed-mailer-dead-letter;order=
  - name: concurrency
    value: "2"
  - name: processingTimeout
    value: "409"
type: pubsub.redis
version: v1"
`);
});

test('KEDA reads how many events wait, with the credentials that its engine names', () => {
  const manifests = manifestsOf(shop());
  expect(manifests.get('ScaledObject', 'mailer').spec.triggers).toEqual([{
    name: 'lag_order_placed',
    type: 'redis-streams',
    metadata: {
      address: 'valkey-prod.infrastructure.svc.cluster.local:6380', stream: 'order-placed', consumerGroup: 'mailer', lagCount: '50', enableTLS: 'true',
    },
    authenticationRef: { name: 'mailer-valkey' },
  }]);
  expect(manifests.get('ConfigMap', 'mailer-valkey').data).toEqual({ username: 'default' });
  expect(manifests.get('TriggerAuthentication', 'mailer-valkey').spec).toEqual({
    configMapTargetRef: [{ parameter: 'username', name: 'mailer-valkey', key: 'username' }],
    secretTargetRef: [{ parameter: 'password', name: 'valkey-prod-users', key: 'default' }],
  });
});

test('policies let its users reach it, and nobody else', () => {
  const app = new App();
  new ValkeyCluster(new SharedChart(app, 'infrastructure', { profile: ROOMY }), 'valkey-prod');
  const chart = shop(group({ app, profile: ROOMY }));
  service(chart, 'catalog');
  const { reachability } = manifestsOfApp(app);
  const valkey = Endpoint.ofPods('infrastructure', { app: 'valkey-prod' });
  const reaches = (name: string) => reachability.leaves(reachability.workload(name, 'core-business-prod'), valkey, 6380);
  expect(['order', 'mailer', 'catalog'].map(reaches)).toEqual([true, true, false]);
});

test('its settings come from the profile, and what a construct says of itself wins', () => {
  const chart = new SharedChart(new App(), 'infrastructure', { profile: profileOf({ valkey: { size: 5, port: 7000 } }) });
  const valkey = new ValkeyCluster(chart, 'valkey-prod', { storage: '20Gi' });
  expect(manifestsOf(chart).get('Valkey', 'valkey-prod').spec).toEqual({ size: 5, storage: '20Gi', port: 7000 });
  expect(valkey.stateEndpoint).toMatchObject({ host: 'valkey-prod.infrastructure.svc.cluster.local', port: 7000, secretName: 'valkey-prod-users' });
  expect(() => profileOf({ valkey: { size: 0 } })).toThrow(new Error('StoreDefaults.of: expected valkey.size to be a whole number of 1 or more, got 0. Use 1 or more.'));
});

test('what speaks the protocol of Redis takes it, as a Redis cluster', () => {
  const chart = group({ profile: ROOMY });
  const valkey = ValkeyCluster.fromNamespace(chart, 'valkey', 'infrastructure');
  const worker = new Worker(chart, 'film', {
    image: Image.of('registry.example.com/film', { tag: '1.4.2' }),
    sidecars: [Ambassador.redis(valkey, { authority: SecretReference.of('valkey-authority', 'ca.crt') })],
  });
  worker.uses(valkey);
  worker.scalesOn(QueueSource.redisList(valkey, 'films'));
  const { spec } = manifestsOf(chart).get('ScaledObject', 'film');
  expect(spec.triggers[0].metadata).toMatchObject({ listName: 'films', address: 'valkey-prod.infrastructure.svc.cluster.local:6380' });
});

test('what its engine does not claim to keep is refused', () => {
  expect(errorsOf((chart) => service(chart, 'order').uses(ValkeyCluster.fromNamespace(chart, 'valkey', 'infrastructure'), { actors: true }))).toEqual([
    "[core-business-prod/order] uses 'valkey' for actors, and its engine 'valkey' has no multi-key transactions, which Dapr actors and workflows require. "
    + 'Use a store with such transactions for actors, such as a relational database.',
  ]);
});

test('an engine without Dapr components is no engine', () => {
  expect(refusal((app) => {
    const chart = group({ app, profile: ROOMY });
    service(chart, 'order').uses({ stateEndpoint: { name: 'files', engine: { name: 'files' }, host: 'files.example.com', port: 80, secretName: 'files', cidrs: ['10.0.0.0/24'] } });
  })).toContain("files: its engine 'files' describes no Dapr component. Extend stores.StoreEngine.");
});

test('Argo CD never deletes the objects that contain its data', () => {
  const files = writtenBy((app) => {
    new ArgoCdRepository(app, 'shop', { repository: 'https://git.example.com/shop.git', directory: 'applications', manifests: 'dist' });
    new ValkeyCluster(new SharedChart(app, 'infrastructure', { profile: ROOMY }), 'valkey');
  });
  expect(files['shared/infrastructure/valkey.k8s.yaml']).toContain('argocd.argoproj.io/sync-options: Delete=false,Prune=false');
});
