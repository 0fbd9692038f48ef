import type { WorkloadSettings } from './workload-settings';
import type { ServiceNode } from '../core/edges';
import type { DaprSidecar } from '../dapr/dapr-sidecar';
import type { Labels } from '../values/labels';

/** The pods of a workload: its settings, and what is known once all connections are. */
export interface WorkloadPod {
  readonly node: ServiceNode;
  readonly settings: WorkloadSettings;
  readonly sidecar?: DaprSidecar;
  /** Labels of the pods that no selector reads. */
  readonly podLabels: Labels;
  readonly annotations: () => { [name: string]: string };
  /** Environment variables of the application's own container. */
  readonly lateVariables: () => { [name: string]: string };
}
