import { ApiObject, Duration, Yaml } from 'cdk8s';
import { Topic } from '../../src/messaging/topic';
import type { ServiceChart } from '../../src/platform/service-chart';
import { SharedChart } from '../../src/platform/shared-chart';
import { Autoscaler } from '../../src/scaling/autoscaler';
import { QueueSource } from '../../src/scaling/queue-source';
import { KafkaCluster } from '../../src/stores/kafka/kafka-cluster';
import { PostgresCluster } from '../../src/stores/postgres/postgres-cluster';
import { MessageBroker } from '../../src/stores/redis/broker/message-broker';
import { RedisCluster } from '../../src/stores/redis/redis-cluster';
import { Dapr } from '../../src/values/dapr';
import { Image } from '../../src/values/image';
import { Scaling } from '../../src/values/scaling';
import { Worker } from '../../src/workloads/worker';
import type { WorkerProps } from '../../src/workloads/worker';
import { bare, errorsOf, findings, group, Manifests, manifestsOf, manifestsOfApp, profileWith, PROD, refusal, service } from '../support/platform';

const image = Image.of('registry.example.com/mailer', { tag: '1.4.2' });

function worker(chart: ServiceChart, props: WorkerProps = {}, id = 'mailer'): Worker {
  return new Worker(chart, id, { image, ...props });
}

function redisIn(chart: ServiceChart): ReturnType<typeof RedisCluster.fromNamespace> {
  return RedisCluster.fromNamespace(chart, 'redis', 'infrastructure');
}

/** The manifests of a worker that subscribes one topic on Redis. */
function onRedis(props: WorkerProps = {}, changes = {}): Manifests {
  const chart = group({ profile: profileWith(changes) });
  worker(chart, props).subscribes(new Topic(chart, 'order-placed', { broker: redisIn(chart) }));
  return manifestsOf(chart);
}

const scaledObject = (manifests: Manifests) => manifests.get('ScaledObject', 'mailer');

describe('a worker on a topic of Redis', () => {
  test('is scaled on what nobody has got and on what is in work, together', () => {
    expect(Yaml.stringify(bare(scaledObject(onRedis({ scaling: Scaling.queue({ min: 0 }) })))).trimEnd()).toMatchInlineSnapshot(`
"apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata:
  name: mailer
spec:
  advanced:
    horizontalPodAutoscalerConfig:
      behavior:
        scaleDown:
          policies:
            - periodSeconds: 60
              type: Percent
              value: 100
          stabilizationWindowSeconds: 300
        scaleUp:
          policies:
            - periodSeconds: 60
              type: Percent
              value: 100
          stabilizationWindowSeconds: 0
    scalingModifiers:
      formula: lag_order_placed + pending_order_placed
      metricType: AverageValue
      target: "50"
  cooldownPeriod: 300
  fallback:
    behavior: currentReplicasIfHigher
    failureThreshold: 3
    replicas: 1
  initialCooldownPeriod: 300
  maxReplicaCount: 10
  minReplicaCount: 0
  pollingInterval: 30
  scaleTargetRef:
    name: mailer
  triggers:
    - authenticationRef:
        name: mailer-redis
      metadata:
        addresses: redis-prod.infrastructure.svc.cluster.local:6379
        consumerGroup: mailer
        enableTLS: "true"
        lagCount: "50"
        stream: order-placed
        unsafeSsl: "true"
      name: lag_order_placed
      type: redis-cluster-streams
    - authenticationRef:
        name: mailer-redis
      metadata:
        addresses: redis-prod.infrastructure.svc.cluster.local:6379
        consumerGroup: mailer
        enableTLS: "true"
        pendingEntriesCount: "50"
        stream: order-placed
        unsafeSsl: "true"
      name: pending_order_placed
      type: redis-cluster-streams"
`);
  });

  test('is read by the credentials of its sidecar, which are named and not held', () => {
    expect(onRedis().of('TriggerAuthentication').map(bare)).toEqual([{
      apiVersion: 'keda.sh/v1alpha1',
      kind: 'TriggerAuthentication',
      metadata: { name: 'mailer-redis' },
      spec: {
        secretTargetRef: [{ parameter: 'username', name: 'redis-prod', key: 'username' }, { parameter: 'password', name: 'redis-prod', key: 'password' }],
      },
    }]);
  });

  test('is read in the consumer group of its sidecar, whose name is the Dapr app id', () => {
    const { triggers } = scaledObject(onRedis({ dapr: Dapr.sidecar({ appId: 'postman' }) })).spec;
    expect(triggers.map(({ metadata }: any) => metadata.consumerGroup)).toEqual(['postman', 'postman']);
  });

  test('fetches no more events than it handles, so that the next replica finds some', () => {
    const { metadata } = onRedis().get('Component', 'redis-pubsub').spec;
    expect(metadata).toContainEqual({ name: 'queueDepth', value: '10' });
  });

  test('above zero, has nothing to say about the way there', () => {
    const { spec } = scaledObject(onRedis());
    expect([spec.minReplicaCount, spec.cooldownPeriod, spec.initialCooldownPeriod]).toEqual([1, undefined, undefined]);
  });

  test('is as the organisation says, and as the worker says', () => {
    const spec = scaledObject(onRedis({ scaling: Scaling.queue({ max: 4, cooldown: Duration.minutes(1), pollingInterval: Duration.seconds(5) }) }, {
      workers: { min: 0, max: 30, queueLength: 7, initialCooldown: Duration.minutes(2), failureThreshold: 5, fallbackReplicas: 6 },
      scaling: { scaleDownWindow: Duration.seconds(10) },
    })).spec;
    expect(spec).toMatchObject({
      minReplicaCount: 0,
      maxReplicaCount: 4,
      pollingInterval: 5,
      cooldownPeriod: 60,
      initialCooldownPeriod: 120,
      // as far as the worker has so many
      fallback: { failureThreshold: 5, replicas: 4, behavior: 'currentReplicasIfHigher' },
      advanced: { horizontalPodAutoscalerConfig: { behavior: { scaleDown: { stabilizationWindowSeconds: 10 } } }, scalingModifiers: { target: '7' } },
    });
  });
});

