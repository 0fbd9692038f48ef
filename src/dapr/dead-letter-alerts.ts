import type { Construct } from 'constructs';
import { recordLate } from '../checks/registry';
import type { RuleDescription } from '../checks/rule';
import { Severity } from '../checks/severity';
import { alert, defineAlerts } from '../core/alerts';
import type { ServiceNode } from '../core/edges';
import { ServiceStep } from '../core/service-step';
import { EVENT_SETTINGS } from '../messaging/event-settings';

/** How long an alert lasts after the last dead letter. */
const WINDOW = '1h';

export const NO_DEAD_LETTERS: RuleDescription = {
  id: 'MS-EVENT-003',
  severity: Severity.WARNING,
  why: 'A subscription has no dead letters, so Dapr 1.17 and later lose an event after its last delivery.',
  fix: 'Remove deadLetters: false, or acknowledge it where events may be lost.',
};

/**
 * Tells somebody when an event became a dead letter of a service, or was dropped.
 *
 * Dapr counts what it gave up, whatever the broker is. A count begins with 1 and not with 0, and Prometheus sees no increase in that, so a count
 * that was not there before is one too.
 *
 * @see https://docs.dapr.io/operations/observability/metrics/
 * @internal
 */
export class DeadLetterAlerts extends ServiceStep {
  constructor(scope: Construct, id: string, service: ServiceNode) {
    super(scope, id, service);
    const without = () => this.connections.subscriptionsOf(service).filter(({ options }) => options.deadLetters === false);
    recordLate(service.construct, NO_DEAD_LETTERS, () => without().map(({ topic }) => `subscribes '${topic.name}' with deadLetters: false`));
  }

  protected render(): void {
    const { name, appId, group: { namespace, profile } } = this.service;
    if (!EVENT_SETTINGS.of(profile).deadLetterAlerts || this.connections.subscriptionsOf(this.service).length === 0 || this.node.tryFindChild('Resource')) {
      return;
    }
    const dropped = `dapr_component_pubsub_ingress_count{namespace="${namespace}",app_id="${appId}",process_status="drop"}`;
    defineAlerts(this, 'Resource', `${name}-dead-letters`, { namespace, service: name }, [
      alert('DeadLetters', 'warning', '0m', `sum by (topic) (increase(${dropped}[${WINDOW}])) > 0 or sum by (topic) (${dropped} unless ${dropped} offset ${WINDOW}) > 0`,
        `${name} of ${namespace} could not take an event. Look at its log, and at its dead-letter topic`),
    ]);
  }
}
