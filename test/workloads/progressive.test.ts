import type { Chart } from 'cdk8s';
import { Duration, Testing } from 'cdk8s';
import { ServiceReference } from '../../src/core/service-reference';
import { ApiGateway } from '../../src/gateway/api-gateway';
import { Authentication } from '../../src/gateway/authentication';
import type { ExposeOptions } from '../../src/gateway/expose-options';
import { GatewayEngine } from '../../src/gateway/gateway-engine';
import { Mesh } from '../../src/mesh/mesh';
import { TrafficShift } from '../../src/mesh/traffic-shift';
import { SharedChart } from '../../src/platform/shared-chart';
import { QueueSource } from '../../src/scaling/queue-source';
import { AdmissionPolicies } from '../../src/security/admission-policies';
import { Dapr } from '../../src/values/dapr';
import { DeliveryStrategy } from '../../src/values/delivery-strategy';
import { Image } from '../../src/values/image';
import { KubernetesVersion } from '../../src/values/kubernetes-version';
import { Scaling } from '../../src/values/scaling';
import { VerticalScaling } from '../../src/values/vertical-scaling';
import { ProgressiveDelivery } from '../../src/workloads';
import type { Microservice } from '../../src/workloads/microservice';
import { CanaryStep } from '../../src/workloads/progressive/canary-step';
import { CanaryTraffic } from '../../src/workloads/progressive/canary-traffic';
import { MetricSource } from '../../src/workloads/progressive/metric-source';
import { Worker } from '../../src/workloads/worker';
import { findings, group, manifestsOf, ROOMY, service } from '../support/platform';
import { blueGreen, canary, checkout, SMOKE_TEST } from '../support/progressive';
import type { AnyChanges } from '../support/settings';

const at = (percent: number) => CanaryStep.weight(percent, { duration: Duration.minutes(5) });
const NO_DAPR = { dapr: Dapr.none('speaks plain HTTP') };
const TEN = { scaling: Scaling.replicas(10) };
const METRICS = ['checkout-availability', 'checkout-error-rate', 'checkout-response-time'].map((templateName) => ({ templateName }));
const SMOKE = { templateName: 'checkout-smoke-test' };
const argsFor = (measurements: number) => [
  { name: 'pod-template-hash', valueFrom: { podTemplateHashValue: 'Latest' } }, { name: 'measurements', value: `${measurements}` },
];
/** What synthesis finds wrong, each without its place. */
function problemsOf(chart: Chart): string[] {
  try {
    manifestsOf(chart);
    return [];
  } catch (error) {
    return (error as Error).message.split('\n').slice(1).map((line) => line.replace(/^ *\[[^\]]*\] /, ''));
  }
}
const rolloutOf = (chart: Chart) => manifestsOf(chart).get('Rollout', 'checkout');

describe('blue-green', () => {
  test('puts a Rollout in the place of the Deployment, with the same name, labels and pods but for the label of their version', () => {
    const [rolling, exchanged] = [manifestsOf(checkout(DeliveryStrategy.rolling())), manifestsOf(blueGreen())];
    expect(exchanged.of('Deployment')).toEqual([]);
    const { metadata, spec } = exchanged.get('Rollout', 'checkout');
    const deployment = rolling.get('Deployment', 'checkout');
    expect(metadata).toEqual(deployment.metadata);
    expect(spec.selector).toEqual(deployment.spec.selector);
    expect(JSON.stringify(spec.template)).toBe(JSON.stringify(deployment.spec.template).replaceAll('"pod-template-hash"', '"rollouts-pod-template-hash"'));
    expect(spec).not.toHaveProperty('replicas');
  });

  test('tries a new version out behind a Service of its own, and measures it before and after the exchange', () => {
    const { spec } = rolloutOf(blueGreen());
    expect(spec.strategy).toEqual({
      blueGreen: {
        activeService: 'checkout',
        previewService: 'checkout-preview',
        autoPromotionEnabled: true,
        scaleDownDelaySeconds: 900,
        scaleDownDelayRevisionLimit: 1,
        prePromotionAnalysis: { templates: [...METRICS, SMOKE], args: argsFor(7) },
        postPromotionAnalysis: { templates: METRICS, args: argsFor(17) },
      },
    });
    expect(spec).toMatchObject({ minReadySeconds: 10, progressDeadlineAbort: true });
  });

  test('waits for people, and with fewer pods, if that is said', () => {
    const { strategy } = rolloutOf(blueGreen({ autoPromotion: false, previewReplicas: 1, scaleDownDelay: Duration.hours(1) })).spec;
    expect(strategy.blueGreen).toMatchObject({ autoPromotionEnabled: false, previewReplicaCount: 1, scaleDownDelaySeconds: 3600 });
  });

  test('gives the pods the time to start, and an analysis its own, before the roll-out counts as stuck', () => {
    expect(rolloutOf(blueGreen()).spec.progressDeadlineSeconds).toBe(600 + 600);
    expect(rolloutOf(blueGreen({ smokeTest: { ...SMOKE_TEST, activeDeadline: Duration.hours(1) } })).spec.progressDeadlineSeconds).toBe(600 + 3600);
    expect(rolloutOf(canary({}, TEN)).spec.progressDeadlineSeconds).toBe(600);
  });

  test('the preview Service has the ports and the selector of the service', () => {
    const manifests = manifestsOf(blueGreen());
    expect(manifests.get('Service', 'checkout-preview').spec).toEqual(manifests.get('Service', 'checkout').spec);
  });

  test('a namespace must hold both versions', () => {
    const chart = blueGreen({}, {}, { quotas: { 'core-business-prod': { cpu: '16', memory: '400Gi' } } });
    manifestsOf(chart);
    expect(findings(chart)).toContain(
      "MS-CAP-001 [core-business-prod/Namespace/ResourceQuota] allows limits.cpu 16, and a roll-out of 'core-business-prod' would use 16.5: checkout 20 x (500m + 300m) + checkout-smoke-test 1 x (500m)");
  });
});

