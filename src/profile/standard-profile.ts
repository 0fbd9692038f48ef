import { Duration } from 'cdk8s';
import type { ProfileValues } from './profile-values';
import { standardAdmission } from './standard-admission';
import { standardBackups } from './standard-backups';
import { standardContainers } from './standard-containers';
import { standardDelivery } from './standard-delivery';
import { standardFunctions } from './standard-functions';
import { standardGateway } from './standard-gateway';
import { standardMesh, standardMeshNetwork } from './standard-mesh';
import { standardPipeline } from './standard-pipeline';
import { standardStores } from './standard-stores';
import { DisruptionLimit } from '../scaling/disruption-limit';
import { DaprVersion } from '../values/dapr-version';
import { KubernetesVersion } from '../values/kubernetes-version';
import { Port } from '../values/port';
import { Probe } from '../values/probe';
import { QualityOfService } from '../values/quality-of-service';
import { Tier } from '../values/tier';

/**
 * Every default of the library, and the only place that holds one.
 */
export function standardValues(): ProfileValues {
  return {
    imageRegistry: 'registry.example.com',
    kubernetesVersion: KubernetesVersion.of('1.36'),
    daprVersion: DaprVersion.of('1.18'),
    clusterDomain: 'cluster.local',
    managedBy: 'cdk8s-microservices',
    labels: {},
    logLevel: 'info',
    tier: Tier.STANDARD,
    serviceType: 'api',
    ports: [Port.http(8000), Port.grpc(9000)],
    resources: {
      cpuRequest: '200m',
      cpuLimit: '500m',
      memoryRequest: '512Mi',
      memoryLimit: '1Gi',
      ephemeralStorageRequest: '256Mi',
      ephemeralStorageLimit: '512Mi',
    },
    probes: {
      liveness: Probe.httpGet('/health/live', {
        initialDelay: Duration.seconds(10), period: Duration.seconds(10), timeout: Duration.seconds(2), failureThreshold: 3,
      }),
      readiness: Probe.httpGet('/health/ready', {
        initialDelay: Duration.seconds(5), period: Duration.seconds(5), timeout: Duration.seconds(2), failureThreshold: 3,
      }),
      // five minutes for a slow start, which liveness would cut short
      startup: Probe.httpGet('/health/live', { period: Duration.seconds(5), timeout: Duration.seconds(2), failureThreshold: 60 }),
    },
    scaling: {
      min: 1,
      max: 10,
      cpuPercent: 70,
      memoryPercent: 80,
      scaleUpPeriod: Duration.seconds(60),
      scaleDownWindow: Duration.seconds(300),
    },
    verticalScaling: { min: { cpu: '100m', memory: '128Mi' }, max: { cpu: '2000m', memory: '4Gi' } },
    workers: {
      type: 'worker',
      min: 1,
      max: 10,
      queueLength: 50,
      pollingInterval: Duration.seconds(30),
      cooldown: Duration.seconds(300),
      initialCooldown: Duration.seconds(300),
      failureThreshold: 3,
      fallbackReplicas: 1,
    },
    scaledJobs: { max: 10, queueLength: 1, pollingInterval: Duration.seconds(30) },
    disruptionLimit: DisruptionLimit.maxUnavailable(1),
    ...standardDelivery(),
    // what is no longer rendered stays until somebody deletes it, but where an environment says otherwise
    argoCd: {
      namespace: 'argocd',
      cluster: 'in-cluster',
      revision: 'main',
      autoSync: true,
      prune: false,
      selfHeal: true,
      retries: 8,
      retryInterval: Duration.seconds(5),
      longestRetryInterval: Duration.minutes(3),
    },
    rollout: {
      minReady: Duration.seconds(10),
      progressDeadline: Duration.seconds(600),
      revisionHistory: 5,
      preStopDelay: Duration.seconds(10),
      drain: Duration.seconds(20),
      sidecarDrain: Duration.seconds(5),
      graceMargin: Duration.seconds(5),
    },
    security: {
      userId: 65532,
      groupId: 65532,
      scratchPaths: ['/tmp'],
      scratchSize: '128Mi',
      imagePullSecrets: [],
      podSecurityLevel: 'restricted',
    },
    ...standardAdmission(),
    tiers: {
      critical: { qualityOfService: QualityOfService.GUARANTEED, priority: 1_000_000 },
      standard: { qualityOfService: QualityOfService.BURSTABLE, priority: 100_000 },
      // not best effort: a quota on limits, which every namespace has, refuses such pods
      batch: { qualityOfService: QualityOfService.BURSTABLE, priority: 1_000 },
    },
    sidecar: {
      appProtocol: 'http',
      logLevel: 'info',
      resources: { cpuRequest: '100m', cpuLimit: '300m', memoryRequest: '128Mi', memoryLimit: '300Mi' },
      memoryTargetPercent: 90,
      readinessDelay: Duration.seconds(30),
      trustDomain: 'public',
      configuration: 'appconfig',
      appHealthPath: '/health/ready',
    },
    ...standardContainers(),
    calls: { timeout: Duration.seconds(30), retries: 3, retryInterval: Duration.seconds(1) },
    batch: {
      tier: Tier.BATCH,
      serviceType: 'job',
      backoffLimit: 3,
      activeDeadline: Duration.hours(1),
      startingDeadline: Duration.minutes(10),
      concurrencyPolicy: 'Forbid',
      timeZone: 'Etc/UTC',
      successfulJobsHistoryLimit: 3,
      failedJobsHistoryLimit: 3,
      ttlAfterFinished: Duration.days(7),
    },
    events: { routePrefix: '/events/', retries: 3, retryInterval: Duration.seconds(1), maxLength: 100_000 },
    storage: { accessMode: 'ReadWriteMany', redisPort: 6379, postgresqlPort: 5432, kafkaPort: 9093, initTimeout: Duration.seconds(30) },
    ...standardStores(),
    ...standardBackups(),
    ...standardPipeline(),
    ...standardMesh(),
    ...standardGateway(),
    functions: standardFunctions(),
    spread: { maxSkew: 1, antiAffinityWeight: 100 },
    network: {
      dns: { namespace: 'kube-system', label: 'k8s-app', values: ['kube-dns'] },
      nodeLocalDns: '169.254.20.10',
      daprControlPlane: {
        namespace: 'infrastructure',
        label: 'app',
        values: ['dapr-operator', 'dapr-placement-server', 'dapr-scheduler-server', 'dapr-sentry', 'dapr-sidecar-injector'],
      },
      // every cluster has its own
      apiServerCidrs: [],
      apiServerPorts: [443, 6443],
      metricsCollector: { namespace: 'infrastructure', label: 'app.kubernetes.io/name', values: ['prometheus'], serviceAccount: 'prometheus' },
      metricsCollectorService: 'prometheus-operated',
      traceCollector: { namespace: 'infrastructure', label: 'app.kubernetes.io/name', values: ['opentelemetry-collector'] },
      traceCollectorService: 'opentelemetry-collector',
      pushgateway: { namespace: 'infrastructure', label: 'app.kubernetes.io/name', values: ['prometheus-pushgateway'] },
      pushgatewayService: 'prometheus-pushgateway',
      redisOperator: { namespace: 'infrastructure', label: 'app.kubernetes.io/name', values: ['redis-operator'] },
      cloudNativePgOperator: { namespace: 'cnpg-system', label: 'app.kubernetes.io/name', values: ['cloudnative-pg'] },
      ...standardMeshNetwork(),
      gatewayProxyNamespace: 'envoy-gateway-system',
      // every cluster has its own
      ingressController: { namespace: '', label: 'app.kubernetes.io/name', values: [] },
      argoRollouts: { namespace: 'argo-rollouts', label: 'app.kubernetes.io/name', values: ['argo-rollouts'] },
      kedaOperator: { namespace: 'keda', label: 'app.kubernetes.io/name', values: ['keda-operator'] },
      knativeActivator: { namespace: 'knative-serving', label: 'app', values: ['activator'] },
      knativeAutoscaler: { namespace: 'knative-serving', label: 'app', values: ['autoscaler'] },
      knativeGateway: { namespace: 'kourier-system', label: 'app', values: ['3scale-kourier-gateway'] },
      knativeBrokerIngress: { namespace: 'knative-eventing', label: 'eventing.knative.dev/brokerRole', values: ['ingress'] },
      traceSamplingRate: 0.1,
    },
    quotas: {
      'core-business-dev': { cpu: '16', memory: '32Gi' },
      'core-business-staging': { cpu: '30', memory: '60Gi' },
      'core-business-prod': { cpu: '50', memory: '100Gi' },
      'platform-dev': { cpu: '12', memory: '24Gi' },
      'platform-staging': { cpu: '24', memory: '48Gi' },
      'platform-prod': { cpu: '30', memory: '60Gi' },
      'infrastructure': { cpu: '20', memory: '40Gi' },
    },
    defaultQuota: { cpu: '16', memory: '32Gi' },
    storageQuotas: {},
    bestEffortPods: {},
    containerLimits: {
      max: { cpu: '4', memory: '8Gi' },
      min: { cpu: '10m', memory: '16Mi' },
      defaultLimit: { cpu: '200m', memory: '256Mi' },
      defaultRequest: { cpu: '100m', memory: '128Mi' },
    },
    sharedCapacityPool: 'production',
    capacity: {
      production: { cpu: '100', memory: '200Gi' },
      staging: { cpu: '60', memory: '120Gi' },
      development: { cpu: '40', memory: '80Gi' },
    },
  };
}
