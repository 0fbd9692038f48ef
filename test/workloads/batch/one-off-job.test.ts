import { Duration, Yaml } from 'cdk8s';
import { Construct } from 'constructs';
import { ServiceReference } from '../../../src/core/service-reference';
import { Values } from '../../../src/inputs/values';
import { Topic } from '../../../src/messaging/topic';
import { ServiceNetworkPolicy } from '../../../src/network/service-network-policy';
import { PostgresCluster } from '../../../src/stores/postgres/postgres-cluster';
import { RedisCluster } from '../../../src/stores/redis/redis-cluster';
import { Dapr } from '../../../src/values/dapr';
import { DaprVersion } from '../../../src/values/dapr-version';
import { Image } from '../../../src/values/image';
import { KubernetesVersion } from '../../../src/values/kubernetes-version';
import { NetworkPeer } from '../../../src/values/network-peer';
import { Tier } from '../../../src/values/tier';
import type { OneOffJobProps } from '../../../src/workloads/batch/one-off-job';
import { OneOffJob } from '../../../src/workloads/batch/one-off-job';
import { FileStorage } from '../../../src/workloads/file-storage';
import { bare, errorsOf, findings, group, manifestsOf, profileWith, service } from '../../support/platform';

const image = Image.of('registry.example.com/order', { tag: '1.4.2' });
const OLDER = { kubernetesVersion: KubernetesVersion.of('1.27'), daprVersion: DaprVersion.of('1.14') };

function job(chart: Construct, props: OneOffJobProps = {}): OneOffJob {
  return new OneOffJob(chart, 'migrate', { image, ...props });
}

/** The Job among the manifests of a chart with the one job. */
function rendered(props: OneOffJobProps = {}, changes = {}): any {
  const chart = group({ profile: profileWith(changes) });
  job(chart, props);
  return manifestsOf(chart).of('Job')[0];
}

test('a job is a Job and an account, and nothing that serves, scales or protects', () => {
  const chart = group();
  job(chart);
  expect(manifestsOf(chart).names.filter((name) => /\/migrate/.test(name))).toEqual(['Job/migrate-1-4-2', 'ServiceAccount/migrate']);
});

test('the Job is as the platform profile says', () => {
  const { metadata: { labels }, ...spec } = rendered().spec.template;
  expect(labels).toMatchObject({ 'app': 'migrate', 'type': 'job', 'app.kubernetes.io/version': '1.4.2' });
  expect(Yaml.stringify({ ...bare(rendered()), spec: { ...rendered().spec, template: spec } }).trimEnd()).toMatchInlineSnapshot(`
"apiVersion: batch/v1
kind: Job
metadata:
  name: migrate-1-4-2
spec:
  activeDeadlineSeconds: 3600
  backoffLimit: 3
  podFailurePolicy:
    rules:
      - action: Ignore
        onPodConditions:
          - status: "True"
            type: DisruptionTarget
  template:
    spec:
      automountServiceAccountToken: false
      containers:
        - env:
            - name: APP_ENV
              value: production
            - name: LOG_LEVEL
              value: info
          image: registry.example.com/order:1.4.2
          imagePullPolicy: Always
          name: migrate
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
          volumeMounts:
            - mountPath: /tmp
              name: scratch-tmp
      enableServiceLinks: false
      priorityClassName: core-business-prod-batch
      restartPolicy: Never
      securityContext:
        fsGroup: 65532
        fsGroupChangePolicy: OnRootMismatch
        runAsGroup: 65532
        runAsNonRoot: true
        runAsUser: 65532
        seccompProfile:
          type: RuntimeDefault
      serviceAccountName: migrate
      terminationGracePeriodSeconds: 40
      volumes:
        - emptyDir:
            sizeLimit: 128Mi
          name: scratch-tmp"
`);
});

test('the sidecar has no way to the application, and leaves after it', () => {
  expect(Yaml.stringify(rendered().spec.template.metadata.annotations).trimEnd()).toMatchInlineSnapshot(`
"dapr.io/app-id: migrate
dapr.io/config: appconfig
dapr.io/disable-builtin-k8s-secret-store: "true"
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
dapr.io/sidecar-seccomp-profile-type: RuntimeDefault"
`);
});

