import { Duration, Yaml } from 'cdk8s';
import { Adapter } from '../../src/containers/adapter';
import { Ambassador } from '../../src/containers/ambassador';
import { Sidecar } from '../../src/containers/sidecar';
import type { InitContainer, ISidecar, SidecarContainer, SidecarContext } from '../../src/core/pod-container';
import { Mesh } from '../../src/mesh/mesh';
import type { ServiceChart } from '../../src/platform/service-chart';
import { QueueSource } from '../../src/scaling/queue-source';
import { Dapr } from '../../src/values/dapr';
import { Image } from '../../src/values/image';
import { KubernetesVersion } from '../../src/values/kubernetes-version';
import { Port } from '../../src/values/port';
import { Probe } from '../../src/values/probe';
import { QualityOfService } from '../../src/values/quality-of-service';
import { Resources } from '../../src/values/resources';
import { Scaling } from '../../src/values/scaling';
import { SecretReference } from '../../src/values/secret-reference';
import { Tier } from '../../src/values/tier';
import { VerticalScaling } from '../../src/values/vertical-scaling';
import { OneOffJob } from '../../src/workloads/batch/one-off-job';
import { KnativeFunction } from '../../src/workloads/function/knative-function';
import type { MicroserviceProps } from '../../src/workloads/microservice-props';
import { ScatterGather } from '../../src/workloads/scatter-gather/scatter-gather';
import { Worker } from '../../src/workloads/worker';
import { errorsOf, findings, group, manifestsOf, podOf, profileWith, service } from '../support/platform';
import { ALL_SECTIONS } from '../support/settings';
import type { AnyChanges } from '../support/settings';

const IMAGE = Image.of('registry.example.com/beside', { tag: '3.1.0' });
const LAST_WITHOUT = KubernetesVersion.of('1.28');

function withCheckout(props: MicroserviceProps, changes: AnyChanges = {}): ServiceChart {
  const chart = group({ profile: profileWith(changes) });
  service(chart, 'checkout', props);
  return chart;
}

function pod(props: MicroserviceProps, changes: AnyChanges = {}): any {
  return podOf(withCheckout(props, changes));
}

const names = (containers: any[] = []) => containers.map(({ name }) => name);
const sidecar = (name: string, props: object = {}) => new Sidecar(name, { image: IMAGE, ...props });
const init = (name: string, props: object = {}): InitContainer => ({ name, image: IMAGE, ...props });

test('a sidecar is a container that starts before the application and ends after it, as restricted as that', () => {
  const { initContainers } = pod({
    sidecars: [sidecar('log-shipper', {
      args: ['--follow', '$(HOSTNAME)'],
      env: { LEVEL: 'info' },
      secretFiles: [SecretReference.of('logs', 'token')],
      sharedFolders: ['/var/log/checkout'],
      ports: [Port.of('admin', 7000)],
      probes: { readiness: Probe.httpGet('/ready', { port: 'admin' }) },
      configuration: { 'shipper.yaml': 'to: loki\n' },
      configurationFolder: '/etc/shipper',
    })],
  }).spec;
  expect(Yaml.stringify(initContainers).trimEnd()).toMatchInlineSnapshot(`
"- args:
    - --follow
    - $(HOSTNAME)
  env:
    - name: LEVEL
      value: info
  image: registry.example.com/beside:3.1.0
  imagePullPolicy: Always
  name: log-shipper
  ports:
    - containerPort: 7000
      name: admin
      protocol: TCP
  readinessProbe:
    httpGet:
      path: /ready
      port: admin
  resources:
    limits:
      cpu: 100m
      ephemeral-storage: 256Mi
      memory: 128Mi
    requests:
      cpu: 50m
      ephemeral-storage: 64Mi
      memory: 64Mi
  restartPolicy: Always
  securityContext:
    allowPrivilegeEscalation: false
    capabilities:
      drop:
        - ALL
    readOnlyRootFilesystem: true
    runAsNonRoot: true
  volumeMounts:
    - mountPath: /tmp
      name: log-shipper-scratch-tmp
    - mountPath: /var/run/secrets/logs
      name: log-shipper-secret-logs
      readOnly: true
    - mountPath: /etc/shipper
      name: log-shipper-config
      readOnly: true
    - mountPath: /var/log/checkout
      name: shared-var-log-checkout"
`);
});

