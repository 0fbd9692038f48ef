import type { Construct } from 'constructs';
import { defineSmokeTestTemplate, smokeTestTemplate } from './analysis-templates';
import type { ProgressiveDefinition } from './progressive-definition';
import { PROGRESSIVE_DELIVERY_SETTINGS } from './progressive-delivery-settings';
import type { SmokeTestOptions } from './smoke-test-options';
import type { ServiceReference } from '../../core/service-reference';
import { Dapr } from '../../dapr/dapr';
import { fail } from '../../values/errors';
import { BatchWorkload } from '../batch/batch-workload';
import { jobSpec } from '../batch/job-spec';
import { refuseVariables } from '../built-in-variables';

/** Where a smoke test finds the new version. */
const TARGET = 'TARGET_URL';
/** With `-smoke-test` it is the name of a workload. */
const LONGEST_SERVICE = 47;

/**
 * The program that tries out a new version: a workload with an account and policies of its own, whose Job Argo Rollouts makes of a template.
 */
export class SmokeTest extends BatchWorkload {
  constructor(scope: Construct, definition: ProgressiveDefinition, options: SmokeTestOptions, service: ServiceReference) {
    const { name } = definition.node;
    if (name.length > LONGEST_SERVICE) {
      fail(scope, `has a smoke test, whose name '${smokeTestTemplate(definition)}' would be too long`, `Give the service a name of ${LONGEST_SERVICE} characters at most`);
    }
    refuseVariables(scope, [TARGET], options, 'by which a smoke test finds the new version');
    super(scope, smokeTestTemplate(definition), {
      image: options.image,
      command: options.command,
      args: options.args,
      env: { ...options.env, [TARGET]: targetOf(definition) },
      secretFiles: options.secretFiles,
      resources: options.resources,
      activeDeadline: smokeTestDeadline(definition),
      // it asks the new version directly, because Dapr would choose among the pods of both
      dapr: Dapr._unneeded(),
    });
    this._recordPods(1, 0);
    this.calls({ reference: service });
    const spec = jobSpec(this._pod, this._batchProps, { fatalAction: 'FailJob', parallel: false });
    defineSmokeTestTemplate(definition, () => ({ ...spec(), backoffLimit: this._backoffLimit }));
  }
}

/** How long the smoke test may take. */
export function smokeTestDeadline({ smokeTest, node }: ProgressiveDefinition) {
  return smokeTest?.activeDeadline ?? PROGRESSIVE_DELIVERY_SETTINGS.of(node.group.profile).smokeTestDeadline;
}

function targetOf({ candidate, node: { ports, group: { namespace, profile } } }: ProgressiveDefinition): string {
  return `http://${candidate}.${namespace}.svc.${profile._values.clusterDomain}:${ports[0].number}`;
}
