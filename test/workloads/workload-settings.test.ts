import { ApiObject } from 'cdk8s';
import { Values } from '../../src/inputs/values';
import { Environment } from '../../src/profile/environment';
import { PlatformProfile } from '../../src/profile/platform-profile';
import { Image } from '../../src/values/image';
import { Resources } from '../../src/values/resources';
import { Scaling } from '../../src/values/scaling';
import { SecretReference } from '../../src/values/secret-reference';
import { Tier } from '../../src/values/tier';
import { OneOffJob } from '../../src/workloads/batch/one-off-job';
import { KnativeFunction } from '../../src/workloads/function/knative-function';
import { Microservice } from '../../src/workloads/microservice';
import type { MicroserviceProps } from '../../src/workloads/microservice-props';
import { ScatterGather } from '../../src/workloads/scatter-gather/scatter-gather';
import { messageOf } from '../support/message-of';
import { group, podOf, refusal } from '../support/platform';

const TAG = { 'prod/tag.yaml': 'image:\n  tag: "1.4.2"\n' };

type Files = Record<string, string>;

function valuesOf(files: Files): Values {
  return Values.of(Object.fromEntries(Object.entries({ ...TAG, ...files }).map(([file, text]) => [`checkout/${file}`, text])));
}

const STANDARD = PlatformProfile.standard().customize({ imageRegistry: 'registry.example.com' });

function define(files: Files = {}, props: MicroserviceProps = {}, profile = STANDARD, environment = Environment.of('prod', { capacityPool: 'production' })) {
  const chart = group({ profile, environment, values: valuesOf(files) });
  return { chart, checkout: new Microservice(chart, 'checkout', props) };
}

const ORGANISATION = STANDARD.customize({ scaling: { max: 11 }, logLevel: 'warn' });
const ENVIRONMENT = Environment.of('prod', { capacityPool: 'production', scaling: { max: 12 } });
const PROPS = { scaling: Scaling.utilization({ max: 13 }) };
const BASE = { 'values-base.yaml': 'replicas:\n  max: 14\n' };
const VALUES = { 'prod/values.yaml': '# size\nreplicas:\n  max: 15\n' };

test.each<[string, number, string, () => ReturnType<typeof define>]>([
  ['the standard profile', 10, 'PlatformProfile.standard', () => define()],
  ['the organisation', 11, 'PlatformProfile.customize', () => define({}, {}, ORGANISATION)],
  ['the environment', 12, "Environment 'prod'", () => define({}, {}, ORGANISATION, ENVIRONMENT)],
  ['the code of the service', 13, 'MicroserviceProps', () => define({}, PROPS, ORGANISATION, ENVIRONMENT)],
  ['values-base.yaml', 14, 'checkout/values-base.yaml:2', () => define(BASE, PROPS, ORGANISATION, ENVIRONMENT)],
  ['values.yaml of the environment', 15, 'checkout/prod/values.yaml:3', () => define({ ...BASE, ...VALUES }, PROPS, ORGANISATION, ENVIRONMENT)],
])('%s decides if nobody after it does, and is named as the one who did', (_, max, origin, defineAll) => {
  const { checkout } = defineAll();
  expect(checkout.maxReplicas).toBe(max);
  expect(checkout.explain('replicas.max')).toBe(origin);
});

test('tag.yaml decides last which image runs', () => {
  const files = { 'prod/values.yaml': 'image:\n  tag: "1.0.0"\n', 'values-base.yaml': 'image:\n  repository: registry.example.com/cart\n' };
  const { chart, checkout } = define(files, { image: Image.of('registry.example.com/checkout', { tag: '0.9.0', digest: `sha256:${'a'.repeat(64)}` }) });
  expect(podOf(chart).spec.containers[0].image).toBe('registry.example.com/cart:1.4.2');
  expect(checkout.explain('image.tag')).toBe('checkout/prod/tag.yaml:2');
  expect(checkout.explain('image.repository')).toBe('checkout/values-base.yaml:2');
});

test('each setting is decided by itself, key by key', () => {
  const { chart, checkout } = define({
    'values-base.yaml': 'env:\n  CURRENCY: EUR\n  ZONE: a\nresources:\n  limits:\n    cpu: 700m\nsidecar:\n  resources:\n    limits:\n      memory: 400Mi\nlogLevel: debug\n',
    'prod/values.yaml': 'env:\n  ZONE: b\n',
  }, { env: { CURRENCY: 'USD', SHOP: 'main' }, resources: Resources.of({ memoryLimit: '2Gi', cpuLimit: '600m' }) });
  const [container] = podOf(chart).spec.containers;
  expect(container.env).toEqual([['APP_ENV', 'prod'], ['CURRENCY', 'EUR'], ['LOG_LEVEL', 'debug'], ['SHOP', 'main'], ['ZONE', 'b']].map(([name, value]) => ({ name, value })));
  expect(container.resources.limits).toEqual({ 'cpu': '700m', 'memory': '2Gi', 'ephemeral-storage': '512Mi' });
  expect(podOf(chart).metadata.annotations['dapr.io/sidecar-memory-limit']).toBe('400Mi');
  expect(['env.SHOP', 'env.ZONE', 'resources.limits.memory', 'resources.limits.cpu', 'resources.requests.ephemeral-storage', 'sidecar.resources.limits.memory', 'logLevel']
    .map((key) => checkout.explain(key).replace('checkout/', ''))).toEqual([
    'MicroserviceProps', 'prod/values.yaml:2', 'MicroserviceProps', 'values-base.yaml:6', 'PlatformProfile.standard', 'values-base.yaml:10', 'values-base.yaml:11',
  ]);
});