test('before Kubernetes 1.29 it is a container as any other, which is a finding', () => {
  const changes = { kubernetesVersion: LAST_WITHOUT };
  const { spec } = pod({ sidecars: [sidecar('log-shipper'), sidecar('clock')] }, changes);
  expect(spec).not.toHaveProperty('initContainers');
  expect(names(spec.containers)).toEqual(['checkout', 'log-shipper', 'clock']);
  expect(spec.containers[1]).not.toHaveProperty('restartPolicy');
  expect(findings(withCheckout({ sidecars: [sidecar('log-shipper'), sidecar('clock')] }, changes))).toContain(
    "MS-AVAIL-008 [core-business-prod/checkout] on Kubernetes 1.28: 'log-shipper', 'clock'",
  );
});

test('init containers run first on every version, and those that need sidecars after them', () => {
  const props = { sidecars: [sidecar('proxy'), sidecar('clock')], initContainers: [init('fetch'), init('unpack')] };
  expect(names(pod(props).spec.initContainers)).toEqual(['fetch', 'unpack', 'proxy', 'clock']);
  expect(names(pod(props, { kubernetesVersion: LAST_WITHOUT }).spec.initContainers)).toEqual(['fetch', 'unpack']);
  expect(names(pod({ ...props, initContainers: [init('migrate', { needsSidecars: true }), init('fetch')] }).spec.initContainers))
    .toEqual(['fetch', 'proxy', 'clock', 'migrate']);
});

test('a pod without them has no such field', () => {
  const { spec } = pod({ sidecars: [], initContainers: [] });
  expect(spec).not.toHaveProperty('initContainers');
  expect(names(spec.containers)).toEqual(['checkout']);
});

test('a shared folder is at the same path in all that name it, and in the application', () => {
  const { spec } = pod({ sidecars: [sidecar('log-shipper', { sharedFolders: ['/var/log/checkout'] }), sidecar('clock')], initContainers: [init('fetch', { sharedFolders: ['/data'] })] });
  const mounts = (container: any) => container.volumeMounts.map(({ name, mountPath }: any) => `${name} ${mountPath}`);
  expect([...spec.containers, ...spec.initContainers].map((container: any) => [container.name, mounts(container)])).toEqual([
    ['checkout', ['scratch-tmp /tmp', 'shared-data /data', 'shared-var-log-checkout /var/log/checkout']],
    ['fetch', ['fetch-scratch-tmp /tmp', 'shared-data /data']],
    ['log-shipper', ['log-shipper-scratch-tmp /tmp', 'shared-var-log-checkout /var/log/checkout']],
    ['clock', ['clock-scratch-tmp /tmp']],
  ]);
  expect(spec.volumes).toContainEqual({ name: 'shared-data', emptyDir: { sizeLimit: '128Mi' } });
});

test('a configuration is a ConfigMap, and a change of it rolls out', () => {
  const configured = (text: string) => withCheckout({ sidecars: [sidecar('log-shipper', { configuration: { 'a.yaml': text }, configurationFolder: '/etc/a' })] });
  const manifests = manifestsOf(configured('to: loki'));
  expect(manifests.get('ConfigMap', 'checkout-log-shipper').data).toEqual({ 'a.yaml': 'to: loki' });
  const sum = (text: string) => podOf(configured(text)).metadata.annotations['checksum/log-shipper'];
  expect(sum('to: loki')).toMatch(/^[0-9a-f]{64}$/);
  expect(sum('to: s3')).not.toEqual(sum('to: loki'));
});

test('a topic\'s streams are told to the application alone', () => {
  const { spec } = pod({ sidecars: [sidecar('clock')], config: { A: '1' } }, { kubernetesVersion: LAST_WITHOUT });
  expect(spec.containers.map(({ env }: any) => env?.length)).toEqual([2, undefined]);
});

