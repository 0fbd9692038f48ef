import { Duration, Testing, Yaml } from 'cdk8s';
import { Construct } from 'constructs';
import { SharedChart } from '../../src/platform/shared-chart';
import { Environment } from '../../src/profile/environment';
import { Stage } from '../../src/profile/stage';
import { Dapr } from '../../src/values/dapr';
import { DaprVersion } from '../../src/values/dapr-version';
import { DeliveryStrategy } from '../../src/values/delivery-strategy';
import { Image } from '../../src/values/image';
import { KubernetesVersion } from '../../src/values/kubernetes-version';
import { Port } from '../../src/values/port';
import { Probe } from '../../src/values/probe';
import { QualityOfService } from '../../src/values/quality-of-service';
import { Resources } from '../../src/values/resources';
import { Scaling } from '../../src/values/scaling';
import { SecretReference } from '../../src/values/secret-reference';
import { Tier } from '../../src/values/tier';
import { FileStorage } from '../../src/workloads/file-storage';
import { Microservice } from '../../src/workloads/microservice';
import type { MicroserviceProps } from '../../src/workloads/microservice-props';
import { bare, DEV, errorsOf, findings, group, manifestsOf, podOf, profileWith, refusal, ROOMY, service } from '../support/platform';

/** The pod template of `checkout` in core-business-prod. */
function pod(props: MicroserviceProps = {}, changes = {}): any {
  const chart = group({ profile: profileWith(changes) });
  service(chart, 'checkout', props);
  return podOf(chart);
}

function container(props: MicroserviceProps = {}, changes = {}): any {
  return pod(props, changes).spec.containers[0];
}

test('a service is its pods and what protects, scales and reaches them', () => {
  const chart = group();
  service(chart);
  expect(manifestsOf(chart).names.filter((name) => name.endsWith('/checkout'))).toEqual([
    'Deployment/checkout', 'HorizontalPodAutoscaler/checkout', 'PodDisruptionBudget/checkout', 'Service/checkout', 'ServiceAccount/checkout',
  ]);
});

