import { Duration, Yaml } from 'cdk8s';
import { Endpoint } from '../../src/graph/endpoint';
import { Values } from '../../src/inputs/values';
import { Topic } from '../../src/messaging/topic';
import { PostgresCluster } from '../../src/stores/postgres/postgres-cluster';
import { MessageBroker } from '../../src/stores/redis/broker/message-broker';
import { RedisCluster } from '../../src/stores/redis/redis-cluster';
import { Dapr } from '../../src/values/dapr';
import { KubernetesVersion } from '../../src/values/kubernetes-version';
import { Port } from '../../src/values/port';
import { Probe } from '../../src/values/probe';
import { SecretReference } from '../../src/values/secret-reference';
import { Tier } from '../../src/values/tier';
import { FileStorage } from '../../src/workloads/file-storage';
import { FunctionTraffic } from '../../src/workloads/function/function-traffic';
import { FunctionVisibility } from '../../src/workloads/function/function-visibility';
import type { KnativeFunctionProps } from '../../src/workloads/function/knative-function-props';
import { knativeFunction } from '../support/functions';
import { bare, errorsOf, findings, group, manifestsOf, profileWith, ROOMY, service } from '../support/platform';
import type { AnyChanges } from '../support/settings';

/** The Service of Knative of `thumbnail` in core-business-prod. */
function knative(props: KnativeFunctionProps = {}, changes: AnyChanges = {}): any {
  const chart = group({ profile: profileWith(changes) });
  knativeFunction(chart, 'thumbnail', props);
  return manifestsOf(chart).get('Service', 'thumbnail');
}

const template = (...said: Parameters<typeof knative>) => knative(...said).spec.template;
const pod = (...said: Parameters<typeof knative>) => template(...said).spec;
const container = (...said: Parameters<typeof knative>) => pod(...said).containers[0];

/** The annotations of a prefix, without it. */
function annotations(prefix: string, ...said: Parameters<typeof knative>): { [name: string]: string } {
  const all = Object.entries(template(...said).metadata.annotations as { [name: string]: string });
  return Object.fromEntries(all.filter(([name]) => name.startsWith(prefix)).map(([name, value]) => [name.slice(prefix.length), value]));
}

test('a function is a Service of Knative, an identity and a policy: Knative makes what runs and scales it', () => {
  const chart = group();
  knativeFunction(chart);
  const names = manifestsOf(chart).names.filter((name) => name.includes('/thumbnail'));
  expect(names).toEqual(['NetworkPolicy/thumbnail-knative', 'Service/thumbnail', 'ServiceAccount/thumbnail']);
});

