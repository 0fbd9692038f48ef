import type { Construct } from 'constructs';
import { defineLeaves, LEAF_VARIABLES } from './leaf-objects';
import type { LeafProps } from './leaf-props';
import type { ICallable } from '../../core/service-reference';
import { ServiceReference } from '../../core/service-reference';
import type { IWorkload } from '../../core/workload';
import { Dapr } from '../../dapr/dapr';
import { DisruptionBudget } from '../../scaling/disruption-budget';
import { DisruptionLimit } from '../../values/disruption-limit';
import { fail } from '../../values/errors';
import type { Port } from '../../values/port';
import { wholeNumber } from '../../values/value-checks';
import { refuseGiven } from '../built-in-variables';
import { ConnectedWorkload } from '../connected-workload';
import { checkHasPort } from '../connection-checks';
import { defineService } from '../service-objects';
import { ServiceSettings } from '../service-settings';
import { wire, recordReplicas } from '../wiring';
import type { WorkloadParts } from '../wiring';

/** A label of each pod holds the name of the StatefulSet and 11 characters more. */
const LONGEST_NAME = 52;

/** Beyond this, the names of all leaves make a variable that nobody reads any more. */
const MOST_LEAVES = 100;

/**
 * The leaves of a `ScatterGather`: pods that each have a name of their own, and each do a part of the work.
 *
 * Defines a StatefulSet, a headless Service, a ServiceAccount and a PodDisruptionBudget, and the policies that its connections need.
 */
export class LeafSet extends ConnectedWorkload implements IWorkload, ICallable {
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
    super(scope, id, { ...props, dapr: props.dapr ?? Dapr._unneeded() });
    if (this._dapr._reasonAgainst === undefined) {
      fail(this, 'has a Dapr sidecar, and Dapr calls a service and none of its pods in particular, so its root could not tell the leaves apart', 'Leave dapr out');
    }
    if (this.name.length > LONGEST_NAME) {
      fail(this, `name '${this.name}' has ${this.name.length} characters, and a StatefulSet takes ${LONGEST_NAME}, because a label of its pods is longer`, 'Shorten the name of the root');
    }
    this.minReplicas = leaves;
    const { environment, namespace, name: group, profile } = this._group;
    this.reference = environment ? ServiceReference._in(environment.name, group, this.name) : ServiceReference.of(group, this.name);
    const [port] = this._serviceNode.ports;
    this.addresses = Array.from({ length: leaves }, (_, index) =>
      `${this.name}-${index}.${this.name}.${namespace}.svc.${profile._values.clusterDomain}:${port.number}`);

    const settings = new ServiceSettings(this, this.name, this._group, props, 'the code says how many leaves there are');
    refuseGiven(this, Object.values(LEAF_VARIABLES), [settings.env, settings.config, props.secretEnv], 'by which a leaf knows which it is');
    const parts: WorkloadParts = {
      node: this._serviceNode,
      containers: this._containers,
      settings,
      dapr: this._dapr,
      labels: this._labels(props.type ?? profile._values.serviceType, settings.image),
      props,
      probes: props.probes,
    };
    const wiring = wire(this, parts);
    new DisruptionBudget(this, 'DisruptionBudget', { workload: this, limit: DisruptionLimit.maxUnavailable(Math.max(1, leaves - required)) });
    defineService(this, { ...wiring.pod, ports: this._serviceNode.ports }, true);
    defineLeaves(this, { ...wiring, pod: { ...wiring.pod, probes: props.probes ?? {} } }, leaves);
    recordReplicas(parts, leaves, 0);
  }

  /** @internal */
  protected override get _isCalled(): boolean {
    return true;
  }

  /** @internal */
  protected override _portsOf(props: LeafProps): readonly Port[] {
    return checkHasPort(this, props.ports ?? this._group.profile._values.ports);
  }
}

/** How many leaves there may be. */
export function checkLeaves(where: Construct, leaves: number): number {
  return wholeNumber(where, leaves, 1, MOST_LEAVES, 'leaves');
}
