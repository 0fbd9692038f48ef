import type { IConstruct } from 'constructs';
import type { ServiceNode } from './edges';
import type { Labels } from '../values/labels';
import type { ResourceAmounts, Resources } from '../values/resources';
import { TreeValue } from '../values/tree-value';

/** A request of the kubelet to the application, by the name of its port. */
export interface ProbePath {
  readonly port: string;
  readonly path: string;
}

/** The pods of a workload, as a capability sees them that extends the pods of all workloads. */
export interface ExtendedPods {
  readonly service: ServiceNode;
  /** Whether the pods end by themselves. */
  readonly ends?: boolean;
  readonly probes: () => readonly ProbePath[];
  /** The resources of an injected container, by the quality of service of the pods. */
  readonly resourcesOf: (amounts: ResourceAmounts) => Resources;
}

/** What a capability adds to the pods of a workload. */
export interface PodExtension {
  /** Labels that no selector reads. */
  readonly labels: Labels;
  /** Annotations, known when all connections are. */
  readonly annotations: () => Labels;
}

type ExtendPods = (pods: ExtendedPods) => PodExtension;

const EXTENSIONS = new TreeValue<readonly ExtendPods[]>('pod-extensions');

/** Extends the pods of all workloads below a construct. Workloads thus need not know the capability, such as a mesh. */
export function extendPods(scope: IConstruct, extend: ExtendPods): void {
  EXTENSIONS.set(scope, [...EXTENSIONS.find(scope) ?? [], extend]);
}

export function extensionsOf(pods: ExtendedPods): PodExtension[] {
  return (EXTENSIONS.find(pods.service.construct) ?? []).map((extend) => extend(pods));
}
