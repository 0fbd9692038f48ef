import type { Construct } from 'constructs';
import { pubsubName } from './components';
import { CALL_SETTINGS } from './dapr-settings';
import { RetryPolicies, some } from './retry-policies';
import type * as dapr from '../../imports/dapr';
import { recordLate } from '../checks/registry';
import type { RuleDescription } from '../checks/rule';
import { Severity } from '../checks/severity';
import { retriesOf } from '../core/call-retries';
import { type CallEdge, type ServiceNode, throughSidecars } from '../core/edges';
import { deliveryRetries, subscriptionsOn } from '../core/event-delivery';
import { defineObject, late } from '../core/kubernetes-object';
import { ServiceStep } from '../core/service-step';
import { EVENT_SETTINGS } from '../messaging/event-settings';

/** The first version whose retries match status codes. */
const MATCHING_DAPR = '1.15';

export const REPEATS_EVERY_ANSWER: RuleDescription = {
  id: 'MS-DAPR-010',
  severity: Severity.INFO,
  why: 'Dapr before 1.15 cannot select retries by status code, so it repeats a call that the service answers with 4xx.',
  fix: 'Use Dapr 1.15, or retries: 0 if the repetitions matter.',
};

/**
 * How the sidecar of a service waits and tries again: its calls to other services, and the events that it delivers and publishes.
 *
 * The timeout is that of one attempt. A call that is not idempotent has no retry, and its entry alone turns off Dapr's built-in retries. Retries
 * match status codes from Dapr 1.15. Dapr also repeats calls that time out or lose their connection, which `matching` does not concern.
 *
 * @see https://docs.dapr.io/operations/resiliency/resiliency-overview/
 * @internal
 */
export class Resiliency extends ServiceStep {
  constructor(scope: Construct, id: string, service: ServiceNode) {
    super(scope, id, service);
    recordLate(service.construct, REPEATS_EVERY_ANSWER, () => (this.matches ? [] : this.calls().filter((edge) => retriesOf(edge) > 0))
      .map(({ callee }) => `calls '${callee.name}' on Dapr ${service.group.profile.daprVersion}`));
  }

  protected render(): void {
    if (this.decidesSomething() && !this.node.tryFindChild('Resource')) {
      defineObject(this, 'Resource', {
        apiVersion: 'dapr.io/v1alpha1',
        kind: 'Resiliency',
        metadata: { name: this.service.name },
        spec: late(() => this.spec()),
        scopes: [this.service.appId],
      });
    }
  }

  private decidesSomething(): boolean {
    const publishes = EVENT_SETTINGS.of(this.service.group.profile).publishRetries > 0 && this.connections.brokersOf(this.service).length > 0;
    return publishes || this.calls().length > 0 || this.connections.subscriptionsOf(this.service).length > 0;
  }

  /** Whether Dapr can tell which answers are worth another attempt. */
  private get matches(): boolean {
    return this.service.group.profile.daprVersion.atLeast(MATCHING_DAPR);
  }

  /** The calls that go through both sidecars. */
  private calls(): CallEdge[] {
    return this.connections.callsFrom(this.service).filter((edge) => {
      const callee = edge.callee._foreign ?? this.connections.service(edge.callee, this.service);
      return callee !== undefined && throughSidecars(edge, callee);
    });
  }

  private spec(): dapr.ResiliencySpec {
    const policies = new RetryPolicies();
    const apps: Record<string, dapr.ResiliencySpecTargetsApps> = {};
    for (const edge of this.calls()) {
      const target = this.callTarget(edge, policies);
      const [name, ...far] = this.targetKeys(edge);
      // a service of this namespace is known by its name alone, so the name is its own
      if (far.length === 0 || !Object.hasOwn(apps, name)) {
        apps[name] = target;
      }
      far.forEach((key) => {
        apps[key] = target;
      });
    }
    const components = some(this.eventTargets(policies));
    return { policies: policies.toSpec(), targets: { apps: some(apps), components } };
  }

  private callTarget(edge: CallEdge, policies: RetryPolicies): dapr.ResiliencySpecTargetsApps {
    const calls = CALL_SETTINGS.of(this.service.group.profile);
    const retries = retriesOf(edge);
    return {
      timeout: policies.timeout(edge.options.timeout ?? calls.timeout),
      retry: retries === 0 ? undefined : policies.calls(retries, calls, this.matches),
    };
  }

  /**
   * A service of another namespace is known by two names: timeout and retries are looked up by what the caller wrote,
   * `auth.platform-prod`; whether Dapr adds retries of its own is decided by the name alone, `auth`.
   */
  private targetKeys(edge: CallEdge): string[] {
    const callee = this.connections.service(edge.callee, this.service);
    const appId = callee?.appId ?? edge.callee.name;
    const namespace = callee?.group.namespace ?? edge.callee._foreign?.namespace;
    return namespace === this.service.group.namespace ? [appId] : [appId, `${appId}.${namespace}`];
  }

  /** What happens to the events that it delivers and publishes, among them dead letters. */
  private eventTargets(policies: RetryPolicies): Record<string, dapr.ResiliencySpecTargetsComponents> {
    const events = EVENT_SETTINGS.of(this.service.group.profile);
    return Object.fromEntries(this.connections.brokersOf(this.service).map((broker) => {
      const subscriptions = subscriptionsOn(this.connections, broker, this.service);
      return [pubsubName(broker, this.service), {
        inbound: subscriptions.length === 0 ? undefined : { retry: policies.deliveries(deliveryRetries(subscriptions), events) },
        outbound: events.publishRetries === 0 ? undefined : { retry: policies.publications(events) },
      }];
    }));
  }
}
