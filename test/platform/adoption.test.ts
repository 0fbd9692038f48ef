import { App as StockApp, Chart, Testing } from 'cdk8s';
import { App } from '../../src/platform/app';
import { ServiceChart } from '../../src/platform/service-chart';
import { Namespace } from '../../src/values/namespace';
import { filesIn, newOutdir } from '../output/output-folders';
import { adopted, SELECTOR, writtenByHand } from '../support/legacy';
import { messageOf } from '../support/message-of';
import { group, Manifests, manifestsOf, PROD, service } from '../support/platform';

/** The paths of two values that differ, with what is removed or changed, and what is new. */
function differences(before: any, after: any, path = ''): string[] {
  if (JSON.stringify(before) === JSON.stringify(after)) {
    return [];
  }
  if (before === undefined) {
    return [`+ ${path}`];
  }
  if (typeof before !== 'object' || typeof after !== 'object') {
    return [`${after === undefined ? '-' : '~'} ${path}`];
  }
  const [old, now] = [before, after].map(byName);
  return [...new Set([...Object.keys(old), ...Object.keys(now)])].flatMap((key) => differences(old[key], now[key], `${path}/${key}`)).sort();
}

/** A list of named items by their names, because their order means nothing. */
function byName(value: any): any {
  return Array.isArray(value) && value.every((item) => item?.name !== undefined) ? Object.fromEntries(value.map((item) => [item.name, item])) : value;
}

test('an adopted service keeps its names, selector and namespace, and only gains what hardening adds', () => {
  const [before, after] = [writtenByHand(Testing.app()), adopted(Testing.app())].map((chart) => manifestsOf(chart));
  const compare = (kind: string, name: string) => differences(before.get(kind, name), after.get(kind, name));
  expect(after.get('Deployment', 'order').spec.selector).toEqual({ matchLabels: SELECTOR });
  expect(compare('Deployment', 'order')).toMatchInlineSnapshot(`
[
  "+ /metadata/labels",
  "+ /spec/minReadySeconds",
  "+ /spec/progressDeadlineSeconds",
  "+ /spec/revisionHistoryLimit",
  "+ /spec/strategy",
  "+ /spec/template/metadata/labels/app",
  "+ /spec/template/metadata/labels/app.kubernetes.io/component",
  "+ /spec/template/metadata/labels/app.kubernetes.io/managed-by",
  "+ /spec/template/metadata/labels/app.kubernetes.io/part-of",
  "+ /spec/template/metadata/labels/app.kubernetes.io/version",
  "+ /spec/template/metadata/labels/microservice",
  "+ /spec/template/metadata/labels/service",
  "+ /spec/template/metadata/labels/type",
  "+ /spec/template/spec/affinity",
  "+ /spec/template/spec/automountServiceAccountToken",
  "+ /spec/template/spec/containers/order/env/APP_ENV",
  "+ /spec/template/spec/containers/order/env/LOG_LEVEL",
  "+ /spec/template/spec/containers/order/imagePullPolicy",
  "+ /spec/template/spec/containers/order/lifecycle",
  "+ /spec/template/spec/containers/order/livenessProbe/failureThreshold",
  "+ /spec/template/spec/containers/order/livenessProbe/initialDelaySeconds",
  "+ /spec/template/spec/containers/order/livenessProbe/periodSeconds",
  "+ /spec/template/spec/containers/order/livenessProbe/timeoutSeconds",
  "+ /spec/template/spec/containers/order/ports/http/protocol",
  "+ /spec/template/spec/containers/order/readinessProbe/failureThreshold",
  "+ /spec/template/spec/containers/order/readinessProbe/initialDelaySeconds",
  "+ /spec/template/spec/containers/order/readinessProbe/periodSeconds",
  "+ /spec/template/spec/containers/order/readinessProbe/timeoutSeconds",
  "+ /spec/template/spec/containers/order/resources/limits/ephemeral-storage",
  "+ /spec/template/spec/containers/order/resources/requests/ephemeral-storage",
  "+ /spec/template/spec/containers/order/securityContext",
  "+ /spec/template/spec/containers/order/startupProbe",
  "+ /spec/template/spec/containers/order/volumeMounts",
  "+ /spec/template/spec/enableServiceLinks",
  "+ /spec/template/spec/priorityClassName",
  "+ /spec/template/spec/securityContext",
  "+ /spec/template/spec/serviceAccountName",
  "+ /spec/template/spec/terminationGracePeriodSeconds",
  "+ /spec/template/spec/topologySpreadConstraints",
  "+ /spec/template/spec/volumes",
  "- /spec/replicas",
]
`);
  expect(compare('Service', 'order')).toMatchInlineSnapshot(`
[
  "+ /metadata/labels",
  "+ /spec/ports/http/appProtocol",
  "+ /spec/ports/http/protocol",
  "+ /spec/type",
]
`);
  expect(after.names.filter((name) => !before.names.includes(name))).toMatchInlineSnapshot(`
[
  "HorizontalPodAutoscaler/order",
  "NetworkPolicy/shop-allow-dns",
  "NetworkPolicy/shop-allow-metrics",
  "NetworkPolicy/shop-allow-traces",
  "NetworkPolicy/shop-default-deny",
  "PodDisruptionBudget/order",
  "PriorityClass/legacy-standard",
  "ServiceAccount/order",
]
`);
  expect(before.names.filter((name) => !after.names.includes(name))).toEqual([]);
  expect(new Set(after.all.map(({ metadata }) => metadata.namespace))).toEqual(new Set(['legacy', undefined]));
});