test('the pods are as the platform profile says', () => {
  const chart = group();
  service(chart);
  expect(Yaml.stringify(bare(manifestsOf(chart).get('Deployment', 'checkout'))).trimEnd()).toMatchInlineSnapshot(`
"apiVersion: apps/v1
kind: Deployment
metadata:
  name: checkout
spec:
  minReadySeconds: 10
  progressDeadlineSeconds: 600
  revisionHistoryLimit: 5
  selector:
    matchLabels:
      app: checkout
  strategy:
    rollingUpdate:
      maxSurge: 100%
      maxUnavailable: 0
    type: RollingUpdate
  template:
    metadata:
      annotations:
        dapr.io/app-health-check-path: /health/ready
        dapr.io/app-health-probe-interval: "5"
        dapr.io/app-health-probe-timeout: "2000"
        dapr.io/app-health-threshold: "3"
        dapr.io/app-id: checkout
        dapr.io/app-port: "8000"
        dapr.io/app-protocol: http
        dapr.io/config: appconfig
        dapr.io/disable-builtin-k8s-secret-store: "true"
        dapr.io/enable-app-health-check: "true"
        dapr.io/enable-native-sidecar: "true"
        dapr.io/enabled: "true"
        dapr.io/env: GOMEMLIMIT=283115520
        dapr.io/graceful-shutdown-seconds: "5"
        dapr.io/log-level: info
        dapr.io/metrics-port: "9090"
        dapr.io/sidecar-cpu-limit: 300m
        dapr.io/sidecar-cpu-request: 100m
        dapr.io/sidecar-memory-limit: 300Mi
        dapr.io/sidecar-memory-request: 128Mi
        dapr.io/sidecar-seccomp-profile-type: RuntimeDefault
      labels:
        app: checkout
        app.kubernetes.io/component: api
        app.kubernetes.io/instance: checkout
        app.kubernetes.io/managed-by: cdk8s-microservices
        app.kubernetes.io/name: checkout
        app.kubernetes.io/part-of: core-business
        app.kubernetes.io/version: 1.4.2
        microservice: checkout
        service: checkout
        type: api
    spec:
      affinity:
        podAntiAffinity:
          preferredDuringSchedulingIgnoredDuringExecution:
            - podAffinityTerm:
                labelSelector:
                  matchLabels:
                    app: checkout
                topologyKey: kubernetes.io/hostname
              weight: 100
      automountServiceAccountToken: false
      containers:
        - env:
            - name: APP_ENV
              value: production
            - name: LOG_LEVEL
              value: info
          image: registry.example.com/checkout:1.4.2
          imagePullPolicy: Always
          lifecycle:
            preStop:
              sleep:
                seconds: 10
          livenessProbe:
            failureThreshold: 3
            httpGet:
              path: /health/live
              port: http
            initialDelaySeconds: 10
            periodSeconds: 10
            timeoutSeconds: 2
          name: checkout
          ports:
            - containerPort: 8000
              name: http
              protocol: TCP
            - containerPort: 9000
              name: grpc
              protocol: TCP
          readinessProbe:
            failureThreshold: 3
            httpGet:
              path: /health/ready
              port: http
            initialDelaySeconds: 5
            periodSeconds: 5
            timeoutSeconds: 2
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
            runAsNonRoot: true
          startupProbe:
            failureThreshold: 60
            httpGet:
              path: /health/live
              port: http
            periodSeconds: 5
            timeoutSeconds: 2
          volumeMounts:
            - mountPath: /tmp
              name: scratch-tmp
      enableServiceLinks: false
      priorityClassName: core-business-prod-standard
      securityContext:
        fsGroup: 65532
        fsGroupChangePolicy: OnRootMismatch
        runAsGroup: 65532
        runAsNonRoot: true
        runAsUser: 65532
        seccompProfile:
          type: RuntimeDefault
      serviceAccountName: checkout
      terminationGracePeriodSeconds: 40
      topologySpreadConstraints:
        - labelSelector:
            matchLabels:
              app: checkout
          matchLabelKeys:
            - pod-template-hash
          maxSkew: 1
          topologyKey: topology.kubernetes.io/zone
          whenUnsatisfiable: ScheduleAnyway
        - labelSelector:
            matchLabels:
              app: checkout
          matchLabelKeys:
            - pod-template-hash
          maxSkew: 1
          topologyKey: kubernetes.io/hostname
          whenUnsatisfiable: ScheduleAnyway
      volumes:
        - emptyDir:
            sizeLimit: 128Mi
          name: scratch-tmp"
`);
});

test('the Service offers the ports by name', () => {
  const chart = group();
  service(chart);
  expect(bare(manifestsOf(chart).get('Service', 'checkout'))).toEqual({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'checkout' },
    spec: {
      type: 'ClusterIP',
      selector: { app: 'checkout' },
      ports: [
        { name: 'http', port: 8000, targetPort: 'http', protocol: 'TCP', appProtocol: 'http' },
        { name: 'grpc', port: 9000, targetPort: 'grpc', protocol: 'TCP', appProtocol: 'kubernetes.io/h2c' },
      ],
    },
  });
});