describe('everything that names the workload', () => {
  test('names the Rollout: its autoscaler, and its vertical one', () => {
    const manifests = manifestsOf(blueGreen({}, { verticalScaling: VerticalScaling.recommends() }));
    const target = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', name: 'checkout' };
    expect(manifests.get('HorizontalPodAutoscaler', 'checkout').spec.scaleTargetRef).toEqual(target);
    expect(manifests.get('VerticalPodAutoscaler', 'checkout').spec.targetRef).toEqual(target);
    expect(manifests.get('PodDisruptionBudget', 'checkout').spec.selector).toEqual({ matchLabels: { app: 'checkout' } });
    expect(manifests.get('Rollout', 'checkout').spec.template.metadata.annotations['dapr.io/app-id']).toBe('checkout');
  });

  test('so does KEDA for a worker', () => {
    const chart = group({ profile: ROOMY });
    const worker = new Worker(chart, 'mailer', {
      image: Image.of('registry.example.com/mailer', { tag: '1.0.0' }),
      scaling: Scaling.queue({ min: 10, max: 20 }),
      delivery: ProgressiveDelivery.canary({ steps: [at(10), at(100)] }),
    });
    worker.scalesOn(QueueSource.prometheus('sum(jobs)'));
    const manifests = manifestsOf(chart);
    expect(manifests.get('ScaledObject', 'mailer').spec.scaleTargetRef).toEqual({ apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', name: 'mailer' });
    expect(manifests.names.filter((name) => name.startsWith('Service/'))).toEqual([]);
    expect(manifests.get('Rollout', 'mailer').spec.strategy.canary).not.toHaveProperty('canaryService');
  });

  test('a patch of replicas that an autoscaler decides is refused for a Rollout too', () => {
    const chart = group({ profile: ROOMY });
    const patched = service(chart, 'checkout', { delivery: ProgressiveDelivery.blueGreen() });
    expect(() => patched.patch('Rollout', '/spec/replicas', 3, 'more')).toThrow(new Error(
      '[core-business-prod/checkout] patches /spec/replicas, which its autoscaler decides. Use scaling: Scaling.replicas(...).'));
  });

  test('a fixed number of replicas is in the Rollout', () => {
    expect(rolloutOf(canary({}, TEN)).spec.replicas).toBe(10);
  });
});

describe('a canary', () => {
  test('measures each step for as long as the specification says', () => {
    expect(rolloutOf(canary({}, TEN)).spec.strategy.canary).toEqual({
      canaryService: 'checkout-canary',
      maxSurge: '100%',
      maxUnavailable: 0,
      steps: [
        { setWeight: 10 },
        { analysis: { templates: METRICS, args: argsFor(7) } },
        { setWeight: 50 },
        { analysis: { templates: [...METRICS, SMOKE], args: argsFor(27) } },
        { setWeight: 100 },
        { analysis: { templates: [...METRICS, SMOKE], args: argsFor(57) } },
      ],
    });
  });

  test('waits for people where it says so', () => {
    const steps = [at(50), CanaryStep.approval(), at(100)];
    expect(rolloutOf(canary({ steps }, TEN)).spec.strategy.canary.steps.map((step: object) => Object.keys(step)[0]))
      .toEqual(['setWeight', 'analysis', 'pause', 'setWeight', 'analysis']);
  });

  test.each([[3, '33 %'], [1, '100 %'], [9, '11 %']])('by the number of pods fails at %d replicas, where one pod is more than a tenth', (replicas, share) => {
    expect(() => canary({}, { scaling: Scaling.replicas(replicas) })).toThrow(new Error(
      `[core-business-prod/checkout] is a canary of 10 % by the number of its pods, which needs 10 replicas, and it may run with ${replicas}: one pod would take ${share} of the requests. `
      + 'Raise replicas.min to 10, use CanaryTraffic.GATEWAY_API or ISTIO, or begin with a larger weight.'));
  });

  test('by Istio shares the VirtualService out between two Services', () => {
    const chart = canary({ traffic: CanaryTraffic.ISTIO }, NO_DAPR, { mesh: Mesh.istio() });
    const other = service(chart, 'basket', NO_DAPR);
    const { reference } = chart.node.tryFindChild('checkout') as any;
    other.calls({ reference });
    const manifests = manifestsOf(chart);
    const { stableService, canaryService, trafficRouting } = manifests.get('Rollout', 'checkout').spec.strategy.canary;
    const { http } = manifests.get('VirtualService', 'checkout').spec;
    expect({ stableService, canaryService }).toEqual({ stableService: 'checkout', canaryService: 'checkout-canary' });
    expect(trafficRouting.istio.virtualService).toEqual({ name: 'checkout', routes: http.map(({ name }: any) => name) });
    expect(http.map(({ route }: any) => route.map(({ destination, weight }: any) => [destination.host, weight]))).toEqual(http.map(() => [
      ['checkout.core-business-prod.svc.cluster.local', 100], ['checkout-canary.core-business-prod.svc.cluster.local', 0],
    ]));
    expect(problemsOf(chart)).toEqual([]);
  });

  test('by Istio fails where no call passes through the mesh', () => {
    const chart = canary({ traffic: CanaryTraffic.ISTIO }, NO_DAPR, { mesh: Mesh.istio() });
    expect(problemsOf(chart)).toEqual([
      'is a canary by the weights of Istio, and no call of it passes through the mesh: calls between Dapr sidecars go around it, so that the new version would get no request there. '
      + 'Use CanaryTraffic.REPLICA_RATIO, or call it without a Dapr sidecar.',
    ]);
    expect(() => canary({ traffic: CanaryTraffic.ISTIO })).toThrow(new Error(
      '[core-business-prod/checkout] is a canary by the weights of Istio, and its mesh is none. Set mesh to Mesh.istio() in the platform profile, or use CanaryTraffic.GATEWAY_API or REPLICA_RATIO.'));
  });
});

describe('a smoke test', () => {
  const manifests = manifestsOf(blueGreen());
  const job = manifests.get('AnalysisTemplate', 'checkout-smoke-test').spec.metrics[0].provider.job.spec;

  test('is a Job as restricted as any, with limits and no sidecar, that knows the new version by its Service', () => {
    const { containers, ...spec } = job.template.spec;
    expect(job).toMatchObject({ activeDeadlineSeconds: 600, backoffLimit: 3 });
    expect(spec).toMatchObject({ restartPolicy: 'Never', automountServiceAccountToken: false, serviceAccountName: 'checkout-smoke-test', securityContext: { runAsNonRoot: true } });
    expect(containers).toHaveLength(1);
    expect(containers[0]).toMatchObject({ image: 'registry.example.com/checkout-smoke-test:1.0.0', resources: { limits: { cpu: '500m' } }, securityContext: { allowPrivilegeEscalation: false } });
    expect(containers[0].env).toContainEqual({ name: 'TARGET_URL', value: 'http://checkout-preview.core-business-prod.svc.cluster.local:8000' });
    expect(Object.keys(job.template.metadata.annotations ?? {}).filter((name) => name.startsWith('dapr.io/'))).toEqual([]);
  });

  test('reaches the pods of the service, and nobody else is let in for it', () => {
    const rules = manifests.of('NetworkPolicy').filter(({ metadata }) => metadata.name.startsWith('checkout'));
    expect(rules.map(({ metadata }) => metadata.name)).toEqual(['checkout-callers', 'checkout-smoke-test-calls']);
    expect(manifests.get('NetworkPolicy', 'checkout-callers').spec.ingress[0].from)
      .toEqual([{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'core-business-prod' } }, podSelector: { matchLabels: { app: 'checkout-smoke-test' } } }]);
    expect(manifests.get('NetworkPolicy', 'checkout-smoke-test-calls').spec.egress).toHaveLength(1);
  });

  test('has the properties of any batch job, but no Dapr sidecar', () => {
    const { spec } = manifestsOf(blueGreen({ smokeTest: { ...SMOKE_TEST, config: { PROFILE: 'quick' }, backoffLimit: 0 } })).get('AnalysisTemplate', 'checkout-smoke-test');
    const { backoffLimit, template } = spec.metrics[0].provider.job.spec;
    expect([backoffLimit, template.spec.containers[0].envFrom]).toEqual([0, [{ configMapRef: { name: 'checkout-smoke-test' } }]]);
    expect(() => blueGreen({ smokeTest: { ...SMOKE_TEST, dapr: Dapr.sidecar() } })).toThrow(new Error(
      '[core-business-prod/checkout] has a smoke test with a Dapr sidecar, which chooses among the pods of both versions. Leave dapr out.'));
  });

  test('fails where its address is given, where its name would be too long, and where braces would be read as arguments', () => {
    expect(() => blueGreen({ smokeTest: { ...SMOKE_TEST, env: { TARGET_URL: 'http://elsewhere' } } })).toThrow(new Error(
      "[core-business-prod/checkout] has 'TARGET_URL' among its own settings, by which a smoke test finds the new version. Give the setting another name."));
    const long = 'a'.repeat(48);
    expect(() => service(group({ profile: ROOMY }), long, { delivery: ProgressiveDelivery.blueGreen({ smokeTest: SMOKE_TEST }) })).toThrow(new Error(
      `[core-business-prod/${long}] has a smoke test, whose name '${long}-smoke-test' would be too long. Give the service a name of 47 characters at most.`));
    expect(findings(blueGreen({ smokeTest: { ...SMOKE_TEST, args: ['--template={{ .Name }}'] } }))).toContain(
      'MS-ROLL-006 [core-business-prod/checkout/SmokeTestTemplate] uses {{ .Name }}, which is none of its arguments (/spec/args)');
  });

  test('where there is none, a finding says so', () => {
    const missing = 'MS-ROLL-013 [core-business-prod/checkout]';
    expect(findings(blueGreen({ smokeTest: undefined }))).toContain(missing);
    expect(findings(blueGreen())).not.toContain(missing);
  });
});

