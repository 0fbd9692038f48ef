import { Chart, Testing, Yaml } from 'cdk8s';
import { PlatformProfile } from '../../src/profile/platform-profile';
import { Autoscaler } from '../../src/scaling/autoscaler';
import type { VerticalAutoscalerProps } from '../../src/scaling/vertical-autoscaler';
import { VerticalAutoscaler } from '../../src/scaling/vertical-autoscaler';
import { KubernetesVersion } from '../../src/values/kubernetes-version';
import { Scaling } from '../../src/values/scaling';
import { Tier } from '../../src/values/tier';
import { VerticalScaling } from '../../src/values/vertical-scaling';
import { bare, errorsOf, findings, group, manifestsOf, profileWith, service } from '../support/platform';
import { workload } from '../support/workload';

function vertical(props: Omit<VerticalAutoscalerProps, 'workload'> = {}, profile = PlatformProfile.standard()): any {
  const chart = new Chart(Testing.app(), 'plain');
  PlatformProfile.provide(chart, profile);
  new VerticalAutoscaler(chart, 'Requests', { workload: workload(chart), ...props });
  return manifestsOf(chart).of('VerticalPodAutoscaler')[0];
}

test('100m and 128Mi to 2000m and 4Gi are recommended for the application\'s own container, and nothing is changed', () => {
  expect(Yaml.stringify(vertical()).trimEnd()).toMatchInlineSnapshot(`
"apiVersion: autoscaling.k8s.io/v1
kind: VerticalPodAutoscaler
metadata:
  name: order
spec:
  resourcePolicy:
    containerPolicies:
      - containerName: order
        controlledResources:
          - cpu
          - memory
        controlledValues: RequestsOnly
        maxAllowed:
          cpu: 2000m
          memory: 4Gi
        minAllowed:
          cpu: 100m
          memory: 128Mi
        mode: Auto
      - containerName: daprd
        mode: "Off"
      - containerName: "*"
        mode: "Off"
  targetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: order
  updatePolicy:
    updateMode: "Off""
`);
});

test('an organisation, and a workload, can have other bounds', () => {
  const organisation = profileWith({ verticalScaling: { max: { cpu: '1', memory: '1Gi' } } });
  const { spec } = vertical({ scaling: VerticalScaling.recommends({ min: { cpu: '0.5 cores', memory: '256Mi' } }), containerName: 'web' }, organisation);
  expect(spec.resourcePolicy.containerPolicies[0]).toMatchObject({
    containerName: 'web', minAllowed: { cpu: '0.5', memory: '256Mi' }, maxAllowed: { cpu: '1', memory: '1Gi' },
  });
});

test('one resource alone can be meant', () => {
  const { spec } = vertical({ scaling: VerticalScaling.recommends({ resources: ['memory'] }) });
  expect(spec.resourcePolicy.containerPolicies[0]).toMatchObject({
    controlledResources: ['memory'], minAllowed: { memory: '128Mi' }, maxAllowed: { memory: '4Gi' },
  });
  expect(spec.resourcePolicy.containerPolicies[0].maxAllowed).not.toHaveProperty('cpu');
});

test.each([
  ['1.27', 'Auto'], ['1.28', 'Recreate'], ['1.32', 'Recreate'], ['1.33', 'InPlaceOrRecreate'], ['1.37', 'InPlaceOrRecreate'],
])('one that acts does so on Kubernetes %s by %s', (version, mode) => {
  const profile = profileWith({ kubernetesVersion: KubernetesVersion.of(version) });
  expect(vertical({ scaling: VerticalScaling.acts() }, profile).spec.updatePolicy).toEqual({ updateMode: mode });
  expect(vertical({ scaling: VerticalScaling.recommends() }, profile).spec.updatePolicy).toEqual({ updateMode: 'Off' });
});

