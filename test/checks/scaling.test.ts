import { reportOf, testRules } from './rule-cases';

const scaled = (kind: string, annotations: string) => `apiVersion: keda.sh/v1alpha1
kind: ${kind}
metadata: { name: mailer, namespace: shop${annotations} }
spec: { ${kind === 'ScaledObject' ? 'scaleTargetRef: { name: mailer }' : ''} }
`;
const autoscaler = (target: string, owner = '') => `---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: own, namespace: shop${owner} }
spec: { minReplicas: 2, scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: ${target} } }
`;
const FUNCTION = `apiVersion: serving.knative.dev/v1
kind: Service
metadata: { name: thumbnail, namespace: shop }
spec: { template: { metadata: { annotations: { dapr.io/app-id: thumbnail, autoscaling.knative.dev/min-scale: "2" } } } }
`;
const subscription = (scope: string) => `---
apiVersion: dapr.io/v2alpha1
kind: Subscription
metadata: { name: pictures, namespace: shop }
scopes: [${scope}]
`;
const cronJob = (suspend: boolean) => `apiVersion: batch/v1
kind: CronJob
metadata: { name: invoices, namespace: shop }
spec: { suspend: ${suspend}, jobTemplate: { spec: { template: { spec: {} } } } }
`;
const job = (limit: string) => `apiVersion: batch/v1
kind: Job
metadata: { name: thumbnails, namespace: shop }
spec: { completionMode: Indexed, completions: 200, ${limit}, template: { spec: {} } }
`;

testRules({
  'MS-SCALE-001': {
    breaks: ['autoscaling.keda.sh/paused: "true"', 'autoscaling.keda.sh/paused-replicas: "3"'].map((pause) => scaled('ScaledObject', `, annotations: { ${pause} }`))
      .concat(scaled('ScaledJob', ', annotations: { autoscaling.keda.sh/paused: "true" }')).join('---\n'),
    report: `MS-SCALE-001 warning (3): KEDA is paused, so it scales nothing, however long the queues get. Remove paused and pausedReplicas when the reason is gone.
  m.yaml:1
  m.yaml:6 is paused at 3 replicas
  m.yaml:11
`,
    keeps: `${scaled('ScaledObject', '')}---\n${scaled('ScaledJob', ', annotations: { autoscaling.keda.sh/paused: "false" }')}`,
  },
  'MS-SCALE-002': {
    breaks: scaled('ScaledObject', '') + autoscaler('mailer'),
    report: 'MS-SCALE-002 error (1): KEDA makes a HorizontalPodAutoscaler of its own, so the two would set the number of replicas against each other. '
      + `Remove the HorizontalPodAutoscaler.
  m.yaml:6 scales 'mailer', as the ScaledObject 'mailer' does: the two would set the number of replicas against each other (/spec/scaleTargetRef)
`,
    keeps: scaled('ScaledObject', '') + autoscaler('order') + autoscaler('mailer', ', ownerReferences: [{ kind: ScaledObject, name: mailer }]'),
  },
  'MS-SCALE-003': {
    breaks: FUNCTION + subscription('thumbnail'),
    report: 'MS-SCALE-003 warning (1): A function takes the events of a topic past the queue-proxy, so the number of its pods does not follow them. '
      + `Set scaling.min to what the events need, or use a Microservice.
  m.yaml:1 keeps 2 without calls
`,
    keeps: FUNCTION + subscription('order'),
  },
  'MS-BATCH-001': {
    breaks: cronJob(true),
    report: 'MS-BATCH-001 warning (1): A CronJob is suspended, so no run of it starts. Remove suspend when it may go on.\n  m.yaml:1 /spec/suspend\n',
    keeps: cronJob(false),
  },
  'MS-BATCH-002': {
    breaks: job('backoffLimit: 600'),
    report: 'MS-BATCH-002 info (1): Failures of all items of a Job are counted together, so one item that always fails uses up the attempts of all. '
      + `Set activeDeadline, or use Kubernetes 1.29 or later without Dapr.sidecar({ shutdownByApplication: true }), which counts for each item.
  m.yaml:1 allows 600 failures of 200 items (/spec/backoffLimit)
`,
    keeps: job('backoffLimitPerIndex: 3'),
  },
});

test('manifests in order have no finding at all', () => {
  expect(reportOf(scaled('ScaledObject', '') + autoscaler('order'))).toBe('');
});