describe('the Job is named', () => {
  test.each<[string, OneOffJobProps]>([
    ['migrate-1-4-2', {}],
    ['migrate-v2-0-0-rc-1', { image: Image.of('registry.example.com/order', { tag: 'v2.0.0-RC.1' }) }],
    ['migrate-28b89acdce59', { image: Image.of('registry.example.com/order', { digest: `sha256:28b89acdce59${'0'.repeat(52)}` }) }],
    ['migrate-2026-06', { run: '2026-06' }],
  ])('%s', (name, props) => {
    const own = job(group(), props);
    expect([own.jobName, rendered(props).metadata.name]).toEqual([name, name]);
    expect(own.name).toBe('migrate');
  });
});

test('a job says what is special about its own', () => {
  const { spec } = rendered({
    command: ['/app/migrate'],
    args: ['--to', '$(VERSION)'],
    env: { VERSION: '7' },
    backoffLimit: 0,
    activeDeadline: Duration.minutes(10),
    fatalExitCodes: [65, 3, 65],
    tier: Tier.CRITICAL,
  });
  expect(spec).toMatchObject({ backoffLimit: 0, activeDeadlineSeconds: 600 });
  expect(spec.template.spec.priorityClassName).toBe('core-business-prod-critical');
  // as Kubernetes reads them: a program without a shell gets the value of a variable so
  expect(spec.template.spec.containers[0]).toMatchObject({ command: ['/app/migrate'], args: ['--to', '$(VERSION)'] });
  expect(spec.podFailurePolicy.rules).toEqual([
    { action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] },
    { action: 'FailJob', onExitCodes: { containerName: 'migrate', operator: 'In', values: [3, 65] } },
  ]);
});

test('what changes for all jobs is changed in the profile', () => {
  const { spec, metadata } = rendered({}, { batch: { tier: Tier.STANDARD, serviceType: 'batch', backoffLimit: 1, activeDeadline: Duration.seconds(90) } });
  expect([spec.backoffLimit, spec.activeDeadlineSeconds, spec.template.spec.priorityClassName, metadata.labels.type]).toEqual([1, 90, 'core-business-prod-standard', 'batch']);
});

test('a finished Job stays, unless it is told to go, which is a finding', () => {
  const chart = group();
  job(chart, { ttlAfterFinished: Duration.hours(2) });
  expect(manifestsOf(chart).of('Job')[0].spec.ttlSecondsAfterFinished).toBe(7200);
  expect(findings(chart)).toEqual(['MS-BATCH-003 [core-business-prod/migrate] is removed after 7200 s']);
  expect(rendered().spec).not.toHaveProperty('ttlSecondsAfterFinished');
});

test('settings, secrets and storage are as those of a service', () => {
  const chart = group();
  job(chart, { config: { BATCH: '100' }, storage: FileStorage.persistent({ size: '5Gi', mountPath: '/var/lib/dump', accessMode: 'ReadWriteOnce' }) });
  const manifests = manifestsOf(chart);
  expect(manifests.get('ConfigMap', 'migrate').data).toEqual({ BATCH: '100' });
  expect(manifests.get('PersistentVolumeClaim', 'migrate').spec.accessModes).toEqual(['ReadWriteOnce']);
  const { metadata, spec } = manifests.of('Job')[0].spec.template;
  expect(metadata.annotations['checksum/config']).toMatch(/^[0-9a-f]{64}$/);
  expect(spec.containers[0].envFrom).toEqual([{ configMapRef: { name: 'migrate' } }]);
});

