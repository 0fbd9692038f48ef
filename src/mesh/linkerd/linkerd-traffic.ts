import type { Construct } from 'constructs';
import type { ServiceBudget } from '../budget-of-callers';
import { SERVER_API } from './linkerd-authorization';
import type { ConnectionIndex } from '../../core/connection-index';
import type { ServiceNode } from '../../core/edges';
import { defineObject } from '../../core/kubernetes-object';
import type { Labels } from '../../values/labels';
import { speaksHttp } from '../inbound';
import { CIRCUIT_BREAKER_SETTINGS } from '../mesh-settings';
import { wholeText } from '../retry-budget';
import { sharesOf } from '../service-traffic';

/** The longest that a pod is tried again after, as a multiple of the first time. */
const LONGEST_EJECTION = 10;

/**
 * How the proxies of callers reach a service: away from failing pods, with one timeout and one number of retries for all of them.
 *
 * @see https://linkerd.io/2/reference/circuit-breaking/
 * @see https://linkerd.io/2/reference/retries/
 * @see https://linkerd.io/2/reference/timeouts/
 */
export function linkerdServiceAnnotations(service: ServiceNode, budget: ServiceBudget | undefined): Labels {
  const circuitBreaker = CIRCUIT_BREAKER_SETTINGS.of(service.group.profile);
  return {
    'balancer.linkerd.io/failure-accrual': 'consecutive',
    'balancer.linkerd.io/failure-accrual-consecutive-max-failures': String(circuitBreaker.consecutiveErrors),
    'balancer.linkerd.io/failure-accrual-consecutive-max-penalty': `${circuitBreaker.ejection.toSeconds() * LONGEST_EJECTION}s`,
    'balancer.linkerd.io/failure-accrual-consecutive-min-penalty': wholeText(circuitBreaker.ejection),
    ...budget ? { 'timeout.linkerd.io/request': wholeText(budget.total) } : {},
    ...budget && budget.retries > 0 ? {
      'retry.linkerd.io/grpc': 'unavailable',
      'retry.linkerd.io/http': '5xx',
      'retry.linkerd.io/limit': String(budget.retries),
      'retry.linkerd.io/timeout': wholeText(budget.timeout),
    } : {},
  };
}

/** Requests of a service that others answer, each a share: a route for each of its ports that speaks HTTP. */
export function defineLinkerdShift(scope: Construct, connections: ConnectionIndex, service: ServiceNode): void {
  const shares = sharesOf(connections, service);
  for (const { name: portName, servicePort: port } of shares.length > 0 ? service.ports.filter(speaksHttp) : []) {
    const name = `${service.name}-${portName}-shift`;
    defineObject(scope, name, {
      apiVersion: SERVER_API,
      kind: 'HTTPRoute',
      metadata: { name },
      spec: {
        parentRefs: [{ group: 'core', kind: 'Service', name: service.name, port }],
        rules: [{
          backendRefs: shares.map(({ service: backend, weight }) => ({ name: backend.name, namespace: backend.group.namespace, port, weight })),
        }],
      },
    });
  }
}
