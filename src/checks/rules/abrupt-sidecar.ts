import type { IRule } from '../rule';
import { Severity } from '../severity';

/** Pods that end by themselves take their sidecar along in another way. */
const ENDING = ['Job', 'CronJob', 'ScaledJob'];

export const ABRUPT_SIDECAR: IRule = {
  id: 'MS-AVAIL-004',
  severity: Severity.INFO,
  why: 'A Dapr sidecar is no native sidecar, so SIGTERM reaches it and the application at once.',
  fix: 'Nothing to do where dapr.io/block-shutdown-duration keeps it serving. Native sidecars need Kubernetes 1.29 and Dapr 1.18.',
  check: (manifests) => manifests.workloads().filter(({ kind, podTemplate: { metadata } }) => {
    const annotations = metadata?.annotations ?? {};
    return !ENDING.includes(kind) && annotations['dapr.io/enabled'] === 'true' && annotations['dapr.io/enable-native-sidecar'] !== 'true';
  }).map((manifest) => ({ manifest })),
};
