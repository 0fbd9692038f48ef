import type { Construct } from 'constructs';
import { defineLeaves, LEAF_VARIABLES } from './leaf-objects';
import type { LeafProps } from './leaf-props';
import type { ICallable } from '../../core/service-reference';
import { ServiceReference } from '../../core/service-reference';
import type { IReplicated } from '../../core/workload';
import { DisruptionBudget } from '../../scaling/disruption-budget';
import { Dapr } from '../../values/dapr';
import { DisruptionLimit } from '../../values/disruption-limit';
import { fail } from '../../values/errors';
import { wholeNumber } from '../../values/value-checks';
import { ConnectedWorkload } from '../connected-workload';
import { checkHasPort } from '../connection-checks';
import { REPLICA_KEYS } from '../replica-settings';
import { defineService } from '../service-objects';
import type { WorkloadKind } from '../workload-kind';
import { servingKind } from '../workload-kind';

/** A label of each pod holds the name of the StatefulSet and 11 characters more. */
const LONGEST_NAME = 52;

/** Beyond this, the names of all leaves make a variable that nobody reads any more. */
const MOST_LEAVES = 100;

/**
 * The leaves of a `ScatterGather`: pods that each have a name of their own, and each do a part of the work.
 *
 * Defines a StatefulSet, a headless Service, a ServiceAccount and a PodDisruptionBudget, and the policies that its connections need.
 */
export class LeafSet extends ConnectedWorkload implements IReplicated, ICallable {
  /**
   * @param required how many must answer, and so may not be evicted together
   * @internal
   */
  public static _define(scope: Construct, id: string, leaves: number, required: number, props: LeafProps): LeafSet {
    return new LeafSet(scope, id, leaves, required, props);
  }

  /** The number of leaves. */
  public readonly minReplicas: number;

  /** Which service the leaves are, for those who call them. */
  public readonly reference: ServiceReference;

  /** Where each leaf is reached, in the order of their numbers: name and port. */
  public readonly addresses: string[];

  private constructor(scope: Construct, id: string, leaves: number, required: number, props: LeafProps) {
    super(scope, id, props);
    if (this.name.length > LONGEST_NAME) {
      fail(this, `name '${this.name}' has ${this.name.length} characters, and a StatefulSet takes ${LONGEST_NAME}, because a label of its pods is longer`, 'Shorten the name of the root');
    }
    this.minReplicas = leaves;
    const { environment, namespace, name: group, profile } = this._group;
    this.reference = ServiceReference._in(environment?.name, group, this.name);
    const [port] = this._serviceNode.ports;
    this.addresses = Array.from({ length: leaves }, (_, index) =>
      `${this.name}-${index}.${this.name}.${namespace}.svc.${profile._values.clusterDomain}:${port.number}`);
    this._settings.refuseInFiles(Object.values(REPLICA_KEYS).flat(), 'is for a service that is scaled, and the code says how many leaves there are', 'Remove it');
    this._settings.refuseVariables(Object.values(LEAF_VARIABLES), 'by which a leaf knows which it is');
    new DisruptionBudget(this, 'DisruptionBudget', { workload: this, limit: DisruptionLimit.maxUnavailable(Math.max(1, leaves - required)) });
    defineService(this, this._serviceNode, { headless: true, ...this._settings.pod.metadata.service });
    defineLeaves(this._pod, leaves);
  }

  /** @internal */
  protected override _kind(props: LeafProps): WorkloadKind {
    if (props.dapr?._injected) {
      fail(this, 'has a Dapr sidecar, and Dapr calls a service and none of its pods in particular, so its root could not tell the leaves apart', 'Leave dapr out');
    }
    const { profile } = this._group;
    props.ports?.forEach((port) => port._checkUnmapped(this, 'and the root connects to the pods of leaves'));
    const own = { props: 'LeafProps', type: profile._values.serviceType, called: true };
    const ports = checkHasPort(this, props.ports ?? profile._values.ports).map((port) => port._unmapped());
    return servingKind(this, profile, { ...props, ports, dapr: props.dapr ?? Dapr._unneeded() }, own);
  }
}

/** How many leaves there may be. */
export function checkLeaves(where: Construct, leaves: number): number {
  return wholeNumber(where, leaves, 1, MOST_LEAVES, 'leaves');
}
