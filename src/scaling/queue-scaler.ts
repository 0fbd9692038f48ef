import type { Construct } from 'constructs';
import { QueueReading } from './queue-reading';
import type { QueueSource } from './queue-source';
import { scaleBehavior } from './scale-behavior';
import { formulaNames, renderTrigger } from './triggers';
import type * as keda from '../../imports/keda';
import type { ServiceNode } from '../core/edges';
import { defineObject, late } from '../core/kubernetes-object';
import { claimReplicas } from '../core/replica-owner';
import { ROLLOUT, scaleTargetOf } from '../core/scale-target';
import { describe } from '../values/errors';
import type { ResolvedQueue } from '../values/queue-scaling';

/** So much for each replica, and not for all of them together. */
const AVERAGE = 'AverageValue';

/** So many as there are, if they are more. */
const AT_LEAST = 'currentReplicasIfHigher';

/** What is scaled on its queues. */
export interface QueueScalerProps {
  readonly service: ServiceNode;
  readonly scaling: ResolvedQueue;
  /** Queues besides the topics that it subscribes, once every statement of the program is known. */
  readonly sources: () => readonly QueueSource[];
}

/**
 * Keeps as many replicas of a worker as the events that wait for it ask for.
 *
 * Defines a ScaledObject with the name of the worker, and a TriggerAuthentication for each store that holds a queue.
 *
 * @see https://keda.sh/docs/latest/reference/scaledobject-spec/
 * @internal
 */
export class QueueScaler extends QueueReading {
  constructor(scope: Construct, id: string, private readonly props: QueueScalerProps) {
    super(scope, id, props.service, props.sources, describe('is scaled on its queues, and has none: it subscribes no topic, so nothing would ever make a replica',
      'Say subscribes(topic) or scalesOn(QueueSource...), or use Scaling.replicas(...)'));
    const { service, scaling } = props;
    claimReplicas(service.construct, {
      what: 'KEDA',
      resources: [],
      consequence: 'KEDA makes a HorizontalPodAutoscaler of its own, so the two would set the number of replicas against each other',
    });
    defineObject<keda.ScaledObjectSpec>(this, 'Resource', {
      apiVersion: 'keda.sh/v1alpha1',
      kind: 'ScaledObject',
      metadata: { name: service.name, annotations: pauseAnnotations(scaling) },
      spec: late(() => this.spec()),
    });
  }

  private spec(): keda.ScaledObjectSpec {
    const { service, scaling } = this.props;
    const sources = this.triggers();
    const names = formulaNames(sources);
    const { scaleUpPeriod, scaleDownWindow } = service.group.profile._values.scaling;
    const behavior = scaleBehavior({ scaleUpPeriodSeconds: scaleUpPeriod.toSeconds(), scaleDownWindowSeconds: scaleDownWindow.toSeconds() });
    const target = String(scaling.queueLength);
    return {
      scaleTargetRef: scaled(service),
      minReplicaCount: scaling.min,
      maxReplicaCount: scaling.max,
      pollingInterval: scaling.pollingIntervalSeconds,
      // both have a meaning only on the way to zero
      ...scaling.min > 0 ? {} : { cooldownPeriod: scaling.cooldownSeconds, initialCooldownPeriod: scaling.initialCooldownSeconds },
      fallback: {
        failureThreshold: scaling.failureThreshold,
        replicas: scaling.fallbackReplicas,
        // who cannot be asked may well be at work
        behavior: AT_LEAST,
      },
      advanced: {
        horizontalPodAutoscalerConfig: { behavior },
        // of several triggers Kubernetes would take the one that asks for most, and a worker has to do the work of all
        ...names.length === 1 ? {} : { scalingModifiers: { formula: names.join(' + '), target, metricType: AVERAGE } },
      },
      triggers: sources.map((source, index) => renderTrigger(source, names[index], service, scaling.queueLength)),
    };
  }
}

/** KEDA takes a Deployment where nothing is said of the kind. */
function scaled({ construct, name }: ServiceNode): keda.ScaledObjectSpec['scaleTargetRef'] {
  const owner = scaleTargetOf(construct);
  return owner.kind === ROLLOUT.kind ? { ...owner, name } : { name };
}

/** The annotations by which KEDA leaves the number of replicas alone. */
function pauseAnnotations({ paused, pausedReplicas }: ResolvedQueue): { [name: string]: string } | undefined {
  if (!paused) {
    return undefined;
  }
  return pausedReplicas === undefined ? { 'autoscaling.keda.sh/paused': 'true' } : { 'autoscaling.keda.sh/paused-replicas': String(pausedReplicas) };
}