describe('an adapter', () => {
  const statsd = new Adapter('statsd', { image: IMAGE, port: Port.metrics(9102), localPorts: [Port.of('statsd', 9125)] });

  test('is scraped: its port is in the policy, and a PodMonitor names it', () => {
    const chart = withCheckout({ sidecars: [statsd] });
    const manifests = manifestsOf(chart);
    expect(manifests.get('NetworkPolicy', 'allow-metrics').spec.ingress[0].ports.map(({ port }: any) => port)).toEqual([8000, 9090, 9102]);
    expect(manifests.get('PodMonitor', 'checkout-statsd').spec).toEqual({
      selector: { matchLabels: { app: 'checkout' } }, podMetricsEndpoints: [{ port: 'metrics', path: '/metrics' }],
    });
    expect(podOf(chart).spec.initContainers[0]).toMatchObject({
      ports: [{ name: 'metrics', containerPort: 9102, protocol: 'TCP' }], livenessProbe: { tcpSocket: { port: 'metrics' } },
    });
  });

  test('is reached by nobody else: neither the Service nor another policy names it', () => {
    const chart = group();
    service(chart, 'checkout', { sidecars: [statsd] }).allowsGroup('core-business');
    const manifests = manifestsOf(chart);
    expect(manifests.get('Service', 'checkout').spec.ports.map(({ port }: any) => port)).toEqual([8000, 9000]);
    expect(manifests.get('NetworkPolicy', 'checkout-network-policy').spec.ingress[0].ports.map(({ port }: any) => port)).toEqual([8000, 9000]);
  });

  test('never keeps the application from serving', () => {
    expect(pod({ sidecars: [statsd] }).spec.initContainers[0]).not.toHaveProperty('readinessProbe');
  });

  test('may tell its metrics elsewhere', () => {
    const adapter = new Adapter('jmx', { image: IMAGE, port: Port.metrics(9102), path: '/jmx' });
    expect(manifestsOf(withCheckout({ sidecars: [adapter] })).get('PodMonitor', 'checkout-jmx').spec.podMetricsEndpoints).toEqual([{ port: 'metrics', path: '/jmx' }]);
  });
});

test('whoever may reach the application may reach the ports of a sidecar', () => {
  const chart = group();
  service(chart, 'checkout', { dapr: Dapr.none('none'), sidecars: [sidecar('admin', { ports: [Port.of('admin', 7000)] })] }).allowsGroup('core-business');
  const manifests = manifestsOf(chart);
  expect(manifests.get('Service', 'checkout').spec.ports.map(({ name }: any) => name)).toEqual(['http', 'grpc', 'admin']);
  expect(manifests.get('NetworkPolicy', 'checkout-network-policy').spec.ingress[0].ports.map(({ port }: any) => port)).toEqual([7000, 8000, 9000]);
});

describe('the time that a pod may take to leave', () => {
  const grace = (drains: number[], changes: AnyChanges = {}) =>
    pod({ sidecars: drains.map((drain, index) => sidecar(`s${index}`, { drain: Duration.seconds(drain) })) }, changes).spec.terminationGracePeriodSeconds;

  test('holds each native sidecar, which end one after the other', () => {
    expect([grace([]), grace([7]), grace([7, 30])]).toEqual([40, 47, 77]);
  });

  test('is longer for others only where they take longer than the application', () => {
    expect([[], [7, 30], [60]].map((drains) => grace(drains, { kubernetesVersion: LAST_WITHOUT }))).toEqual([40, 40, 65]);
  });
});

