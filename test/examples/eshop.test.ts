import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { loadAll } from 'js-yaml';
import { Reachability } from '../../src/graph';
import { ManifestSet } from '../../src/manifests';
import { committedFiles, runExample } from '../support/example';

// a process for the synthesis, on a machine that may be busy
jest.setTimeout(60_000);

const EXAMPLE = 'eshop';
const committed = committedFiles(EXAMPLE);
const BACKING = ['maildev', 'postgresql', 'rabbitmq', 'seq', 'sqldata'];

/** What each service reaches in the namespace of the shop's stores and collectors. */
const WAYS_OUT: Record<string, string[]> = {
  'identity-api': ['seq', 'sqldata'],
  'catalog-api': ['rabbitmq', 'seq', 'sqldata'],
  'basket-api': ['postgresql', 'rabbitmq', 'seq'],
  'ordering-api': ['maildev', 'postgresql', 'rabbitmq', 'seq', 'sqldata'],
  'payment-api': ['rabbitmq', 'seq'],
  'webshoppingagg': ['seq'],
  'blazor-client': [],
};

test('its dist/ is what the program renders, and nothing is left to report', () => {
  expect(runExample(EXAMPLE)).toEqual({ status: 0, stderr: '', different: [] });
});

test('the program has at most 120 lines of at most 120 columns, without a patch and without an object of its own', () => {
  const text = readFileSync(join(resolve(__dirname, '..', '..', 'examples', EXAMPLE), 'main.ts'), 'utf8');
  const lines = text.trimEnd().split('\n');
  expect(lines.length).toBeLessThanOrEqual(120);
  expect(lines.filter((line) => line.length > 120)).toEqual([]);
  expect(text).not.toMatch(/patch|svc|ApiObject/);
});

describe.each(['dev', 'staging', 'prod'])('in %s', (environment) => {
  const files = Object.entries(committed).filter(([file]) => file.startsWith(`${environment}/`));
  const manifests = ManifestSet.parse(Object.fromEntries(files));
  const objects = files.flatMap(([, text]) => loadAll(text) as any[]);
  const named = (kind: string) => objects.filter((each) => each.kind === kind);
  const component = (name: string) => named('Component').find(({ metadata }) => metadata.name === name);

  test('exactly the calls of the shop are open between its pods', () => {
    expect(Reachability.of(manifests).edges.map(String).sort()).toEqual([
      'eshop/basket-api -> eshop/identity-api TCP 8080',
      'eshop/ordering-api -> eshop/identity-api TCP 8080',
      'eshop/ordering-api -> eshop/ordering-api TCP 50002', // the replicas call each other's actors
      'eshop/webshoppingagg -> eshop/basket-api TCP 50002',
      'eshop/webshoppingagg -> eshop/catalog-api TCP 50002',
      'eshop/webshoppingagg -> eshop/identity-api TCP 8080',
    ]);
  });

  test('each service reaches exactly the stores and collectors that it uses', () => {
    const out = (service: string) => named('NetworkPolicy').filter(({ spec }) => spec.podSelector.matchLabels?.app === service)
      .flatMap(({ spec }) => spec.egress ?? []).flatMap(({ to }) => to ?? [])
      .map(({ podSelector }) => podSelector?.matchLabels?.app).filter((app) => BACKING.includes(app));
    expect(Object.fromEntries(Object.keys(WAYS_OUT).map((service) => [service, [...new Set(out(service))].sort()]))).toEqual(WAYS_OUT);
  });

  test('components have the names of the shop, each for exactly its users', () => {
    expect(Object.fromEntries(named('Component').map(({ metadata, spec, scopes }) => [metadata.name, [spec.type, spec.version, ...scopes]]))).toEqual({
      'eshopondapr-pubsub': ['pubsub.rabbitmq', 'v1', 'basket-api', 'catalog-api', 'ordering-api', 'payment-api'],
      'eshopondapr-secretstore': ['secretstores.kubernetes', 'v1', 'basket-api', 'catalog-api', 'ordering-api', 'payment-api'],
      'eshopondapr-statestore': ['state.postgresql', 'v2', 'basket-api', 'ordering-api'],
      'sendmail': ['bindings.smtp', 'v1', 'ordering-api'],
    });
    expect(component('eshopondapr-statestore').spec.metadata).toContainEqual({ name: 'actorStateStore', value: 'true' });
  });

  test('every service reports its traces to Zipkin', () => {
    const endpoint = 'http://zipkin.backing.svc.cluster.local:9411/api/v2/spans';
    expect(named('Configuration').map(({ spec }) => spec.tracing.zipkin)).toEqual(named('Configuration').map(() => ({ endpointAddress: endpoint })));
  });

  test('topics keep their names, and the applications declare the subscriptions', () => {
    const publishing = component('eshopondapr-pubsub').spec.metadata.find(({ name }: any) => name === 'publishingScopes').value.split(';');
    expect(publishing).toContainEqual(expect.stringMatching(/^payment-api=OrderPaymentFailedIntegrationEvent,OrderPaymentSucceededIntegrationEvent,/));
    expect(named('Subscription')).toEqual([]);
  });

  test('all objects are in the namespace that exists, which is not rendered', () => {
    const namespaced = objects.filter(({ kind }) => kind !== 'PriorityClass');
    expect([...new Set(namespaced.map(({ metadata }) => metadata.namespace))]).toEqual(['eshop']);
    expect(named('Namespace')).toEqual([]);
  });

  test('the gateway leads to the shop by its paths', () => {
    const paths = named('HTTPRoute').flatMap(({ spec }) => spec.rules.flatMap(({ matches = [], backendRefs = [] }: any) => backendRefs.length === 0 ? []
      : matches.flatMap(({ path }: any) => path ? [`${path.value} ${backendRefs[0].name}`] : [])));
    expect([...new Set(paths)].sort()).toEqual([
      '/ blazor-client', '/api webshoppingagg', '/b basket-api', '/c catalog-api', '/hub/notificationhub ordering-api', '/identity identity-api', '/o ordering-api',
    ]);
  });
});