describe('a service', () => {
  test('has none unless it says so', () => {
    const chart = group();
    service(chart);
    expect(manifestsOf(chart).of('VerticalPodAutoscaler')).toEqual([]);
  });

  test('has recommendations beside its HorizontalPodAutoscaler', () => {
    const chart = group();
    service(chart, 'checkout', { verticalScaling: VerticalScaling.recommends() });
    const manifests = manifestsOf(chart);
    expect(bare(manifests.get('VerticalPodAutoscaler', 'checkout')).spec.targetRef).toEqual({ apiVersion: 'apps/v1', kind: 'Deployment', name: 'checkout' });
    expect(manifests.names).toContain('HorizontalPodAutoscaler/checkout');
  });

  test('fails where both would act on the same resource, whichever was defined first', () => {
    const chased = "sets the requests of cpu and memory of 'checkout', and an Autoscaler counts replicas by the use of cpu and memory "
      + 'in percent of those requests, so the two would chase each other. Use VerticalScaling.recommends(), or a fixed number by Scaling.replicas(...).';
    expect(errorsOf((chart) => service(chart, 'checkout', { verticalScaling: VerticalScaling.acts() })))
      .toEqual([`[core-business-prod/checkout/VerticalAutoscaler] ${chased}`]);
    expect(errorsOf((chart) => {
      const checkout = workload(chart, 'checkout');
      new VerticalAutoscaler(chart, 'Requests', { workload: checkout, scaling: VerticalScaling.acts({ resources: ['memory'] }) });
      new Autoscaler(chart, 'Replicas', { workload: checkout });
    })).toEqual([`[core-business-prod/Requests] ${chased.replaceAll('cpu and memory', 'memory')}`]);
  });

  test('may have its requests set where the number of replicas is fixed', () => {
    const chart = group();
    service(chart, 'checkout', { verticalScaling: VerticalScaling.acts(), scaling: Scaling.replicas(3) });
    expect(manifestsOf(chart).get('VerticalPodAutoscaler', 'checkout').spec.updatePolicy).toEqual({ updateMode: 'InPlaceOrRecreate' });
    expect(findings(chart)).toEqual([]);
  });

  test('of one replica is a finding, because nothing would ever be evicted', () => {
    const chart = group();
    service(chart, 'checkout', { verticalScaling: VerticalScaling.acts(), scaling: Scaling.replicas(1) });
    expect(findings(chart)).toContain(
      "MS-AVAIL-002 [core-business-prod/checkout/VerticalAutoscaler/Resource] acts on 'checkout', which may run with 1 replica (/spec/updatePolicy/updateMode)",
    );
  });

  test('fails where other requests would make another class of its pods', () => {
    expect(errorsOf((chart) => service(chart, 'checkout', { tier: Tier.CRITICAL, verticalScaling: VerticalScaling.acts(), scaling: Scaling.replicas(3) }))).toEqual([
      "[core-business-prod/checkout] sets requests by VerticalScaling.acts(), and its tier 'critical' is Guaranteed: with other requests its pods would be Burstable. "
      + 'Use VerticalScaling.recommends(), or a tier that is burstable.',
    ]);
  });
});

describe('bounds fail', () => {
  test.each([
    [{ min: { cpu: '3', memory: '1Gi' } }, 'verticalScaling.min.cpu 3 is more than verticalScaling.max.cpu 2000m. Lower the one or raise the other.'],
    [{ max: { cpu: '8', memory: '4Gi' } },
      'verticalScaling.max.cpu 8 is more than containerLimits.max.cpu 4, so the LimitRange would refuse pods with what is recommended. Lower the one or raise the other.'],
    [{ min: { cpu: '100m', memory: '1Mi' } },
      'verticalScaling.min.memory 1Mi is less than containerLimits.min.memory 16Mi, so the LimitRange would refuse pods with what is recommended. '
      + 'Raise the one or lower the other.'],
  ])('that contradict each other or the LimitRange: %j', (options, message) => {
    expect(() => vertical({ scaling: VerticalScaling.acts(options) })).toThrow(new Error(`[plain/Requests] ${message}`));
  });

  test('where they are no amounts', () => {
    expect(() => VerticalScaling.acts({ max: { cpu: '2 GHz', memory: '1Gi' } })).toThrow(/^VerticalScaling\.acts: max\.cpu '2 GHz'/);
  });

  test('in the profile too', () => {
    expect(() => profileWith({ verticalScaling: { min: { cpu: '3', memory: '1Gi' } } })).toThrow(
      'verticalScaling.min.cpu 3 is more than verticalScaling.max.cpu 2000m. Lower the one or raise the other.',
    );
  });

  test.each([
    [[], 'VerticalScaling.recommends: resources is an empty list, so nothing would be recommended. Name \'cpu\' or \'memory\', or leave resources out.'],
    [['disk'], "VerticalScaling.recommends: expected resources to be one of cpu, memory, got 'disk'. Use 'cpu'."],
  ])('where nothing of a pod is meant: %j', (resources, message) => {
    expect(() => VerticalScaling.recommends({ resources })).toThrow(new Error(message));
  });
});
