import type { Construct } from 'constructs';
import { defineSmokeTestTemplate, smokeTestTemplate } from './analysis-templates';
import type { ProgressiveDefinition } from './progressive-definition';
import { PROGRESSIVE_DELIVERY_SETTINGS } from './progressive-delivery-settings';
import type { ServiceReference } from '../../core/service-reference';
import { Dapr } from '../../values/dapr';
import { fail } from '../../values/errors';
import type { BatchProps } from '../batch/batch-props';
import { BatchWorkload } from '../batch/batch-workload';
import { refuseVariables } from '../built-in-variables';

/** Where a smoke test finds the new version. */
const TARGET = 'TARGET_URL';
/** With `-smoke-test` it is the name of a workload. */
const LONGEST_SERVICE = 47;

/**
 * The program that tries out a new version: a workload with an account and policies of its own, whose Job Argo Rollouts makes of a template.
 */
export class SmokeTest extends BatchWorkload {
  constructor(scope: Construct, definition: ProgressiveDefinition, options: BatchProps, service: ServiceReference) {
    const { name } = definition.node;
    if (name.length > LONGEST_SERVICE) {
      fail(scope, `has a smoke test, whose name '${smokeTestTemplate(definition)}' would be too long`, `Give the service a name of ${LONGEST_SERVICE} characters at most`);
    }
    if (options.dapr?._injected) {
      fail(scope, 'has a smoke test with a Dapr sidecar, which chooses among the pods of both versions', 'Leave dapr out');
    }
    refuseVariables(scope, [TARGET], options, 'by which a smoke test finds the new version');
    super(scope, smokeTestTemplate(definition), {
      ...options,
      env: { ...options.env, [TARGET]: targetOf(definition) },
      activeDeadline: smokeTestDeadline(definition),
      dapr: Dapr._unneeded(),
    });
    this.calls({ reference: service });
    defineSmokeTestTemplate(definition, this._jobSpec({ fatalAction: 'FailJob', parallel: false }));
  }
}

/** How long the smoke test may take. */
export function smokeTestDeadline({ smokeTest, node }: ProgressiveDefinition) {
  return smokeTest?.activeDeadline ?? PROGRESSIVE_DELIVERY_SETTINGS.of(node.group.profile).smokeTestDeadline;
}

function targetOf({ candidate, node: { ports, group: { namespace, profile } } }: ProgressiveDefinition): string {
  return `http://${candidate}.${namespace}.svc.${profile._values.clusterDomain}:${ports[0].servicePort}`;
}