describe('labels', () => {
  test('are on every object of the service, and the version on the workload and its pods', () => {
    const chart = group();
    const checkout = service(chart);
    checkout.calls(service(chart, 'order'));
    const labels = {
      'app': 'checkout',
      'app.kubernetes.io/component': 'api',
      'app.kubernetes.io/instance': 'checkout',
      'app.kubernetes.io/managed-by': 'cdk8s-microservices',
      'app.kubernetes.io/name': 'checkout',
      'app.kubernetes.io/part-of': 'core-business',
      'microservice': 'checkout',
      'service': 'checkout',
      'type': 'api',
    };
    const own = manifestsOf(chart).all.filter(({ metadata }) => metadata.name.startsWith('checkout'));
    expect(own.length).toBeGreaterThan(5);
    const versioned = { ...labels, 'app.kubernetes.io/version': '1.4.2' };
    own.forEach(({ kind, metadata }) => expect(metadata.labels).toEqual(kind === 'Deployment' ? versioned : labels));
    expect(podOf(chart).metadata.labels).toEqual(versioned);
  });

  test('of the organisation stand beside them', () => {
    const chart = group({ profile: profileWith({ labels: { team: 'shop' } }) });
    service(chart);
    expect(manifestsOf(chart).get('Service', 'checkout').metadata.labels).toMatchObject({ team: 'shop', app: 'checkout' });
  });

  test('select pods by `app` alone', () => {
    const chart = group();
    service(chart);
    const manifests = manifestsOf(chart);
    expect(manifests.get('Deployment', 'checkout').spec.selector).toEqual({ matchLabels: { app: 'checkout' } });
    expect(manifests.get('PodDisruptionBudget', 'checkout').spec.selector).toEqual({ matchLabels: { app: 'checkout' } });
    expect(manifests.get('Service', 'checkout').spec.selector).toEqual({ app: 'checkout' });
  });

  test('fail where the API server would refuse them', () => {
    const chart = group();
    expect(() => service(chart, 'checkout', { type: 'web api' })).toThrow(new Error(
      "[core-business-prod/checkout] the label 'app.kubernetes.io/component' cannot have the value 'web api'. "
      + "Use letters, digits, '-', '_' and '.', at most 63, and begin and end with a letter or digit.",
    ));
  });
});

describe('replicas', () => {
  test('are left to the autoscaler, so the Deployment names none', () => {
    const chart = group();
    service(chart);
    expect(manifestsOf(chart).get('Deployment', 'checkout').spec).not.toHaveProperty('replicas');
  });

  test('are fixed without an autoscaler', () => {
    const chart = group();
    const checkout = service(chart, 'checkout', { scaling: Scaling.replicas(4) });
    const manifests = manifestsOf(chart);
    expect(manifests.get('Deployment', 'checkout').spec.replicas).toBe(4);
    expect(manifests.of('HorizontalPodAutoscaler')).toEqual([]);
    expect([checkout.minReplicas, checkout.maxReplicas]).toEqual([4, 4]);
  });

  test('come from the environment: 1 to 3 in dev, 3 to 10 in prod', () => {
    const [dev, prod] = [group({ environment: DEV }), group()];
    expect([service(dev).minReplicas, service(dev, 'order').maxReplicas]).toEqual([1, 3]);
    expect([service(prod).minReplicas, service(prod, 'order').maxReplicas]).toEqual([3, 10]);
  });

  test('of one pod are a finding in production alone', () => {
    const [dev, prod] = [group({ environment: DEV }), group({ environment: Environment.of('live', { capacityPool: 'production' }) })];
    const trial = group({ environment: Environment.of('trial', { capacityPool: 'production', stage: Stage.STAGING, appEnv: 'trial', scaling: { min: 1 } }) });
    [dev, prod, trial].forEach((chart) => service(chart));
    expect([findings(dev), findings(trial)]).toEqual([[], []]);
    expect(findings(prod)).toEqual(['MS-AVAIL-001 [core-business-live/checkout/Autoscaler/Resource] /spec/minReplicas']);
  });
});

