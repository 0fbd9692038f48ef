import { loadAll } from 'js-yaml';
import { binary } from './support/binary';
import { Cluster, PLATFORM_CRDS } from './support/cluster';
import type { Manifest } from './support/manifest';
import { needsOfOthers, secretsOfOthers, SHARED_STORAGE } from './support/needs';
import { eventually, Server } from './support/process';
import { CoreBusiness } from '../../examples/shop/core-business';
import { organisation } from '../../examples/shop/organisation';
import { Platform } from '../../examples/shop/platform';
import { App, Dapr, Environment, Image, PlatformProfile, Scaling, ServiceChart, SharedChart } from '../../src';
import { AdmissionPolicies, SecurityDefaults } from '../../src/security';
import { OneOffJob, ScatterGather, Schedule, ScheduledJob, WorkItems, WorkQueue } from '../../src/workloads';

const DIGEST = `@sha256:${'0'.repeat(64)}`;

/** The services of the reference platform in prod, jobs, an empty group in which policies only warn, and the policies. */
function rendered(): Manifest[] {
  const profile = organisation.with(SecurityDefaults.of({ images: { requireDigest: true } }));
  const app = new App();
  PlatformProfile.provide(app, profile);
  const prod = Environment.standard().find(({ name }) => name === 'prod')!;
  new CoreBusiness(app, prod);
  new Platform(app, prod);
  const work = new ServiceChart(app, 'work', { environment: Environment.of('night', { capacityPool: 'development', defaultQuota: { cpu: '10', memory: '20Gi' } }), profile });
  const image = Image.parse(`registry.example.com/work:1.4.2${DIGEST}`);
  const dapr = Dapr.none('has no need of one');
  new OneOffJob(work, 'migrate', { image, dapr });
  new ScheduledJob(work, 'invoices', { image, dapr, schedule: Schedule.everyMinutes(30) });
  new WorkQueue(work, 'thumbnails', { image, dapr, items: WorkItems.numbered(3), parallelism: 3 });
  new ScatterGather(work, 'search', { leaves: 2, root: { image, scaling: Scaling.replicas(1) }, leaf: { image } });
  new ServiceChart(app, 'trial', { environment: Environment.of('qa', { capacityPool: 'staging' }).with(SecurityDefaults.of({ admission: { actions: ['Warn'] } })), profile });
  new AdmissionPolicies(new SharedChart(app, 'infrastructure', { profile }), 'best-practices');
  return (loadAll(app.synthYaml()) as (Manifest | null)[]).filter((manifest): manifest is Manifest => !!manifest);
}

