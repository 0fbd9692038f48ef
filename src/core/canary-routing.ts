import type { IConstruct } from 'constructs';
import { TreeValue } from '../values/tree-value';

/** Two Services between which the requests of a service are shared out while its version changes. */
export interface CanaryRouting {
  /** Whose weights say how. */
  readonly by: 'gatewayApi' | 'istio';
  /** The Service of the old version, which has the name of the service. */
  readonly stable: string;
  /** The Service of the new one. */
  readonly canary: string;
}

const ROUTING = new TreeValue<CanaryRouting>('canary-routing');

export function setCanaryRouting(service: IConstruct, routing: CanaryRouting): void {
  ROUTING.set(service, routing);
}

/** How the requests of a service are shared out among its versions, if not by the number of their pods. */
export function canaryRoutingOf(service: IConstruct, by: CanaryRouting['by']): CanaryRouting | undefined {
  const routing = ROUTING.own(service);
  return routing?.by === by ? routing : undefined;
}

const ANALYSED = new TreeValue<true>('analysed-versions');

/** Says that the controller of Argo Rollouts asks for metrics in this tree. */
export function recordAnalysis(scope: IConstruct): void {
  ANALYSED.set(scope.node.root, true);
}

export function hasAnalysis(scope: IConstruct): boolean {
  return ANALYSED.own(scope.node.root) ?? false;
}
