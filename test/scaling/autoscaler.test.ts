import { Chart, Duration, Testing, Yaml } from 'cdk8s';
import { PlatformProfile } from '../../src/profile/platform-profile';
import type { AutoscalerProps } from '../../src/scaling/autoscaler';
import { Autoscaler } from '../../src/scaling/autoscaler';
import { Scaling } from '../../src/values/scaling';
import { manifestsOf, profileWith } from '../support/platform';
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
