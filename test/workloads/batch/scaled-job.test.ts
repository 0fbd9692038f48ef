import { Duration, Yaml } from 'cdk8s';
import type { IStore } from '../../../src/core/store-engine';
import { Values } from '../../../src/inputs/values';
import { Topic } from '../../../src/messaging/topic';
import type { ServiceChart } from '../../../src/platform/service-chart';
import { SharedChart } from '../../../src/platform/shared-chart';
import { QueueSource } from '../../../src/scaling/queue-source';
import { RedisCluster } from '../../../src/stores/redis/redis-cluster';
import { Dapr } from '../../../src/values/dapr';
import { Image } from '../../../src/values/image';
import { ScaledJob } from '../../../src/workloads/batch/scaled-job';
import type { ScaledJobProps } from '../../../src/workloads/batch/scaled-job';
import { bare, errorsOf, findings, group, manifestsOf, manifestsOfApp, profileWith, refusal } from '../../support/platform';

const image = Image.of('registry.example.com/film', { tag: '1.4.2' });

/** A Job for each entry of a list. */
function film(chart: ServiceChart, props: ScaledJobProps = {}): ScaledJob {
  const redis = redisIn(chart);
  const job = new ScaledJob(chart, 'film', { image, dapr: Dapr.none('reads its queue itself'), ...props });
  job.uses(redis);
  job.scalesOn(QueueSource.redisList(redis, 'films:waiting'));
  job.scalesOn(QueueSource.redisList(redis, 'films:in-work'));
  return job;
}

function redisIn(chart: ServiceChart, name = 'redis'): IStore {
  return RedisCluster.fromNamespace(chart, name, 'infrastructure');
}

function specOf(props: ScaledJobProps = {}, changes = {}): any {
  const chart = group({ profile: profileWith(changes) });
  film(chart, props);
  return manifestsOf(chart).get('ScaledJob', 'film').spec;
}

test('a Job is made for each entry of its queues, by KEDA', () => {
  const chart = group();
  film(chart);
  expect(Yaml.stringify(bare(manifestsOf(chart).get('ScaledJob', 'film'))).trimEnd()).toMatchInlineSnapshot(`
"apiVersion: keda.sh/v1alpha1
kind: ScaledJob
metadata:
  name: film
spec:
  failedJobsHistoryLimit: 3
  jobTargetRef:
    activeDeadlineSeconds: 3600
    backoffLimit: 3
    podFailurePolicy:
      rules:
        - action: Ignore
          onPodConditions:
            - status: "True"
              type: DisruptionTarget
    template:
      metadata:
        labels:
          app: film
          app.kubernetes.io/component: job
          app.kubernetes.io/instance: film
          app.kubernetes.io/managed-by: cdk8s-microservices
          app.kubernetes.io/name: film
          app.kubernetes.io/part-of: core-business
          app.kubernetes.io/version: 1.4.2
          microservice: film
          service: film
          type: job
      spec:
        affinity:
          podAntiAffinity:
            preferredDuringSchedulingIgnoredDuringExecution:
              - podAffinityTerm:
                  labelSelector:
                    matchLabels:
                      app: film
                  topologyKey: kubernetes.io/hostname
                weight: 100
        automountServiceAccountToken: false
        containers:
          - env:
              - name: APP_ENV
                value: production
              - name: LOG_LEVEL
                value: info
            image: registry.example.com/film:1.4.2
            imagePullPolicy: Always
            name: film
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
        serviceAccountName: film
        terminationGracePeriodSeconds: 40
        topologySpreadConstraints:
          - labelSelector:
              matchLabels:
                app: film
            matchLabelKeys:
              - batch.kubernetes.io/job-name
            maxSkew: 1
            topologyKey: topology.kubernetes.io/zone
            whenUnsatisfiable: ScheduleAnyway
          - labelSelector:
              matchLabels:
                app: film
            matchLabelKeys:
              - batch.kubernetes.io/job-name
            maxSkew: 1
            topologyKey: kubernetes.io/hostname
            whenUnsatisfiable: ScheduleAnyway
        volumes:
          - emptyDir:
              sizeLimit: 128Mi
            name: scratch-tmp
  maxReplicaCount: 10
  pollingInterval: 30
  rollout:
    strategy: gradual
  scalingStrategy:
    multipleScalersCalculation: sum
  successfulJobsHistoryLimit: 3
  triggers:
    - authenticationRef:
        name: film-redis
      metadata:
        addresses: redis-prod.infrastructure.svc.cluster.local:6379
        enableTLS: "true"
        listLength: "1"
        listName: films:waiting
        unsafeSsl: "true"
      name: length_films_waiting
      type: redis-cluster
    - authenticationRef:
        name: film-redis
      metadata:
        addresses: redis-prod.infrastructure.svc.cluster.local:6379
        enableTLS: "true"
        listLength: "1"
        listName: films:in-work
        unsafeSsl: "true"
      name: length_films_in_work
      type: redis-cluster"
`);
});