describe('a tier', () => {
  test('critical is guaranteed: requests equal limits, the sidecar included', () => {
    const { spec, metadata } = pod({ tier: Tier.CRITICAL });
    expect(spec.containers[0].resources).toEqual({
      requests: { 'cpu': '500m', 'memory': '1Gi', 'ephemeral-storage': '256Mi' },
      limits: { 'cpu': '500m', 'memory': '1Gi', 'ephemeral-storage': '512Mi' },
    });
    expect(metadata.annotations).toMatchObject({
      'dapr.io/sidecar-cpu-request': '300m', 'dapr.io/sidecar-cpu-limit': '300m', 'dapr.io/sidecar-memory-request': '300Mi', 'dapr.io/sidecar-memory-limit': '300Mi',
    });
    expect(spec.priorityClassName).toBe('core-business-prod-critical');
  });

  test.each([[Tier.STANDARD, 'core-business-prod-standard'], [Tier.BATCH, 'core-business-prod-batch']])('%s is burstable, with a priority of its own', (tier, priority) => {
    const { spec } = pod({ tier });
    expect(spec.containers[0].resources.requests).toMatchObject({ cpu: '200m', memory: '512Mi' });
    expect(spec.priorityClassName).toBe(priority);
  });

  test('fails where it is best effort, because a quota on limits refuses such pods', () => {
    const profile = profileWith({ tiers: { idle: { qualityOfService: QualityOfService.BEST_EFFORT, priority: 1 } } });
    expect(errorsOf((chart) => service(chart, 'checkout', { tier: Tier.of('idle') }), { profile })).toEqual([
      "[core-business-prod/checkout] is best effort by its tier 'idle', but the quota of 'core-business-prod' is on limits and refuses pods that have none, "
      + 'and its LimitRange would make them burstable. Choose a tier that is burstable with small requests and a low priority, or let the namespace have such pods '
      + "by PlatformProfile.customize({ bestEffortPods: { 'core-business-prod': 10 } }).",
    ]);
  });

  test.each(['gold', 'constructor'])('fails where the profile does not know it: %s', (name) => {
    expect(errorsOf((chart) => service(chart, 'checkout', { tier: Tier.of(name) }))).toEqual([
      `[core-business-prod/checkout] tier '${name}' is not in the platform profile, which has batch, critical, standard. `
      + `Add it to tiers by PlatformProfile.customize({ tiers: { '${name}': ... } }).`,
    ]);
  });
});

describe('the target version', () => {
  test('of Kubernetes before 1.30 has no wait before SIGTERM, which is a finding', () => {
    const chart = group({ profile: profileWith({ kubernetesVersion: KubernetesVersion.of('1.29') }) });
    service(chart);
    expect(podOf(chart).spec.containers[0]).not.toHaveProperty('lifecycle');
    expect(findings(chart)).toEqual(['MS-AVAIL-003 [core-business-prod/checkout/Deployment] /spec/template/spec/containers/0/lifecycle']);
  });

  test('of Kubernetes from 1.30 on has it, and nothing is lowered', () => {
    const chart = group({ profile: profileWith({ kubernetesVersion: KubernetesVersion.of('1.30') }) });
    service(chart);
    expect(podOf(chart).spec.containers[0].lifecycle).toEqual({ preStop: { sleep: { seconds: 10 } } });
    expect(findings(chart)).toEqual([]);
  });

  test('has no hook without a delay, which is a finding', () => {
    const chart = group({ profile: profileWith({ kubernetesVersion: KubernetesVersion.of('1.31'), rollout: { preStopDelay: Duration.seconds(0) } }) });
    service(chart);
    expect(podOf(chart).spec.containers[0]).not.toHaveProperty('lifecycle');
    expect(findings(chart)).toEqual(['MS-AVAIL-003 [core-business-prod/checkout/Deployment] /spec/template/spec/containers/0/lifecycle']);
  });

  test('gives a pod time for all phases of leaving', () => {
    const rollout = {
      preStopDelay: Duration.seconds(15),
      drain: Duration.minutes(1),
      sidecarDrain: Duration.seconds(6),
      graceMargin: Duration.seconds(9),
    };
    expect(pod({}, { rollout }).spec.terminationGracePeriodSeconds).toBe(15 + 60 + 6 + 9);
  });

  test('can be that of an environment alone', () => {
    const chart = group({ environment: Environment.of('prod', { capacityPool: 'production', scaling: { min: 3 }, kubernetesVersion: KubernetesVersion.of('1.27'), daprVersion: DaprVersion.of('1.14') }) });
    service(chart);
    expect(podOf(chart).spec.containers[0]).not.toHaveProperty('lifecycle');
    expect(findings(chart)).toHaveLength(2);
  });
});

