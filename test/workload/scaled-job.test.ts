import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Duration, Yaml } from 'cdk8s';
import type { IRedisCluster } from '../../src/data/redis-cluster';
import { RedisCluster } from '../../src/data/redis-cluster';
import { Topic } from '../../src/messaging/topic';
import { Dapr } from '../../src/model/dapr';
import { Image } from '../../src/model/image';
import type { ServiceChart } from '../../src/platform/service-chart';
import { SharedChart } from '../../src/platform/shared-chart';
import { QueueSource } from '../../src/scaling/queue-source';
import { ScaledJob } from '../../src/workload/scaled-job';
import type { ScaledJobProps } from '../../src/workload/scaled-job-props';
import { bare, errorsOf, findings, group, manifestsOf, manifestsOfApp, profileWith, refusal } from '../support/platform';

const image = Image.of('registry.example.com/film', { tag: '1.4.2' });

/** A Job for each entry of a list. */
function film(chart: ServiceChart, props: ScaledJobProps = {}): ScaledJob {
  const redis = redisIn(chart);
  const job = new ScaledJob(chart, 'film', { image, ...props });
  job.uses(redis);
  job.scalesOn(QueueSource.redisList(redis, 'films:waiting'));
  job.scalesOn(QueueSource.redisList(redis, 'films:in-work'));
  return job;
}

function redisIn(chart: ServiceChart): IRedisCluster {
  return RedisCluster.fromNamespace(chart, 'redis', 'infrastructure');
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
  failedJobsHistoryLimit: 5
  jobTargetRef:
    activeDeadlineSeconds: 14400
    backoffLimit: 3
    completions: 1
    parallelism: 1
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
        priorityClassName: core-business-prod-standard
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
            maxSkew: 1
            topologyKey: topology.kubernetes.io/zone
            whenUnsatisfiable: ScheduleAnyway
          - labelSelector:
              matchLabels:
                app: film
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
  successfulJobsHistoryLimit: 5
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
  const scaledJobs = { max: 20, queueLength: 4, failedHistory: 9, pollingInterval: Duration.minutes(1) };
  expect(specOf({ max: 3, retries: 0, deadline: Duration.hours(1) }, { scaledJobs })).toMatchObject({
    maxReplicaCount: 3,
    pollingInterval: 60,
    failedJobsHistoryLimit: 9,
    successfulJobsHistoryLimit: 5,
    jobTargetRef: { backoffLimit: 0, activeDeadlineSeconds: 3600 },
    triggers: [{ metadata: { listLength: '4' } }, { metadata: { listLength: '4' } }],
  });
});

test('lets KEDA read the store of its queue', () => {
  const chart = group();
  new SharedChart(chart.node.root as never, 'infrastructure');
  film(chart);
  expect(manifestsOfApp(chart.node.root as never).get('NetworkPolicy', 'redis-prod-clients').spec.ingress[0].from).toEqual([
    { namespaceSelector: { matchLabels: { name: 'core-business-prod' } }, podSelector: { matchLabels: { app: 'film' } } },
    { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'keda' } }, podSelector: { matchLabels: { 'app.kubernetes.io/name': 'keda-operator' } } },
  ]);
});

test('that is paused says so to KEDA, and to those who review', () => {
  const chart = group();
  film(chart, { paused: true });
  expect(manifestsOf(chart).get('ScaledJob', 'film').metadata.annotations).toEqual({ 'autoscaling.keda.sh/paused': 'true' });
  expect(findings(chart)).toContain('[core-business-prod/film] is paused, so KEDA makes no Job of it, however long its queues get. Remove paused when the reason is gone.');
});

describe('a file', () => {
  let folder: string;
  beforeEach(() => { folder = realpathSync(mkdtempSync(join(tmpdir(), 'job-'))); });
  afterEach(() => { rmSync(folder, { recursive: true, force: true }); });

  function written(values: string): ServiceChart {
    mkdirSync(join(folder, 'film'), { recursive: true });
    writeFileSync(join(folder, 'film', 'values-base.yaml'), values);
    return group({ values: folder });
  }

  test('may say how many Jobs run at most', () => {
    const chart = written('replicas:\n  max: 2\n');
    expect(film(chart).maxReplicas).toBe(2);
    expect(manifestsOf(chart).get('ScaledJob', 'film').spec.maxReplicaCount).toBe(2);
  });

  test('fails that wants Jobs where nothing waits', () => {
    expect(() => film(written('replicas:\n  min: 2\n'))).toThrow(new Error(
      '[core-business-prod/film] has replicas.min 2 in a file, and no Job is made where nothing waits. Remove replicas.min from the file.'));
  });
});

test('the capacity of the namespace must hold as many as there may be', () => {
  expect(errorsOf((chart) => film(chart, { max: 120 }), { profile: profileWith({}) })[0]).toBe(
    "[core-business-prod/Namespace/Capacity] the services of 'core-business-prod' may use 60 cpu at their maximum, and its quota is 50: film 120 x (500m). "
    + 'Lower replicas.max or the limits of a service, or raise the quota in the platform profile.');
});

describe('fails where', () => {
  const inProd = (define: (chart: ServiceChart) => void) => refusal((app) => define(group({ app })));

  test('it would have a sidecar', () => {
    expect(inProd((chart) => film(chart, { dapr: Dapr.sidecar() }))).toBe(
      '[core-business-prod/film] has a Dapr sidecar, which nobody ends when the work is done, so no Job would ever end. Leave dapr out, or use a Worker.');
  });

  test.each(['subscribes', 'publishes'] as const)('it %s a topic', (verb) => {
    expect(inProd((chart) => film(chart)[verb](new Topic(chart, 'shot', { broker: RedisCluster.fromNamespace(chart, 'other', 'infrastructure') })))).toBe(
      `[core-business-prod/film] ${verb} 'shot', and a Job has no Dapr sidecar, which would keep it from ending. `
      + 'Use a Worker, or read the queue that scalesOn(QueueSource...) names in the Job itself.');
  });

  test('there is no queue', () => {
    expect(errorsOf((chart) => new ScaledJob(chart, 'film', { image }))).toEqual([
      '[core-business-prod/film] names no queue, so nothing would ever make a Job. Say scalesOn(QueueSource...).',
    ]);
  });

  test.each([
    [{ max: 0 }, 'expected max to be a whole number of 1 or more, got 0. Use 1 or more.'],
    [{ queueLength: 0 }, 'expected queueLength to be a whole number of 1 or more, got 0. Use 1 or more.'],
    [{ retries: -1 }, 'expected retries to be a whole number of 0 or more, got -1. Use 0 or more.'],
    [{ deadline: Duration.millis(500) }, 'expected deadline to be 1 or more whole seconds, got 0.5 seconds. Use Duration.seconds(1).'],
    [{ pollingInterval: Duration.seconds(0) }, 'expected pollingInterval to be 1 or more whole seconds, got 0 seconds. Use Duration.seconds(1).'],
  ])('an option is out of range: %#', (props, message) => {
    expect(inProd((chart) => film(chart, props))).toBe(`[core-business-prod/film] ${message}`);
  });
});
