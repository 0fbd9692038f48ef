import type { Construct } from 'constructs';
import type { MicroserviceProps } from './microservice-props';
import { ReplicatedWorkload } from './replicated-workload';
import type { WorkloadKind } from './workload-kind';
import { servingKind } from './workload-kind';
import { QueueScaler } from '../scaling/queue-scaler';
import type { QueueSource } from '../scaling/queue-source';
import { WORKER_SETTINGS } from '../scaling/worker-settings';
import { fail } from '../values/errors';
import { Scaling } from '../values/scaling';
import { serviceName } from '../values/value-checks';

/**
 * Properties for `Worker`: those of a `Microservice`, with `Scaling.queue(...)` or `Scaling.replicas(...)` as `scaling`. The default is
 * `Scaling.queue()` with `workers` of the platform profile.
 *
 * The sidecar of a worker delivers events to the first of its `ports` that fits. The default of `type` is the profile's `workers.type`.
 */
export interface WorkerProps extends MicroserviceProps {}

/** KEDA's `keda-hpa-<name>` is the value of a label, which has at most 63 characters. */
const LONGEST_NAME = 54;

/**
 * A service that works on what waits in queues, and that nobody calls: as many replicas as the work asks for, and none where nothing waits
 * and `min` is 0.
 *
 * Defines what a `Microservice` defines, but no Service, and a ScaledObject of KEDA in place of the HorizontalPodAutoscaler, with a
 * TriggerAuthentication for each store that holds a queue. Its queues are the topics that it subscribes, and what `scalesOn` adds to them.
 *
 * KEDA 2.17 or later must be installed, and may read the Secrets of the namespace.
 *
 * @see https://keda.sh/docs/latest/concepts/scaling-deployments/
 *
 * @example
 *
 * declare const orderPlaced: Topic;
 * const mailer = new workloads.Worker(this, 'mailer', { scaling: Scaling.queue({ min: 0, max: 20, queueLength: 100 }) });
 * mailer.subscribes(orderPlaced);
 */
export class Worker extends ReplicatedWorkload {
  private readonly sources: QueueSource[] = [];

  /**
   * Defines the worker `id`, which is a DNS label that begins with a letter, at most 54 characters long because KEDA puts something before it.
   */
  constructor(scope: Construct, id: string, props: WorkerProps = {}) {
    super(scope, id, props);
    serviceName(this, 'name', id, LONGEST_NAME);
    if (this._scaling.kind === 'queue') {
      new QueueScaler(this, 'QueueScaler', { service: this._serviceNode, scaling: this._scaling, sources: () => this.sources });
    }
  }

  /**
   * This worker also works on what waits there, besides the events of the topics that it subscribes.
   *
   * Gives: a trigger of its ScaledObject, and the way of KEDA's operator to the store. Its own way there is given by `uses`.
   */
  public scalesOn(source: QueueSource): void {
    if (this._scaling.kind !== 'queue') {
      fail(this, 'scales on a queue, and has a fixed number of replicas', 'Use Scaling.queue(...)');
    }
    this.sources.push(source);
  }

  /** @internal */
  protected override _kind(props: WorkerProps): WorkloadKind {
    const scaling = props.scaling ?? Scaling.queue();
    if (scaling._kind === 'utilization') {
      fail(this, 'is scaled by the use of processors and memory, which says nothing of the work that waits: a worker that waits for an answer uses neither',
        'Use Scaling.queue(...), or a Microservice');
    }
    props.ports?.forEach((port) => port._checkUnmapped(this, 'and a worker has no Service'));
    return servingKind(this, this._group.profile, props, { props: 'WorkerProps', type: WORKER_SETTINGS.of(this._group.profile).type, scaling });
  }
}