describe('what a pod may use', () => {
  const quota = (props: MicroserviceProps) => errorsOf((chart) => service(chart, 'checkout', { scaling: Scaling.replicas(1), ...props }), {
    profile: profileWith({ quotas: { 'core-business-prod': { cpu: '800m', memory: '1400Mi' } } }),
  });
  const head = (hard: string) => `[core-business-prod/Namespace/ResourceQuota] allows limits.${hard}, and the workloads of 'core-business-prod' may use`;
  const tail = 'Lower the number of replicas, the limits or the storage of a workload, or raise the quota.';

  test('is the sum of its containers', () => {
    expect(quota({ sidecars: [sidecar('clock'), sidecar('logs', { resources: Resources.of({ cpuLimit: '150m' }) })] })).toEqual([
      `${head('cpu 800m')} 1.05 at their maximum: checkout 1 x (500m + 100m + 150m + 300m). ${tail}`,
      `${head('memory 1400Mi')} 1580Mi at their maximum: checkout 1 x (1Gi + 128Mi + 128Mi + 300Mi). ${tail}`,
    ]);
  });

  test('is what runs at a time: an init container that needs more than all of them', () => {
    expect(quota({ initContainers: [init('migrate', { resources: Resources.of({ cpuLimit: '2' }) })] })).toEqual([
      `${head('cpu 800m')} 2.3 at their maximum: checkout 1 x (2 + 300m). ${tail}`,
    ]);
    // a small one counts nothing, because it has ended when the others run
    expect(() => quota({ initContainers: [init('small')] })).toThrow('the program did not fail');
  });

  test('of each container is within the LimitRange', () => {
    const props = { initContainers: [init('migrate', { resources: Resources.of({ memoryLimit: '9Gi' }) })], sidecars: [sidecar('logs', { resources: Resources.of({ cpuRequest: '1m' }) })] };
    expect(errorsOf((chart) => service(chart, 'checkout', { ...props, scaling: Scaling.replicas(1) }))).toEqual([
      "[core-business-prod/checkout/Deployment] has a container with a cpu request of 1m, and the LimitRange 'core-business-prod' allows 10m at least. "
      + 'Change the resources of the container, or the LimitRange.',
      "[core-business-prod/checkout/Deployment] has a container with a memory limit of 9Gi, and the LimitRange 'core-business-prod' allows 8Gi at most. "
      + 'Change the resources of the container, or the LimitRange.',
    ]);
  });

  test('is guaranteed in every container of a critical service', () => {
    const { spec } = pod({ tier: Tier.CRITICAL, sidecars: [sidecar('logs')], initContainers: [init('fetch')] });
    const amounts = ({ resources: { requests, limits } }: any) => [requests.cpu, limits.cpu, requests.memory, limits.memory];
    expect(spec.initContainers.map(amounts))
      .toEqual([['100m', '100m', '128Mi', '128Mi'], ['100m', '100m', '128Mi', '128Mi']]);
  });
});

test('a sidecar of one\'s own says by one hook what it is', () => {
  class Clock implements ISidecar {
    public readonly seen: SidecarContext[] = [];
    public bind(context: SidecarContext): SidecarContainer {
      this.seen.push(context);
      return { name: 'clock', image: IMAGE, args: [context.namespace] };
    }
  }
  const clock = new Clock();
  expect(pod({ sidecars: [clock] }).spec.initContainers[0].args).toEqual(['core-business-prod']);
  expect(clock.seen.map(({ name, namespace, ports }) => [name, namespace, ports.map((port) => port.name)])).toEqual([['checkout', 'core-business-prod', ['http', 'grpc']]]);
});