test('it is as the platform profile says', () => {
  expect(Yaml.stringify(bare(knative())).trimEnd()).toMatchInlineSnapshot(`
"apiVersion: serving.knative.dev/v1
kind: Service
metadata:
  name: thumbnail
spec:
  template:
    metadata:
      annotations:
        autoscaling.knative.dev/class: kpa.autoscaling.knative.dev
        autoscaling.knative.dev/initial-scale: "1"
        autoscaling.knative.dev/max-scale: "10"
        autoscaling.knative.dev/metric: concurrency
        autoscaling.knative.dev/min-scale: "0"
        autoscaling.knative.dev/scale-down-delay: 0s
        autoscaling.knative.dev/target: "100"
        autoscaling.knative.dev/target-utilization-percentage: "70"
        autoscaling.knative.dev/window: 60s
        dapr.io/app-health-check-path: /health/ready
        dapr.io/app-id: thumbnail
        dapr.io/app-port: "8080"
        dapr.io/app-protocol: http
        dapr.io/config: appconfig
        dapr.io/disable-builtin-k8s-secret-store: "true"
        dapr.io/enable-app-health-check: "true"
        dapr.io/enable-native-sidecar: "true"
        dapr.io/enabled: "true"
        dapr.io/env: GOMEMLIMIT=283115520
        dapr.io/graceful-shutdown-seconds: "5"
        dapr.io/log-level: info
        dapr.io/metrics-port: "9099"
        dapr.io/sidecar-cpu-limit: 300m
        dapr.io/sidecar-cpu-request: 100m
        dapr.io/sidecar-memory-limit: 300Mi
        dapr.io/sidecar-memory-request: 128Mi
        dapr.io/sidecar-readiness-probe-delay-seconds: "1"
        dapr.io/sidecar-seccomp-profile-type: RuntimeDefault
        queue.sidecar.serving.knative.dev/cpu-resource-limit: 100m
        queue.sidecar.serving.knative.dev/cpu-resource-request: 25m
        queue.sidecar.serving.knative.dev/ephemeral-storage-resource-limit: 64Mi
        queue.sidecar.serving.knative.dev/ephemeral-storage-resource-request: 64Mi
        queue.sidecar.serving.knative.dev/memory-resource-limit: 128Mi
        queue.sidecar.serving.knative.dev/memory-resource-request: 64Mi
      labels:
        app: thumbnail
        app.kubernetes.io/component: function
        app.kubernetes.io/instance: thumbnail
        app.kubernetes.io/managed-by: cdk8s-microservices
        app.kubernetes.io/name: thumbnail
        app.kubernetes.io/part-of: core-business
        app.kubernetes.io/version: 1.4.2
        microservice: thumbnail
        service: thumbnail
        type: function
    spec:
      automountServiceAccountToken: false
      containerConcurrency: 0
      containers:
        - env:
            - name: APP_ENV
              value: production
            - name: LOG_LEVEL
              value: info
          image: registry.example.com/thumbnail:1.4.2
          imagePullPolicy: Always
          livenessProbe:
            failureThreshold: 3
            httpGet:
              path: /health/live
              port: 8080
            initialDelaySeconds: 10
            periodSeconds: 10
            timeoutSeconds: 2
          name: thumbnail
          ports:
            - containerPort: 8080
              name: http1
              protocol: TCP
          readinessProbe:
            httpGet:
              path: /health/ready
              port: 8080
          resources:
            limits:
              cpu: 500m
              ephemeral-storage: 512Mi
              memory: 1Gi
            requests:
              cpu: 200m
              ephemeral-storage: 256Mi
              memory: 512Mi
          securityContext:
            allowPrivilegeEscalation: false
            capabilities:
              drop:
                - ALL
            readOnlyRootFilesystem: true
            runAsGroup: 65532
            runAsNonRoot: true
            runAsUser: 65532
            seccompProfile:
              type: RuntimeDefault
          volumeMounts:
            - mountPath: /tmp
              name: scratch-tmp
      enableServiceLinks: false
      serviceAccountName: thumbnail
      timeoutSeconds: 300
      volumes:
        - emptyDir:
            sizeLimit: 128Mi
          name: scratch-tmp
  traffic:
    - latestRevision: true
      percent: 100"
`);
});

