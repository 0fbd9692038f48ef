import type { Construct } from 'constructs';
import { ConnectedWorkload } from './connected-workload';
import { checkHasPort } from './connection-checks';
import { checkReadable } from './queue-checks';
import { assemble } from './service-assembly';
import { ServiceSettings } from './service-settings';
import type { WorkerProps } from './worker-props';
import { hasReplicas } from '../core/scale-target';
import type { IWorkload } from '../core/workload';
import type { QueueSource } from '../scaling/queue-source';
import { WORKER_SETTINGS } from '../scaling/worker-settings';
import { fail } from '../values/errors';
import type { Port } from '../values/port';
import { Scaling } from '../values/scaling';
import { serviceName } from '../values/value-checks';

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
export class Worker extends ConnectedWorkload implements IWorkload {
  /** The fewest replicas it runs with, which may be 0. */
  public readonly minReplicas: number;

  /** The most replicas it runs with. */
  public readonly maxReplicas: number;

  private readonly settings: ServiceSettings;
  private readonly sources: QueueSource[] = [];

  /**
   * Defines the worker `id`, which is a DNS label that begins with a letter, at most 54 characters long because KEDA puts something before it.
   */
  constructor(scope: Construct, id: string, props: WorkerProps = {}) {
    super(scope, id, props);
    serviceName(this, 'name', id, LONGEST_NAME);
    const scaling = props.scaling ?? Scaling.queue();
    if (scaling._kind === 'utilization') {
      fail(this, 'is scaled by the use of processors and memory, which says nothing of the work that waits: a worker that waits for an answer uses neither',
        'Use Scaling.queue(...), or a Microservice');
    }
    const own = { ...props, scaling };
    this.settings = new ServiceSettings(this, this.name, this._group, own);
    this.minReplicas = this.settings.scaling.min;
    this.maxReplicas = this.settings.scaling.max;
    const labels = this._labels(props.type ?? WORKER_SETTINGS.of(this._group.profile).type, this.settings.image);
    const queues = () => this.sources;
    assemble(this, {
      node: this._serviceNode, containers: this._containers, settings: this.settings, dapr: this._dapr, labels, props: own, callable: false, queues,
    });
    this.node.addValidation({ validate: () => checkReadable(this._connections, this._serviceNode, this.sources) });
  }

  /**
   * This worker also works on what waits there, besides the events of the topics that it subscribes.
   *
   * Gives: a trigger of its ScaledObject, and the way of KEDA's operator to the store. Its own way there is given by `uses`.
   */
  public scalesOn(source: QueueSource): void {
    if (this.settings.scaling.kind !== 'queue') {
      fail(this, 'scales on a queue, and has a fixed number of replicas', 'Use Scaling.queue(...)');
    }
    this.sources.push(source);
  }

  public override patch(kind: string, path: string, value: any, reason: string): void {
    if (hasReplicas(kind) && path === '/spec/replicas' && this.settings.scaling.kind === 'queue') {
      fail(this, 'patches /spec/replicas, which KEDA decides', 'Use scaling: Scaling.replicas(...), or Scaling.queue({ pausedReplicas })');
    }
    super.patch(kind, path, value, reason);
  }

  /**
   * Who decided a setting: `<file>:<line>`, `WorkerProps`, the environment, or the platform profile.
   *
   * @param setting the dotted key as in a values file, such as `replicas.max`, `image.tag` or `env.LOG_FORMAT`
   */
  public explain(setting: string): string {
    return this.settings.explain(setting, 'WorkerProps');
  }

  /** @internal */
  protected override _portsOf(props: WorkerProps): readonly Port[] {
    return checkHasPort(this, props.ports ?? this._group.profile._values.ports);
  }
}