describe('containers fail', () => {
  const REFUSED: [string, MicroserviceProps, string][] = [
    ['with the name of the application', { sidecars: [sidecar('checkout')] }, "the container 'checkout' has the name of the application, and a pod has each name once. Give it a name of its own."],
    ['with the name of another', { sidecars: [sidecar('logs')], initContainers: [init('logs')] }, "the container 'logs' has the name of another container, and a pod has each name once. Give it a name of its own."],
    ["with the name of Dapr's", { sidecars: [sidecar('daprd')] }, "the container 'daprd' has the name of Dapr's sidecar, and a pod has each name once. Give it a name of its own."],
    ['with a name that is none', { sidecars: [sidecar('Log_Shipper')] }, "the name of a container 'Log_Shipper' is not a DNS label: it has 'L'. Write 'log-shipper'."],
    ['on a port of the application', { sidecars: [sidecar('admin', { ports: [Port.of('admin', 8000)] })] }, "the container 'admin' has the port 8000 of the application, and a pod has each port once. Give one of them another number."],
    ["on a port of Dapr's sidecar", { sidecars: [sidecar('admin', { localPorts: [Port.of('admin', 3500)] })] }, "the container 'admin' has the port 3500 of Dapr's sidecar, and a pod has each port once. Give one of them another number."],
    ['on a port of another', { sidecars: [sidecar('a', { ports: [Port.of('a', 7000)] }), new Adapter('b', { image: IMAGE, port: Port.metrics(7000) })] },
      "the container 'b' has the port 7000 of the container 'a', and a pod has each port once. Give one of them another number."],
    ['with the name of a port of the application', { sidecars: [sidecar('admin', { ports: [Port.http(7000)] })] }, "the container 'admin' names a port 'http' as the application does, and a Service finds ports by their names. Give it another name by Port.of(...)."],
    ['with a secret in the open', { sidecars: [sidecar('a', { env: { PASSWORD: 'hunter2-hunter2' } })] }, "the variable 'PASSWORD' of the container 'a' would stand in a manifest, and its name speaks of a secret ('password'). Use a SecretReference in secretFiles."],
    ['with a variable said twice', { sidecars: [sidecar('a', { env: { A: 'b' }, secretEnv: { A: SecretReference.of('a', 'b') } })] },
      "the variable 'A' of the container 'a' is said twice, in env and in secretEnv. Leave one of them out."],
    ['with a configuration that it cannot find', { sidecars: [sidecar('a', { configuration: { 'a.yaml': '' } })] }, "the container 'a' has a configuration and no folder to find it in. Set configurationFolder."],
    ['with a configuration in no file', { sidecars: [sidecar('a', { configuration: { 'a/b.yaml': '' }, configurationFolder: '/etc/a' })] },
      "the container 'a' has a configuration in 'a/b.yaml', which is not the name of a file of a ConfigMap. Use letters, digits, '-', '_' and '.'."],
    ['with a shared folder that is none', { sidecars: [sidecar('a', { sharedFolders: ['var'] })] }, "expected each of sharedFolders as an absolute folder, got 'var'. Write a path such as '/var/lib/catalog'."],
    ['with a folder where another is', { sidecars: [sidecar('a', { sharedFolders: ['/tmp'] })] }, "two volumes are mounted at '/tmp'. Give each a folder of its own."],
    ['with a probe of a port on 127.0.0.1', { sidecars: [sidecar('a', { localPorts: [Port.of('own', 7000)], probes: { liveness: Probe.tcpSocket({ port: 'own' }) } })] },
      'the probe finds no port, because the container has none. Give the container a port.'],
  ];
  test.each(REFUSED)('%s', (_what, props, message) => {
    expect(errorsOf((chart) => service(chart, 'checkout', props))).toEqual([`[core-business-prod/checkout] ${message}`]);
  });

  test('where an init container would wait for sidecars that start after it', () => {
    expect(errorsOf((chart) => service(chart, 'checkout', { sidecars: [sidecar('proxy')], initContainers: [init('migrate', { needsSidecars: true })] }), {
      profile: profileWith({ kubernetesVersion: LAST_WITHOUT }),
    })).toEqual(["[core-business-prod/checkout] the init container 'migrate' needs the sidecars, which start after it on Kubernetes 1.28, so it would wait forever. Leave needsSidecars out, or use Kubernetes 1.29."]);
  });

  test('in front of a port that is not there, or that another stands in front of', () => {
    const fronting = (name: string, frontedPorts: string[], ports: Port[]): ISidecar =>
      ({ bind: () => ({ name, image: IMAGE, frontedPorts, ports }) });
    const [a, b] = [fronting('a', ['http'], [Port.https(8443)]), fronting('b', ['http'], [Port.of('tls', 9443)])];
    const error = (...sidecars: ISidecar[]) => errorsOf((chart) => service(chart, 'checkout', { sidecars }));
    expect(error(a, b)).toEqual(["[core-business-prod/checkout] the containers 'a' and 'b' stand in front of the same port 'http'. Leave one of them out."]);
    expect(error(fronting('c', ['http'], []))).toEqual(["[core-business-prod/checkout] the container 'c' stands in front of the port 'http' and has none of its own. Give it a port."]);
    expect(error(fronting('d', ['web'], [Port.https(8443)]))).toEqual(["[core-business-prod/checkout] the container 'd' stands in front of a port 'web', and the application has http, grpc. Name a port of the application."]);
  });
});