describe('its pods', () => {
  test('have no field that Knative refuses by default', () => {
    expect(Object.keys(pod()).sort()).toEqual([
      'automountServiceAccountToken', 'containerConcurrency', 'containers', 'enableServiceLinks', 'serviceAccountName', 'timeoutSeconds', 'volumes',
    ]);
    expect(Object.keys(container()).sort()).toEqual([
      'env', 'image', 'imagePullPolicy', 'livenessProbe', 'name', 'ports', 'readinessProbe', 'resources', 'securityContext', 'volumeMounts',
    ]);
  });

  test('have what config-features allows, where the profile says that it does', () => {
    const features = ['kubernetes.podspec-priorityclassname', 'kubernetes.podspec-topologyspreadconstraints', 'kubernetes.podspec-securitycontext'];
    const { priorityClassName, topologySpreadConstraints, securityContext } = pod({}, { functions: { features } });
    expect(priorityClassName).toBe('core-business-prod-standard');
    expect(topologySpreadConstraints.map(({ topologyKey }: any) => topologyKey)).toEqual(['topology.kubernetes.io/zone', 'kubernetes.io/hostname']);
    expect(securityContext).toEqual({ fsGroup: 65532, runAsGroup: 65532, runAsNonRoot: true, runAsUser: 65532, seccompProfile: { type: 'RuntimeDefault' } });
  });

  test('need no PriorityClass that they cannot have, and one that they can', () => {
    const classes = (features: string[]) => {
      const chart = group({ profile: profileWith({ functions: { features } }) });
      knativeFunction(chart);
      return manifestsOf(chart).of('PriorityClass').map(({ metadata }) => metadata.name);
    };
    expect([classes([]), classes(['kubernetes.podspec-priorityclassname'])]).toEqual([[], ['core-business-prod-standard']]);
  });

  test('listen on one port, which Knative knows by what is spoken there', () => {
    expect(container().ports).toEqual([{ name: 'http1', containerPort: 8080, protocol: 'TCP' }]);
    const probes = { liveness: Probe.grpc(), readiness: Probe.tcpSocket(), startup: Probe.tcpSocket({ period: Duration.seconds(2) }) };
    const { ports, livenessProbe, readinessProbe, startupProbe } = container({ port: Port.grpc(9000), probes });
    expect(ports).toEqual([{ name: 'h2c', containerPort: 9000, protocol: 'TCP' }]);
    expect([livenessProbe, readinessProbe]).toEqual([{ grpc: { port: 9000 } }, { tcpSocket: { port: 9000 } }]);
    expect(startupProbe).toEqual({ tcpSocket: { port: 9000 }, periodSeconds: 2 });
  });

  test('get settings, variables and secrets as those of any workload', () => {
    const { env, envFrom, volumeMounts } = container({
      env: { WIDTH: '200' }, config: { QUALITY: '80' }, secretFiles: [SecretReference.of('storage', 'key')], secretEnv: { LICENSE: SecretReference.of('license', 'key') },
    });
    expect(env.map(({ name }: any) => name)).toEqual(['APP_ENV', 'LICENSE', 'LOG_LEVEL', 'WIDTH']);
    expect(envFrom).toEqual([{ configMapRef: { name: 'thumbnail' } }]);
    expect(volumeMounts).toEqual([{ name: 'scratch-tmp', mountPath: '/tmp' }, { name: 'secret-storage', mountPath: '/var/run/secrets/storage', readOnly: true }]);
  });

  test('are others when a setting of the ConfigMap is', () => {
    const [one, two] = ['80', '90'].map((quality) => annotations('checksum/', { config: { QUALITY: quality } }).config);
    expect(one).toMatch(/^[0-9a-f]{64}$/);
    expect(two).not.toBe(one);
  });

  test('mount a claim where config-features allows it', () => {
    const features = ['kubernetes.podspec-persistent-volume-claim', 'kubernetes.podspec-persistent-volume-write'];
    const spec = pod({ storage: FileStorage.persistent({ mountPath: '/data', size: '1Gi' }) }, { functions: { features } });
    expect(spec.volumes[1]).toEqual({ name: 'storage', persistentVolumeClaim: { claimName: 'thumbnail' } });
  });

  test('are of the class Guaranteed with the queue-proxy, if the tier says so', () => {
    expect(annotations('queue.sidecar.serving.knative.dev/', { tier: Tier.CRITICAL })).toEqual({
      'cpu-resource-limit': '100m',
      'cpu-resource-request': '100m',
      'ephemeral-storage-resource-limit': '64Mi',
      'ephemeral-storage-resource-request': '64Mi',
      'memory-resource-limit': '128Mi',
      'memory-resource-request': '128Mi',
    });
  });
});

describe('its scaling', () => {
  test('is on calls at a time, by Knative itself, and to nothing', () => {
    expect(annotations('autoscaling.knative.dev/')).toEqual({
      'class': 'kpa.autoscaling.knative.dev',
      'initial-scale': '1',
      'max-scale': '10',
      'metric': 'concurrency',
      'min-scale': '0',
      'scale-down-delay': '0s',
      'target': '100',
      'target-utilization-percentage': '70',
      'window': '60s',
    });
  });

  test('is on processors by a HorizontalPodAutoscaler, which has neither a delay nor a share of the target', () => {
    expect(annotations('autoscaling.knative.dev/', { scaling: { min: 1, metric: 'cpu', target: 80, window: Duration.seconds(120) } })).toEqual({
      'class': 'hpa.autoscaling.knative.dev', 'initial-scale': '1', 'max-scale': '10', 'metric': 'cpu', 'min-scale': '1', 'target': '80', 'window': '120s',
    });
  });

  test('aims at what a pod takes at a time, where that is limited and no target is said', () => {
    const { spec, metadata } = template({ concurrency: 10 });
    expect([spec.containerConcurrency, metadata.annotations['autoscaling.knative.dev/target']]).toEqual([10, undefined]);
    expect(annotations('autoscaling.knative.dev/', { concurrency: 10, scaling: { target: 8 } }).target).toBe('8');
    expect(annotations('autoscaling.knative.dev/', { concurrency: 10, scaling: { metric: 'rps', target: 150 } }).target).toBe('150');
  });

  test('may be said in the profile', () => {
    const changes = { functions: { scaling: { max: 3, scaleDownDelay: Duration.minutes(5) }, concurrency: 1, timeout: Duration.seconds(30) } };
    expect(annotations('autoscaling.knative.dev/', {}, changes)).toMatchObject({ 'max-scale': '3', 'scale-down-delay': '300s' });
    expect(pod({}, changes)).toMatchObject({ containerConcurrency: 1, timeoutSeconds: 30 });
  });

  test('is known of the function', () => {
    const { minReplicas, maxReplicas } = knativeFunction(group(), 'thumbnail', { scaling: { min: 2, max: 5 } });
    expect([minReplicas, maxReplicas]).toEqual([2, 5]);
  });
});