describe('connections', () => {
  test('are rendered as those of a service, and only go out', () => {
    const chart = group();
    const own = job(chart);
    own.calls(service(chart, 'order'));
    own.uses(PostgresCluster.fromNamespace(chart, 'postgresql', 'infrastructure'));
    own.publishes(new Topic(chart, 'order-migrated', { broker: RedisCluster.fromNamespace(chart, 'redis', 'infrastructure') }));
    const manifests = manifestsOf(chart);
    expect(manifests.names.filter((name) => /\/migrate/.test(name))).toEqual([
      'Job/migrate-1-4-2', 'NetworkPolicy/migrate-calls', 'NetworkPolicy/migrate-network-policy', 'Resiliency/migrate', 'ServiceAccount/migrate',
    ]);
    const policies = manifests.of('NetworkPolicy').filter(({ spec }) => spec.podSelector.matchLabels?.app === 'migrate');
    expect(policies.map(({ spec }) => spec.policyTypes)).toEqual([['Egress'], ['Egress']]);
    expect(manifests.get('NetworkPolicy', 'order-callers').spec.ingress[0].from[0].podSelector.matchLabels).toEqual({ app: 'migrate' });
    expect(manifests.get('Configuration', 'order-appconfig').spec.accessControl.policies).toContainEqual(expect.objectContaining({ appId: 'migrate' }));
    expect(manifests.of('Component').map(({ scopes }) => scopes)).toEqual([['migrate'], ['migrate']]);
  });

  test('of a policy of one\'s own hold for it, too', () => {
    const chart = group();
    new ServiceNetworkPolicy(chart, 'Provider', {
      workload: job(chart), reason: 'provider', egress: [{ peers: [NetworkPeer.cidr('203.0.113.0/24')], ports: [443] }],
    });
    expect(manifestsOf(chart).get('NetworkPolicy', 'migrate-provider').spec.podSelector).toEqual({ matchLabels: { app: 'migrate' } });
  });

  test('fail where nothing could arrive', () => {
    expect(errorsOf((chart) => {
      job(chart);
      service(chart, 'payment').calls(ServiceReference.of('core-business', 'migrate'));
    })).toEqual(["[core-business-prod/payment] calls 'core-business/migrate', which listens on no port, so no call could arrive there. Call a service that has a port."]);
    expect(errorsOf((chart) => {
      const topic = new Topic(chart, 'order-placed', { broker: RedisCluster.fromNamespace(chart, 'redis', 'infrastructure') });
      job(chart).subscribes(topic);
    })).toEqual(["[core-business-prod/migrate] subscribes 'order-placed' and listens on no port, so its sidecar could deliver no event. Let a Microservice take the events."]);
  });
});

test('a job is a hook of Argo CD where a patch says so', () => {
  const chart = group();
  job(chart).patch('Job', '/metadata/annotations/argocd.argoproj.io~1hook', 'PreSync', 'the schema comes first');
  expect(manifestsOf(chart).of('Job')[0].metadata.annotations).toMatchObject({ 'argocd.argoproj.io/hook': 'PreSync' });
});

describe('without a native sidecar', () => {
  test('a job goes without one', () => {
    const { spec } = rendered({ dapr: Dapr.none('speaks to PostgreSQL itself') }, OLDER);
    expect(spec.template.spec.restartPolicy).toBe('Never');
    expect(spec.podFailurePolicy.rules).toHaveLength(1);
    expect(spec.template.metadata.annotations).toBeUndefined();
  });

  test('its application ends the sidecar, and is started again in its pod when it fails before', () => {
    const { spec } = rendered({ dapr: Dapr.sidecar({ shutdownByApplication: true }) }, OLDER);
    // a sidecar waits 5 s for connections that were opened and not used, and fails if it is told to be gone by then
    expect(spec.template.metadata.annotations['dapr.io/graceful-shutdown-seconds']).toBe('15');
    expect(spec.template.spec.terminationGracePeriodSeconds).toBe(10 + 20 + 15 + 5);
    expect(spec.template.spec.restartPolicy).toBe('OnFailure');
    // Kubernetes takes one only where a pod ends with its first failure
    expect(spec).not.toHaveProperty('podFailurePolicy');
    expect(spec.template.metadata.annotations).toMatchObject({ 'dapr.io/enabled': 'true', 'dapr.io/block-shutdown-duration': '30s' });
  });

  test.each([['1.28', '1.18'], ['1.36', '1.17']])('it fails on Kubernetes %s with Dapr %s, because the sidecar would never end', (kubernetes, dapr) => {
    const profile = profileWith({ kubernetesVersion: KubernetesVersion.of(kubernetes), daprVersion: DaprVersion.of(dapr) });
    expect(errorsOf((chart) => job(chart), { profile })).toEqual([
      `[core-business-prod/migrate/DaprSidecar] the sidecar of 'migrate' would never end, and so the pod would not when its work is done: Kubernetes ${kubernetes} with Dapr ${dapr} has no native sidecar. `
      + 'Let the application POST to http://localhost:3500/v1.0/shutdown at its end and say Dapr.sidecar({ shutdownByApplication: true }), use Kubernetes 1.29 and Dapr 1.18, or go without by Dapr.none(...).',
    ]);
  });

  test('a service never lets its application end it', () => {
    expect(errorsOf((chart) => service(chart, 'order', { dapr: Dapr.sidecar({ shutdownByApplication: true }) }))).toEqual([
      "[core-business-prod/order/DaprSidecar] the application of 'order' ends its sidecar, and nothing would reach the service then, which goes on. "
      + 'Remove shutdownByApplication, or define it as a job.',
    ]);
  });

  test('no exit code is fatal', () => {
    const props = { dapr: Dapr.sidecar({ shutdownByApplication: true }), fatalExitCodes: [3] };
    expect(errorsOf((chart) => job(chart, props), { profile: profileWith(OLDER) })).toEqual([
      '[core-business-prod/migrate] names fatalExitCodes, and beside a sidecar that the application ends, its container is started again in its pod, where Kubernetes looks at no exit code. '
      + 'Remove fatalExitCodes, or use native sidecars.',
    ]);
  });
});