test('a secret in a variable is a finding', () => {
  expect(findings(withCheckout({ sidecars: [sidecar('a', { secretEnv: { TOKEN: SecretReference.of('a', 'token') } })] }))).toEqual([
    "MS-SEC-001 [core-business-prod/checkout/Deployment] gives TOKEN to the container 'a'",
  ]);
});

describe('beside work that ends', () => {
  const job = (chart: ServiceChart, props: object = {}) => new OneOffJob(chart, 'migrate', {
    image: IMAGE, dapr: Dapr.none('none'), sidecars: [sidecar('proxy')], initContainers: [init('fetch')], ...props,
  });

  test('a sidecar ends when the work has, as a native one', () => {
    const chart = group();
    job(chart, { command: ['migrate'] });
    const { spec } = manifestsOf(chart).of('Job')[0].spec.template;
    expect(spec.initContainers.map(({ name, restartPolicy }: any) => [name, restartPolicy])).toEqual([['fetch', undefined], ['proxy', 'Always']]);
    expect(spec.containers.map(({ name, command }: any) => [name, command])).toEqual([['migrate', ['migrate']]]);
  });

  test('it is counted in the quota', () => {
    expect(errorsOf((chart) => job(chart), { profile: profileWith({ quotas: { 'core-business-prod': { cpu: '550m', memory: '8Gi' } } }) })).toEqual([
      "[core-business-prod/Namespace/ResourceQuota] allows limits.cpu 550m, and the workloads of 'core-business-prod' may use 600m at their maximum: "
      + 'migrate-3-1-0 1 x (500m + 100m). Lower the number of replicas, the limits or the storage of a workload, or raise the quota.',
    ]);
  });

  test('fails where the Job would never end, because Kubernetes knows no sidecars', () => {
    expect(errorsOf((chart) => job(chart), { profile: profileWith({ kubernetesVersion: LAST_WITHOUT }) })).toEqual([
      "[core-business-prod/migrate] has the containers 'proxy' beside its own, which Kubernetes 1.28 does not end with it, so its Job would never end. "
      + 'Leave them out, or use Kubernetes 1.29.',
    ]);
  });

  test('an init container is no hindrance on any version', () => {
    const chart = group({ profile: profileWith({ kubernetesVersion: LAST_WITHOUT }) });
    job(chart, { sidecars: [] });
    expect(names(manifestsOf(chart).of('Job')[0].spec.template.spec.initContainers)).toEqual(['fetch']);
  });

  test('the work may be best effort, because nothing scales it', () => {
    const chart = group({
      profile: profileWith({
        tiers: { idle: { qualityOfService: QualityOfService.BEST_EFFORT, priority: 1 } }, bestEffortPods: { 'core-business-prod': 3 },
      }),
    });
    job(chart, { tier: Tier.of('idle') });
    const { spec } = manifestsOf(chart).of('Job')[0].spec.template;
    expect([...spec.containers, ...spec.initContainers].map(({ resources: { requests } }: any) => Object.keys(requests))).toEqual([1, 2, 3].map(() => ['ephemeral-storage']));
  });
});

test('the leaves of a root have them too, and are called on the port that stands in front', () => {
  const chart = group();
  new ScatterGather(chart, 'search', {
    leaves: 2, root: { image: IMAGE }, leaf: { image: IMAGE, sidecars: [Ambassador.tls({ certificate: 'search-tls' }), sidecar('logs')] },
  });
  const manifests = manifestsOf(chart);
  const [set] = manifests.of('StatefulSet');
  expect(names(set.spec.template.spec.initContainers)).toEqual(['tls-ambassador', 'logs']);
  expect(manifests.get('Service', set.metadata.name).spec.ports.map(({ name }: any) => name)).toEqual(['https', 'grpc']);
});

