import { Chart, Testing, Yaml } from 'cdk8s';
import { PlatformProfile } from '../../src/profile/platform-profile';
import { DisruptionBudget } from '../../src/scaling/disruption-budget';
import { DisruptionLimit } from '../../src/values/disruption-limit';
import { Scaling } from '../../src/values/scaling';
import { errorsOf, manifestsOf, profileWith, service } from '../support/platform';
import { workload as ofChart } from '../support/workload';

function define(limit?: DisruptionLimit, minReplicas = 3, profile = PlatformProfile.standard()) {
  const chart = new Chart(Testing.app(), 'shop-prod');
  PlatformProfile.provide(chart, profile);
  const workload = ofChart(chart, 'order', minReplicas);
  new DisruptionBudget(workload, 'DisruptionBudget', { workload, limit });
  return { workload, synth: () => manifestsOf(chart).of('PodDisruptionBudget')[0] };
}

test('by the standard profile, one pod may go at a time, and one that never became ready holds up nothing', () => {
  expect(Yaml.stringify(define().synth()).trimEnd()).toMatchInlineSnapshot(`
"apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: order
spec:
  maxUnavailable: 1
  selector:
    matchLabels:
      app: order
  unhealthyPodEvictionPolicy: AlwaysAllow"
`);
});

test('an organisation can set another limit for all, and a service for itself', () => {
  const organisation = profileWith({ disruptionLimit: DisruptionLimit.minAvailable(2) });
  expect(define(undefined, 3, organisation).synth().spec.minAvailable).toBe(2);
  expect(define(DisruptionLimit.minAvailablePercent(50), 3, organisation).synth().spec.minAvailable).toBe('50%');
});

test('the limit is checked against the replicas that the workload has in the end', () => {
  const { workload, synth } = define(DisruptionLimit.minAvailable(3), 3);
  workload.minReplicas = 4;
  expect(synth).not.toThrow();
});

test('the standard limit lets a drain go on at one replica', () => {
  expect(define(undefined, 1).synth).not.toThrow();
});

test.each([
  [DisruptionLimit.minAvailable(2), 2],
  [DisruptionLimit.minAvailablePercent(51), 2], // 1.02 replicas, rounded up to 2
])('fails when no pod is left to evict: %s of %d replicas', (limit, replicas) => {
  expect(define(limit, replicas).synth).toThrow(`[shop-prod/order/DisruptionBudget] ${limit} leaves no pod of 'order' to evict `
    + `at minReplicas ${replicas}, so a node drain waits forever. Use DisruptionLimit.maxUnavailable(1).`);
});

test('fails for a service as for any workload', () => {
  expect(errorsOf((chart) => service(chart, 'order', { scaling: Scaling.replicas(2), disruptionLimit: DisruptionLimit.minAvailable(2) }))).toEqual([
    "[core-business-prod/order/DisruptionBudget] DisruptionLimit.minAvailable(2) leaves no pod of 'order' to evict at minReplicas 2, so a node drain waits forever. "
    + 'Use DisruptionLimit.maxUnavailable(1).',
  ]);
});