describe('Dapr', () => {
  test('must be told of Rollouts, and does not wait for an exchange', () => {
    const chart = blueGreen();
    const { reference } = chart.node.tryFindChild('checkout') as any;
    service(chart, 'basket').calls({ reference });
    expect(findings(chart)).toEqual([
      'MS-DAPR-001 [core-business-prod/checkout/Rollout]',
      'MS-DAPR-003 [core-business-prod/checkout] gets calls between Dapr sidecars in its new pods as soon as they are ready, before the exchange',
    ]);
  });

  test('is inconclusive with fewer requests than the strategy requires', () => {
    const metric = (analysis: object, name: string) => manifestsOf(blueGreen({ analysis })).get('AnalysisTemplate', `checkout-${name}`).spec.metrics[0];
    for (const [name, most] of [['error-rate', 0.05], ['response-time', 0.5]] as const) {
      const { successCondition, failureCondition, inconclusiveLimit, provider } = metric({ minRequests: 20, failureLimit: 2 }, name);
      expect({ successCondition, failureCondition, inconclusiveLimit }).toEqual({
        successCondition: `len(result) > 0 && !isNaN(result[0]) && result[0] <= ${most}`,
        failureCondition: `len(result) > 0 && !isNaN(result[0]) && result[0] > ${most}`,
        inconclusiveLimit: 2,
      });
      expect(provider.prometheus.query).toMatch(/ and on\(\) \(sum\(increase\(\S+_count\{.*\}\[60s\]\)\) >= 20\)$/);
    }
    expect(metric({ minRequests: 20 }, 'availability').failureCondition).toBeUndefined();
    expect(metric({}, 'error-rate')).not.toHaveProperty('inconclusiveLimit');
    expect(() => blueGreen({ analysis: { minRequests: -1 } })).toThrow(new Error(
      'ProgressiveDelivery.blueGreen: expected analysis.minRequests to be a whole number of 0 or more, got -1. Use 0 or more.'));
  });

  test('counts requests itself, if that is wanted, where there is a sidecar', () => {
    const manifests = manifestsOf(blueGreen({ analysis: { source: MetricSource.dapr() } }));
    expect(manifests.get('PodMonitor', 'checkout-analysis').spec.podMetricsEndpoints[0]).toMatchObject({ port: 'dapr-metrics', path: '/' });
    expect(manifests.get('AnalysisTemplate', 'checkout-response-time').spec.metrics[0].successCondition).toBe('len(result) == 0 || isNaN(result[0]) || result[0] <= 500');
    expect(() => blueGreen({ analysis: { source: MetricSource.dapr() } }, NO_DAPR)).toThrow(new Error(
      '[core-business-prod/checkout] is measured by the metrics of a Dapr sidecar, and has none. Use MetricSource.openTelemetryHttp(), or remove dapr: Dapr.none(...).'));
  });
});