describe('a worker on a topic of a message broker', () => {
  const chart = group();
  worker(chart).subscribes(new Topic(chart, 'order-placed', { broker: MessageBroker.fromNamespace(chart, 'broker', 'infrastructure') }));
  const { spec } = manifestsOf(chart).get('ScaledObject', 'mailer');

  test('is scaled on all partitions together, not on the longest', () => {
    const names = spec.triggers.map(({ name }: any) => name);
    expect(names).toHaveLength(32);
    expect(spec.advanced.scalingModifiers).toEqual({ formula: names.join(' + '), target: '50', metricType: 'AverageValue' });
    expect(new Set(names).size).toBe(32);
    expect(names.filter((name: string) => !/^(?:lag|pending)_order_placed_\d\d_[b-z]{3}$/.test(name))).toEqual([]);
  });

  test('asks for each partition twice, by one authentication', () => {
    const streams = spec.triggers.map(({ metadata }: any) => metadata.stream);
    expect(new Set(streams).size).toBe(16);
    expect(new Set(spec.triggers.map(({ authenticationRef }: any) => authenticationRef.name))).toEqual(new Set(['mailer-broker']));
  });
});

describe('a worker on a topic of Kafka', () => {
  const onKafka = (inside: boolean) => {
    const chart = group();
    const broker = inside ? KafkaCluster.fromNamespace(chart, 'kafka', 'infrastructure') : KafkaCluster.fromHost(chart, 'kafka', 'kafka.example.com', { cidrs: ['10.20.0.0/24'] });
    worker(chart).subscribes(new Topic(chart, 'order-placed', { broker }));
    return manifestsOf(chart);
  };

  test('is scaled on the lag of its consumer group, which counts what is in work', () => {
    const { spec } = scaledObject(onKafka(true));
    expect(spec.advanced.scalingModifiers).toBeUndefined();
    expect(spec.triggers).toEqual([{
      type: 'kafka',
      name: 'lag_order_placed',
      authenticationRef: { name: 'mailer-kafka' },
      metadata: {
        bootstrapServers: 'kafka-prod-kafka-bootstrap.infrastructure.svc.cluster.local:9093',
        consumerGroup: 'core-business-prod.mailer',
        topic: 'order-placed',
        lagThreshold: '50',
        offsetResetPolicy: 'earliest',
        version: '3.6.0',
        sasl: 'scram_sha512',
        tls: 'enable',
      },
    }]);
  });

  test('is read as its own user of Kafka, whose name is no secret', () => {
    const manifests = onKafka(true);
    expect(manifests.get('TriggerAuthentication', 'mailer-kafka').spec).toEqual({
      configMapTargetRef: [{ parameter: 'username', name: 'mailer-kafka', key: 'username' }],
      secretTargetRef: [
        { parameter: 'password', name: 'kafka-prod.core-business-prod.mailer', key: 'password' },
        { parameter: 'ca', name: 'kafka-prod-cluster-ca-cert', key: 'ca.crt' },
      ],
    });
    expect(manifests.get('ConfigMap', 'mailer-kafka').data).toEqual({ username: 'kafka-prod.core-business-prod.mailer' });
  });

  test('outside of the cluster, is read by the three keys of one Secret', () => {
    const manifests = onKafka(false);
    expect(manifests.get('TriggerAuthentication', 'mailer-kafka').spec).toEqual({
      secretTargetRef: [
        { parameter: 'username', name: 'kafka', key: 'username' },
        { parameter: 'password', name: 'kafka', key: 'password' },
        { parameter: 'ca', name: 'kafka', key: 'ca.crt' },
      ],
    });
    expect(manifests.of('ConfigMap')).toEqual([]);
  });
});

