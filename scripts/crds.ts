/** A file of CRDs, the module of imports/ that is generated from it, and the kinds kept. */
export interface CrdSelection {
  /** The file's name inside the folder of CRDs. */
  readonly file: string;
  /** The name of the generated module: `imports/<module>.ts`. */
  readonly module: string;
  /** The kinds this library renders; the others are left out. */
  readonly kinds: readonly string[];
  /** Fields that this library never sets, each by its name or the end of its path: they may hold anything, so that no types are generated for them. */
  readonly open?: readonly string[];
}

/** The custom resources this library renders. A further kind is one more word, a further project one more line. */
export const CRDS: readonly CrdSelection[] = [
  {
    file: 'argo-rollouts.argoproj.io.yaml',
    module: 'argo-rollouts',
    kinds: ['AnalysisTemplate', 'Rollout'],
    open: [
      'spec.template', 'spec.selector', 'spec.workloadRef', 'job.spec', 'job.metadata', 'prometheus.authentication', 'prometheus.headers', 'prometheus.rangeQuery',
      'provider.cloudWatch', 'provider.datadog', 'provider.graphite', 'provider.influxdb', 'provider.kayenta', 'provider.newRelic', 'provider.plugin', 'provider.skywalking',
      'provider.wavefront', 'provider.web', 'args.valueFrom.secretKeyRef', 'args.valueFrom.fieldRef', 'spec.dryRun', 'spec.measurementRetention', 'spec.templates',
      'antiAffinity', 'activeMetadata', 'previewMetadata', 'canaryMetadata', 'stableMetadata', 'pingPong', 'steps.experiment', 'steps.plugin', 'steps.setHeaderRoute',
      'steps.setMirrorRoute', 'steps.setCanaryScale', 'strategy.canary.analysis', 'dryRun', 'measurementRetention', 'analysisRunMetadata', 'trafficRouting.alb', 'trafficRouting.ambassador',
      'trafficRouting.apisix', 'trafficRouting.appMesh', 'trafficRouting.managedRoutes', 'trafficRouting.nginx', 'trafficRouting.plugins', 'trafficRouting.smi', 'trafficRouting.traefik',
      'istio.destinationRule', 'istio.virtualServices', 'virtualService.tcpRoutes', 'virtualService.tlsRoutes', 'rollbackWindow',
    ],
  },
  {
    file: 'argo-workflows.argoproj.io.yaml',
    module: 'argo-workflows',
    kinds: ['CronWorkflow', 'WorkflowTemplate'],
    open: [
      'affinity', 'archiveLocation', 'artifactGC', 'artifactRepositoryRef', 'artifacts', 'containerSet', 'data', 'dnsConfig', 'ephemeral', 'executor', 'executorPlugins',
      'hooks', 'hostAliases', 'http', 'initContainers', 'inline', 'inputs', 'lifecycle', 'livenessProbe', 'memoize', 'metrics', 'outputs', 'plugin', 'podDisruptionBudget',
      'podResources', 'readinessProbe', 'resource', 'resourceClaims', 'script', 'sidecars', 'startupProbe', 'stopStrategy', 'templateDefaults', 'tolerations', 'valueFrom',
      'withItems', 'withParam', 'withSequence', 'volumes', 'volumeClaimTemplates', 'workflowSpec', 'workflowMetadata', 'labelSelector', 'securityContext', 'ports', 'envFrom',
      'container.resources', 'resizePolicy', 'restartPolicyRules', 'semaphores', 'steps', 'templateRef', 'volumeDevices', 'imagePullSecrets', 'retryStrategy.backoff',
      'retryStrategy.affinity', 'continueOn', 'daemon',
    ],
  },
  { file: 'barman-cloud.barmancloud.cnpg.io.yaml', module: 'barman-cloud', kinds: ['ObjectStore'] },
  {
    file: 'calico.projectcalico.org.yaml',
    module: 'calico',
    kinds: ['NetworkPolicy'],
    open: ['spec.ingress', 'spec.egress', 'performanceHints'],
  },
  {
    file: 'cert-manager.cert-manager.io.yaml',
    module: 'cert-manager',
    kinds: ['Certificate'],
    open: ['additionalOutputFormats', 'keystores', 'nameConstraints', 'otherNames', 'renewal', 'secretTemplate', 'signatureAlgorithm', 'subject'],
  },
  { file: 'cloudnative-pg.postgresql.cnpg.io.yaml', module: 'cloud-native-pg', kinds: ['Cluster', 'Database', 'Pooler', 'ScheduledBackup'] },
  { file: 'dapr.dapr.io.yaml', module: 'dapr', kinds: ['Component', 'Configuration', 'Resiliency', 'Subscription'] },
  {
    file: 'envoy-gateway.gateway.envoyproxy.io.yaml',
    module: 'envoy-gateway',
    kinds: ['BackendTrafficPolicy', 'ClientTrafficPolicy', 'SecurityPolicy'],
    open: [
      'admissionControl', 'apiKeyAuth', 'backendRef', 'backendRefs', 'backendSettings', 'bandwidthLimit', 'basicAuth', 'circuitBreaker', 'clientCIDRs',
      'clientIDRef', 'clientIPGeoLocations', 'clientSelectors', 'clientValidation', 'compression', 'compressor', 'connectionLimit', 'connectionKeepalive',
      'cookieConfig', 'cookieNames', 'cors', 'cost', 'csrf', 'customHeader', 'denyRedirect', 'directSourceIP', 'dns', 'earlyRequestHeaders', 'extAuth',
      'extractFrom', 'faultInjection', 'forwardIDToken', 'fromMetadata', 'grpc', 'headers', 'healthCheck', 'http1', 'http3', 'httpUpgrade', 'lateResponseHeaders',
      'loadBalancer', 'localJWKS', 'operation', 'proxyProtocol', 'requestBuffer', 'responseOverride', 'session', 'targetRef', 'targetSelectors', 'tcp',
      'tcpKeepalive', 'telemetry', 'xForwardedClientCert', 'http2.initialConnectionWindowSize', 'http2.initialStreamWindowSize', 'socketBufferLimit', 'preconnect',
      'global', 'xRateLimitHeaders', 'scheme', 'fingerprints', 'maxVersion', 'claimToHeaders', 'shadowMode',
    ],
  },
  { file: 'etcd-operator.operator.etcd.io.yaml', module: 'etcd', kinds: ['EtcdCluster'] },
  {
    file: 'gateway-api.gateway.networking.k8s.io.yaml',
    module: 'gateway-api',
    kinds: ['Gateway', 'GRPCRoute', 'HTTPRoute'],
    open: [
      'addresses', 'allowedListeners', 'backend', 'extensionRef', 'frontend', 'infrastructure', 'matchExpressions', 'queryParams', 'requestHeaderModifier',
      'requestMirror', 'responseHeaderModifier', 'backendRefs.filters', 'spec.tls', 'rules.filters.cors.exposeHeaders', 'requestRedirect.path',
      'allowedRoutes.kinds', 'parentRefs.port',
    ],
  },
  {
    file: 'istio.networking.istio.io.yaml',
    module: 'istio-networking',
    kinds: ['DestinationRule', 'ServiceEntry', 'Sidecar', 'VirtualService'],
    open: [
      'spec.subsets', 'spec.workloadSelector', 'trafficPolicy.loadBalancer', 'trafficPolicy.portLevelSettings', 'trafficPolicy.proxyProtocol', 'trafficPolicy.retryBudget',
      'trafficPolicy.tunnel', 'trafficPolicy.connectionPool', 'spec.endpoints', 'spec.egress', 'spec.ingress', 'spec.inboundConnectionPool', 'egressProxy',
      'http.corsPolicy', 'http.delegate', 'http.directResponse', 'http.headers', 'http.mirror', 'http.mirrorPercentage', 'http.mirrors', 'http.redirect', 'http.rewrite',
      'route.headers', 'match.headers', 'match.queryParams', 'match.withoutHeaders', 'match.authority', 'match.method', 'match.scheme', 'match.uri', 'spec.tcp', 'spec.tls',
      'http.mirror_percent', 'http.mirrorPercent', 'tls.subjectAltNames', 'tls.caCertificates', 'tls.privateKey', 'tls.clientCertificate', 'tls.credentialName', 'tls.insecureSkipVerify', 'tls.caCrl',
      'abort.grpcStatus', 'abort.http2Error', 'delay.exponentialDelay', 'delay.percent', 'outlierDetection.minHealthPercent', 'outlierDetection.splitExternalLocalOriginErrors',
      'outlierDetection.consecutiveLocalOriginFailures', 'outlierDetection.consecutiveErrors', 'ports.targetPort', 'match.gateways', 'match.statPrefix',
    ],
  },
  {
    file: 'istio.security.istio.io.yaml',
    module: 'istio-security',
    kinds: ['AuthorizationPolicy', 'PeerAuthentication', 'RequestAuthentication'],
    open: ['provider', 'targetRef', 'selector', 'portLevelMtls', 'fromHeaders', 'outputClaimToHeaders'],
  },
  {
    file: 'keda.keda.sh.yaml',
    module: 'keda',
    kinds: ['ScaledJob', 'ScaledObject', 'TriggerAuthentication'],
    open: [
      'awsSecretManager', 'azureKeyVault', 'boundServiceAccountToken', 'env', 'gcpSecretManager', 'hashiCorpVault', 'horizontalPodAutoscalerConfig.behavior',
      'jobTargetRef', 'oauth2', 'podIdentity', 'rollout',
    ],
  },
  {
    file: 'linkerd.policy.linkerd.io.yaml',
    module: 'linkerd-policy',
    kinds: ['AuthorizationPolicy', 'HTTPRoute', 'MeshTLSAuthentication', 'NetworkAuthentication', 'Server'],
    open: ['rules.filters', 'backendRefs.filters', 'matches.headers', 'matches.queryParams', 'spec.externalWorkloadSelector', 'podSelector.matchExpressions', 'identityRefs'],
  },
  { file: 'knative-eventing.eventing.knative.dev.yaml', module: 'knative-eventing', kinds: ['Broker', 'Trigger'], open: ['brokerRef', 'deadLetterSink', 'filters'] },
  { file: 'knative-serving.serving.knative.dev.yaml', module: 'knative-serving', kinds: ['Service'] },
  { file: 'prometheus-operator.monitoring.coreos.com.yaml', module: 'prometheus-operator', kinds: ['PodMonitor', 'PrometheusRule'] },
  { file: 'redis-operator.redis.redis.opstreelabs.in.yaml', module: 'redis-operator', kinds: ['RedisCluster'] },
  { file: 'strimzi.kafka.strimzi.io.yaml', module: 'strimzi', kinds: ['Kafka', 'KafkaNodePool', 'KafkaTopic', 'KafkaUser'] },
  { file: 'velero.velero.io.yaml', module: 'velero', kinds: ['BackupStorageLocation', 'Schedule'] },
  {
    file: 'vpa.autoscaling.k8s.io.yaml',
    module: 'vertical-pod-autoscaler',
    kinds: ['VerticalPodAutoscaler'],
    open: ['recommenders', 'startupBoost', 'evictionRequirements', 'oomBumpUpRatio', 'oomMinBumpUp'],
  },
];

/** The specifications of the kinds of Kubernetes itself that this library renders: `imports/k8s.ts` has their types. */
export const KUBERNETES_SPECS: readonly string[] = [
  'CronJobSpec', 'DeploymentSpec', 'HorizontalPodAutoscalerSpecV2', 'IngressSpec', 'JobSpec', 'LimitRangeSpec', 'NetworkPolicySpec', 'PersistentVolumeClaimSpec',
  'PodDisruptionBudgetSpec', 'ResourceQuotaSpec', 'ServiceSpec', 'StatefulSetSpec',
];
