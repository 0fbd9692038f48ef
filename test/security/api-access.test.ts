import { Chart, Testing } from 'cdk8s';
import { Construct } from 'constructs';
import { ApiAccess } from '../../src/security/api-access';
import type { ApiRule } from '../../src/security/api-rule';

class Scheduler extends Construct {
  public readonly name = 'scheduler';
  public readonly selectorLabels = { app: 'scheduler' };
  public readonly minReplicas = 1;
}

function define(...rules: ApiRule[]) {
  const chart = new Chart(Testing.app(), 'shop-prod', { namespace: 'shop-prod' });
  const workload = new Scheduler(chart, 'scheduler');
  new ApiAccess(workload, 'ApiAccess', { workload, rules });
  return Testing.synth(chart);
}

test('a workload may do in its namespace what its rules say, and nothing else', () => {
  const [role, binding] = define({ apiGroups: ['batch'], resources: ['jobs'], verbs: ['create', 'get'] }, { resources: ['configmaps'], verbs: ['get'] });
  expect(role).toMatchObject({
    kind: 'Role',
    metadata: { name: 'scheduler', namespace: 'shop-prod' },
    rules: [
      { apiGroups: ['batch'], resources: ['jobs'], verbs: ['create', 'get'] },
      { apiGroups: [''], resources: ['configmaps'], verbs: ['get'] },
    ],
  });
  expect(binding).toMatchObject({
    kind: 'RoleBinding',
    metadata: { name: 'scheduler' },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'scheduler' },
    subjects: [{ kind: 'ServiceAccount', name: 'scheduler' }],
  });
});

test.each([
  ['a wildcard resource', { resources: ['*'], verbs: ['get'] }, "apiAccess has '*', which is more than a service needs. Name what it really uses."],
  ['a wildcard verb', { resources: ['jobs'], verbs: ['*'] }, "apiAccess has '*', which is more than a service needs. Name what it really uses."],
  ['every subresource', { resources: ['pods/*'], verbs: ['get'] }, "apiAccess has 'pods/*', which is more than a service needs. Name what it really uses."],
  ['no verb', { resources: ['jobs'], verbs: [] }, 'apiAccess has a rule without verbs. Name the verbs, or leave the rule out.'],
  ['no resource', { resources: [], verbs: ['get'] }, 'apiAccess has a rule without resources. Name the resources, or leave the rule out.'],
  ['a verb that gives rights', { resources: ['roles'], verbs: ['escalate'] },
    "apiAccess has the verb 'escalate', by which a service could give itself any right. Leave it to the cluster's administrators."],
  ['all Secrets', { resources: ['secrets'], verbs: ['get'] },
    'apiAccess opens all Secrets of the namespace. Name them in resourceNames, or mount them with secretFiles.'],
])('fails on %s', (_, rule, message) => {
  expect(() => define(rule)).toThrow(new Error(`[shop-prod/scheduler/ApiAccess] ${message}`));
});
