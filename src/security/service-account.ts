import { Construct } from 'constructs';
import { defineObject } from '../core/kubernetes-object';
import type { IPods } from '../core/workload';
import { checkAnnotations } from '../values/annotations';
import { constructId } from '../values/construct-id';
import { checkAddedLabels } from '../values/labels';

/**
 * Properties for `WorkloadServiceAccount`.
 */
export interface WorkloadServiceAccountProps {
  /**
   * The workload that the account is for.
   */
  readonly workload: IPods;

  /**
   * Annotations, by which a cloud knows what the account may do there.
   *
   * @default - none
   */
  readonly annotations?: { [name: string]: string };

  /**
   * Labels of the account, besides those that the library sets.
   *
   * @default - none
   */
  readonly labels?: { [name: string]: string };
}

/**
 * An identity of its own for a workload, without a token for the API server.
 *
 * Defines one ServiceAccount with the name of the workload. Dapr's sidecar gets its token by a volume of its own.
 *
 * @see https://kubernetes.io/docs/concepts/security/service-accounts/
 *
 * @example
 *
 * declare const batch: IPods;
 * new security.WorkloadServiceAccount(this, 'BatchAccount', { workload: batch });
 */
export class WorkloadServiceAccount extends Construct {
  constructor(scope: Construct, id: string, props: WorkloadServiceAccountProps) {
    super(scope, constructId(scope, id, new.target, props));
    checkAnnotations(this, props.annotations ?? {});
    checkAddedLabels(this, props.labels ?? {});
    defineObject(this, 'Resource', {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: {
        name: props.workload.name,
        labels: hasAny(props.labels) ? props.labels : undefined,
        annotations: hasAny(props.annotations) ? props.annotations : undefined,
      },
      automountServiceAccountToken: false,
    });
  }
}

function hasAny(map: { [name: string]: string } | undefined): boolean {
  return Object.keys(map ?? {}).length > 0;
}
