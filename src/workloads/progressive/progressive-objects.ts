import type { Construct } from 'constructs';
import { CanaryTraffic } from './canary-traffic';
import { ROLLOUT_SETTINGS } from '../rollout-settings';
import { defineAnalysis } from './analysis-templates';
import type { StrategyLimits } from './progressive-checks';
import { progressiveFindings, progressiveProblems, refuseStrategy } from './progressive-checks';
import type { ProgressiveDefinition } from './progressive-definition';
import { SmokeTest, smokeTestDeadline } from './smoke-test';
import { strategyOf } from './strategy';
import type * as rollouts from '../../../imports/argo-rollouts';
import { recordAnalysis, setCanaryRouting } from '../../core/canary-routing';
import { defineWorkload, late } from '../../core/kubernetes-object';
import { ROLLOUT } from '../../core/scale-target';
import { ServiceReference } from '../../core/service-reference';
import { podTemplate } from '../pod-template';
import { controllerSpec, defineService } from '../service-objects';
import type { ServiceShape } from '../service-shape';
import type { WorkloadPod } from '../workload-pod';

type RolloutSpec = rollouts.RolloutSpec;

/** What a Rollout is made of. */
export interface RolloutParts extends StrategyLimits {
  readonly pod: WorkloadPod;
  /** The settings of its Services. */
  readonly shape: ServiceShape;
  /** Undefined where an autoscaler decides. */
  readonly replicas?: number;
}

/** Defines a service as a Rollout, in place of its Deployment, and what its new versions are measured and tried out by. */
export function defineProgressive(service: Construct, parts: RolloutParts): void {
  const { definition } = parts;
  const { node: { name, ports, selectorLabels, group }, canary, candidate, smokeTest } = definition;
  refuseStrategy(parts);
  defineRollout(service, parts);
  if (candidate !== undefined) {
    defineService(service, { name: candidate, ports, selectorLabels }, { ...parts.shape, id: 'CandidateService' });
  }
  defineAnalysis(definition);
  recordAnalysis(service);
  if (candidate !== undefined && canary && canary.traffic !== CanaryTraffic.REPLICA_RATIO) {
    setCanaryRouting(service, { by: canary.traffic, stable: name, canary: candidate });
  }
  if (smokeTest) {
    new SmokeTest(service, definition, smokeTest, ServiceReference._in(group.environment?.name, group.name, name));
  }
  progressiveFindings(definition);
  service.node.addValidation({ validate: () => progressiveProblems(definition) });
}

function defineRollout(service: Construct, { definition, pod, replicas }: RolloutParts): void {
  const { name, group: { profile } } = definition.node;
  const template = podTemplate(pod);
  strategyOf(definition);
  defineWorkload<RolloutSpec>(service, 'Rollout', {
    ...ROLLOUT,
    metadata: { name },
    spec: late(() => ({
      ...controllerSpec(pod, template, replicas),
      progressDeadlineSeconds: ROLLOUT_SETTINGS.of(profile).progressDeadline.toSeconds() + longestAnalysis(definition),
      // pods that do not come up are taken back, as those are that do not pass
      progressDeadlineAbort: true,
      strategy: strategyOf(definition),
    })),
  });
}

/** While a version is measured between two exchanges, Argo Rollouts sees no progress. Steps of a canary do not count. */
function longestAnalysis(definition: ProgressiveDefinition): number {
  const { blueGreen, smokeTest } = definition;
  return !blueGreen ? 0
    : Math.max(blueGreen.prePromotion.toSeconds(), blueGreen.postPromotion.toSeconds(), smokeTest ? smokeTestDeadline(definition).toSeconds() : 0);
}
