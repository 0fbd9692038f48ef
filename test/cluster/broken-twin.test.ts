import { join } from 'node:path';
import { loadAll } from 'js-yaml';
import { binary } from './support/binary';
import { Cluster, PLATFORM_CRDS } from './support/cluster';
import { DIST, type Manifest, readManifests, toYaml } from './support/manifest';
import { attempt, eventually } from './support/process';

const NAMESPACE = 'core-business-prod';

/** The rendered manifests of a service and of its namespace, under a name of their own, to be changed. */
class Twin {
  private static count = 0;

  readonly namespace = `twin-${++Twin.count}`;
  manifests: Manifest[];

  constructor(readonly service = 'checkout') {
    const files = ['namespace', service].map((name) => join(DIST, 'prod/core-business', `${name}.k8s.yaml`));
    this.manifests = JSON.parse(JSON.stringify(readManifests(...files)).replaceAll(NAMESPACE, this.namespace));
  }

  the(kind: string): Manifest {
    return this.manifests.find((manifest) => manifest.kind === kind)!;
  }

  without(kind: string): void {
    this.manifests = this.manifests.filter((manifest) => manifest.kind !== kind);
  }

  get pod(): any {
    return this.the('Deployment').spec.template.spec;
  }

  get container(): any {
    return this.pod.containers[0];
  }
}

type Change = (twin: Twin) => void;