describe('admission policies on Kubernetes 1.36', () => {
  let cluster: Cluster;
  let injector: Server | undefined;
  const manifests = rendered();
  const policies = manifests.filter(({ kind }) => kind.startsWith('ValidatingAdmissionPolicy'));
  const others = manifests.filter((manifest) => !policies.includes(manifest));
  const NAMESPACE = 'core-business-prod';

  const copy = (manifest: Manifest): Manifest => JSON.parse(JSON.stringify(manifest));
  const deployment = () => copy(manifests.find(({ kind, metadata }) => kind === 'Deployment' && metadata.name === 'payment')!);
  /** The template of payment as a pod of its own, or as part of something else. */
  const pod = (namespace = NAMESPACE): Manifest => {
    const { metadata, spec } = deployment().spec.template;
    const { priorityClassName: _, ...rest } = spec;
    return { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'twin', namespace, labels: metadata.labels }, spec: { ...rest, serviceAccountName: undefined } };
  };
  const job = (): Manifest => {
    const { spec: { containers: [serving], ...spec }, metadata } = pod();
    const { livenessProbe: _l, readinessProbe: _r, startupProbe: _s, lifecycle: _c, ...container } = serving;
    const template = { metadata: { labels: metadata.labels }, spec: { ...spec, restartPolicy: 'Never', containers: [container] } };
    return { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'twin', namespace: NAMESPACE }, spec: { template } };
  };
  const cronJob = (): Manifest => ({ ...job(), kind: 'CronJob', spec: { schedule: '0 3 * * *', jobTemplate: { spec: job().spec } } });
  const create = (manifest: Manifest, ...flags: string[]) =>
    cluster.try(['create', '--dry-run=server', '-f', '-', ...flags], JSON.stringify({ ...manifest, metadata: { ...manifest.metadata, name: 'twin' } }));

  beforeAll(async () => {
    cluster = await Cluster.start('1.36');
    expect(await cluster.installCrds(...PLATFORM_CRDS)).toMatchObject({ status: 0, stderr: '' });
    expect(await cluster.apply(manifests.filter(({ kind }) => kind === 'Namespace'))).toMatchObject({ status: 0, stderr: '' });
    expect(await cluster.apply([SHARED_STORAGE, ...secretsOfOthers(needsOfOthers(manifests))])).toMatchObject({ status: 0, stderr: '' });
    expect(await cluster.apply(policies)).toMatchObject({ status: 0, stderr: '' });
    // the server takes a moment to compile what it enforces
    await eventually(async () => expect((await create(changed(deployment(), (spec) => { spec.hostNetwork = true; }))).status).toBe(1));
  }, 300_000);
  afterAll(async () => {
    await injector?.stop();
    await cluster?.stop();
  });

  const changed = (manifest: Manifest, change: (podSpec: any, container: any, labels: any) => void): Manifest => {
    const template = manifest.kind === 'Pod' ? manifest : (manifest.spec.jobTemplate ?? manifest).spec.template;
    change(template.spec, template.spec.containers[0], template.metadata.labels);
    return manifest;
  };

  /** The server checks the types of validations, and not of variables: so here each variable is a validation as well. */
  const checkable = ({ metadata, ...policy }: Manifest): Manifest => ({
    ...policy,
    metadata: { name: `typed-${metadata.name}` },
    spec: { ...policy.spec, validations: [...policy.spec.validations, ...policy.spec.variables.map(({ expression }: { expression: string }) => ({ expression: `[${expression}].size() == 1` }))] },
  });
  const typeWarnings = (name: string) => eventually(async () => {
    const { status, metadata } = await cluster.get('validatingadmissionpolicy', name);
    expect([status?.observedGeneration, status?.typeChecking]).toEqual([metadata.generation, expect.anything()]);
    return (status.typeChecking.expressionWarnings ?? []).map(({ fieldRef, warning }: { fieldRef: string; warning: string }) => `${fieldRef}: ${warning}`);
  });

  test('have expressions that fit the types of what they check', async () => {
    const typed = policies.filter(({ kind }) => kind === 'ValidatingAdmissionPolicy').map(copy).map(checkable);
    expect(typed.map(({ metadata }) => metadata.name).sort()).toEqual(['cron-jobs', 'pods', 'workloads'].map((suffix) => `typed-best-practices-${suffix}`));
    expect(await cluster.apply(typed)).toMatchObject({ status: 0, stderr: '' });
    for (const { metadata: { name } } of typed) {
      expect([name, await typeWarnings(name)]).toEqual([name, []]);
    }
    const misspelt = copy(typed[0]);
    misspelt.metadata.name = 'misspelt';
    misspelt.spec.validations[0].expression = misspelt.spec.validations[0].expression.replace('variables.', 'object.spek.');
    expect(await cluster.apply([misspelt])).toMatchObject({ status: 0 });
    expect(await typeWarnings('misspelt')).toEqual([expect.stringMatching(/^spec\.validations\[0\]\.expression: [^]*undefined field 'spek'/)]);
    await cluster.kubectl('delete', 'validatingadmissionpolicies', 'misspelt', ...typed.map(({ metadata }) => metadata.name));
  });

  test('take the reference platform whole, without a warning, and its pods', async () => {
    const { status, stderr } = await cluster.apply(others);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    await eventually(async () => {
      const jobs = (await cluster.list('jobs', 'work-night')).map(({ metadata, status: { succeeded } }) => [metadata.labels!.app, succeeded]);
      expect(jobs.sort()).toEqual([['migrate', 1], ['thumbnails', 3]]);
    });
    await eventually(async () => {
      const deployments = await cluster.list('deployments', NAMESPACE);
      expect(deployments.map(({ metadata, status: { availableReplicas = 0, conditions } }) => [metadata.name, availableReplicas > 0, conditions.filter((c: any) => c.type === 'ReplicaFailure')]))
        .toEqual(['catalog', 'checkout', 'customer', 'order', 'payment'].map((name) => [name, true, []]));
    });
  });

  type Change = (spec: any, container: any, labels: any) => void;
  const REFUSED: [string, Change, string][] = [
    ['an image from elsewhere', (_spec, container) => { container.image = `docker.io/payment:1.4.2${DIGEST}`; },
      `images from a registry that is not allowed: payment (docker.io/payment:1.4.2${DIGEST}). Allowed are registry.example.com.`],
    ['an image that only begins like one from the registry', (_spec, container) => { container.image = `registry.example.com.evil.example/payment${DIGEST}`; },
      `images from a registry that is not allowed: payment (registry.example.com.evil.example/payment${DIGEST}). Allowed are registry.example.com.`],
    ['an image whose registry is not said', (_spec, container) => { container.image = `payment${DIGEST}`; },
      `images from a registry that is not allowed: payment (payment${DIGEST}). Allowed are registry.example.com.`],
    ['the tag latest', (_spec, container) => { container.image = 'registry.example.com/payment:latest'; },
      "images without a tag, or with the tag 'latest': payment (registry.example.com/payment:latest). Name one build by its tag or digest."],
    ['no tag', (_spec, container) => { container.image = 'registry.example.com/payment'; },
      "images without a tag, or with the tag 'latest': payment (registry.example.com/payment). Name one build by its tag or digest."],
    ['no digest', (_spec, container) => { container.image = 'registry.example.com/payment:1.4.2'; },
      'images without a digest: payment (registry.example.com/payment:1.4.2). Append the digest that the registry shows.'],
    ['an init container of another image', (spec, container) => { spec.initContainers = [{ ...container, name: 'init', image: 'registry.example.com/init:1', livenessProbe: undefined, readinessProbe: undefined, startupProbe: undefined, lifecycle: undefined }]; },
      'images without a digest: init (registry.example.com/init:1). Append the digest that the registry shows.'],
    ['privileges', (_spec, container) => { delete container.securityContext.allowPrivilegeEscalation; container.securityContext.privileged = true; },
      "containers that are privileged, may become so, or keep capabilities: payment. Set allowPrivilegeEscalation: false and capabilities.drop: ['ALL'], and leave privileged out."],
    ['privileges to come', (_spec, container) => { delete container.securityContext.allowPrivilegeEscalation; },
      "containers that are privileged, may become so, or keep capabilities: payment. Set allowPrivilegeEscalation: false and capabilities.drop: ['ALL'], and leave privileged out."],
    ['capabilities', (_spec, container) => { container.securityContext.capabilities.drop = ['NET_RAW']; },
      "containers that are privileged, may become so, or keep capabilities: payment. Set allowPrivilegeEscalation: false and capabilities.drop: ['ALL'], and leave privileged out."],
    ['root', (spec, container) => { spec.securityContext.runAsNonRoot = false; delete container.securityContext.runAsNonRoot; },
      'containers that may run as root: payment. Set securityContext.runAsNonRoot: true.'],
    ['root in one container', (_spec, container) => { container.securityContext.runAsNonRoot = false; },
      'containers that may run as root: payment. Set securityContext.runAsNonRoot: true.'],
    ['an image that may be written to', (_spec, container) => { delete container.securityContext.readOnlyRootFilesystem; },
      'containers that may write to their image: payment. Set securityContext.readOnlyRootFilesystem: true, and mount an emptyDir where it writes.'],
    ['the network and a folder of the node', (spec) => { spec.hostNetwork = true; spec.hostPID = true; spec.volumes.push({ name: 'root', hostPath: { path: '/' } }); },
      expect.stringMatching(/^what a pod shares with its node: hostNetwork, hostPID, hostPath of root(, hostPort of payment)?\. Leave it out\.$/) as unknown as string],
    ['a port of the node', (_spec, container) => { container.ports = [{ containerPort: 8000, hostPort: 8000 }]; },
      'what a pod shares with its node: hostPort of payment. Leave it out.'],
    ['a token that nobody asked for', (spec) => { delete spec.automountServiceAccountToken; },
      'a token of the API server that nobody asked for: automountServiceAccountToken is not set. Set automountServiceAccountToken: false, or true with a ServiceAccount of its own.'],
    ['the token of the ServiceAccount default', (spec) => { spec.automountServiceAccountToken = true; delete spec.serviceAccountName; },
      'a token of the API server that nobody asked for: the ServiceAccount default. Set automountServiceAccountToken: false, or true with a ServiceAccount of its own.'],
    ['labels that are missing', (_spec, _container, labels) => { delete labels['app.kubernetes.io/name']; delete labels['app.kubernetes.io/part-of']; },
      'labels that are missing: app.kubernetes.io/name, app.kubernetes.io/part-of. Add them to the pods.'],
  ];
  const LONG_RUNNING: [string, Change, string][] = [
    ['no liveness probe', (_spec, container) => { delete container.livenessProbe; },
      'containers without a liveness and a readiness probe: payment. Set livenessProbe and readinessProbe.'],
    ['no readiness probe', (_spec, container) => { delete container.readinessProbe; },
      'containers without a liveness and a readiness probe: payment. Set livenessProbe and readinessProbe.'],
  ];
  // a pod gets the limits of its namespace before anybody looks at it
  const WRITTEN: [string, Change, string][] = [
    ['no limits', (_spec, container) => { delete container.resources; }, 'containers without limits of cpu and memory: payment. Set resources.limits.'],
    ['no limit of memory', (_spec, container) => { delete container.resources.limits.memory; delete container.resources.requests; },
      'containers without limits of cpu and memory: payment. Set resources.limits.'],
  ];
  const OWNERS: [string, () => Manifest, [string, Change, string][]][] = [
    ['pods', pod, [...REFUSED, ...LONG_RUNNING]],
    ['workloads', deployment, [...REFUSED, ...LONG_RUNNING, ...WRITTEN]],
    ['cron-jobs', cronJob, [...REFUSED, ...WRITTEN]],
  ];

  describe.each(OWNERS)('for %s', (suffix, make, refused) => {
    /** What a policy said, without what the server says of it. */
    const verdict = ({ status, stderr }: { status: number | null; stderr: string }) => {
      const denied = `ValidatingAdmissionPolicy 'best-practices-${suffix}' with binding 'best-practices-${suffix}-deny' denied request: `;
      return { status, said: stderr.includes(denied) ? stderr.slice(stderr.indexOf(denied) + denied.length).trimEnd() : stderr };
    };

    // so that it is not Pod Security that refuses a pod first
    beforeAll(() => cluster.kubectl('label', 'namespace', NAMESPACE, '--overwrite', 'pod-security.kubernetes.io/enforce=privileged', 'pod-security.kubernetes.io/warn=privileged'));
    afterAll(() => cluster.apply(others.filter(({ kind }) => kind === 'Namespace')));

    test('let the good one pass', async () => {
      expect(await create(make())).toMatchObject({ status: 0, stderr: '' });
    });

    test.each(refused)('refuse %s', async (_what, change, message) => {
      expect(verdict(await create(changed(make(), change)))).toEqual({ status: 1, said: message });
    });
  });

  test('refuse a Job as well', async () => {
    expect(await create(job())).toMatchObject({ status: 0, stderr: '' });
    const { status, stderr } = await create(changed(job(), (spec) => { spec.hostIPC = true; }));
    expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringContaining('what a pod shares with its node: hostIPC. Leave it out.') });
  });

  test('only warn where the environment says so, and ask nothing of shared namespaces', async () => {
    const bad = (namespace: string) => changed({ ...pod(namespace) }, (_spec, container) => { delete container.livenessProbe; });
    expect(await create(bad('trial-qa'))).toMatchObject({
      status: 0,
      stderr: "Warning: Validation failed for ValidatingAdmissionPolicy 'best-practices-pods' with binding 'best-practices-pods-warn': "
        + 'containers without a liveness and a readiness probe: payment. Set livenessProbe and readinessProbe.\n',
    });
    expect(await create(bad('infrastructure'))).toMatchObject({ status: 0, stderr: '' });
  });

  test('refuse an ephemeral container from elsewhere, and take one from the registry', async () => {
    const [{ metadata: { name } }] = await cluster.list('pods', NAMESPACE);
    const debug = (image: string) => cluster.try(['debug', name, '-n', NAMESPACE, `--image=${image}`, '--profile=restricted', '--', 'true']);
    const { status, stderr } = await debug('docker.io/busybox:1.37');
    expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringMatching(/images from a registry that is not allowed: debugger-\w+ \(docker\.io\/busybox:1\.37\)\. Allowed are registry\.example\.com\./) });
    expect(await debug(`registry.example.com/debug:1${DIGEST}`)).toMatchObject({ status: 0 });
  });

  describe('know the creator of a pod', () => {
    /** The pod by which cert-manager answers the HTTP-01 challenge of an authority. */
    const solver = (): Manifest => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'solver', namespace: NAMESPACE, labels: { 'acme.cert-manager.io/http01-solver': 'true' } },
      spec: {
        automountServiceAccountToken: false,
        restartPolicy: 'OnFailure',
        securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
        containers: [{
          name: 'acmesolver',
          image: 'quay.io/jetstack/cert-manager-acmesolver:v1.19.1',
          ports: [{ containerPort: 8089, name: 'http' }],
          resources: { requests: { cpu: '10m', memory: '64Mi' }, limits: { cpu: '100m', memory: '64Mi' } },
          securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
        }],
      },
    });
    const OPERATOR = 'system:serviceaccount:cert-manager:cert-manager';
    const STRANGER = `system:serviceaccount:${NAMESPACE}:cert-manager`;
    const REFUSAL = 'images from a registry that is not allowed: acmesolver (quay.io/jetstack/cert-manager-acmesolver:v1.19.1). Allowed are registry.example.com.';
    const createAs = (user: string) => create(solver(), `--as=${user}`);

    beforeAll(async () => {
      await cluster.kubectl('create', 'clusterrole', 'creates-pods', '--verb=create,get,patch,update', '--resource=pods,deployments.apps');
      for (const user of [OPERATOR, STRANGER]) {
        await cluster.kubectl('create', 'clusterrolebinding', user.split(':').slice(2).join('-'), '--clusterrole=creates-pods', `--user=${user}`);
      }
    });

    test('and admit what cert-manager creates', async () => {
      expect(await createAs(OPERATOR)).toMatchObject({ status: 0, stderr: '' });
    });

    test.each([['a ServiceAccount of the same name elsewhere', STRANGER], ['a person', 'system:admin']])('and refuse the same pod of %s', async (_who, user) => {
      const { status, stderr } = user === 'system:admin' ? await create(solver()) : await createAs(user);
      expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringContaining(REFUSAL) });
    });

    test('and refuse that a stranger gives a pod of cert-manager another image', async () => {
      expect(await cluster.try(['create', '-f', '-', `--as=${OPERATOR}`], JSON.stringify(solver()))).toMatchObject({ status: 0, stderr: '' });
      const { status, stderr } = await cluster.try(['set', 'image', 'pod/solver', 'acmesolver=docker.io/library/busybox:1.37', '-n', NAMESPACE, `--as=${STRANGER}`]);
      expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringContaining('images from a registry that is not allowed: acmesolver (docker.io/library/busybox:1.37).') });
      await cluster.kubectl('delete', 'pod', 'solver', '-n', NAMESPACE, '--wait=false');
    });

    test('and hold operators to Pod Security', async () => {
      await cluster.kubectl('label', 'namespace', NAMESPACE, '--overwrite', 'pod-security.kubernetes.io/enforce=restricted');
      const privileged = solver();
      privileged.spec.hostNetwork = true;
      const { status, stderr } = await create(privileged, `--as=${OPERATOR}`);
      expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringContaining('violates PodSecurity "restricted:') });
    });
  });

  test('let pods that were there before be labelled and end', async () => {
    const before = changed(pod('infrastructure'), (_spec, container) => { delete container.livenessProbe; });
    expect(await cluster.apply([before])).toMatchObject({ status: 0, stderr: '' });
    const binding = copy(policies.find(({ metadata }) => metadata.name === 'best-practices-pods-deny')!);
    binding.spec.matchResources.namespaceSelector.matchExpressions[0].values.push('infrastructure');
    expect(await cluster.apply([binding])).toMatchObject({ status: 0, stderr: '' });
    await eventually(async () => expect((await create({ ...before, metadata: { ...before.metadata, name: 'other' } })).status).toBe(1));
    await cluster.kubectl('label', 'pod', 'twin', '-n', 'infrastructure', 'seen=yes');
    await cluster.kubectl('delete', 'pod', 'twin', '-n', 'infrastructure', '--wait=false');
    expect(await cluster.apply(policies)).toMatchObject({ status: 0, stderr: '' });
  });

  describe('with the injector of Dapr', () => {
    beforeAll(async () => {
      injector = Server.start(`${cluster.folder}/injector.yaml`, await binary('inject-1.18'), ['-webhook', '127.0.0.1:0', '-control-plane-namespace', 'infrastructure']);
      await injector.printed(/sideEffects: .*\n/);
      expect(await cluster.apply([`${cluster.folder}/injector.yaml`])).toMatchObject({ status: 0, stderr: '' });
    });

    test('let pods have their sidecar', async () => {
      await cluster.kubectl('rollout', 'restart', 'deployment', 'payment', '-n', NAMESPACE);
      await eventually(async () => {
        const pods = (await cluster.list('pods', NAMESPACE)).filter(({ metadata, spec }) => metadata.labels!.app === 'payment'
          && [...spec.containers, ...(spec.initContainers ?? [])].some(({ name }: { name: string }) => name === 'daprd'));
        expect(pods).not.toEqual([]);
      });
      const { status } = await cluster.get('deployment', 'payment', '-n', NAMESPACE);
      expect(status.conditions.filter(({ type }: { type: string }) => type === 'ReplicaFailure')).toEqual([]);
    });

    test('take what Knative makes of a function, whose readiness is asked by another container', async () => {
      const queueProxy = (image: string) => changed(deployment(), (spec, container) => {
        spec.containers.push({ name: 'queue-proxy', image, securityContext: container.securityContext, readinessProbe: container.readinessProbe });
        delete container.readinessProbe;
      });
      expect(await create(queueProxy(`gcr.io/knative-releases/knative.dev/serving/cmd/queue${DIGEST}`))).toMatchObject({ status: 0, stderr: '' });
      expect(await create(queueProxy(`gcr.io/others/queue${DIGEST}`))).toMatchObject({ status: 1 });
    });

    test('refuse another container by its name', async () => {
      const twin = changed(pod(), (spec, container) => { spec.containers.push({ ...container, name: 'daprd', image: 'registry.example.com/daprd:1.14', ports: [] }); });
      const { status, stderr } = await create(twin);
      expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringContaining('images without a digest: daprd (registry.example.com/daprd:1.14).') });
    });
  });
});
