import { CanaryTraffic } from './canary-traffic';
import type { ProgressiveDefinition } from './progressive-definition';
import type * as rollouts from '../../../imports/argo-rollouts';
import { ConnectionIndex } from '../../core/connection-index';
import { directCallsTo } from '../../core/direct-calls';
import type { ExposureEdge } from '../../core/edges';
import { defined } from '../../values/defined';
import { sorted } from '../../values/sorted';

type TrafficRouting = rollouts.RolloutSpecStrategyCanaryTrafficRouting;

/** The name of the plug-in, which looks for its own settings under it. */
const GATEWAY_API_PLUGIN = 'argoproj-labs/gatewayAPI';
/** The route of the VirtualService for those who are not named. */
const OTHERS = 'others';

/** The routes of gateways that lead to a service, in the order of their names. */
export function exposuresOf({ node }: Pick<ProgressiveDefinition, 'node'>): readonly ExposureEdge[] {
  return sorted(ConnectionIndex.of(node.construct).exposuresOf(node), routeName);
}

/** What Argo Rollouts changes the weights of. */
export function routedObjects(definition: ProgressiveDefinition): TrafficRouting {
  const { node, canary } = definition;
  if (canary!.traffic === CanaryTraffic.ISTIO) {
    const callers = directCallsTo(ConnectionIndex.of(node.construct), node).map(({ caller }) => `${caller.name}.${caller.group.namespace}`);
    return { istio: { virtualService: { name: node.name, routes: [...callers, OTHERS] } } };
  }
  const routes = (protocol: ExposureEdge['protocol']) => {
    const names = exposuresOf(definition).filter((edge) => edge.protocol === protocol).map((edge) => ({ name: routeName(edge) }));
    return names.length > 0 ? names : undefined;
  };
  return { plugins: { [GATEWAY_API_PLUGIN]: defined({ namespace: node.group.namespace, httpRoutes: routes('http'), grpcRoutes: routes('grpc') }) } };
}

/** The name of the object of a route. */
function routeName({ gateway, route }: ExposureEdge): string {
  return `${gateway.name}-${route}`;
}