describe('on Kubernetes 1.36', () => {
  let cluster: Cluster;

  beforeAll(async () => {
    cluster = await Cluster.start('1.36');
    expect(await cluster.installCrds(...PLATFORM_CRDS)).toMatchObject({ status: 0, stderr: '' });
  }, 300_000);
  afterAll(() => cluster?.stop());

  const pods = ({ namespace }: Twin) => cluster.list('pods', namespace);
  const started = (twin: Twin) => eventually(async () => {
    const ready = (await pods(twin)).filter(({ status }) => status.conditions?.some((c: any) => c.type === 'Ready' && c.status === 'True'));
    expect(ready).toHaveLength(3);
    return ready;
  }, 30);

  test('a service runs when nothing is changed', async () => {
    const twin = new Twin();
    expect(await cluster.apply(twin.manifests)).toMatchObject({ status: 0, stderr: '' });
    const [pod] = await started(twin);
    expect(await cluster.evict(pod)).toMatchObject({ status: 0, stderr: '' });
  });

  const REFUSED: [string, Change, string][] = [
    ['selects pods by a label that they do not have', (twin) => { twin.the('Deployment').spec.selector.matchLabels.app = 'other'; },
      '`selector` does not match template `labels`'],
    ['scales to fewer pods at most than at least', (twin) => { twin.the('HorizontalPodAutoscaler').spec.minReplicas = 11; },
      'must be greater than or equal to `minReplicas`'],
    ['misspells a field of its pods', (twin) => { twin.container.imagePullPolice = 'Always'; },
      'imagePullPolice: field not declared in schema'],
    ['misspells a field of a Dapr component', (twin) => { twin.the('Component').spec.initTimeOut = '5s'; },
      'initTimeOut: field not declared in schema'],
    ['says both of a disruption budget', (twin) => { twin.the('PodDisruptionBudget').spec.minAvailable = 1; },
      'minAvailable and maxUnavailable cannot be both set'],
    ['uses an API version that was removed', (twin) => { twin.the('PodDisruptionBudget').apiVersion = 'policy/v1beta1'; },
      'no matches for kind "PodDisruptionBudget" in version "policy/v1beta1"'],
    ['has no namespace', (twin) => { twin.without('Namespace'); },
      'not found'],
    ['is privileged', (twin) => { twin.container.securityContext.privileged = true; },
      'cannot set `allowPrivilegeEscalation` to false and `privileged` to true'],
    ['has a fsGroup in a container', (twin) => { twin.container.securityContext.fsGroup = 65532; },
      'fsGroup: field not declared in schema'],
    ['has fewer limits than requests', (twin) => { twin.container.resources.limits.memory = '256Mi'; },
      'must be less than or equal to memory limit'],
    ['names a port with more than 15 characters', (twin) => { twin.container.ports[0].name = 'a-name-of-17-chars'; },
      'must be no more than 15 characters'],
    ['neither surges nor is unavailable', (twin) => { twin.the('Deployment').spec.strategy.rollingUpdate.maxSurge = 0; },
      'may not be 0 when `maxSurge` is 0'],
  ];
  test.each(REFUSED)('a service is refused that %s', async (_what, change, message) => {
    const twin = new Twin();
    change(twin);
    const { status, stderr } = await cluster.apply(twin.manifests);
    expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringContaining(message) });
  });

  const WITHOUT_PODS: [string, Change, string][] = [
    ['may run as root', (twin) => { delete twin.pod.securityContext.runAsNonRoot; delete twin.container.securityContext.runAsNonRoot; },
      'runAsNonRoot != true'],
    ['runs as root', (twin) => { twin.pod.securityContext.runAsUser = 0; },
      'runAsUser=0'],
    ['has no seccomp profile', (twin) => { delete twin.pod.securityContext.seccompProfile; },
      'seccompProfile'],
    ['may escalate privileges', (twin) => { delete twin.container.securityContext.allowPrivilegeEscalation; },
      'allowPrivilegeEscalation != false'],
    ['keeps its capabilities', (twin) => { delete twin.container.securityContext.capabilities; },
      'unrestricted capabilities'],
    ['is in the network of its node', (twin) => { twin.pod.hostNetwork = true; twin.container.ports.forEach((port: any) => { port.hostPort = port.containerPort; }); },
      'hostNetwork=true'],
    ['mounts a folder of its node', (twin) => { twin.pod.volumes[0] = { name: twin.pod.volumes[0].name, hostPath: { path: '/' } }; },
      'restricted volume types'],
    ['has no limits where there are no default ones', (twin) => { delete twin.container.resources; twin.without('LimitRange'); },
      'must specify limits.cpu'],
    ['has higher limits than are allowed', (twin) => { twin.container.resources.limits.cpu = '5'; },
      'maximum cpu usage per Container is 4, but limit is 5'],
    ['needs more than the quota', (twin) => { twin.the('ResourceQuota').spec.hard['limits.cpu'] = '1'; },
      'exceeded quota'],
    ['has a priority that nobody defined', (twin) => { twin.without('PriorityClass'); },
      'no PriorityClass with name'],
    ['has a service account that nobody made', (twin) => { twin.without('ServiceAccount'); },
      'serviceaccount "checkout" not found'],
  ];
  test.each(WITHOUT_PODS)('a service gets no pod that %s', async (_what, change, message) => {
    const twin = new Twin();
    change(twin);
    expect((await cluster.apply(twin.manifests)).status).toBe(0);
    await eventually(async () => {
      const { status } = await cluster.get('deployment', twin.service, '-n', twin.namespace);
      expect(status.conditions).toContainEqual(expect.objectContaining({ type: 'ReplicaFailure', message: expect.stringContaining(message) }));
    }, 30);
  });

  test('a service whose pods the namespace refuses is already warned of', async () => {
    const twin = new Twin();
    delete twin.container.securityContext.capabilities;
    expect((await cluster.apply(twin.manifests)).stderr).toMatch(/^Warning: would violate PodSecurity "restricted:latest": unrestricted capabilities/);
  });

  test('a service without limits gets those of its namespace', async () => {
    const twin = new Twin();
    delete twin.container.resources;
    expect(await cluster.apply(twin.manifests)).toMatchObject({ status: 0, stderr: '' });
    const [pod] = await started(twin);
    expect(pod.spec.containers[0].resources.limits).toEqual({ cpu: '200m', memory: '256Mi' });
  });

  const NOT_STARTED: [string, string, Change, string][] = [
    ['without its ConfigMap', 'checkout', (twin) => { twin.without('ConfigMap'); }, 'ConfigMap "checkout" not found'],
    ['without its claim', 'catalog', (twin) => { twin.without('PersistentVolumeClaim'); }, 'persistentvolumeclaim "catalog" not found'],
    ['where there is no default StorageClass', 'catalog', () => {}, 'pod has unbound immediate PersistentVolumeClaims'],
    ['where its StorageClass is missing', 'catalog', (twin) => { twin.the('PersistentVolumeClaim').spec.storageClassName = 'gone'; },
      'pod has unbound immediate PersistentVolumeClaims. not found'],
  ];
  test.each(NOT_STARTED)('a pod does not start %s', async (_what, service, change, message) => {
    const twin = new Twin(service);
    change(twin);
    expect(await cluster.apply(twin.manifests)).toMatchObject({ status: 0, stderr: '' });
    await eventually(async () => {
      const [pod] = await pods(twin);
      const reasons = [pod.status.message, ...pod.status.conditions.map((condition: any) => condition.message)];
      expect([pod.status.phase, reasons]).toEqual(['Pending', expect.arrayContaining([expect.stringContaining(message)])]);
    }, 30);
  });

  test('no pod can be evicted when the budget wants all of them', async () => {
    const twin = new Twin();
    twin.the('PodDisruptionBudget').spec = { minAvailable: 3, selector: { matchLabels: { app: 'checkout' } } };
    expect(await cluster.apply(twin.manifests)).toMatchObject({ status: 0, stderr: '' });
    const [pod] = await started(twin);
    expect(await cluster.evict(pod)).toMatchObject({ status: 1, stderr: expect.stringContaining("Cannot evict pod as it would violate the pod's disruption budget") });
  });

  test('a number of pods beside an autoscaler conflicts with it when it is applied again', async () => {
    const twin = new Twin();
    twin.the('Deployment').spec.replicas = 1;
    expect(await cluster.apply(twin.manifests)).toMatchObject({ status: 0, stderr: '' });
    await started(twin);
    expect(await cluster.apply(twin.manifests)).toMatchObject({ status: 1, stderr: expect.stringMatching(/conflict.*\.spec\.replicas/s) });
  });

  describe('with a sidecar', () => {
    /** A pod of a twin, as the injector makes it, in the namespace of the twin. */
    const injected = async (twin: Twin, ...options: string[]) => {
      const { status, stdout, stderr } = await attempt(await binary('inject-1.18'), options, {
        input: toYaml([twin.the('Deployment')]),
      });
      const pod = (loadAll(stdout) as Manifest[]).find((object) => object);
      const others = twin.manifests.filter(({ kind }) => !['Deployment', 'HorizontalPodAutoscaler'].includes(kind));
      return { status, stderr, apply: async () => { await cluster.apply(others); return cluster.apply([pod!]); } };
    };
    const annotations = (twin: Twin): Record<string, string> => twin.the('Deployment').spec.template.metadata.annotations;

    test('a pod is taken when nothing is changed', async () => {
      const { apply, ...output } = await injected(new Twin());
      expect(output).toEqual({ status: 0, stderr: '' });
      expect(await apply()).toMatchObject({ status: 0, stderr: '' });
    });

    test('a pod is refused when the chart of Dapr does not drop capabilities', async () => {
      const { apply } = await injected(new Twin(), '-drop-capabilities=false');
      expect(await apply()).toMatchObject({ status: 1, stderr: expect.stringContaining('container "daprd" must set securityContext.capabilities.drop=["ALL"]') });
    });

    test('a pod is refused when the sidecar has no limits and the namespace no default ones', async () => {
      const twin = new Twin();
      twin.without('LimitRange');
      for (const name of ['cpu-limit', 'cpu-request', 'memory-limit', 'memory-request']) delete annotations(twin)[`dapr.io/sidecar-${name}`];
      const { apply } = await injected(twin);
      expect(await apply()).toMatchObject({ status: 1, stderr: expect.stringContaining('must specify limits.cpu for: daprd') });
    });

    test.each([
      ['app-prot', 'http', 'dapr.io/app-prot'],
      ['sidecar-cpu-limit', '300 m', 'dapr.io/sidecar-cpu-limit'],
      ['app-id', 'Checkout_1', 'app'],
    ])('the injector complains of dapr.io/%s: %s', async (name, value, message) => {
      const twin = new Twin();
      annotations(twin)[`dapr.io/${name}`] = value;
      expect(await injected(twin)).toMatchObject({ status: 1, stderr: expect.stringContaining(message) });
    });
  });
});

describe('on Kubernetes 1.27', () => {
  let cluster: Cluster;
  beforeAll(async () => {
    cluster = await Cluster.start('1.27');
    expect(await cluster.installCrds(...PLATFORM_CRDS)).toMatchObject({ status: 0, stderr: '' });
  }, 300_000);
  afterAll(() => cluster?.stop());

  test('a service is refused as it is rendered for 1.36, because a container cannot sleep before it stops', async () => {
    const { status, stderr } = await cluster.apply(new Twin().manifests);
    expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringContaining('lifecycle.preStop.sleep: field not declared in schema') });
  });
});