describe('the container', () => {
  test('carries tag and digest, once CI has written the digest', () => {
    const digest = `sha256:${'a1'.repeat(32)}`;
    expect(container({ image: Image.of('registry.example.com/checkout', { tag: '1.4.2', digest }) }).image).toBe(`registry.example.com/checkout:1.4.2@${digest}`);
  });

  test('is asked for its health by gRPC, where the service chooses so', () => {
    const { readinessProbe, livenessProbe } = container({ probes: { readiness: Probe.grpc() } });
    expect(readinessProbe).toEqual({ grpc: { port: 9000 }, initialDelaySeconds: 5, periodSeconds: 5, timeoutSeconds: 2, failureThreshold: 3 });
    expect(livenessProbe.httpGet).toEqual({ path: '/health/live', port: 'http' });
  });

  test('has its environment variables sorted, those of the environment first known', () => {
    expect(container({ env: { ZONE: 'a', CURRENCY: 'EUR' }, logLevel: 'debug' }).env).toEqual([
      { name: 'APP_ENV', value: 'production' }, { name: 'CURRENCY', value: 'EUR' }, { name: 'LOG_LEVEL', value: 'debug' }, { name: 'ZONE', value: 'a' },
    ]);
  });

  test.each([['dev', 'development'], ['staging', 'staging'], ['prod', 'production']])('knows in %s that it is in %s', (name, appEnv) => {
    const chart = group({ environment: Environment.standard().find((each) => each.name === name)! });
    service(chart);
    expect(podOf(chart).spec.containers[0].env[0]).toEqual({ name: 'APP_ENV', value: appEnv });
  });

  test.each(['no', 'on', '1e3', '0777', '1:30', '=', '~', 'true', '{{ .Values.x }}', '${HOME}'])('keeps the text %s as it is', (value) => {
    expect(container({ env: { TEXT: value } }).env.find(({ name }: { name: string }) => name === 'TEXT')).toEqual({ name: 'TEXT', value });
  });

  test('gets $(VAR) as it was written, and not the value of VAR', () => {
    expect(container({ env: { GREETING: 'costs $(PRICE)' } }).env).toContainEqual({ name: 'GREETING', value: 'costs $$(PRICE)' });
  });

  test('gets what resources say, over the amounts of the profile', () => {
    expect(container({ resources: Resources.of({ memoryLimit: '2Gi', cpuRequest: '300m' }) }).resources).toEqual({
      requests: { 'cpu': '300m', 'memory': '512Mi', 'ephemeral-storage': '256Mi' },
      limits: { 'cpu': '500m', 'memory': '2Gi', 'ephemeral-storage': '512Mi' },
    });
  });

  test('listens on ports of its own', () => {
    const { ports, readinessProbe } = container({ ports: [Port.http(8080), Port.of('admin', 8081)] });
    expect(ports).toEqual([{ name: 'http', containerPort: 8080, protocol: 'TCP' }, { name: 'admin', containerPort: 8081, protocol: 'TCP' }]);
    expect(readinessProbe.httpGet.port).toBe('http');
  });

  test('pulls with the secrets of the organisation', () => {
    expect(pod({}, { security: { imagePullSecrets: ['registry'] } }).spec.imagePullSecrets).toEqual([{ name: 'registry' }]);
    expect(pod().spec).not.toHaveProperty('imagePullSecrets');
  });
});