describe('its calls', () => {
  test('go to the newest revision, or in shares to several', () => {
    expect(knative().spec.traffic).toEqual([{ latestRevision: true, percent: 100 }]);
    const { template: { metadata }, traffic } = knative({
      revision: 'v2', traffic: [FunctionTraffic.latest(10, { tag: 'canary' }), FunctionTraffic.revision('v1', 90)],
    }).spec;
    expect(metadata.name).toBe('thumbnail-v2');
    expect(traffic).toEqual([
      { latestRevision: true, percent: 10, tag: 'canary' }, { latestRevision: false, revisionName: 'thumbnail-v1', percent: 90 },
    ]);
  });

  test('come from inside of the cluster, unless it is said otherwise', () => {
    const visibility = (props: KnativeFunctionProps) => knative(props).metadata.labels['networking.knative.dev/visibility'];
    expect([visibility({}), visibility({ visibility: FunctionVisibility.EXTERNAL })]).toEqual(['cluster-local', undefined]);
  });

  test('have an address', () => {
    expect(knativeFunction(group()).url).toBe('http://thumbnail.core-business-prod.svc.cluster.local');
  });
});

describe('the network', () => {
  const GATEWAY = Endpoint.ofPods('kourier-system', { app: '3scale-kourier-gateway' });
  const ACTIVATOR = Endpoint.ofPods('knative-serving', { app: 'activator' });
  const AUTOSCALER = Endpoint.ofPods('knative-serving', { app: 'autoscaler' });
  const METRICS = Endpoint.ofPods('infrastructure', { 'app.kubernetes.io/name': 'prometheus' });
  const pods = (app: string) => Endpoint.ofPods('core-business-prod', { app });

  test('lets Knative in to the queue-proxy, and nobody else: not who calls the function', () => {
    const chart = group();
    service(chart, 'order').calls(knativeFunction(chart));
    const { reachability } = manifestsOf(chart);
    const open = [8012, 8013, 8022, 8080, 9090, 9091, 9099, 50002];
    expect(Object.fromEntries(Object.entries({ GATEWAY, ACTIVATOR, AUTOSCALER, METRICS, order: pods('order') })
      .map(([name, peer]) => [name, open.filter((port) => reachability.enters(peer, pods('thumbnail'), port))]))).toEqual({
      GATEWAY: [8012], ACTIVATOR: [8012], AUTOSCALER: [9090], METRICS: [8080, 9090, 9091, 9099], order: [],
    });
  });

  test('lets Knative in to the port for HTTP/2, if that is what the function speaks', () => {
    const chart = group();
    knativeFunction(chart, 'thumbnail', { port: Port.grpc(9000), probes: { liveness: Probe.grpc(), readiness: Probe.grpc() } });
    expect([8012, 8013].filter((port) => manifestsOf(chart).reachability.enters(ACTIVATOR, pods('thumbnail'), port))).toEqual([8013]);
  });

  test.each([['with', undefined], ['without', Dapr.none('speaks to nobody')]])('leads a caller %s a sidecar to the gateway, and not to the pods', (_, dapr) => {
    const chart = group();
    service(chart, 'order', { dapr }).calls(knativeFunction(chart));
    const manifests = manifestsOf(chart);
    expect(manifests.get('NetworkPolicy', 'order-calls').spec.egress).toEqual([{
      to: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kourier-system' } }, podSelector: { matchLabels: { app: '3scale-kourier-gateway' } } }],
      ports: [{ port: 8081, protocol: 'TCP' }],
    }]);
    expect(manifests.find('NetworkPolicy', 'thumbnail-callers')).toBeUndefined();
  });

  test('is where the profile says that Knative and its gateway are', () => {
    const istio = { namespace: 'istio-system', label: 'istio', values: ['ingressgateway'] };
    const chart = group({ profile: profileWith({ network: { knativeGateway: istio }, functions: { gatewayPorts: [8081, 8444] } }) });
    service(chart, 'order').calls(knativeFunction(chart));
    const gateway = Endpoint.ofPods('istio-system', { istio: 'ingressgateway' });
    const { reachability } = manifestsOf(chart);
    expect([8081, 8444].filter((port) => reachability.leaves(pods('order'), gateway, port))).toEqual([8081, 8444]);
    expect(reachability.enters(gateway, pods('thumbnail'), 8012)).toBe(true);
  });

  test('lets a function out to what it calls and uses', () => {
    const chart = group();
    const thumbnail = knativeFunction(chart);
    thumbnail.calls(service(chart, 'order'));
    thumbnail.uses(PostgresCluster.fromNamespace(chart, 'postgresql', 'infrastructure'));
    const manifests = manifestsOf(chart);
    expect(manifests.reachability.reaches(pods('thumbnail'), pods('order'), 50002)).toBe(true);
    expect(manifests.get('NetworkPolicy', 'thumbnail-network-policy').spec.egress).toEqual([
      { to: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'infrastructure' } } }], ports: [{ port: 5432, protocol: 'TCP' }] },
    ]);
  });
});

