import { SharedChart } from '../../src/platform/shared-chart';
import { AdmissionPolicies } from '../../src/security/admission-policies';
import { Image } from '../../src/values/image';
import { Probe } from '../../src/values/probe';
import { OneOffJob } from '../../src/workloads/batch/one-off-job';
import type { MicroserviceProps } from '../../src/workloads/microservice-props';
import { ProgressiveDelivery } from '../../src/workloads/progressive/progressive-delivery';
import { refusal, group, ROOMY, service } from '../support/platform';
import type { AnyChanges } from '../support/settings';
import { customized } from '../support/settings';

const outcome = (props: MicroserviceProps, changes: AnyChanges = {}) => refusal((app) => {
  const profile = customized(changes, ROOMY);
  const chart = group({ app, profile });
  service(chart, 'order', props);
  new OneOffJob(chart, 'migration', { image: Image.of('registry.example.com/order', { tag: '1.4.2' }) });
  new AdmissionPolicies(new SharedChart(app, 'infrastructure', { profile }), 'best-practices');
});

const message = (kind: string, missing: string) => `Validation failed with the following errors:\n  [core-business-prod/order/${kind}] has ${missing} probe of the container 'order'. `
  + "Set both, by Probe.exec(...) where it has no port, or remove 'probes' from admission.rules of the platform profile.";

test.each<[MicroserviceProps, string]>([
  [{ ports: [] }, message('Deployment', 'no liveness and no readiness')],
  [{ probes: { readiness: Probe.none() } }, message('Deployment', 'no readiness')],
  [{ probes: { liveness: Probe.none() }, delivery: ProgressiveDelivery.blueGreen() }, message('Rollout', 'no liveness')],
])('pods that the policies would refuse are named: %#', (props, expected) => {
  expect(outcome(props)).toBe(expected);
});

test.each<[MicroserviceProps, AnyChanges]>([
  [{}, {}],
  [{ ports: [], probes: { liveness: Probe.exec(['/alive']), readiness: Probe.exec(['/ready']) } }, {}],
  [{ ports: [] }, { admission: { actions: ['Warn'] } }],
  [{ ports: [] }, { admission: { rules: ['registry', 'tag'] } }],
])('others are not: %#', (props, changes) => {
  expect(() => outcome(props, changes)).toThrow(new Error('the program did not fail'));
});