describe('null in a values file', () => {
  const variables = (files: Files, props: MicroserviceProps = {}) => {
    const { chart, checkout } = define(files, props);
    const names: string[] = podOf(chart).spec.containers[0].env.map(({ name }: { name: string }) => name);
    const data = chart.node.findAll().flatMap((child) => ApiObject.isApiObject(child) && child.kind === 'ConfigMap' ? Object.keys(child.toJson().data) : []);
    return { names: names.filter((name) => !['APP_ENV', 'LOG_LEVEL'].includes(name)), data, explain: (key: string) => checkout.explain(key) };
  };

  test.each<[string, Files, MicroserviceProps, string[], string[], string]>([
    ['of the code', { 'prod/values.yaml': 'env:\n  A: null\n' }, { env: { A: 'a', B: 'b' } }, ['B'], [], 'prod/values.yaml:2'],
    ['of a wider file', { 'values-base.yaml': 'env: { A: a, B: b }\n', 'prod/values.yaml': 'env:\n  A: ~\n' }, {}, ['B'], [], 'prod/values.yaml:2'],
    ['of the ConfigMap', { 'values-base.yaml': 'config:\n  C: null\n' }, { env: { A: 'a' }, config: { C: 'c', D: 'd' } }, ['A'], ['D'], 'MicroserviceProps'],
    ['until a later file sets it again', { 'values-base.yaml': 'env: { A: null }\n', 'prod/values.yaml': '\nenv: { A: b }\n' }, { env: { A: 'a' } }, ['A'], [], 'prod/values.yaml:2'],
    ['and may move it to the other map', { 'prod/values.yaml': 'env: { A: null }\nconfig: { A: c }\n' }, { env: { A: 'a' } }, [], ['A'], 'prod/values.yaml:1'],
  ])('unsets a variable %s', (_, files, props, names, data, origin) => {
    const rendered = variables(files, props);
    expect([rendered.names, rendered.data, rendered.explain('env.A').replace('checkout/', '')]).toEqual([names, data, origin]);
  });

  test('leaves no ConfigMap whose last key is unset', () => {
    const { chart } = define({ 'prod/values.yaml': 'config: { C: null }\n' }, { config: { C: 'c' } });
    expect(chart.node.findAll().filter((child) => ApiObject.isApiObject(child) && child.kind === 'ConfigMap')).toEqual([]);
  });

  test.each<[string, Files, MicroserviceProps, string]>([
    ['no source', { 'prod/values.yaml': 'env:\n  A: null\n' }, { env: { B: 'b' } },
      "checkout/prod/values.yaml:2: 'env.A' is null, but neither the code nor an earlier file sets it. Correct the name, or remove the line."],
    ['a later file alone', { 'values-base.yaml': 'config: { A: null }\n', 'prod/values.yaml': 'config: { A: b }\n' }, {},
      "checkout/values-base.yaml:1: 'config.A' is null, but neither the code nor an earlier file sets it. Correct the name, or remove the line."],
    ['the other map', { 'prod/values.yaml': 'env: { A: null }\n' }, { config: { A: 'a' } },
      "checkout/prod/values.yaml:1: 'env.A' is null, but neither the code nor an earlier file sets it. The code sets it by config: remove it there."],
    ['a Secret', { 'prod/values.yaml': 'env: { A: null }\n' }, { secretEnv: { A: SecretReference.of('checkout', 'a') } },
      "checkout/prod/values.yaml:1: 'env.A' is null, but neither the code nor an earlier file sets it. The code sets it by secretEnv: remove it there."],
  ])('is an error where %s sets the key', (_, files, props, message) => {
    expect(messageOf(() => define(files, props))).toBe(message);
  });
});

test('a fixed number in a file takes the autoscaler\'s place only where the code fixes it too', () => {
  const { checkout } = define({ 'prod/values.yaml': 'replicas:\n  count: 5\n' }, { scaling: Scaling.replicas(3) });
  expect(checkout.maxReplicas).toBe(5);
  expect(checkout.explain('replicas.max')).toBe('checkout/prod/values.yaml:2');
});