describe('settings outside of the image', () => {
  test('come from a ConfigMap, and a change of it rolls out', () => {
    const chart = group();
    service(chart, 'checkout', { config: { CART_TTL: '30m' } });
    const other = group();
    service(other, 'checkout', { config: { CART_TTL: '31m' } });
    const annotation = (of: typeof chart) => podOf(of).metadata.annotations['checksum/config'];
    expect(bare(manifestsOf(chart).get('ConfigMap', 'checkout'))).toEqual({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'checkout' }, data: { CART_TTL: '30m' } });
    expect(podOf(chart).spec.containers[0].envFrom).toEqual([{ configMapRef: { name: 'checkout' } }]);
    expect(annotation(chart)).toMatch(/^[0-9a-f]{64}$/);
    expect(annotation(other)).not.toBe(annotation(chart));
  });

  test('have the same checksum in whatever order they are said', () => {
    expect(pod({ config: { A: '1', B: '2' } }).metadata.annotations).toEqual(pod({ config: { B: '2', A: '1' } }).metadata.annotations);
  });

  test('that are none make no ConfigMap', () => {
    const chart = group();
    service(chart, 'checkout', { config: {} });
    expect(manifestsOf(chart).of('ConfigMap')).toEqual([]);
    expect(podOf(chart).spec.containers[0]).not.toHaveProperty('envFrom');
  });

  test('that are secret are files of the pod', () => {
    const { volumes, containers } = pod({ secretFiles: [SecretReference.of('stripe', 'key'), SecretReference.of('db', 'password'), SecretReference.of('db', 'username')] }).spec;
    expect(volumes.slice(1)).toEqual([
      { name: 'secret-db', secret: { secretName: 'db', items: [{ key: 'password', path: 'password' }, { key: 'username', path: 'username' }] } },
      { name: 'secret-stripe', secret: { secretName: 'stripe', items: [{ key: 'key', path: 'key' }] } },
    ]);
    expect(containers[0].volumeMounts.slice(1)).toEqual([
      { name: 'secret-db', mountPath: '/var/run/secrets/db', readOnly: true }, { name: 'secret-stripe', mountPath: '/var/run/secrets/stripe', readOnly: true },
    ]);
  });

  test('that are secret can be variables, which is a finding', () => {
    const chart = group();
    service(chart, 'checkout', { secretEnv: { API_KEY: SecretReference.of('stripe', 'key') } });
    expect(podOf(chart).spec.containers[0].env).toContainEqual({ name: 'API_KEY', valueFrom: { secretKeyRef: { name: 'stripe', key: 'key' } } });
    expect(findings(chart)).toEqual(["MS-SEC-001 [core-business-prod/checkout/Deployment] gives API_KEY to the container 'checkout'"]);
  });

  const secret = ['hunter2', 'swordfish'].join('-');
  test.each<[MicroserviceProps, string]>([
    [{ env: { DB_PASSWORD: secret } }, "env 'DB_PASSWORD' its name speaks of a secret ('password'). Use a SecretReference in secretFiles."],
    [{ config: { DB_URL: `postgres://shop:${secret}@db/shop` } }, "config 'DB_URL' its value holds a URL with a password. Use a SecretReference in secretFiles."],
    [{ env: { '1ST': 'a' } }, "'1ST' is not the name of an environment variable. Use letters, digits and '_', and begin with a letter."],
    [{ env: { 'MY VAR': 'a' } }, "'MY VAR' is not the name of an environment variable. Write 'MY_VAR'."],
    [{ env: { N: 5 as unknown as string } }, "env 'N' is 5, and an environment variable is text. Write it in quotes."],
    [{ env: { KEY: 'a' }, secretEnv: { KEY: SecretReference.of('s', 'k') } }, "the variable 'KEY' has two sources: env and secretEnv. Remove one of them."],
    [{ secretEnv: { 'A=B': SecretReference.of('s', 'k') } }, "'A=B' is not the name of an environment variable. Write 'A_B'."],
  ])('fail and never show a secret: %#', (props, message) => {
    const [error] = errorsOf((chart) => service(chart, 'checkout', props));
    expect(error).toBe(`[core-business-prod/checkout] ${message}`);
    expect(error).not.toContain(secret);
  });
});