test('a worker has no Service behind which pods could be exchanged', () => {
  expect(() => new Worker(group({ profile: ROOMY }), 'mailer', { delivery: ProgressiveDelivery.blueGreen(), image: Image.of('registry.example.com/mailer', { tag: '1.0.0' }) }))
    .toThrow(new Error('[core-business-prod/mailer] is a worker that nobody calls, and DeliveryStrategy.blueGreen exchanges the pods behind a Service. '
      + 'Use DeliveryStrategy.rolling(), or a canary by CanaryTraffic.REPLICA_RATIO.'));
});

test('a worker has no address for a smoke test, and no requests to share out', () => {
  const worker = (delivery: DeliveryStrategy) => () => new Worker(group({ profile: ROOMY }), 'mailer', { delivery, image: Image.of('registry.example.com/mailer', { tag: '1.0.0' }) });
  expect(worker(ProgressiveDelivery.canary({ smokeTest: SMOKE_TEST }))).toThrow(new Error(
    '[core-business-prod/mailer] is a worker that nobody calls, so a smoke test would find no address of it. Leave smokeTest out.'));
  expect(worker(ProgressiveDelivery.canary({ traffic: CanaryTraffic.GATEWAY_API }))).toThrow(new Error(
    '[core-business-prod/mailer] is a worker that nobody calls, so traffic by \'gatewayApi\' has no requests to share out. Use CanaryTraffic.REPLICA_RATIO.'));
});

