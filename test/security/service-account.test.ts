import { Chart, Testing } from 'cdk8s';
import { WorkloadServiceAccount } from '../../src/security/service-account';
import { group, manifestsOf, podOf, service } from '../support/platform';
import { workload } from '../support/workload';

test('a workload has an identity of its own, and no token for the API server', () => {
  const chart = new Chart(Testing.app(), 'plain');
  new WorkloadServiceAccount(chart, 'Account', { workload: workload(chart, 'batch') });
  expect(manifestsOf(chart).all).toEqual([{ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'batch' }, automountServiceAccountToken: false }]);
});

test('the pods of a service run under it, without a token either', () => {
  const chart = group();
  service(chart);
  expect(podOf(chart).spec).toMatchObject({ serviceAccountName: 'checkout', automountServiceAccountToken: false });
});