test('every kind of workload explains its settings, with its own properties as the code', () => {
  const chart = group({ environment: Environment.of('prod', { capacityPool: 'production' }), values: Values.of({ 'film/prod/values.yaml': 'logLevel: warn\n' }) });
  const image = Image.of('registry.example.com/film', { tag: '1.0.0' });
  const resources = Resources.of({ memoryLimit: '1Gi' });
  const job = new OneOffJob(chart, 'film', { image, resources });
  const thumbnail = new KnativeFunction(chart, 'thumbnail', { image, resources });
  const { root, leaves } = new ScatterGather(chart, 'search', { leaves: 2, root: { image, resources }, leaf: { image, resources } });
  expect([job, thumbnail, root, leaves].map((workload) => ['resources.limits.memory', 'resources.limits.cpu', 'logLevel'].map((key) => workload.explain(key)))).toEqual([
    ['BatchProps', 'PlatformProfile.standard', 'film/prod/values.yaml:1'],
    ['KnativeFunctionProps', 'PlatformProfile.standard', 'PlatformProfile.standard'],
    ['MicroserviceProps', 'PlatformProfile.standard', 'PlatformProfile.standard'],
    ['LeafProps', 'PlatformProfile.standard', 'PlatformProfile.standard'],
  ]);
});

test.each<[string, string]>([
  ['replica.max', 'Did you mean replicas.max, replicas.min, replicas.count?'],
  ['resources.cpu', 'Did you mean resources.requests.cpu, resources.limits.cpu, sidecar.resources.requests.cpu?'],
  ['resources.cpuRequests', 'Did you mean resources.requests.cpu, resources.requests.memory, resources.requests.ephemeral-storage?'],
  ['', 'Write a key of a values file or of the platform profile, such as replicas.max.'],
])('an unknown setting is an error with the nearest keys: %j', (setting, remedy) => {
  const { checkout } = define();
  expect(messageOf(() => checkout.explain(setting))).toBe(`[core-business-prod/checkout] has no setting '${setting}'. ${remedy}`);
});

test('settings of code and profile explain themselves by their own names', () => {
  const files = { 'prod/values.yaml': 'resources:\n  limits:\n    cpu: 600m\n' };
  const { checkout } = define(files, { tier: Tier.CRITICAL, resources: Resources.of({ cpuRequest: '300m' }) }, ORGANISATION);
  expect(['resources.cpuRequest', 'resources.cpuLimit', 'resources.memoryLimit', 'tier', 'delivery', 'scaling.max', 'imageRegistry'].map((key) => checkout.explain(key))).toEqual([
    'MicroserviceProps', 'checkout/prod/values.yaml:3', 'PlatformProfile.standard', 'MicroserviceProps', 'PlatformProfile.standard',
    'PlatformProfile.customize', 'PlatformProfile.customize',
  ]);
});

test.each<[string, Files, MicroserviceProps, string]>([
  ['no tag', { 'prod/tag.yaml': '' }, {}, "[core-business-prod/checkout] image 'registry.example.com/checkout' has neither tag nor digest. Add image.tag to checkout/prod/tag.yaml."],
  ['the tag latest', { 'prod/tag.yaml': 'image:\n  tag: latest\n' }, {}, "checkout/prod/tag.yaml:2: the tag 'latest' names another image every day. Give the tag of one build, such as '1.4.2'."],
  ['a mistyped key', { 'prod/values.yaml': 'replcas:\n  max: 5\n' }, {}, "checkout/prod/values.yaml:2: unknown key 'replcas.max'. Did you mean 'replicas.max'?"],
  ['shape', { 'values-base.yaml': 'ports: [8000]\n' }, {}, "checkout/values-base.yaml:1: 'ports' is shape, which a file cannot set. Set it in the code of the service."],
  ['a wrong range over two levels', { 'prod/values.yaml': 'replicas:\n  min: 12\n' }, {}, '[core-business-prod/checkout] min 12 is more than max 10. Raise max to 12 or lower min to 10.'],
  ['a fixed number for a scaled service', { 'prod/values.yaml': 'replicas:\n  count: 2\n' }, {},
    "checkout/prod/values.yaml:2: 'replicas.count' would fix the number of replicas, but the service is scaled by its use. Set replicas.min and replicas.max."],
  ['a range for a fixed number', { 'prod/values.yaml': 'replicas:\n  max: 2\n' }, { scaling: Scaling.replicas(3) },
    "checkout/prod/values.yaml:2: 'replicas.max' is for a service that is scaled by its use, but the code fixes the number of replicas. Set replicas.count."],
  ['a key of the ConfigMap that is no variable', { 'prod/values.yaml': 'config:\n  1ST: "a"\n' }, {},
    "checkout/prod/values.yaml:2: '1ST' is not the name of an environment variable. Use letters, digits and '_', and begin with a letter."],
])('fails on %s, and writes nothing', (_, files, props, message) => {
  expect(refusal((app) => new Microservice(group({ app, values: valuesOf(files) }), 'checkout', props))).toBe(message);
});
