import { Duration, Yaml } from 'cdk8s';
import { Endpoint } from '../../src/graph/endpoint';
import { KnativeBroker } from '../../src/messaging/knative-broker';
import type { TriggerOptions } from '../../src/messaging/knative-trigger';
import { App } from '../../src/platform/app';
import { SharedChart } from '../../src/platform/shared-chart';
import { knativeFunction } from '../support/functions';
import { bare, DEV, errorsOf, findings, group, manifestsOf, PROD, profileWith, refusal, service } from '../support/platform';

/** The Trigger of `thumbnail` on `events`. */
function trigger(options: TriggerOptions = {}, name = 'thumbnail-events'): any {
  const chart = group();
  knativeFunction(chart).triggersOn(new KnativeBroker(chart, 'events'), options);
  return manifestsOf(chart).get('Trigger', name);
}

test('a broker is a Broker of the class that the profile names, and has an address', () => {
  const chart = group();
  const broker = new KnativeBroker(chart, 'events');
  expect(broker.url).toBe('http://broker-ingress.knative-eventing.svc.cluster.local/core-business-prod/events');
  expect(Yaml.stringify(bare(manifestsOf(chart).get('Broker', 'events'))).trimEnd()).toMatchInlineSnapshot(`
"apiVersion: eventing.knative.dev/v1
kind: Broker
metadata:
  annotations:
    eventing.knative.dev/broker.class: MTChannelBasedBroker
  name: events
spec:
  config:
    apiVersion: v1
    kind: ConfigMap
    name: config-br-default-channel
    namespace: knative-eventing
  delivery:
    backoffDelay: PT1S
    backoffPolicy: exponential
    retry: 5"
`);
});

test('a trigger wakes a function by events of a type, and says what happens to those that it did not take', () => {
  const chart = group();
  const [thumbnail, failed] = [knativeFunction(chart), knativeFunction(chart, 'failed')];
  const events = new KnativeBroker(chart, 'events', { deadLetters: failed, retries: 3 });
  thumbnail.triggersOn(events, { eventType: 'com.example.picture.uploaded', source: '/pictures', attributes: { region: 'eu' }, route: '/events/picture' });
  expect(Yaml.stringify(bare(manifestsOf(chart).get('Trigger', 'thumbnail-com.example.picture.uploaded'))).trimEnd()).toMatchInlineSnapshot(`
"apiVersion: eventing.knative.dev/v1
kind: Trigger
metadata:
  name: thumbnail-com.example.picture.uploaded
spec:
  broker: events
  delivery:
    backoffDelay: PT1S
    backoffPolicy: exponential
    deadLetterSink:
      ref:
        apiVersion: serving.knative.dev/v1
        kind: Service
        name: failed
        namespace: core-business-prod
    retry: 3
  filter:
    attributes:
      region: eu
      source: /pictures
      type: com.example.picture.uploaded
  subscriber:
    ref:
      apiVersion: serving.knative.dev/v1
      kind: Service
      name: thumbnail
      namespace: core-business-prod
    uri: /events/picture"
`);
});

test('a trigger without a filter takes every event, at the root', () => {
  const { filter, subscriber } = trigger().spec;
  expect([filter, subscriber.uri]).toEqual([{ attributes: {} }, undefined]);
});

test('what a trigger says of its delivery goes before what the broker says, and that before the profile', () => {
  const chart = group({ profile: profileWith({ functions: { eventing: { backoff: 'linear' } } }) });
  const events = new KnativeBroker(chart, 'events', { retries: 3, backoffDelay: Duration.seconds(2) });
  knativeFunction(chart).triggersOn(events, { retries: 7 });
  expect(manifestsOf(chart).get('Trigger', 'thumbnail-events').spec.delivery).toEqual({ retry: 7, backoffPolicy: 'linear', backoffDelay: 'PT2S' });
  expect(manifestsOf(chart).get('Broker', 'events').spec.delivery).toEqual({ retry: 3, backoffPolicy: 'linear', backoffDelay: 'PT2S' });
});

test('names of triggers come from what they take, or are said', () => {
  expect(trigger({ eventType: 'com.example/Picture_Uploaded' }, 'thumbnail-com.example-picture-uploaded')).toBeDefined();
  expect(trigger({ eventType: 'a', name: 'made' }, 'thumbnail-made')).toBeDefined();
});

test('another broker may take what was not taken', () => {
  const chart = group();
  const failed = new KnativeBroker(chart, 'failed');
  knativeFunction(chart).triggersOn(new KnativeBroker(chart, 'events'), { deadLetters: failed });
  expect(manifestsOf(chart).get('Trigger', 'thumbnail-events').spec.delivery.deadLetterSink).toEqual({
    ref: { apiVersion: 'eventing.knative.dev/v1', kind: 'Broker', name: 'failed', namespace: 'core-business-prod' },
  });
});

test('who sends events is let out to where all brokers take them', () => {
  const chart = group();
  service(chart, 'order').calls(new KnativeBroker(chart, 'events'));
  const order = Endpoint.ofPods('core-business-prod', { app: 'order' });
  const ingress = Endpoint.ofPods('knative-eventing', { 'eventing.knative.dev/brokerRole': 'ingress' });
  expect([80, 8080].filter((port) => manifestsOf(chart).reachability.leaves(order, ingress, port))).toEqual([8080]);
  expect(manifestsOf(chart).find('Resiliency', 'order')).toBeUndefined();
});