describe('storage', () => {
  const folder = { size: '20Gi', mountPath: '/var/lib/catalog' };

  test('is a claim with the name of the service, which all replicas mount', () => {
    const chart = group();
    service(chart, 'catalog', { storage: FileStorage.persistent(folder) });
    expect(bare(manifestsOf(chart).get('PersistentVolumeClaim', 'catalog'))).toEqual({
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: 'catalog' },
      spec: { accessModes: ['ReadWriteMany'], resources: { requests: { storage: '20Gi' } } },
    });
    const { volumes, containers } = podOf(chart, 'catalog').spec;
    expect(volumes).toContainEqual({ name: 'storage', persistentVolumeClaim: { claimName: 'catalog' } });
    expect(containers[0].volumeMounts).toContainEqual({ name: 'storage', mountPath: '/var/lib/catalog' });
  });

  test('of one node fits a service whose pods never overlap', () => {
    const chart = group();
    service(chart, 'catalog', {
      storage: FileStorage.persistent({ ...folder, accessMode: 'ReadWriteOnce', storageClass: 'fast' }),
      scaling: Scaling.replicas(1),
      delivery: DeliveryStrategy.rolling({ maxSurge: 0, maxUnavailable: 1 }),
    });
    expect(manifestsOf(chart).get('PersistentVolumeClaim', 'catalog').spec).toMatchObject({ accessModes: ['ReadWriteOnce'], storageClassName: 'fast' });
  });

  test.each<[string, MicroserviceProps, number]>([
    ['several replicas', {}, 20],
    ['a roll-out that surges', { scaling: Scaling.replicas(1) }, 2],
  ])('of one node fails with %s', (_, props, pods) => {
    const storage = FileStorage.persistent({ ...folder, accessMode: 'ReadWriteOnce' });
    expect(errorsOf((chart) => service(chart, 'catalog', { ...props, storage }))).toEqual([
      `[core-business-prod/catalog] up to ${pods} pods at a time, roll-outs included, would share a volume that is ReadWriteOnce, so those on another node never start. `
      + "Use accessMode 'ReadWriteMany', or Scaling.replicas(1) with DeliveryStrategy.rolling({ maxSurge: 0, maxUnavailable: 1 }).",
    ]);
  });

  test('fails in a folder that is taken', () => {
    expect(errorsOf((chart) => service(chart, 'catalog', { storage: FileStorage.persistent({ ...folder, mountPath: '/tmp' }) }))).toEqual([
      "[core-business-prod/catalog] two volumes are mounted at '/tmp'. Give each a folder of its own.",
    ]);
  });
});

describe('a service without a Dapr sidecar', () => {
  test('has no annotation of Dapr, and its reason is a finding', () => {
    const chart = group();
    service(chart, 'checkout', { dapr: Dapr.none('plain TCP server') });
    expect(podOf(chart).metadata.annotations).toBeUndefined();
    expect(findings(chart)).toEqual(['MS-DAPR-002 [core-business-prod/checkout] plain TCP server']);
  });
});