describe('with Dapr', () => {
  test('the sidecar has its metrics where the queue-proxy has none, and does not keep the first call waiting', () => {
    expect(annotations('dapr.io/')).toMatchObject({ 'app-port': '8080', 'metrics-port': '9099', 'sidecar-readiness-probe-delay-seconds': '1' });
  });

  test('the sidecar speaks as the one port does', () => {
    const probes = { liveness: Probe.grpc(), readiness: Probe.grpc() };
    expect(annotations('dapr.io/', { port: Port.grpc(9000), probes })).toMatchObject({ 'app-port': '9000', 'app-protocol': 'grpc' });
  });

  test('calls do not go through it: no rights at the function, and neither timeout nor retries at the caller', () => {
    const chart = group();
    service(chart, 'order').calls(knativeFunction(chart));
    const manifests = manifestsOf(chart);
    expect(manifests.find('Configuration', 'thumbnail-appconfig')).toBeUndefined();
    expect(manifests.find('Resiliency', 'order')).toBeUndefined();
    expect(manifests.get('Service', 'thumbnail').spec.template.metadata.annotations['dapr.io/config']).toBe('appconfig');
  });

  test('events are published, and partitions of topics named to the function', () => {
    const chart = group({ profile: ROOMY });
    knativeFunction(chart).publishes(new Topic(chart, 'picture-made', { broker: MessageBroker.fromNamespace(chart, 'broker', 'infrastructure', { partitions: 2 }) }));
    const { env } = manifestsOf(chart).get('Service', 'thumbnail').spec.template.spec.containers[0];
    expect(env.map(({ name }: any) => name)).toEqual(['APP_ENV', 'LOG_LEVEL', 'TOPIC_PICTURE_MADE_PARTITIONS']);
  });

  test('a function that keeps a pod subscribes a topic, and the reviewer is told what that does not scale', () => {
    const chart = group();
    const redis = RedisCluster.fromNamespace(chart, 'redis', 'infrastructure');
    knativeFunction(chart, 'thumbnail', { scaling: { min: 2 } }).subscribes(new Topic(chart, 'picture-uploaded', { broker: redis }));
    expect(manifestsOf(chart).get('Subscription', 'thumbnail-picture-uploaded').scopes).toEqual(['thumbnail']);
    expect(findings(chart)).toContain('MS-SCALE-003 [core-business-prod/thumbnail/Service] keeps 2 without calls');
  });

  test('the same is told of a subscription that the function declares itself', () => {
    const chart = group();
    const redis = RedisCluster.fromNamespace(chart, 'redis', 'infrastructure');
    knativeFunction(chart, 'thumbnail', { scaling: { min: 2 } }).subscribes(new Topic(chart, 'picture-uploaded', { broker: redis }), { declaredByApplication: true });
    knativeFunction(chart, 'preview').publishes(new Topic(chart, 'picture-made', { broker: redis }));
    expect(findings(chart).filter((finding) => finding.startsWith('MS-SCALE-003'))).toEqual(['MS-SCALE-003 [core-business-prod/thumbnail/Service] keeps 2 without calls']);
  });

  test('none is there, if it is said', () => {
    const chart = group();
    knativeFunction(chart, 'thumbnail', { dapr: Dapr.none('speaks to nobody') });
    expect(Object.keys(manifestsOf(chart).get('Service', 'thumbnail').spec.template.metadata.annotations).filter((name) => name.startsWith('dapr.io/'))).toEqual([]);
    expect(findings(chart)).toContain('MS-DAPR-002 [core-business-prod/thumbnail] speaks to nobody');
    const metrics = Endpoint.ofPods('infrastructure', { 'app.kubernetes.io/name': 'prometheus' });
    expect(manifestsOf(chart).reachability.enters(metrics, Endpoint.ofPods('core-business-prod', { app: 'thumbnail' }), 9099)).toBe(false);
  });

  test('an older one is told how long to stay', () => {
    const changes = { kubernetesVersion: KubernetesVersion.of('1.27') };
    expect(annotations('dapr.io/', {}, changes)).toMatchObject({ 'block-shutdown-duration': '30s' });
  });
});

