import { actorHosts } from '../core/actor-stores';
import { type CallEdge, throughSidecars } from '../core/edges';
import { defineObject, late } from '../core/kubernetes-object';
import { ServiceStep } from '../core/service-step';
import { fail } from '../values/errors';
import { sorted } from '../values/sorted';

/** As the CRD of Dapr 1.18 has it. */
interface WorkflowAccessPolicySpec {
  readonly rules: readonly {
    readonly callers: readonly { readonly appID: string }[];
    readonly workflows?: readonly { readonly name: string; readonly operations: readonly string[] }[];
    readonly activities?: readonly { readonly name: string }[];
  }[];
}

/** The first version that knows the kind. */
const KNOWN_SINCE = '1.18';

/**
 * The WorkflowAccessPolicy of a service whose workflows or activities others use. Dapr then denies all that no rule lists, but for the service itself.
 *
 * @see https://docs.dapr.io/developing-applications/building-blocks/workflow/
 * @internal
 */
export class WorkflowAccess extends ServiceStep {
  protected render(): void {
    const callers = this.callers();
    callers.forEach((edge) => this.check(edge));
    if (callers.length > 0 && !this.node.tryFindChild('Resource')) {
      defineObject<WorkflowAccessPolicySpec>(this, 'Resource', {
        apiVersion: 'dapr.io/v1alpha1',
        kind: 'WorkflowAccessPolicy',
        metadata: { name: `${this.service.name}-workflows` },
        spec: late(() => ({ rules: this.callers().map(ruleOf) })),
        scopes: [this.service.appId],
      });
    }
  }

  private callers(): CallEdge[] {
    return this.connections.callsTo(this.service)
      .filter((edge) => throughSidecars(edge, this.service) && (edge.options.workflows ?? edge.options.activities));
  }

  /** Dapr calls a workflow of another app as an actor: it finds actors of one namespace, and both ends keep history in one store. */
  private check({ caller }: CallEdge): void {
    const { daprVersion } = this.service.group.profile;
    if (!daprVersion.atLeast(KNOWN_SINCE)) {
      fail(caller.construct, `calls workflows of '${this.service.name}', and Dapr ${daprVersion} has no policies for them: every service of the namespace may use them`,
        `Set daprVersion to ${KNOWN_SINCE} or later, or leave workflows and activities out`);
    }
    if (!actorHosts(this.connections, this.service).includes(caller)) {
      fail(caller.construct, `calls workflows of '${this.service.name}', and the two do not keep actors in one store of one namespace`,
        'Let both use the store with { actors: true }');
    }
  }
}

function ruleOf({ caller, options: { workflows, activities } }: CallEdge): WorkflowAccessPolicySpec['rules'][number] {
  return {
    callers: [{ appID: caller.appId }],
    ...workflows ? {
      workflows: sorted(Object.entries(workflows), ([name]) => name)
        .map(([name, operations]) => ({ name, operations: sorted(operations, (each) => each) })),
    } : {},
    ...activities ? { activities: sorted(activities, (name) => name).map((name) => ({ name })) } : {},
  };
}