test('the other objects of the chart stay as they are, in the one file of the chart', () => {
  const [before, after] = [writtenByHand(Testing.app()), adopted(Testing.app())].map((chart) => manifestsOf(chart));
  for (const [kind, name] of [['ConfigMap', 'banner'], ['Deployment', 'report']]) {
    expect(after.get(kind, name)).toEqual(before.get(kind, name));
  }
  const outdir = newOutdir();
  const app = new App({ outdir });
  adopted(app);
  app.synth();
  expect(filesIn(outdir)).toEqual(['legacy.k8s.yaml']);
});

test('the policies of an adopted service select its pods by its selector, and leave the other pods alone', () => {
  const { set } = manifestsOf(adopted(Testing.app()));
  const selected = set.of('NetworkPolicy').map((policy) => [policy.name, set.podsSelectedBy(policy).map(({ name }) => name)]);
  expect(selected).toEqual(['shop-default-deny', 'shop-allow-dns', 'shop-allow-traces', 'shop-allow-metrics'].map((name) => [name, ['order']]));
});

test('callers of a service with a selector of its own are admitted and let out by that selector', () => {
  const chart = group();
  const order = service(chart, 'order', { selectorLabels: { component: 'order' } });
  service(chart, 'web', { selectorLabels: { component: 'web' } }).calls(order);
  const { objects } = manifestsOf(chart);
  expect(objects.podTemplate('order').metadata.labels).toMatchObject({ app: 'order', component: 'order' });
  expect(objects.get('NetworkPolicy', 'order-callers').spec.podSelector).toEqual({ matchLabels: { component: 'order' } });
  expect(objects.get('NetworkPolicy', 'order-callers').spec.ingress[0].from[0].podSelector).toEqual({ matchLabels: { component: 'web' } });
  expect(objects.get('NetworkPolicy', 'web-calls').spec.egress[0].to[0].podSelector).toEqual({ matchLabels: { component: 'order' } });
});

test('a chart of a stock App can be adopted', () => {
  const app = new StockApp({ outdir: newOutdir() });
  expect(new Manifests(Testing.synth(adopted(app))).names).toContain('HorizontalPodAutoscaler/order');
});

test.each<[string, { [name: string]: string }, string]>([
  ['none', {}, 'selectorLabels is empty, so it would select every pod of the namespace. Name the labels of the existing selector, or leave selectorLabels out.'],
  ['a version', { 'app.kubernetes.io/version': '1.0.0' },
    "selectorLabels has 'app.kubernetes.io/version', which changes with each release, and a selector cannot change. Leave the label out, or give the workload another name."],
  ['another group', { 'app.kubernetes.io/part-of': 'shop' },
    "selectorLabels has 'app.kubernetes.io/part-of' 'shop', and its group is 'core-business'. Name the group 'shop'."],
  ['no labels', { 'a b': 'c' }, "'a b' is not the name of a label. Use letters, digits, '-', '_' and '.', at most 63, such as 'team' or 'example.com/team'."],
])('selector labels fail with %s', (_, selectorLabels, message) => {
  expect(messageOf(() => service(group(), 'order', { selectorLabels }))).toBe(`[core-business-prod/order] ${message}`);
});

test.each<[string, () => unknown, string]>([
  ['without a namespace', () => ServiceChart.adopt(new Chart(Testing.app(), 'legacy'), 'shop', { environment: PROD }),
    "[legacy] has no namespace, so its services would have none. Set it by new Chart(..., { namespace: 'shop' })."],
  ['with another namespace', () => ServiceChart.adopt(new Chart(Testing.app(), 'legacy', { namespace: 'legacy' }), 'shop', { environment: PROD, namespace: Namespace.existing('old') }),
    "[legacy] is in namespace 'legacy', and its group would be in 'old'. Name the same namespace, or leave it out."],
  ['twice', () => {
    const chart = adopted(Testing.app());
    ServiceChart.adopt(chart, 'crm', { environment: PROD });
  }, "[legacy] namespace 'legacy' is defined already at legacy. Give one of them another name."],
])('a chart cannot be adopted %s', (_, define, message) => {
  expect(messageOf(define)).toBe(message);
});
