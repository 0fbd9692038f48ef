import { Yaml } from 'cdk8s';
import type { CallOptions } from '../../src/core/connection-options';
import type { ServiceChart } from '../../src/platform/service-chart';
import { PostgresCluster } from '../../src/stores/postgres/postgres-cluster';
import { Dapr } from '../../src/values/dapr';
import { DaprVersion } from '../../src/values/dapr-version';
import { bare, errorsOf, group, manifestsOf, profileWith, service } from '../support/platform';

const OPTIONS: CallOptions = { workflows: { 'OrderSaga': ['schedule', 'get'], 'Bill*': ['get'] }, activities: ['ShipParcel', 'ChargeCard'] };

/** Three services that keep actors in one store. The first calls the second. */
function platform(chart: ServiceChart, options: CallOptions): void {
  const store = PostgresCluster.fromNamespace(chart, 'postgresql', 'infrastructure');
  const [checkout, order, other] = ['checkout', 'order', 'other'].map((name) => service(chart, name));
  [checkout, order, other].forEach((each) => each.uses(store, { actors: true }));
  checkout.calls(order, options);
  other.calls(order);
}

test('callers of workflows are the only ones that may use them', () => {
  const chart = group();
  platform(chart, OPTIONS);
  expect(Yaml.stringify(bare(manifestsOf(chart).get('WorkflowAccessPolicy', 'order-workflows')))).toBe(`apiVersion: dapr.io/v1alpha1
kind: WorkflowAccessPolicy
metadata:
  name: order-workflows
scopes:
  - order
spec:
  rules:
    - activities:
        - name: ChargeCard
        - name: ShipParcel
      callers:
        - appID: checkout
      workflows:
        - name: Bill*
          operations:
            - get
        - name: OrderSaga
          operations:
            - get
            - schedule
`);
});

test('calls without workflows render no policy', () => {
  const chart = group();
  platform(chart, {});
  expect(manifestsOf(chart).of('WorkflowAccessPolicy')).toEqual([]);
});

test.each<[string, CallOptions, string]>([
  ['an unknown operation', { workflows: { Order: ['start'] } }, "expected the operations of the workflow 'Order' to be one of schedule, terminate, raise, pause, resume, purge, get, rerun, got 'start'. Use 'schedule'."],
  ['no operation', { workflows: { Order: [] } }, "lists no operation for the workflow 'Order' of 'order'. List each operation once."],
  ['an operation twice', { workflows: { Order: ['get', 'get'] } }, "lists an operation twice for the workflow 'Order' of 'order'. List each operation once."],
  ['an empty list', { activities: [] }, "calls workflows of 'order' and lists none. Leave workflows and activities out, or add a name."],
  ['a direct call', { activities: ['A'], direct: true }, "calls workflows of 'order', which sidecars of one program reach through Dapr alone. Remove direct, or remove dapr: Dapr.none(...)."],
])('%s is refused', (_, options, message) => {
  expect(errorsOf((chart) => platform(chart, options))).toEqual([`[core-business-prod/checkout] ${message}`]);
});

test('workflows are refused where Dapr does not reach them', () => {
  expect(errorsOf((chart) => service(chart, 'checkout', { dapr: Dapr.none('gRPC') }).calls(service(chart, 'order'), OPTIONS))).toEqual([
    "[core-business-prod/checkout] calls workflows of 'order', which sidecars of one program reach through Dapr alone. Remove direct, or remove dapr: Dapr.none(...).",
  ]);
  expect(errorsOf((chart) => service(chart).calls(service(chart, 'order'), OPTIONS))).toEqual([
    "[core-business-prod/checkout] calls workflows of 'order', and the two do not keep actors in one store of one namespace. Let both use the store with { actors: true }.",
  ]);
});

test('older versions of Dapr have no policies for workflows', () => {
  expect(errorsOf((chart) => platform(chart, OPTIONS), { profile: profileWith({ daprVersion: DaprVersion.of('1.17') }) })).toEqual([
    "[core-business-prod/checkout] calls workflows of 'order', and Dapr 1.17 has no policies for them: every service of the namespace may use them. "
    + 'Set daprVersion to 1.18 or later, or leave workflows and activities out.',
  ]);
});