test('the quota counts the most pods of each revision that can be called, with queue-proxy and sidecar', () => {
  const profile = profileWith({ quotas: { 'core-business-prod': { cpu: '5', memory: '60Gi' } } });
  const traffic = [FunctionTraffic.latest(50), FunctionTraffic.revision('v1', 50), FunctionTraffic.revision('v0', 0, { tag: 'old' }), FunctionTraffic.revision('unused', 0)];
  expect(errorsOf((chart) => knativeFunction(chart, 'thumbnail', { scaling: { max: 2 }, traffic }), { profile })).toEqual([
    "[core-business-prod/Namespace/ResourceQuota] allows limits.cpu 5, and the workloads of 'core-business-prod' may use 5.4 at their maximum: "
    + 'thumbnail 6 x (500m + 300m + 100m). Lower the number of replicas, the limits or the storage of a workload, or raise the quota.',
  ]);
});

test('the reviewer is told what pods go without, and of calls from outside', () => {
  const chart = group();
  knativeFunction(chart, 'thumbnail', { visibility: FunctionVisibility.EXTERNAL, secretEnv: { LICENSE: SecretReference.of('license', 'key') } });
  expect(findings(chart)).toEqual([
    'MS-FUNC-001 [core-business-prod/thumbnail/Service] goes without kubernetes.podspec-priorityclassname and kubernetes.podspec-topologyspreadconstraints (/spec/template/spec)',
    "MS-SEC-001 [core-business-prod/thumbnail/Service] gives LICENSE to the container 'thumbnail'",
    'MS-SEC-002 [core-business-prod/thumbnail/Service] /metadata/labels/networking.knative.dev~1visibility',
  ]);
});

