import type { Construct } from 'constructs';
import type { MicroserviceProps } from './microservice-props';
import { progressiveDefinition, surgeOf } from './progressive/progressive-definition';
import { defineProgressive } from './progressive/progressive-objects';
import { defineDeployment, defineService, defineStorage } from './service-objects';
import type { ServiceSettings } from './service-settings';
import { wire, recordReplicas } from './wiring';
import type { WorkloadParts } from './wiring';
import { ROLLOUT, setScaleTarget } from '../core/scale-target';
import type { IWorkload } from '../core/workload';
import { Autoscaler } from '../scaling/autoscaler';
import { DisruptionBudget } from '../scaling/disruption-budget';
import { QueueScaler } from '../scaling/queue-scaler';
import type { QueueSource } from '../scaling/queue-source';
import { VerticalAutoscaler } from '../scaling/vertical-autoscaler';
import { fail } from '../values/errors';
import { QualityOfService } from '../values/quality-of-service';
import type { VerticalScaling } from '../values/vertical-scaling';

/** A service that is. */
export interface ServiceParts extends WorkloadParts {
  readonly props: MicroserviceProps;
  /** Whether other services call it, by a Service. */
  readonly callable: boolean;
  /** Queues besides the topics that it subscribes, once every statement of the program is known. */
  readonly queues: () => readonly QueueSource[];
}

/**
 * Defines the objects of a service below its construct: each capability is a construct of its own.
 */
export function assemble(service: IWorkload & Construct, parts: ServiceParts): void {
  const { node, settings, props } = parts;
  const { group, name, ports, selectorLabels } = node;
  const { profile } = group;
  const { scaling } = settings;
  const delivery = (props.delivery ?? profile.delivery)._completedBy(profile.delivery);
  const progressive = progressiveDefinition(service, node, delivery, parts.callable);
  const surge = progressive ? surgeOf(progressive, scaling.max) : delivery._surge(scaling.max);
  if (progressive) {
    setScaleTarget(service, ROLLOUT);
  }

  const wiring = wire(service, { ...parts, probes: props.probes });
  new DisruptionBudget(service, 'DisruptionBudget', { workload: service, limit: props.disruptionLimit });
  if (scaling.kind === 'utilization') {
    new Autoscaler(service, 'Autoscaler', { workload: service, scaling: settings.chosenScaling });
  }
  if (scaling.kind === 'queue') {
    new QueueScaler(service, 'QueueScaler', { service: node, scaling, sources: parts.queues });
  }
  if (props.verticalScaling) {
    checkActing(service, props.verticalScaling, settings);
    new VerticalAutoscaler(service, 'VerticalAutoscaler', { workload: service, scaling: props.verticalScaling });
  }
  if (props.storage) {
    defineStorage(service, name, props.storage, profile, scaling.max + surge,
      "Use accessMode 'ReadWriteMany', or Scaling.replicas(1) with DeliveryStrategy.rolling({ maxSurge: 0, maxUnavailable: 1 })");
  }
  if (parts.callable) {
    defineService(service, { name, ports, selectorLabels });
  }
  const pod = { ...wiring.pod, probes: props.probes ?? {} };
  const replicas = scaling.kind === 'replicas' ? scaling.max : undefined;
  if (progressive) {
    defineProgressive(service, {
      definition: progressive,
      wiring: { ...wiring, pod },
      replicas,
      minReplicas: scaling.min,
      maxReplicas: scaling.max,
    });
  } else {
    defineDeployment(service, { ...wiring, pod, delivery, replicas });
  }
  recordReplicas(parts, scaling.max, surge);
}

/** Requests that change by themselves make another class of the pods than their tier says. */
function checkActing(service: Construct, scaling: VerticalScaling, { quality, tier }: ServiceSettings): void {
  if (scaling._acts && quality !== QualityOfService.BURSTABLE) {
    fail(service, `sets requests by VerticalScaling.acts(), and its tier '${tier}' is ${quality}: with other requests its pods would be Burstable`,
      'Use VerticalScaling.recommends(), or a tier that is burstable');
  }
}