describe('a function fails', () => {
  test.each<[string, object, string]>([
    ['with containers beside its own', { sidecars: [sidecar('logs')] }, 'has containers beside its own, and Knative refuses init containers, which sidecars are. Leave them out, or use a Microservice.'],
    ['that is best effort', { tier: Tier.of('idle') },
      "is best effort by its tier 'idle', and the queue-proxy that Knative puts into its pods asks for processors and memory. Choose a tier that is burstable."],
  ])('%s', (_what, props, message) => {
    const profile = profileWith({ tiers: { idle: { qualityOfService: QualityOfService.BEST_EFFORT, priority: 1 } } });
    expect(errorsOf((chart) => new KnativeFunction(chart, 'resize', { image: IMAGE, ...props }), { profile })).toEqual([`[core-business-prod/resize] ${message}`]);
  });
});

describe('in a mesh', () => {
  const meshed = (mesh: Mesh) => profileWith({ mesh });
  const statsd = new Adapter('statsd', { image: IMAGE, port: Port.metrics(9102) });

  test('the collector of metrics may ask an adapter, by its identity', () => {
    const chart = group({ profile: meshed(Mesh.istio()) });
    service(chart, 'checkout', { sidecars: [statsd] });
    expect(manifestsOf(chart).get('AuthorizationPolicy', 'checkout').spec.rules.map(({ to }: any) => to[0].operation.ports)).toEqual([['8000', '9102']]);
    const linkerd = group({ profile: meshed(Mesh.linkerd()) });
    service(linkerd, 'checkout', { sidecars: [statsd] });
    const manifests = manifestsOf(linkerd);
    expect(manifests.get('Server', 'checkout-metrics').spec).toMatchObject({ port: 9102, proxyProtocol: 'HTTP/1', accessPolicy: 'deny' });
    expect(manifests.names).toContain('AuthorizationPolicy/checkout-metrics');
  });

  test.each([
    ['an ambassador for TLS', [Ambassador.tls({ certificate: 'a' })],
      'has an ambassador for TLS in the mesh linkerd, which encrypts already and could no longer read requests. Leave the ambassador out, or use Mesh.none() for a group of its own.'],
    ['a container with the name of its proxy', [sidecar('linkerd-proxy')],
      "the container 'linkerd-proxy' has the name of the mesh linkerd, and a pod has each name once. Give it a name of its own."],
  ])('fails with %s', (_what, sidecars, message) => {
    expect(errorsOf((chart) => service(chart, 'checkout', { sidecars }), { profile: meshed(Mesh.linkerd()) })).toEqual([`[core-business-prod/checkout] ${message}`]);
  });

  test('the proxy is counted beside all of them', () => {
    const small = { quotas: { 'core-business-prod': { cpu: '550m', memory: '8Gi' } }, mesh: Mesh.linkerd() };
    const [error] = errorsOf((chart) => service(chart, 'checkout', { dapr: Dapr.none('none'), scaling: Scaling.replicas(1), sidecars: [sidecar('logs')] }), { profile: profileWith(small) });
    const proxy = ALL_SECTIONS.meshProxy.of(profileWith({})).cpuLimit;
    expect(error).toContain(`checkout 1 x (500m + 100m + ${proxy})`);
  });
});

describe('a worker', () => {
  test('has them, and may have its requests set, because its queue decides how many there are', () => {
    const chart = group();
    const worker = new Worker(chart, 'mailer', {
      image: IMAGE, sidecars: [sidecar('logs')], initContainers: [init('fetch')], verticalScaling: VerticalScaling.acts(), scaling: Scaling.queue({ min: 2 }),
    });
    worker.scalesOn(QueueSource.prometheus('sum(waiting)'));
    const manifests = manifestsOf(chart);
    expect(names(manifests.get('Deployment', 'mailer').spec.template.spec.initContainers)).toEqual(['fetch', 'logs']);
    expect(manifests.get('VerticalPodAutoscaler', 'mailer').spec.updatePolicy.updateMode).toBe('InPlaceOrRecreate');
  });
});