test('fails on more pods for a trial than there are', () => {
  expect(() => blueGreen({ previewReplicas: 11 })).toThrow(new Error(
    '[core-business-prod/checkout] tries new versions out on 11 pods, and has 10 at most. Use previewReplicas: 10 or less, or leave it out.'));
});

describe('others that must know', () => {
  const open = Authentication.none('a test');
  const exposed = (options: ExposeOptions = {}, engine = GatewayEngine.ENVOY_GATEWAY, changes: AnyChanges = {}) => {
    const chart = canary({ traffic: CanaryTraffic.GATEWAY_API }, NO_DAPR, changes);
    const gateway = new ApiGateway(chart, 'api', { hostnames: ['api.example.com'], authentication: open, engine });
    gateway.exposes(chart.node.findChild('checkout') as Microservice, options);
    return chart;
  };

  test('a route of Gateway API leads to both Services, and Argo Rollouts changes its weights', () => {
    const manifests = manifestsOf(exposed());
    expect(manifests.get('HTTPRoute', 'api-checkout').spec.rules[0].backendRefs).toEqual([
      { kind: 'Service', name: 'checkout', port: 8000, weight: 100 }, { kind: 'Service', name: 'checkout-canary', port: 8000, weight: 0 },
    ]);
    expect(manifests.get('Rollout', 'checkout').spec.strategy.canary).toMatchObject({
      stableService: 'checkout',
      canaryService: 'checkout-canary',
      trafficRouting: { plugins: { 'argoproj-labs/gatewayAPI': { namespace: 'core-business-prod', httpRoutes: [{ name: 'api-checkout' }] } } },
    });
    expect(manifestsOf(exposed({ protocol: 'grpc' })).get('Rollout', 'checkout').spec.strategy.canary.trafficRouting.plugins['argoproj-labs/gatewayAPI'])
      .toEqual({ namespace: 'core-business-prod', grpcRoutes: [{ name: 'api-checkout' }] });
  });

  test('fails where no gateway exposes the canary, where an Ingress does, and where a route shares requests out itself', () => {
    expect(problemsOf(canary({ traffic: CanaryTraffic.GATEWAY_API }, NO_DAPR))).toEqual([
      'is a canary by the weights of routes, and no gateway exposes it, so that the new version would get no request. Expose it by an ApiGateway, or use CanaryTraffic.REPLICA_RATIO.',
    ]);
    const ingress: AnyChanges = { gateway: { ingressClass: 'nginx' }, network: { ingressController: { namespace: 'ingress-nginx', label: 'app', values: ['nginx'] } } };
    expect(problemsOf(exposed({}, GatewayEngine.INGRESS, ingress))).toEqual([
      "route 'checkout' leads to 'core-business/checkout', which is a canary by the weights of Gateway API, and an Ingress has none. Use another engine, or CanaryTraffic.REPLICA_RATIO.",
    ]);
    const other = ServiceReference.of('core-business', 'checkout-next');
    const chart = exposed({ alongside: [{ service: other, percent: 10 }] });
    service(chart, 'checkout-next', NO_DAPR);
    expect(problemsOf(chart)).toEqual([
      "route 'checkout' shares requests out, and 'core-business/checkout' is a canary by the weights of the same route, which Argo Rollouts changes. Leave alongside and percent out, or use CanaryTraffic.REPLICA_RATIO.",
    ]);
  });

  test('a TrafficShift of a canary by Istio is refused', () => {
    const chart = canary({ traffic: CanaryTraffic.ISTIO }, NO_DAPR, { mesh: Mesh.istio() });
    const checkoutService = chart.node.findChild('checkout') as Microservice;
    const next = service(chart, 'checkout-next', NO_DAPR);
    service(chart, 'basket', NO_DAPR).calls(checkoutService);
    new TrafficShift(chart, 'Shift', { service: checkoutService, backends: [{ service: checkoutService, weight: 90 }, { service: next, weight: 10 }] });
    expect(problemsOf(chart)).toEqual(["shifts traffic of 'checkout', which is a canary whose weights Argo Rollouts changes. Remove the TrafficShift, or use CanaryTraffic.REPLICA_RATIO."]);
  });

  test('Prometheus is asked by the controller of Argo Rollouts, and by nobody else', () => {
    const app = Testing.app();
    const shared = new SharedChart(app, 'infrastructure', { profile: ROOMY });
    service(group({ app, profile: ROOMY }), 'checkout', { delivery: ProgressiveDelivery.blueGreen() });
    expect(manifestsOf(shared).get('NetworkPolicy', 'metrics-queries').spec.ingress).toEqual([{
      from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'argo-rollouts' } }, podSelector: { matchLabels: { 'app.kubernetes.io/name': 'argo-rollouts' } } }],
      ports: [{ port: 9090, protocol: 'TCP' }],
    }]);
  });

  test('admission policies look into Rollouts where there are any', () => {
    const app = Testing.app();
    const shared = new SharedChart(app, 'infrastructure', { profile: ROOMY });
    new AdmissionPolicies(shared, 'best-practices');
    service(group({ app, profile: ROOMY }), 'checkout', { delivery: ProgressiveDelivery.blueGreen() });
    const manifests = manifestsOf(shared);
    expect(manifests.get('ValidatingAdmissionPolicy', 'best-practices-rollouts').spec.matchConstraints.resourceRules).toEqual([
      { apiGroups: ['argoproj.io'], apiVersions: ['v1alpha1'], operations: ['CREATE', 'UPDATE'], resources: ['rollouts'] },
    ]);
    expect(manifests.of('ValidatingAdmissionPolicyBinding').map(({ spec }) => spec.policyName)).toContain('best-practices-rollouts');
  });
});

test('Kubernetes 1.27 gets the same Rollout but for what it does not know', () => {
  const spec = rolloutOf(blueGreen({}, {}, { kubernetesVersion: KubernetesVersion.of('1.27') })).spec;
  expect(spec.template.spec.containers[0].lifecycle).toBeUndefined();
  expect(spec.strategy.blueGreen.activeService).toBe('checkout');
});
