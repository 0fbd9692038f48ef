import type { Construct } from 'constructs';
import { ConnectedWorkload } from './connected-workload';
import { podTemplate } from './pod-template';
import { checkReadable } from './queue-checks';
import type { ScaledJobProps } from './scaled-job-props';
import { defineSurroundings, podOf } from './service-assembly';
import { ServiceSettings } from './service-settings';
import { recordCapacity } from '../core/capacity-demand';
import type { SubscribeOptions } from '../core/connection-options';
import { recordFinding } from '../core/findings';
import type { ITopic } from '../core/topic-reference';
import type { IWorkload } from '../core/workload';
import { Dapr } from '../model/dapr';
import { fail } from '../model/errors';
import type { Port } from '../model/port';
import { checkScaledJob } from '../model/scaled-job-settings';
import { Scaling } from '../model/scaling';
import { JobScaler } from '../scaling/job-scaler';
import type { QueueSource } from '../scaling/queue-source';

/**
 * Work that takes long: a Job for each entry of a queue, which no scaling down interrupts.
 *
 * Defines a ScaledJob of KEDA with the name `id`, a TriggerAuthentication for each store that holds a queue, and what the pods need: a
 * ServiceAccount, NetworkPolicies and, with `config`, a ConfigMap. Its queues are what `scalesOn` names. An entry counts until it is gone, so
 * that a queue must hold what is in work: KEDA makes as many Jobs as there are entries, less those that have not ended.
 *
 * A changed ScaledJob lets the Jobs go on that run already. A Job has no Dapr sidecar, so it reads the queue by itself, by the credentials
 * that `secretFiles` names.
 *
 * KEDA 2.17 or later must be installed, and may read the Secrets of the namespace.
 *
 * @see https://keda.sh/docs/latest/concepts/scaling-jobs/
 *
 * @example
 *
 * declare const redis: IRedisCluster;
 * const film = new ScaledJob(this, 'film', { max: 5, deadline: Duration.hours(2) });
 * film.uses(redis);
 * film.scalesOn(QueueSource.redisStream(redis, 'films', 'film'));
 */
export class ScaledJob extends ConnectedWorkload implements IWorkload {
  /** The fewest pods: none, where nothing waits. */
  public readonly minReplicas: number = 0;

  /** The most Jobs at a time. */
  public readonly maxReplicas: number;

  private readonly sources: QueueSource[] = [];

  /**
   * Defines the ScaledJob `id`, which is a DNS label that begins with a letter, at most 58 characters long.
   */
  constructor(scope: Construct, id: string, props: ScaledJobProps = {}) {
    const dapr = props.dapr ?? Dapr.none('a Job ends with its work');
    super(scope, id, { ...props, dapr });
    if (dapr._reasonAgainst === undefined) {
      fail(this, 'has a Dapr sidecar, which nobody ends when the work is done, so no Job would ever end', 'Leave dapr out, or use a Worker');
    }
    const { type, ...defaults } = this._group.profile._values.scaledJobs;
    const { max, queueLength, pollingInterval, deadline, retries } = props;
    const said = Object.entries({ max, queueLength, pollingInterval, deadline, retries }).filter(([, value]) => value !== undefined);
    const job: typeof defaults = { ...defaults, ...Object.fromEntries(said) };
    checkScaledJob(this, job);
    const own = { ...props, dapr, scaling: Scaling.queue({ min: 0, max: job.max }) };
    const settings = new ServiceSettings(this, this.name, this._group, own, 'ScaledJobProps');
    this.maxReplicas = settings.scaling.max;
    if (settings.scaling.min > 0) {
      fail(this, `has replicas.min ${settings.scaling.min} in a file, and no Job is made where nothing waits`, 'Remove replicas.min from the file');
    }
    const labels = this._labels(props.type ?? type, settings.image);
    const parts = { node: this._serviceNode, settings, dapr, labels, props: own, callable: false, queues: () => this.sources };
    defineSurroundings(this, parts, this.maxReplicas);
    new JobScaler(this, 'JobScaler', {
      service: this._serviceNode,
      job: { ...job, max: this.maxReplicas },
      paused: props.paused === true,
      sources: () => this.sources,
      template: podTemplate({ ...podOf(this, parts), ends: true }),
    });
    recordCapacity(this._group, { name: this.name, tier: settings.tier, replicas: this.maxReplicas, surge: 0, containers: [settings.resources] });
    if (props.paused) {
      recordFinding(this, 'is paused, so KEDA makes no Job of it, however long its queues get', 'Remove paused when the reason is gone');
    }
    this.node.addValidation({ validate: () => checkReadable(this._connections, this._serviceNode, this.sources) });
  }

  /**
   * A Job is made for what waits there.
   *
   * Gives: a trigger of the ScaledJob, and the way of KEDA's operator to the store. The way of the Jobs there is given by `uses`.
   */
  public scalesOn(source: QueueSource): void {
    this.sources.push(source);
  }

  public override publishes(topic: ITopic): void {
    this.needsSidecar('publishes', topic);
  }

  public override subscribes(topic: ITopic, _options: SubscribeOptions = {}): void {
    this.needsSidecar('subscribes', topic);
  }

  private needsSidecar(verb: string, { topicId }: ITopic): never {
    return fail(this, `${verb} '${topicId.name}', and a Job has no Dapr sidecar, which would keep it from ending`,
      'Use a Worker, or read the queue that scalesOn(QueueSource...) names in the Job itself');
  }

  /** @internal */
  protected override _portsOf(): readonly Port[] {
    return [];
  }
}