describe('a worker on other queues', () => {
  function others(define: (mailer: Worker, redis: ReturnType<typeof RedisCluster.fromNamespace>) => void): any {
    const chart = group();
    const redis = redisIn(chart);
    const mailer = worker(chart);
    mailer.uses(redis);
    define(mailer, redis);
    return scaledObject(manifestsOf(chart)).spec;
  }

  test('counts the entries of a list, by an authentication like that of a topic', () => {
    const spec = others((mailer, redis) => mailer.scalesOn(QueueSource.redisList(redis, 'jobs:new')));
    expect(spec.triggers).toEqual([{
      type: 'redis-cluster',
      name: 'length_jobs_new',
      authenticationRef: { name: 'mailer-redis' },
      metadata: { addresses: 'redis-prod.infrastructure.svc.cluster.local:6379', listName: 'jobs:new', listLength: '50', enableTLS: 'true', unsafeSsl: 'true' },
    }]);
  });

  test('counts what a consumer group of its own has not acknowledged', () => {
    const spec = others((mailer, redis) => mailer.scalesOn(QueueSource.redisStream(redis, 'jobs', 'mailers')));
    expect(spec.advanced.scalingModifiers.formula).toBe('lag_jobs + pending_jobs');
    expect(spec.triggers.map(({ metadata }: any) => [metadata.stream, metadata.consumerGroup])).toEqual([['jobs', 'mailers'], ['jobs', 'mailers']]);
  });

  test('asks Prometheus without a password', () => {
    const spec = others((mailer) => mailer.scalesOn(QueueSource.prometheus('sum(jobs_waiting)')));
    expect(spec.triggers).toEqual([{
      type: 'prometheus',
      name: 'query',
      metadata: { serverAddress: 'http://prometheus-operated.infrastructure.svc.cluster.local:9090', query: 'sum(jobs_waiting)', threshold: '50' },
    }]);
  });

  test('gives names that differ, where two queues would have one', () => {
    const spec = others((mailer, redis) => ['jobs-new', 'jobs:new', 'jobs.new'].forEach((list) => mailer.scalesOn(QueueSource.redisList(redis, list))));
    expect(spec.advanced.scalingModifiers.formula).toBe('length_jobs_new_0 + length_jobs_new_1 + length_jobs_new_2');
  });
});

describe('KEDA is let in', () => {
  const KEDA = { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'keda' } }, podSelector: { matchLabels: { 'app.kubernetes.io/name': 'keda-operator' } } };

  function shared(define: (chart: ServiceChart) => void): Manifests {
    const chart = group();
    const profile = profileWith({ network: { apiServerCidrs: ['10.0.0.1/32'] } });
    new KafkaCluster(new SharedChart(chart.node.root as never, 'infrastructure', { profile }), 'kafka-prod', { environment: PROD, externalListener: 'none' });
    define(chart);
    return manifestsOfApp(chart.node.root as never);
  }

  test('to the Redis that holds a queue, and to no other store', () => {
    const manifests = shared((chart) => {
      worker(chart).subscribes(new Topic(chart, 'order-placed', { broker: redisIn(chart) }));
      service(chart).uses(PostgresCluster.fromNamespace(chart, 'postgresql', 'infrastructure'));
    });
    expect(manifests.get('NetworkPolicy', 'redis-prod-clients').spec.ingress[0].from).toContainEqual(KEDA);
    expect(JSON.stringify(manifests.get('NetworkPolicy', 'postgresql-prod-clients'))).not.toContain('keda');
    expect(manifests.find('NetworkPolicy', 'metrics-queries')).toBeUndefined();
  });

  test('to Kafka, by its policy and by its listener', () => {
    const manifests = shared((chart) => worker(chart).subscribes(new Topic(chart, 'order-placed', { broker: KafkaCluster.fromNamespace(chart, 'kafka', 'infrastructure') })));
    expect(manifests.get('NetworkPolicy', 'kafka-prod-clients').spec.ingress[0].from).toContainEqual(KEDA);
    expect(manifests.get('Kafka', 'kafka-prod').spec.kafka.listeners[0].networkPolicyPeers).toContainEqual(KEDA);
  });

  test('to Prometheus, where a query decides', () => {
    const manifests = shared((chart) => worker(chart).scalesOn(QueueSource.prometheus('sum(jobs)')));
    expect(manifests.get('NetworkPolicy', 'metrics-queries').spec).toEqual({
      podSelector: { matchLabels: { 'app.kubernetes.io/name': 'prometheus' } },
      policyTypes: ['Ingress'],
      ingress: [{ from: [KEDA], ports: [{ port: 9090, protocol: 'TCP' }] }],
    });
  });

  test('nowhere, where services are no workers', () => {
    const manifests = shared((chart) => service(chart).subscribes(new Topic(chart, 'order-placed', { broker: redisIn(chart) })));
    expect(JSON.stringify(manifests.of('NetworkPolicy'))).not.toContain('keda');
  });
});

