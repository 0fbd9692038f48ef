import { reportOf, testRules } from './rule-cases';

const quota = (hard: string, more = '') => `apiVersion: v1
kind: ResourceQuota
metadata: { name: shop, namespace: shop }
spec: { hard: { ${hard} }${more} }
`;
const deployment = (resources: string, spec = '') => `---
apiVersion: apps/v1
kind: Deployment
metadata: { name: order, namespace: shop }
spec: { replicas: 4, ${spec}template: { spec: { containers: [{ name: order, resources: { ${resources} } }] } } }
`;
const CORE = 'requests: { cpu: 500m }, limits: { cpu: "1" }';
const AUTOSCALER = `---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: order, namespace: shop }
spec: { maxReplicas: 9, scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: order } }
`;
const RANGE = `---
apiVersion: v1
kind: LimitRange
metadata: { name: containers, namespace: shop }
spec: { limits: [{ type: Container, max: { cpu: "2" }, min: { cpu: 50m }, default: { cpu: 300m }, defaultRequest: { cpu: 100m } }] }
`;

testRules({
  'MS-CAP-001': {
    breaks: quota('limits.cpu: 4') + deployment(CORE),
    report: `MS-CAP-001 warning (1): A roll-out of all workloads at their maximum would use more than the quota, so it would wait. Raise the quota, or lower maxSurge.
  m.yaml:1 allows limits.cpu 4, and a roll-out of 'shop' would use 5: order 5 x (1)
`,
    keeps: quota('limits.cpu: 4') + deployment(CORE, 'strategy: { type: Recreate }, '),
  },
  'MS-CAP-002': {
    breaks: quota('limits.cpu: 8') + deployment(CORE) + AUTOSCALER,
    report: 'MS-CAP-002 error (1): The workloads of a namespace at their maximum use more than its quota, so the last pods never start. '
      + `Lower the number of replicas, the limits or the storage of a workload, or raise the quota.
  m.yaml:1 allows limits.cpu 8, and the workloads of 'shop' may use 9 at their maximum: order 9 x (1)
`,
    keeps: quota('limits.cpu: 12') + deployment(CORE) + AUTOSCALER,
  },
  'MS-CAP-003': {
    breaks: RANGE + deployment('requests: { cpu: 10m }, limits: { cpu: "3" }'),
    report: 'MS-CAP-003 error (2): A container is outside the LimitRange of its namespace, so the API server refuses its pods. '
      + `Change the resources of the container, or the LimitRange.
  m.yaml:7 has a container with a cpu limit of 3, and the LimitRange 'containers' allows 2 at most
  m.yaml:7 has a container with a cpu request of 10m, and the LimitRange 'containers' allows 50m at least
`,
    keeps: RANGE + deployment(CORE),
  },
});

/** The sum that the quota is compared with. */
function sumOf(hard: string, ...manifests: string[]): string | undefined {
  return / at their maximum: (.+)\n/.exec(reportOf(quota(hard) + manifests.join('')))?.[1];
}

describe('a quota counts', () => {
  const workload = (kind: string, spec: string, annotations = '') => `---
apiVersion: ${kind.includes('Job') ? 'batch/v1' : 'apps/v1'}
kind: ${kind}
metadata: { name: order, namespace: shop }
spec: { ${spec.replace('POD', `template: { metadata: { annotations: { ${annotations} } }, spec: { containers: [{ name: a, resources: { limits: { cpu: "1" } } }] } }`)} }
`;

  test.each<[string, string, string]>([
    ['a StatefulSet with all its replicas', workload('StatefulSet', 'replicas: 3, POD'), 'order 3 x (1)'],
    ['a Job with its parallel pods', workload('Job', 'parallelism: 5, completions: 2, POD'), 'order 2 x (1)'],
    ['a CronJob once where one Job forbids the next', workload('CronJob', 'schedule: "* * * * *", concurrencyPolicy: Forbid, jobTemplate: { spec: { POD } }'), 'order 1 x (1)'],
    ['a CronJob as often as its Jobs may overlap', workload('CronJob', 'schedule: "*/10 * * * *", jobTemplate: { spec: { activeDeadlineSeconds: 1800, POD } }'), 'order 3 x (1)'],
    ['a Dapr sidecar', workload('Deployment', 'POD', 'dapr.io/enabled: "true", dapr.io/sidecar-cpu-limit: 200m'), 'order 1 x (1 + 200m)'],
  ])('%s', (_, manifest, sum) => {
    expect(sumOf('limits.cpu: 100m', manifest)).toBe(sum);
  });

  test('what a LimitRange gives a container that says nothing', () => {
    expect(sumOf('limits.cpu: 100m', RANGE, deployment(''))).toBe('order 4 x (300m)');
    expect(sumOf('requests.cpu: 100m', RANGE, deployment(''))).toBe('order 4 x (100m)');
  });

  test('a limit as the request where there is none', () => {
    expect(sumOf('requests.cpu: 100m', deployment('limits: { cpu: 250m }'))).toBe('order 4 x (250m)');
  });

  test('the init container that needs more than all that runs after it, next to the sidecars before it', () => {
    const limits = (cpu: string) => `resources: { limits: { cpu: ${cpu} } }`;
    const init = `initContainers: [{ name: log, restartPolicy: Always, ${limits('100m')} }, { name: fetch, ${limits('2')} }], `;
    expect(sumOf('limits.cpu: 100m', `---
apiVersion: v1
kind: Pod
metadata: { name: order, namespace: shop }
spec: { ${init}containers: [{ name: order, ${limits('500m')} }] }
`)).toBe('order 1 x (2 + 100m)');
  });

  test('the volumes of a StatefulSet and those that live as long as a pod', () => {
    const claim = (size: string) => `spec: { resources: { requests: { storage: ${size} } } }`;
    expect(sumOf('requests.storage: 1Gi', `---
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: redis, namespace: shop }
spec: { replicas: 3, volumeClaimTemplates: [{ metadata: { name: data }, ${claim('10Gi')} }], template: { spec: {} } }
---
apiVersion: batch/v1
kind: Job
metadata: { name: copy, namespace: shop }
spec: { template: { spec: { volumes: [{ name: work, ephemeral: { volumeClaimTemplate: { ${claim('5Gi')} } } }] } } }
`)).toBe('copy 1 x (5Gi) + redis 3 x (10Gi)');
  });

  test('pods of a class, if it is a quota for that class', () => {
    const bestEffort = quota('pods: 3', ', scopes: [BestEffort]');
    expect(reportOf(bestEffort + deployment(''))).toContain("allows pods 3, and the workloads of 'shop' may use 4 at their maximum: order 4\n");
    expect(reportOf(bestEffort + deployment(CORE))).not.toContain('MS-CAP');
  });

  test('requests not again where limits are too much', () => {
    expect(reportOf(quota('limits.cpu: 1, requests.cpu: 1') + deployment(CORE))).toContain('MS-CAP-002 error (1)');
  });
});