describe('a job fails', () => {
  test.each<[OneOffJobProps, string]>([
    [{ backoffLimit: -1 }, 'expected backoffLimit to be a whole number of 0 or more, got -1. Use 0 or more.'],
    [{ activeDeadline: Duration.millis(500) }, 'expected activeDeadline to be 1 or more whole seconds, got 0.5 seconds. Use Duration.seconds(1).'],
    [{ fatalExitCodes: [0] }, 'expected each of fatalExitCodes to be a whole number from 1 to 255, got 0. Use 1 or more.'],
    [{ fatalExitCodes: [256] }, 'expected each of fatalExitCodes to be a whole number from 1 to 255, got 256. Use 255 or less.'],
    [{ run: 'June 1' }, "run 'June 1' is not a DNS label: it has 'J'. Write 'june-1'."],
    [{ ttlAfterFinished: Duration.millis(1) }, 'expected ttlAfterFinished to be 0 or more whole seconds, got 0.001 seconds. Use Duration.seconds(1).'],
    [{ run: 'a'.repeat(56) }, `the Job 'migrate-${'a'.repeat(56)}' has 64 characters, and 63 are the most. Name a shorter run.`],
  ])('%#', (props, message) => {
    expect(errorsOf((chart) => job(chart, props))).toEqual([`[core-business-prod/migrate] ${message}`]);
  });

  test('where a service has its name', () => {
    expect(errorsOf((chart) => {
      service(chart, 'migrate');
      job(new Construct(chart, 'jobs'));
    })).toEqual(["[core-business-prod/jobs/migrate] service 'migrate' is defined already at core-business-prod/migrate. Give one of them another name."]);
  });

  test('where files choose a number of replicas', () => {
    const values = Values.of({ 'migrate/prod/values.yaml': 'replicas:\n  count: 2\n' });
    expect(errorsOf((chart) => job(chart), { values })).toEqual([
      "migrate/prod/values.yaml:2: 'replicas.count' is for a service that is scaled, and a job has no replicas. Remove it.",
    ]);
  });
});

test('a job counts in the quota, and the one before it as long as that may go on', () => {
  const profile = profileWith({ quotas: { 'core-business-prod': { cpu: '1', memory: '2Gi' } } });
  const chart = group({ profile });
  job(chart);
  expect(findings(chart)).toEqual([
    "MS-CAP-001 [core-business-prod/Namespace/ResourceQuota] allows limits.cpu 1, and a roll-out of 'core-business-prod' would use 1.6: migrate-1-4-2 2 x (500m + 300m)",
    "MS-CAP-001 [core-business-prod/Namespace/ResourceQuota] allows limits.memory 2Gi, and a roll-out of 'core-business-prod' would use 2648Mi: migrate-1-4-2 2 x (1Gi + 300Mi)",
  ]);
});
