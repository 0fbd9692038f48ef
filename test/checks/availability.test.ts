import { reportOf, testRules } from './rule-cases';

const deployment = (spec: string, env = '') => `apiVersion: apps/v1
kind: Deployment
metadata: { name: order, namespace: shop }
spec: { ${spec}template: { metadata: { labels: { app: order } }, spec: { containers: [{ name: order${env} }] } } }
`;
const autoscaler = (fewest: number) => `---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: order, namespace: shop }
spec: { minReplicas: ${fewest}, maxReplicas: 4, scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: order } }
`;
const vertical = (policy: string) => `---
apiVersion: autoscaling.k8s.io/v1
kind: VerticalPodAutoscaler
metadata: { name: order, namespace: shop }
spec: { targetRef: { apiVersion: apps/v1, kind: Deployment, name: order }, updatePolicy: { ${policy} } }
`;
const SERVICE = `---
apiVersion: v1
kind: Service
metadata: { name: order, namespace: shop }
spec: { selector: { app: order } }
`;
const dapr = (kind: string, annotations: string) => `apiVersion: ${kind === 'Job' ? 'batch/v1' : 'apps/v1'}
kind: ${kind}
metadata: { name: order, namespace: shop }
spec: { template: { metadata: { annotations: { ${annotations} } } } }
`;

testRules({
  'MS-AVAIL-009': {
    breaks: deployment('strategy: { type: Recreate }, ', ', ports: [{ containerPort: 8000 }]'),
    report: 'MS-AVAIL-009 warning (1): A release stops all pods of a service before it starts new ones, so that the service does not answer meanwhile. '
      + 'Use DeliveryStrategy.rolling() if two versions can run at a time.\n  m.yaml:1 /spec/strategy\n',
    keeps: deployment('strategy: { type: Recreate }, '),
  },
  'MS-AVAIL-001': {
    breaks: deployment('') + autoscaler(1),
    report: `MS-AVAIL-001 warning (1): A service in production may run with 1 replica, so a node drain or a crash is an outage. Raise replicas.min to 2 or more.
  m.yaml:6 /spec/minReplicas
`,
    keeps: deployment('') + autoscaler(2),
  },
  'MS-AVAIL-002': {
    breaks: deployment('replicas: 1, ') + vertical('updateMode: Recreate'),
    report: 'MS-AVAIL-002 warning (1): A VerticalPodAutoscaler sets requests by evicting pods, and never evicts one of fewer than 2 replicas. '
      + `Raise replicas.min to 2 or more, or use VerticalScaling.recommends().
  m.yaml:6 acts on 'order', which may run with 1 replica (/spec/updatePolicy/updateMode)
`,
    keeps: deployment('replicas: 1, ') + vertical('updateMode: "Off"'),
  },
  'MS-AVAIL-003': {
    breaks: deployment('') + SERVICE,
    report: 'MS-AVAIL-003 warning (1): A container has no preStop hook, so it gets SIGTERM while requests still arrive. '
      + `Serve for some seconds after SIGTERM, or use Kubernetes 1.30 or later, whose hook needs no shell.
  m.yaml:1 /spec/template/spec/containers/0/lifecycle
`,
    keeps: deployment('', ', lifecycle: { preStop: { sleep: { seconds: 10 } } }') + SERVICE,
  },
  'MS-AVAIL-004': {
    breaks: dapr('Deployment', 'dapr.io/enabled: "true"'),
    report: 'MS-AVAIL-004 info (1): A Dapr sidecar is no native sidecar, so SIGTERM reaches it and the application at once. '
      + `Nothing to do where dapr.io/block-shutdown-duration keeps it serving. Native sidecars need Kubernetes 1.29 and Dapr 1.18.
  m.yaml:1
`,
    keeps: `${dapr('Deployment', 'dapr.io/enabled: "true", dapr.io/enable-native-sidecar: "true"')}---\n${dapr('Job', 'dapr.io/enabled: "true"')}`,
  },
});

describe('one replica is no finding', () => {
  test.each([
    ['outside production', deployment('', ', env: [{ name: APP_ENV, value: staging }]')],
    ['in the namespace of pods that are not in production', `${deployment('')}---\n${deployment('replicas: 2, ', ', env: [{ name: APP_ENV, value: development }]').replace('name: order, namespace', 'name: web, namespace')}`],
    ['of a worker, whose events wait', `${deployment('')}---
apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: { name: order, namespace: shop }
spec: { minReplicaCount: 1, scaleTargetRef: { name: order } }
`],
  ])('%s', (_where, yaml) => {
    expect(reportOf(yaml)).toBe('');
  });

  test('but is one in production, and where nothing says otherwise', () => {
    const finding = expect.stringMatching(/^MS-AVAIL-001 warning \(1\): .*\n {2}m\.yaml:1 \/spec\/replicas\n$/);
    expect(reportOf(deployment('', ', env: [{ name: APP_ENV, value: production }]'))).toEqual(finding);
    expect(reportOf(deployment('replicas: 1, '))).toEqual(finding);
  });
});

test('a container without a preStop hook is no finding behind no Service', () => {
  expect(reportOf(deployment('replicas: 2, '))).toBe('');
});

test('a VerticalPodAutoscaler that may evict the only pod is no finding', () => {
  expect(reportOf(deployment('replicas: 1, ') + vertical('updateMode: Recreate, minReplicas: 1'))).not.toContain('MS-AVAIL-002');
});