const BAD: [string, KnativeFunctionProps, string][] = [
  ['that may grow to fewer pods than it keeps', { scaling: { min: 3, max: 2 } }, 'scaling.min 3 is more than scaling.max 2. Raise scaling.max to 3 or lower scaling.min to 2.'],
  ['that begins with more pods than it may have', { scaling: { initial: 3, max: 2 } },
    'scaling.initial 3 is more than scaling.max 2. Raise scaling.max to 3 or lower scaling.initial to 2.'],
  ['that begins with no pod', { scaling: { initial: 0 } }, 'expected scaling.initial to be a whole number of 1 or more, got 0. Use 1 or more.'],
  ['that may have any number of pods', { scaling: { max: 0 } }, 'expected scaling.max to be a whole number of 1 or more, got 0. Use 1 or more.'],
  ['without pods whose processors would be measured', { scaling: { metric: 'cpu', target: 80 } },
    'scaling.min is 0 and scaling.metric is cpu, which a HorizontalPodAutoscaler measures: it needs a pod to measure. Set scaling.min to 1, or use the metric concurrency.'],
  ['with another metric and its usual target', { scaling: { metric: 'rps' } }, 'scales on rps and says no target for it. Set scaling.target.'],
  ['with a metric that nobody measures', { scaling: { metric: 'latency', target: 3 } },
    "expected scaling.metric to be one of concurrency, rps, cpu, memory, got 'latency'. Use 'concurrency'."],
  ['with a misspelt metric', { scaling: { metric: 'cpus' } }, "expected scaling.metric to be one of concurrency, rps, cpu, memory, got 'cpus'. Use 'cpu'."],
  ['whose pods could never have what is aimed at', { concurrency: 5, scaling: { target: 10 } },
    'aims at 10 calls at a time in one pod, which takes 5. Lower scaling.target to 5 or raise concurrency.'],
  ['with a window that is too short', { scaling: { window: Duration.seconds(5) } },
    'expected scaling.window to be 6 to 3600 whole seconds, got 5 seconds. Use Duration.seconds(6).'],
  ['with a delay that is too long', { scaling: { scaleDownDelay: Duration.hours(2) } },
    'expected scaling.scaleDownDelay to be 0 to 3600 whole seconds, got 7200 seconds. Use Duration.seconds(3600).'],
  ['with more calls at a time than Knative knows', { concurrency: 1001 }, 'expected concurrency to be a whole number from 0 to 1000, got 1001. Use 1000 or less.'],
  ['that may take longer than Knative lets anybody', { timeout: Duration.minutes(11) },
    'expected timeout to be 1 to 600 whole seconds, got 660 seconds. Use Duration.seconds(600).'],
  ['whose shares of traffic are too few', { traffic: [FunctionTraffic.latest(10), FunctionTraffic.revision('v1', 80)] },
    'expected shares of traffic that add up to 100 percent, got 10 + 80. Add 10 to one of them.'],
  ['whose shares of traffic are too many', { traffic: [FunctionTraffic.latest(30), FunctionTraffic.revision('v1', 80)] },
    'expected shares of traffic that add up to 100 percent, got 30 + 80. Take 10 from one of them.'],
  ['without any traffic', { traffic: [] }, 'expected shares of traffic that add up to 100 percent, got none. Use FunctionTraffic.latest(100).'],
  ['with a revision twice', { traffic: [FunctionTraffic.revision('v1', 50), FunctionTraffic.revision('v1', 50)] },
    "names the revision 'v1' twice in its traffic. Give it one share."],
  ['with a tag twice', { traffic: [FunctionTraffic.latest(50, { tag: 'a' }), FunctionTraffic.revision('v1', 50, { tag: 'a' })] },
    "has two shares of traffic with the tag 'a'. Give each a tag of its own."],
  ['whose revision has no good name', { revision: 'V2' }, "revision 'thumbnail-V2' is not a DNS label: it has 'V'. Write 'thumbnail-v2'."],
  ['with a port that Knative does not pass on', { port: Port.of('admin', 8081) },
    "the port 'admin' is neither http nor grpc, and Knative passes on nothing else. Use Port.http(...) or Port.grpc(...)."],
  ["on a port of Knative's", { port: Port.http(8022) },
    "port 'http' 8022 is Knative's own, and a pod has each port once. Use a port other than 8008, 8012, 8013, 8022, 8112, 9090, 9091."],
  ['with a readiness probe that is repeated without a period', { probes: { readiness: Probe.httpGet('/', { timeout: Duration.seconds(2) }) } },
    'the readiness probe has no period, so Knative sends it many times a second until it succeeds, and takes neither timeout nor failureThreshold. Give it a period, or leave them out.'],
  ['that wants the Kubernetes API', { apiAccess: [] }, 'has apiAccess, and Knative mounts no token of the API server into its pods. Use a Microservice.'],
  ['with storage, which Knative refuses', { storage: FileStorage.persistent({ mountPath: '/data', size: '1Gi' }) },
    'has storage, and Knative refuses pods with a claim unless its ConfigMap config-features allows kubernetes.podspec-persistent-volume-claim and '
    + 'kubernetes.podspec-persistent-volume-write. Enable it there and name it in functions.features of the platform profile, or use a Microservice.'],
  ["with a variable of Knative's", { env: { PORT: '80' } }, "has 'PORT' among its own settings, which Knative sets itself. Give the setting another name."],
  ["with a setting of Knative's name", { config: { K_SERVICE: 'a' } }, "has 'K_SERVICE' among its own settings, which Knative sets itself. Give the setting another name."],
];
test.each(BAD)('fails for a function %s', (_what, props, message) => {
  expect(errorsOf((chart) => knativeFunction(chart, 'thumbnail', props))).toEqual([`[core-business-prod/thumbnail] ${message}`]);
});

test('fails where a function without pods subscribes a topic, whose events its sidecar would take', () => {
  expect(errorsOf((chart) => {
    const topic = new Topic(chart, 'picture-uploaded', { broker: RedisCluster.fromNamespace(chart, 'redis', 'infrastructure') });
    knativeFunction(chart).subscribes(topic);
  })).toEqual(["[core-business-prod/thumbnail] subscribes 'picture-uploaded' and may have no pod, and so no Dapr sidecar, which takes the events. "
    + 'Set scaling: { min: 1 }, or let a KnativeBroker wake it: triggersOn(broker).']);
});