describe('a service fails', () => {
  test.each<[string, MicroserviceProps, string]>([
    ['Checkout', {}, "name 'Checkout' is not a DNS label: it has 'C'. Write 'checkout'."],
    ['check_out', {}, "name 'check_out' is not a DNS label: it has '_'. Write 'check-out'."],
    ['checkout-', {}, "name 'checkout-' is not a DNS label: it ends with '-'. Write 'checkout'."],
    ['chеckout', {}, "name 'chеckout' is not a DNS label: it has 'е' (U+0435). Use a to z, 0 to 9 and '-', at most 58 characters."],
    ['2nd', {}, "name '2nd' is not the name of a Service: it begins with a digit. Begin it with a letter."],
    ['a'.repeat(59), {}, `name '${'a'.repeat(59)}' is not a DNS label: it has 59 characters, and 58 are the most. Use a to z, 0 to 9 and '-', at most 58 characters.`],
    ['checkout', { ports: [Port.http(8000), Port.http(8001)] }, "has two ports with the name 'http'. Give each port its own name."],
    ['checkout', { ports: [Port.http(8000), Port.grpc(8000)] }, 'has two ports with the number 8000. Give each port its own number.'],
    ['checkout', { ports: [Port.of('admin', 8081)], dapr: Dapr.none('x') }, "the probe asks port 'http', and the container has admin. Set port to one of them."],
    ['checkout', { resources: Resources.of({ cpuLimit: '100m' }) }, 'cpuRequest 200m is more than cpuLimit 100m, so the cluster refuses the pod. Lower cpuRequest or raise cpuLimit.'],
    ['checkout', { scaling: Scaling.utilization({ min: 11 }) }, 'min 11 is more than max 10. Raise max to 11 or lower min to 10.'],
    ['checkout', { probes: { liveness: Probe.httpGet('/live', { port: 'htp' }) } }, "the probe asks port 'htp', and the container has http, grpc. Set port to 'http'."],
    ['checkout', { probes: { startup: Probe.httpGet('/live', { successThreshold: 2 }) } }, 'the startup probe has successThreshold 2, and Kubernetes takes nothing but 1 there. Leave successThreshold out.'],
    ['checkout', { secretFiles: [SecretReference.of('a.b', 'k'), SecretReference.of('a-b', 'k')] },
      "'secret-a-b' is not the name of one volume: it occurs twice, is longer than 63 characters, or ends with '-'. Use other names for folders, containers or Secrets."],
  ])('named %s: %#', (id, props, message) => {
    expect(errorsOf((chart) => service(chart, id, props))).toEqual([`[core-business-prod/${id}] ${message}`]);
  });

  test('without an image', () => {
    expect(errorsOf((chart) => void new Microservice(chart, 'checkout'))).toEqual([
      "[core-business-prod/checkout] image 'registry.example.com/checkout' has neither tag nor digest. Set image: Image.of(...), or image.tag in the chart's values.",
    ]);
  });

  test('that is there already, wherever it stands', () => {
    expect(errorsOf((chart) => {
      service(new Construct(chart, 'a'));
      service(new Construct(chart, 'b'));
    })).toEqual(["[core-business-prod/b/checkout] service 'checkout' is defined already at core-business-prod/a/checkout. Give one of them another name."]);
  });

  test('with the Dapr app id of another', () => {
    expect(errorsOf((chart) => {
      service(chart, 'order');
      service(chart, 'checkout', { dapr: Dapr.sidecar({ appId: 'order' }) });
    })).toEqual(["[core-business-prod/checkout] has the Dapr app id 'order', which core-business-prod/order has already. Give one of them another appId."]);
  });

  test('outside of a group', () => {
    expect(refusal((app) => service(new Construct(app, 'nowhere')))).toBe(
      '[nowhere/checkout] is not in a group, so it has neither namespace nor environment. Define it below a ServiceChart, or call ServiceChart.adopt for its chart.',
    );
  });

  test('in a group without a Dapr Configuration', () => {
    expect(refusal((app) => service(new SharedChart(app, 'infrastructure')))).toBe(
      "[infrastructure/checkout] is in 'infrastructure', which all environments share and which has no Dapr Configuration. "
      + 'Define it below a ServiceChart, or without a sidecar by Dapr.none(...).',
    );
  });
});

test('a service stands under its own file, in every environment', () => {
  const chart = group({ app: Testing.app(), profile: ROOMY });
  expect(service(chart).reference.toString()).toBe('core-business/checkout');
});