test('has around its pods what a service has, and nothing by which it could be called or drained in vain', () => {
  const chart = group();
  film(chart, { config: { CODEC: 'av1' } });
  expect(manifestsOf(chart).names.filter((name) => name.includes('/film'))).toEqual([
    'ConfigMap/film', 'NetworkPolicy/film-network-policy', 'ScaledJob/film', 'ServiceAccount/film', 'TriggerAuthentication/film-redis',
  ]);
});

test('is as the organisation says, and as itself says', () => {
  const changes = { scaledJobs: { max: 20, queueLength: 4, pollingInterval: Duration.minutes(1) }, batch: { failedJobsHistoryLimit: 9 } };
  expect(specOf({ max: 3, backoffLimit: 0, activeDeadline: Duration.hours(2) }, changes)).toMatchObject({
    maxReplicaCount: 3,
    pollingInterval: 60,
    failedJobsHistoryLimit: 9,
    successfulJobsHistoryLimit: 3,
    jobTargetRef: { backoffLimit: 0, activeDeadlineSeconds: 7200 },
    triggers: [{ metadata: { listLength: '4' } }, { metadata: { listLength: '4' } }],
  });
});

test('lets KEDA read the store of its queue', () => {
  const chart = group();
  new SharedChart(chart.node.root as never, 'infrastructure');
  film(chart);
  expect(manifestsOfApp(chart.node.root as never).get('NetworkPolicy', 'redis-prod-clients').spec.ingress[0].from).toEqual([
    { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'core-business-prod' } }, podSelector: { matchLabels: { app: 'film' } } },
    { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'keda' } }, podSelector: { matchLabels: { 'app.kubernetes.io/name': 'keda-operator' } } },
  ]);
});

test('that is paused says so to KEDA, and to those who review', () => {
  const chart = group();
  film(chart, { paused: true });
  expect(manifestsOf(chart).get('ScaledJob', 'film').metadata.annotations).toEqual({ 'autoscaling.keda.sh/paused': 'true' });
  expect(findings(chart)).toContain('MS-SCALE-001 [core-business-prod/film/JobScaler/Resource]');
});

describe('a file', () => {
  function written(values: string): ServiceChart {
    return group({ values: Values.of({ 'film/values-base.yaml': values }) });
  }

  test('fails that says a number of replicas, because the code says how many Jobs there are', () => {
    expect(() => film(written('replicas:\n  max: 2\n'))).toThrow(new Error(
      "film/values-base.yaml:2: 'replicas.max' is for a service that is scaled, and a job has no replicas. Remove it."));
  });
});

test('beside a native sidecar it ends as well, and may publish', () => {
  const chart = group();
  const job = film(chart, { dapr: Dapr.sidecar() });
  job.publishes(new Topic(chart, 'film-done', { broker: redisIn(chart, 'other') }));
  const { template } = manifestsOf(chart).get('ScaledJob', 'film').spec.jobTargetRef;
  expect(template.metadata.annotations).toMatchObject({ 'dapr.io/enabled': 'true', 'dapr.io/enable-native-sidecar': 'true' });
});

test('the capacity of the namespace must hold as many as there may be', () => {
  expect(errorsOf((chart) => film(chart, { max: 120 }), { profile: profileWith({}) })[0]).toBe(
    "[core-business-prod/Namespace/ResourceQuota] allows limits.cpu 50, and the workloads of 'core-business-prod' may use 60 at their maximum: film 120 x (500m). "
    + 'Lower the number of replicas, the limits or the storage of a workload, or raise the quota.');
});

describe('fails where', () => {
  const inProd = (define: (chart: ServiceChart) => void) => refusal((app) => define(group({ app })));

  test('it subscribes a topic, whose events nobody could bring it', () => {
    expect(inProd((chart) => film(chart, { dapr: Dapr.sidecar() }).subscribes(new Topic(chart, 'shot', { broker: redisIn(chart, 'other') })))).toBe(
      "[core-business-prod/film] subscribes 'shot' and listens on no port, so its sidecar could deliver no event. Let a Microservice take the events.");
  });

  test('there is no queue', () => {
    expect(errorsOf((chart) => new ScaledJob(chart, 'film', { image }))).toEqual([
      '[core-business-prod/film] names no queue, so nothing would ever make a Job. Say scalesOn(QueueSource...).',
    ]);
  });

  test.each([
    [{ max: 0 }, 'expected max to be a whole number of 1 or more, got 0. Use 1 or more.'],
    [{ queueLength: 0 }, 'expected queueLength to be a whole number of 1 or more, got 0. Use 1 or more.'],
    [{ backoffLimit: -1 }, 'expected backoffLimit to be a whole number of 0 or more, got -1. Use 0 or more.'],
    [{ activeDeadline: Duration.millis(500) }, 'expected activeDeadline to be 1 or more whole seconds, got 0.5 seconds. Use Duration.seconds(1).'],
    [{ pollingInterval: Duration.seconds(0) }, 'expected pollingInterval to be 1 or more whole seconds, got 0 seconds. Use Duration.seconds(1).'],
  ])('an option is out of range: %#', (props, message) => {
    expect(inProd((chart) => film(chart, props))).toBe(`[core-business-prod/film] ${message}`);
  });
});