test('another class of brokers is where the profile says', () => {
  const chart = group({
    profile: profileWith({
      functions: { eventing: { brokerClass: 'Kafka', brokerConfig: 'kafka-broker-config', ingressService: 'kafka-broker-ingress' } },
      network: { knativeBrokerIngress: { namespace: 'knative-eventing', label: 'app', values: ['kafka-broker-receiver'] } },
    }),
  });
  const broker = new KnativeBroker(chart, 'events');
  service(chart, 'order').calls(broker);
  expect(broker.url).toBe('http://kafka-broker-ingress.knative-eventing.svc.cluster.local/core-business-prod/events');
  const [order, receiver] = [Endpoint.ofPods('core-business-prod', { app: 'order' }), Endpoint.ofPods('knative-eventing', { app: 'kafka-broker-receiver' })];
  expect(manifestsOf(chart).reachability.leaves(order, receiver, 8080)).toBe(true);
  expect(findings(chart).filter((finding) => finding.startsWith('MS-EVENT'))).toEqual([]);
});

test('the reviewer is told which events may be lost', () => {
  const chart = group();
  const thumbnail = knativeFunction(chart);
  thumbnail.triggersOn(new KnativeBroker(chart, 'events'));
  expect(findings(chart).filter((finding) => finding.startsWith('MS-EVENT'))).toEqual([
    "MS-EVENT-001 [core-business-prod/thumbnail/Trigger events/Resource] loses an event of 'events' after 5 retries (/spec/delivery)",
    "MS-EVENT-002 [core-business-prod/events/Resource] takes its channel from the ConfigMap 'knative-eventing/config-br-default-channel' (/spec/config)",
  ]);
});

test.each<[string, TriggerOptions, string]>([
  ['with a path that is none', { route: 'events' }, "expected a route that begins with '/', got 'events'. Write a path such as '/events/order-placed'."],
  ['with an attribute that no event has', { attributes: { dataContentType: 'a' } },
    "'dataContentType' is not the name of an attribute of events. Use lower-case letters and digits, and begin with a letter."],
  ['with an attribute without a value', { attributes: { region: '' } }, 'the attribute region is empty. Write at least one word.'],
  ['with a name that no object can have', { name: 'Made!' }, "the name of the trigger 'thumbnail-Made!' is not a DNS subdomain: it has 'M'. Write 'thumbnail-made'."],
])('fails for a trigger %s', (_what, options, message) => {
  expect(errorsOf((chart) => knativeFunction(chart).triggersOn(new KnativeBroker(chart, 'events'), options))).toEqual([`[core-business-prod/thumbnail] ${message}`]);
});

test.each<[string, TriggerOptions, string]>([
  ['that is repeated less than never', { retries: -1 }, 'expected retries to be a whole number of 0 or more, got -1. Use 0 or more.'],
  ['that waits in another way', { backoff: 'constant' }, "expected backoff to be one of exponential, linear, got 'constant'. Use 'exponential'."],
  ['that does not wait', { backoffDelay: Duration.millis(100) }, 'expected backoffDelay to be 1 or more whole seconds, got 0.1 seconds. Use Duration.seconds(1).'],
])('fails for a delivery %s', (_what, options, message) => {
  expect(errorsOf((chart) => new KnativeBroker(chart, 'events', options))).toEqual([`[core-business-prod/events] ${message}`]);
});

test('fails where two triggers of a function have one name', () => {
  expect(errorsOf((chart) => {
    const events = new KnativeBroker(chart, 'events');
    const thumbnail = knativeFunction(chart);
    thumbnail.triggersOn(events);
    thumbnail.triggersOn(events, { source: '/pictures' });
  })).toEqual(["[core-business-prod/thumbnail] has two triggers with the name 'events'. Give one of them another name."]);
});

test('fails where the broker is in another namespace, which a trigger cannot see', () => {
  expect(refusal((app) => knativeFunction(group({ app })).triggersOn(new KnativeBroker(group({ app, name: 'platform' }), 'events')))).toBe(
    "[core-business-prod/thumbnail] is triggered by the broker 'events' of 'platform-prod', and a trigger finds those of its own namespace only. "
    + "Define a KnativeBroker in 'core-business-prod', and let it take the events there.",
  );
});

test('fails where dead letters would leave the environment', () => {
  expect(refusal((app) => {
    const failed = knativeFunction(group({ app, environment: DEV }), 'failed');
    new KnativeBroker(group({ app, environment: PROD }), 'events', { deadLetters: failed });
  })).toBe("[core-business-prod/events] sends events to 'failed' of environment 'dev', so they would leave environment 'prod'. Define 'failed' in 'core-business-prod'.");
});

test('fails in a group that all environments share', () => {
  expect(refusal((app) => new KnativeBroker(new SharedChart(app, 'infrastructure'), 'events'))).toBe(
    "[infrastructure/events] is in 'infrastructure', which all environments share, so its events would cross environments. Define it below a ServiceChart.",
  );
});

test.each([[[], 'no value'], [['a', 'b'], 'several values']])('fails where one Service would be %j pods', (values, found) => {
  const profile = profileWith({ network: { knativeBrokerIngress: { namespace: 'knative-eventing', label: 'app', values } } });
  expect(() => new KnativeBroker(group({ app: new App(), profile }), 'events')).toThrow(new Error(
    `[core-business-prod/events] finds ${found} in network.knativeBrokerIngress, and one Service takes the events for all brokers. Name one value.`,
  ));
});
