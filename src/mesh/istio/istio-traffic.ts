import type { Construct } from 'constructs';
import type * as istio from '../../../imports/istio-networking';
import { canaryRoutingOf } from '../../core/canary-routing';
import type { ConnectionIndex } from '../../core/connection-index';
import { directCallsTo } from '../../core/direct-calls';
import type { CallEdge, ServiceNode } from '../../core/edges';
import { defineObject, late } from '../../core/kubernetes-object';
import { gatewaysOf, isCalledDirectly } from '../inbound';
import { CIRCUIT_BREAKER_SETTINGS, type CircuitBreakerSettings } from '../mesh-settings';
import { retryBudget, totalTimeout, wholeText } from '../retry-budget';
import { faultsOf, hostOf, sharesOf } from '../service-traffic';

const API = 'networking.istio.io/v1';

/** What is worth another attempt. The first covers connections that fail too, the second is gRPC's. */
const RETRIED = '5xx,unavailable';

/**
 * How direct calls reach a service: encrypted, away from failing pods, with the timeout and the retries that each caller states.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/
 */
export function defineIstioTraffic(scope: Construct, connections: ConnectionIndex, service: ServiceNode): void {
  if (!isCalledDirectly(connections, service) && gatewaysOf(connections, service).length === 0) {
    return;
  }
  const { name, group } = service;
  defineObject<istio.DestinationRuleSpec>(scope, 'DestinationRule', {
    apiVersion: API,
    kind: 'DestinationRule',
    metadata: { name },
    spec: {
      host: hostOf(service),
      trafficPolicy: {
        tls: { mode: 'ISTIO_MUTUAL' },
        outlierDetection: outlierDetection(CIRCUIT_BREAKER_SETTINGS.of(group.profile)),
      },
    },
  });
  if (directCallsTo(connections, service).length > 0 || sharesOf(connections, service).length > 0 || faultsOf(connections, service) || canaryRoutingOf(service.construct, 'istio')) {
    defineObject<istio.VirtualServiceSpec>(scope, 'VirtualService', {
      apiVersion: API, kind: 'VirtualService', metadata: { name }, spec: late(() => ({ hosts: [hostOf(service)], http: routes(connections, service) })),
    });
  }
}

/** The generated type writes one field in another way than the manifest. */
function outlierDetection(settings: Required<CircuitBreakerSettings>): Omit<istio.DestinationRuleSpecTrafficPolicyOutlierDetection, 'consecutive5XxErrors'> {
  return {
    ...{ consecutive5xxErrors: settings.consecutiveErrors },
    interval: wholeText(settings.interval),
    baseEjectionTime: wholeText(settings.ejection),
    maxEjectionPercent: settings.maxEjectedPercent,
  };
}

/** One for each caller, by its label, and one for the groups that are admitted. */
function routes(connections: ConnectionIndex, service: ServiceNode): istio.VirtualServiceSpecHttp[] {
  const common = { fault: fault(connections, service), route: destinations(connections, service) };
  return [
    ...directCallsTo(connections, service).map((edge) => ({ ...common, ...callerRoute(edge) })),
    { name: 'others', ...common },
  ];
}

function callerRoute(edge: CallEdge): istio.VirtualServiceSpecHttp {
  const budget = retryBudget(edge);
  const { name, group, selectorLabels } = edge.caller;
  return {
    name: `${name}.${group.namespace}`,
    match: [{ sourceLabels: selectorLabels, sourceNamespace: group.namespace }],
    timeout: wholeText(totalTimeout(budget)),
    // 0 also turns off the retries that Istio makes by itself
    retries: budget.retries === 0 ? { attempts: 0 } : {
      attempts: budget.retries, perTryTimeout: wholeText(budget.timeout), backoff: wholeText(budget.interval), retryOn: RETRIED,
    },
  };
}

function destinations(connections: ConnectionIndex, service: ServiceNode): istio.VirtualServiceSpecHttpRoute[] {
  const canary = canaryRoutingOf(service.construct, 'istio');
  if (canary) {
    // Argo Rollouts knows the two by their names, and changes the weights
    const stable = { destination: { host: hostOf(service) }, weight: 100 };
    return [stable, { destination: { host: hostOf({ ...service, name: canary.canary }) }, weight: 0 }];
  }
  const shares = sharesOf(connections, service);
  return shares.length === 0 ? [{ destination: { host: hostOf(service) } }]
    : shares.map(({ service: backend, weight }) => ({ destination: { host: hostOf(backend) }, weight }));
}

function fault(connections: ConnectionIndex, service: ServiceNode): istio.VirtualServiceSpecHttpFault | undefined {
  const { delay, abort } = faultsOf(connections, service) ?? {};
  return delay || abort ? {
    delay: delay && { percentage: { value: delay.percent }, fixedDelay: wholeText(delay.duration) },
    abort: abort && { percentage: { value: abort.percent }, httpStatus: abort.status },
  } : undefined;
}
