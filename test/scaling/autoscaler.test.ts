import { Chart, Duration, Testing, Yaml } from 'cdk8s';
import { Values } from '../../src/inputs/values';
import { PlatformProfile } from '../../src/profile/platform-profile';
import type { AutoscalerProps } from '../../src/scaling/autoscaler';
import { Autoscaler } from '../../src/scaling/autoscaler';
import { QualityOfService } from '../../src/values/quality-of-service';
import { Scaling } from '../../src/values/scaling';
import { Tier } from '../../src/values/tier';
import type { UtilizationOptions } from '../../src/values/utilization-options';
import type { MicroserviceProps } from '../../src/workloads/microservice-props';
import { messageOf } from '../support/message-of';
import { group, manifestsOf, profileWith, service } from '../support/platform';
import { workload } from '../support/workload';

function autoscaler(props: Omit<AutoscalerProps, 'workload'> = {}, profile = PlatformProfile.standard()): any {
  const chart = new Chart(Testing.app(), 'plain');
  PlatformProfile.provide(chart, profile);
  new Autoscaler(chart, 'Autoscaler', { workload: workload(chart), ...props });
  return manifestsOf(chart).of('HorizontalPodAutoscaler')[0];
}

test('1 to 10 replicas keep the application\'s own container at 70 % of its processors and 80 % of its memory', () => {
  expect(Yaml.stringify(autoscaler()).trimEnd()).toMatchInlineSnapshot(`
"apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: order
spec:
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
  maxReplicas: 10
  metrics:
    - containerResource:
        container: order
        name: cpu
        target:
          averageUtilization: 70
          type: Utilization
      type: ContainerResource
    - containerResource:
        container: order
        name: memory
        target:
          averageUtilization: 80
          type: Utilization
      type: ContainerResource
  minReplicas: 1
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: order"
`);
});

test('an organisation, and a service, can scale in another way', () => {
  const organisation = profileWith({ scaling: { cpuPercent: 60, scaleDownWindow: Duration.minutes(10) } });
  const { spec } = autoscaler({ scaling: Scaling.utilization({ min: 2, memoryPercent: 90 }), containerName: 'web' }, organisation);
  expect([spec.minReplicas, spec.maxReplicas]).toEqual([2, 10]);
  expect(spec.metrics.map(({ containerResource: { container, target } }: any) => [container, target.averageUtilization])).toEqual([['web', 60], ['web', 90]]);
  expect(spec.behavior.scaleDown.stabilizationWindowSeconds).toBe(600);
});

test('fails for a fixed number of replicas', () => {
  expect(() => autoscaler({ scaling: Scaling.replicas(3) })).toThrow(new Error(
    '[plain/Autoscaler] a fixed number of 3 replicas needs no autoscaler. Use Scaling.utilization(...), or leave the autoscaler out.',
  ));
});

test.each<[UtilizationOptions, unknown[]]>([
  [{ resources: ['cpu'], cpuPercent: 150 }, [['cpu', 150]]],
  [{ resources: ['memory'] }, [['memory', 80]]],
  [{ resources: [], podMetrics: { requests: '100' } }, [['Pods', 'requests', '100']]],
  [{ resources: ['cpu'], externalMetrics: { messages: '500m' } }, [['cpu', 70], ['External', 'messages', '500m']]],
])('scales by %j alone', (options, expected) => {
  const { metrics } = autoscaler({ scaling: Scaling.utilization(options) }).spec;
  expect(metrics.map(({ type, containerResource, pods, external }: any) => containerResource
    ? [containerResource.name, containerResource.target.averageUtilization]
    : [type, (pods ?? external).metric.name, (pods ?? external).target.averageValue])).toEqual(expected);
});

describe('the range of a service', () => {
  const scaled = (scaling: Scaling, props: MicroserviceProps = {}, file: object = {}) => messageOf(() => (
    service(group({ values: Values.of({ 'checkout/prod/values.yaml': file }) }), 'checkout', { scaling, ...props })));

  test('is refused if its limit comes before its aim', () => {
    expect(scaled(Scaling.utilization({ cpuPercent: 300 }))).toBe('[core-business-prod/checkout] scales at 300 % of cpuRequest 200m, which is more than cpuLimit 500m, '
      + 'so it would never grow. Set cpuPercent to less than 250, or raise cpuLimit.');
    expect(scaled(Scaling.utilization({ memoryPercent: 110 }), { tier: Tier.CRITICAL })).toBe('[core-business-prod/checkout] scales at 110 % of memoryRequest 1Gi, '
      + 'which is more than memoryLimit 1Gi, so it would never grow. Set memoryPercent to less than 100, or raise memoryLimit.');
  });

  test('takes no aim of a values file for a resource that does not count', () => {
    expect(scaled(Scaling.utilization({ resources: ['cpu'] }), {}, { autoscaling: { memoryPercent: 60 } })).toBe(
      "checkout/prod/values.yaml:3: 'autoscaling.memoryPercent' is for a resource that does not count, by resources of the scaling in code. Remove it.");
  });

  test('may be that of best-effort pods if metrics alone decide', () => {
    const profile = profileWith({ bestEffortPods: { 'core-business-prod': 10 } }).customize({ tiers: { spare: { qualityOfService: QualityOfService.BEST_EFFORT, priority: 1 } } });
    const chart = group({ profile });
    service(chart, 'checkout', { tier: Tier.of('spare'), scaling: Scaling.utilization({ resources: [], podMetrics: { requests: '100' } }) });
    expect(manifestsOf(chart).get('HorizontalPodAutoscaler', 'checkout').spec.metrics).toHaveLength(1);
  });
});