test.each([{ timeout: Duration.seconds(3) }, { retries: 2 }])('fails where a caller wants what no sidecar would keep: %j', (options) => {
  expect(errorsOf((chart) => service(chart, 'order').calls(knativeFunction(chart), options))).toEqual([
    "[core-business-prod/thumbnail] is called by 'order' with a timeout or retries, which no Dapr sidecar keeps, because calls of a function go through Knative. "
    + "Leave them out, and let 'order' itself wait and repeat.",
  ]);
});

test.each([
  [() => FunctionTraffic.latest(101), 'FunctionTraffic.latest: expected percent to be a whole number from 0 to 100, got 101. Use 100 or less.'],
  [() => FunctionTraffic.revision('V1', 1), "FunctionTraffic.revision: revision 'V1' is not a DNS label: it has 'V'. Write 'v1'."],
  [() => FunctionTraffic.latest(1, { tag: '1a' }), "FunctionTraffic.latest: tag '1a' is not the name of a Service: it begins with a digit. Begin it with a letter."],
])('fails for a share of traffic that Knative would refuse', (share, message) => {
  expect(share).toThrow(new Error(message));
});

test.each<[object, string]>([
  [{ scaling: { min: 11 } }, 'functions.scaling.min 11 is more than functions.scaling.max 10. Raise functions.scaling.max to 11 or lower functions.scaling.min to 10.'],
  [{ timeout: Duration.minutes(20) }, 'expected functions.timeout to be 1 to 600 whole seconds, got 1200 seconds. Use Duration.seconds(600).'],
  [{ features: ['podspec-affinity'] }, 'expected functions.features to be one of kubernetes.podspec-persistent-volume-claim, kubernetes.podspec-persistent-volume-write, '
    + "kubernetes.podspec-priorityclassname, kubernetes.podspec-securitycontext, kubernetes.podspec-topologyspreadconstraints, kubernetes.podspec-volumes-csi, kubernetes.podspec-nodeselector, kubernetes.podspec-tolerations, kubernetes.podspec-runtimeclassname, kubernetes.podspec-hostaliases, kubernetes.podspec-dnsconfig, got 'podspec-affinity'. "
    + "Use 'kubernetes.podspec-persistent-volume-claim'."],
  [{ gatewayPorts: [] }, 'functions.gatewayPorts is an empty list, so no function could be called. Name the port, such as 8081.'],
  [{ sidecarMetricsPort: 9091 }, "functions.sidecarMetricsPort 9091 is Knative's own, and a pod has each port once. Use a port other than 8008, 8012, 8013, 8022, 8112, 9090, 9091."],
  [{ eventing: { backoff: 'constant' } }, "expected functions.eventing.backoff to be one of exponential, linear, got 'constant'. Use 'exponential'."],
  [{ eventing: { retries: -1 } }, 'expected functions.eventing.retries to be a whole number of 0 or more, got -1. Use 0 or more.'],
  [{ queueProxy: { cpuRequest: '1' } }, 'cpuRequest 1 is more than cpuLimit 100m, so the cluster refuses the pod. Lower cpuRequest or raise cpuLimit.'],
])('fails where the profile says it, and not in every function: %j', (functions, message) => {
  expect(() => profileWith({ functions })).toThrow(new Error(`PlatformProfile.customize: ${message}`));
});

describe('values files', () => {
  const written = (values: string) => Values.of({ 'thumbnail/prod/values.yaml': values });

  test('say how many pods a function has, and with which settings', () => {
    const chart = group({ values: written('replicas:\n  min: 2\n  max: 4\nenv:\n  WIDTH: "100"\n') });
    const { minReplicas, maxReplicas } = knativeFunction(chart, 'thumbnail', { scaling: { max: 20 } });
    expect([minReplicas, maxReplicas]).toEqual([2, 4]);
    const { env } = manifestsOf(chart).get('Service', 'thumbnail').spec.template.spec.containers[0];
    expect(env).toContainEqual({ name: 'WIDTH', value: '100' });
  });

  test.each([
    ['replicas:\n  count: 3\n', 2, "'replicas.count' would fix the number of replicas, but a function is scaled by concurrency. Set replicas.min and replicas.max."],
    ['autoscaling:\n  cpuPercent: 70\n', 2, "'autoscaling.cpuPercent' is for a service, and 'thumbnail' is a function, which is scaled by concurrency. Set scaling of the KnativeFunction."],
  ])('fail with what a function does not know: %j', (values, line, message) => {
    const [error] = errorsOf((chart) => knativeFunction(chart), { values: written(values) });
    expect(error).toBe(`thumbnail/prod/values.yaml:${line}: ${message}`);
  });
});