describe('a worker that is paused', () => {
  test.each([
    [{ paused: true }, { 'autoscaling.keda.sh/paused': 'true' }, ''],
    [{ paused: true, pausedReplicas: 0 }, { 'autoscaling.keda.sh/paused-replicas': '0' }, ' is paused at 0 replicas'],
    [{ pausedReplicas: 3 }, { 'autoscaling.keda.sh/paused-replicas': '3' }, ' is paused at 3 replicas'],
  ])('by %p says so to KEDA, and to those who review', (options, annotations, finding) => {
    const chart = group();
    worker(chart, { scaling: Scaling.queue(options) }).subscribes(new Topic(chart, 'order-placed', { broker: redisIn(chart) }));
    expect(scaledObject(manifestsOf(chart)).metadata.annotations).toEqual(annotations);
    expect(findings(chart)).toContain(`MS-SCALE-001 [core-business-prod/mailer/QueueScaler/Resource]${finding}`);
  });

  test.each([[{}], [{ paused: false }]])('is not, by %p', (options) => {
    expect(scaledObject(onRedis({ scaling: Scaling.queue(options) })).metadata.annotations).toBeUndefined();
  });
});

describe('fails where', () => {
  const PLACE = '[core-business-prod/mailer]';

  test('there is no queue', () => {
    expect(errorsOf((chart) => worker(chart))).toEqual([
      `${PLACE} is scaled on its queues, and has none: it subscribes no topic, so nothing would ever make a replica. `
      + 'Say subscribes(topic) or scalesOn(QueueSource...), or use Scaling.replicas(...).',
    ]);
  });

  test('a queue is in a store that the worker cannot reach', () => {
    expect(errorsOf((chart) => worker(chart).scalesOn(QueueSource.redisList(redisIn(chart), 'jobs')))).toEqual([
      "[core-business-prod/mailer] scales on a queue in 'redis', which it does not use, so no network policy lets it take anything from there. Say uses(...) of 'redis'.",
    ]);
  });

  test('an Autoscaler stands beside', () => {
    expect(refusal((app) => new Autoscaler(group({ app }), 'Autoscaler', { workload: worker(app.node.findChild('core-business-prod') as ServiceChart) }))).toBe(
      "[core-business-prod/Autoscaler] 'mailer' is scaled by KEDA already: KEDA makes a HorizontalPodAutoscaler of its own, "
      + 'so the two would set the number of replicas against each other. Remove this Autoscaler.');
  });

  test('two Autoscalers stand beside each other', () => {
    expect(refusal((app) => {
      const chart = group({ app });
      new Autoscaler(chart, 'Autoscaler', { workload: service(chart) });
    })).toBe("[core-business-prod/Autoscaler] 'checkout' is scaled by an Autoscaler already: the two would set the number of replicas against each other. Remove this Autoscaler.");
  });

  test('a HorizontalPodAutoscaler of the program\'s own names the worker', () => {
    expect(errorsOf((chart) => {
      worker(chart).subscribes(new Topic(chart, 'order-placed', { broker: redisIn(chart) }));
      new ApiObject(chart, 'Own', {
        apiVersion: 'autoscaling/v2',
        kind: 'HorizontalPodAutoscaler',
        metadata: { name: 'own' },
        spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'mailer' }, maxReplicas: 3 },
      });
    })).toEqual([
      "[core-business-prod/Own] scales 'mailer', as the ScaledObject 'mailer' does: the two would set the number of replicas against each other (/spec/scaleTargetRef). "
      + 'Remove the HorizontalPodAutoscaler.',
    ]);
  });

  test('an Autoscaler is told to look at a queue', () => {
    expect(refusal((app) => {
      const chart = group({ app });
      new Autoscaler(chart, 'Autoscaler', { workload: service(chart), scaling: Scaling.queue() });
    })).toBe('[core-business-prod/Autoscaler] Scaling.queue(...) is what KEDA scales a Worker by, and a HorizontalPodAutoscaler alone knows no queue. '
      + 'Use Scaling.utilization(...), or a Worker.');
  });

  test('a list is said to be on a broker that has none', () => {
    expect(refusal((app) => {
      const chart = group({ app });
      QueueSource.redisList(KafkaCluster.fromNamespace(chart, 'kafka', 'infrastructure'), 'jobs');
    })).toBe("QueueSource.redisList: 'kafka' is no Redis. Name a RedisCluster or a MessageBroker.");
  });
});
