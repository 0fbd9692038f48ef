import { reportOf, testRules } from './rule-cases';

const object = (apiVersion: string, kind: string, name: string, rest: string, metadata = '') => `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: ${name}, namespace: shop${metadata} }\n${rest}\n`;
const pod = (containers: string) => object('v1', 'Pod', 'order', `spec: { containers: ${containers} }`);
const knative = (spec: string, labels = '{ networking.knative.dev/visibility: cluster-local }') => object('serving.knative.dev/v1', 'Service', 'thumbnail', `spec: { template: { spec: ${spec} } }`, `, labels: ${labels}`);
const broker = (spec: string, className = 'Kafka') => object('eventing.knative.dev/v1', 'Broker', 'events', `spec: ${spec}`, `, annotations: { eventing.knative.dev/broker.class: ${className} }`);
const trigger = (delivery: string) => object('eventing.knative.dev/v1', 'Trigger', 'pictures', `spec: { broker: events, delivery: ${delivery} }`);
const SINK = '{ deadLetterSink: { ref: { name: lost } } }';

testRules({
  'MS-SEC-001': {
    breaks: pod('[{ name: order, env: [{ name: KEY, valueFrom: { secretKeyRef: { name: a, key: b } } }], envFrom: [{ secretRef: { name: all } }] }]'),
    report: `MS-SEC-001 warning (2): A container reads a secret from an environment variable, which child processes and crash dumps see. Use secretFiles if the image can read files.
  m.yaml:1 gives KEY to the container 'order'
  m.yaml:1 gives all of the Secret 'all' to the container 'order'
`,
    keeps: pod('[{ name: order, env: [{ name: LOG_LEVEL, value: info }], envFrom: [{ configMapRef: { name: order } }] }]'),
  },
  'MS-SEC-002': {
    breaks: knative('{}', '{}'),
    report: "MS-SEC-002 warning (1): A function can be called from outside the cluster by Knative's gateway, which checks no identity. "
      + 'Check the caller in the function, or make it cluster-local.\n  m.yaml:1 /metadata/labels/networking.knative.dev~1visibility\n',
    keeps: knative('{}'),
  },
  'MS-SEC-004': {
    breaks: `${object('v1', 'ConfigMap', 'order', 'data: { LD_AUDIT: /tmp/audit.so, THEME: dark }')}---
${pod('[{ name: order, env: [{ name: LD_PRELOAD, value: /usr/lib/jemalloc.so }], envFrom: [{ configMapRef: { name: order } }] }]')}`,
    report: 'MS-SEC-004 warning (2): An environment variable makes every program of a container load code that its command does not name. '
      + `Set it in the image, where it is built and signed, or acknowledge it.
  m.yaml:6 gives LD_AUDIT to the container 'order'
  m.yaml:6 gives LD_PRELOAD to the container 'order'
`,
    keeps: pod('[{ name: order, env: [{ name: LD_LEVEL, value: info }], envFrom: [{ configMapRef: { name: absent } }] }]'),
  },
  'MS-FUNC-001': {
    breaks: knative('{ priorityClassName: shop-standard }'),
    report: 'MS-FUNC-001 warning (1): A function has no priority or no spread, because Knative refuses fields that its ConfigMap config-features does not allow. '
      + 'Enable the features there, and name them in functions.features of the platform profile.\n'
      + '  m.yaml:1 goes without kubernetes.podspec-topologyspreadconstraints (/spec/template/spec)\n',
    keeps: knative('{ priorityClassName: shop-standard, topologySpreadConstraints: [] }'),
  },
  'MS-EVENT-001': {
    breaks: `${trigger('{ retry: 5 }')}---\n${broker('{}')}`,
    report: "MS-EVENT-001 warning (1): A Trigger without dead letters loses an event when all its deliveries have failed. Name deadLetters of the trigger or of the broker.\n  m.yaml:1 loses an event of 'events' after 5 retries (/spec/delivery)\n",
    keeps: `${trigger('{ retry: 5 }')}---\n${broker(`{ delivery: ${SINK} }`)}`,
  },
  'MS-EVENT-002': {
    breaks: broker('{ config: { namespace: knative-eventing, name: config-br-default-channel } }', 'MTChannelBasedBroker'),
    report: 'MS-EVENT-002 warning (1): A broker of the class MTChannelBasedBroker keeps events in memory, unless its ConfigMap names another channel. '
      + 'Use a channel or a class that stores events, such as Kafka, and set functions.eventing and network.knativeBrokerIngress of the platform profile.\n'
      + "  m.yaml:1 takes its channel from the ConfigMap 'knative-eventing/config-br-default-channel' (/spec/config)\n",
    keeps: broker('{}'),
  },
  'MS-NET-001': {
    breaks: [
      object('networking.k8s.io/v1', 'NetworkPolicy', 'out', 'spec: { egress: [{ to: [{ podSelector: {} }] }, { to: [{ ipBlock: { cidr: 10.0.0.0/8 } }, { ipBlock: { cidr: 0.0.0.0/0 } }] }] }'),
      object('networking.k8s.io/v1', 'NetworkPolicy', 'in', 'spec: { ingress: [{ from: [{ ipBlock: { cidr: "2000::/3" } }] }] }'),
      object('networking.k8s.io/v1', 'NetworkPolicy', 'half', 'spec: { egress: [{ to: [{ ipBlock: { cidr: 0.0.0.0/1 } }, { ipBlock: { cidr: 128.0.0.0/1 } }] }] }'),
    ].join('---\n'),
    report: 'MS-NET-001 warning (3): A NetworkPolicy opens the whole internet, so a pod that is taken over can send data anywhere. '
      + 'Name ranges, or hosts by ExternalService.fromHost(). Acknowledge it with the reason otherwise.\n'
      + '  m.yaml:1 /spec/egress/1/to/1/ipBlock\n  m.yaml:6 /spec/ingress/0/from/0/ipBlock\n  m.yaml:11 /spec/egress/0/to/0/ipBlock\n',
    keeps: object('networking.k8s.io/v1', 'NetworkPolicy', 'out', 'spec: { egress: [{ to: [{ ipBlock: { cidr: "fc00::/7" } }, { ipBlock: { cidr: 10.0.0.0/8 } }] }, {}] }'),
  },
  'MS-NET-002': {
    breaks: [
      object('v1', 'Service', 'all', 'spec: { type: LoadBalancer }'),
      object('v1', 'Service', 'ranges', 'spec: { type: LoadBalancer, loadBalancerSourceRanges: [10.0.0.0/8, 0.0.0.0/0] }'),
    ].join('---\n'),
    report: 'MS-NET-002 warning (2): A LoadBalancer lets everybody on the internet connect to a service, without TLS, authentication or rate limits of a gateway. '
      + 'Use an ApiGateway, or set sourceRanges. Acknowledge it with the reason otherwise.\n  m.yaml:1 /spec/type\n  m.yaml:6 /spec/type\n',
    keeps: [
      object('v1', 'Service', 'ranges', 'spec: { type: LoadBalancer, loadBalancerSourceRanges: [10.0.0.0/8] }'),
      object('v1', 'Service', 'inner', 'spec: { type: ClusterIP }'),
    ].join('---\n'),
  },
  'MS-GATE-001': {
    breaks: object('networking.k8s.io/v1', 'Ingress', 'api', 'spec: {}'),
    report: 'MS-GATE-001 info (1): An Ingress has no field for the TLS version, timeouts and retries, so its controller decides them. '
      + 'Set them in the controller, or by gateway.ingressAnnotations where it reads any.\n  m.yaml:1\n',
    keeps: object('gateway.networking.k8s.io/v1', 'HTTPRoute', 'api', 'spec: {}'),
  },
  'MS-DAPR-001': {
    breaks: object('argoproj.io/v1alpha1', 'Rollout', 'order', 'spec: { template: { metadata: { annotations: { dapr.io/enabled: "true" } } } }'),
    report: 'MS-DAPR-001 warning (1): A Rollout has a Dapr sidecar, and Dapr makes no Service for a Rollout at its defaults, so no sidecar would find it. '
      + "Set global.argoRolloutServiceReconciler.enabled to true in the values of Dapr's Helm chart.\n  m.yaml:1\n",
    keeps: object('argoproj.io/v1alpha1', 'Rollout', 'order', 'spec: { template: { metadata: { annotations: {} } } }'),
  },
  'MS-DAPR-006': {
    breaks: object('apps/v1', 'Deployment', 'order', 'spec: { template: { metadata: { annotations: { dapr.io/volume-mounts: "ca:/ca,tls:/tls", dapr.io/volume-mounts-rw: "data:/data" } }, spec: { volumes: [{ name: tmp }, { name: ca }] } } }'),
    report: "MS-DAPR-006 error (2): A Dapr sidecar mounts a volume that its pod does not have, which Dapr's injector leaves out without an error. Name a volume of the pod in volumeMounts.\n"
      + "  m.yaml:1 mounts 'data', and the volumes are ca, tmp\n  m.yaml:1 mounts 'tls', and the volumes are ca, tmp\n",
    keeps: object('apps/v1', 'Deployment', 'order', 'spec: { template: { metadata: { annotations: { dapr.io/volume-mounts: "ca:/ca" } }, spec: { volumes: [{ name: ca }] } } }'),
  },
  'MS-PATCH-001': {
    breaks: object('v1', 'ConfigMap', 'order', 'data: {}', ', annotations: { cdk8s-microservices/patches: "/data/a: the till reads it: so far\\n/data/b: as above" }'),
    report: `MS-PATCH-001 info (2): A patch sets a field that no property sets. Nothing to do, if a reviewer agrees.
  m.yaml:1 is patched: as above (/data/b)
  m.yaml:1 is patched: the till reads it: so far (/data/a)
`,
    keeps: object('v1', 'ConfigMap', 'order', 'data: {}'),
  },
});

test('a trigger with dead letters of its own loses nothing, whatever its broker has', () => {
  expect(reportOf(`${trigger(SINK)}---\n${broker('{}')}`)).toBe('');
});
