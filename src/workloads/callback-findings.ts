import { recordLate } from '../checks/registry';
import type { RuleDescription } from '../checks/rule';
import { Severity } from '../checks/severity';
import { callbacksOf } from '../core/callbacks';
import { ConnectionIndex } from '../core/connection-index';
import { directCallsTo } from '../core/direct-calls';
import type { ServiceNode } from '../core/edges';

export const CALLABLE_CALLBACKS: RuleDescription = {
  id: 'MS-DAPR-012',
  severity: Severity.WARNING,
  why: 'Services that call an application directly can also call its callbacks, and so forge events or calls of actors.',
  fix: 'Set Dapr.sidecar({ appToken }) and let the application refuse calls without it, use another appPort, or call through Dapr.',
};

/** Records who in the cluster could call what only the sidecar of a service calls. */
export function recordCallableCallbacks(service: ServiceNode): void {
  const { appChannel, construct } = service;
  if (!appChannel || appChannel.token || !service.ports.some(({ number }) => number === appChannel.port)) {
    return;
  }
  const connections = ConnectionIndex.of(construct);
  recordLate(construct, CALLABLE_CALLBACKS, () => {
    const [callback] = callbacksOf(connections, service).filter(({ declared }) => declared);
    const callers = [
      // a call of some paths is limited by a mesh, or a finding of its own
      ...directCallsTo(connections, service).filter(({ options }) => options.paths === undefined).map(({ caller }) => caller.construct.node.path),
      ...connections.admissionsOf(service).map(({ group }) => `the group ${group}`),
    ];
    return callback && callers.length > 0 ? [`takes ${callback.path} at the port that ${callers.join(' and ')} may call directly`] : [];
  });
}
