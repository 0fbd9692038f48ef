import { measurements } from './analysis-settings';
import { COUNT, metricTemplates, smokeTestTemplate } from './analysis-templates';
import type { CanaryStep } from './canary-step';
import { CanaryTraffic } from './canary-traffic';
import type { ProgressiveDefinition } from './progressive-definition';
import { HASH } from './queries';
import { routedObjects } from './routing';
import type * as rollouts from '../../../imports/argo-rollouts';

type Strategy = rollouts.RolloutSpecStrategy;
type Steps = rollouts.RolloutSpecStrategyCanarySteps[];
type Analysis = rollouts.RolloutSpecStrategyCanaryStepsAnalysis;

/** As many old versions stay for a while: with the one before, a namespace holds two and not three of them. */
const OLD_VERSIONS = 1;

/** The `strategy` of a Rollout. Known when all connections are, because routes are. */
export function strategyOf(definition: ProgressiveDefinition): Strategy {
  return definition.blueGreen ? { blueGreen: blueGreen(definition) } : { canary: canary(definition) };
}

function blueGreen(definition: ProgressiveDefinition): Strategy['blueGreen'] {
  const { node, candidate, service, analysis, smokeTest } = definition;
  const { autoPromotion, scaleDownDelay, prePromotion, postPromotion, previewReplicas } = definition.blueGreen!;
  return {
    activeService: node.name,
    previewService: candidate,
    autoPromotionEnabled: autoPromotion,
    previewReplicaCount: previewReplicas,
    scaleDownDelaySeconds: scaleDownDelay.toSeconds(),
    scaleDownDelayRevisionLimit: OLD_VERSIONS,
    prePromotionAnalysis: analysisOf(definition, measurements(service, 'prePromotion', prePromotion, analysis), smokeTest !== undefined),
    postPromotionAnalysis: analysisOf(definition, measurements(service, 'postPromotion', postPromotion, analysis), false),
  };
}

function canary(definition: ProgressiveDefinition): Strategy['canary'] {
  const { node, candidate, strategy } = definition;
  const { steps, traffic } = definition.canary!;
  const routed = traffic !== CanaryTraffic.REPLICA_RATIO;
  return {
    canaryService: candidate,
    // it would take the requests from the pods of the new version, whose number is their share
    stableService: routed ? node.name : undefined,
    trafficRouting: routed ? routedObjects(definition) : undefined,
    ...strategy._toKube().rollingUpdate,
    steps: steps.flatMap((step) => stepsOf(definition, step)),
  };
}

function stepsOf(definition: ProgressiveDefinition, { _percent: percent, _options: options }: CanaryStep): Steps {
  if (percent === undefined || options === undefined) {
    return [{ pause: {} }];
  }
  const count = measurements(definition.service, `the duration at ${percent} %`, options.duration, definition.analysis);
  return [
    { setWeight: percent },
    { analysis: analysisOf(definition, count, options.smokeTest === true && definition.smokeTest !== undefined) },
  ];
}

function analysisOf(definition: ProgressiveDefinition, count: number, smokeTest: boolean): Analysis {
  const templates = [...metricTemplates(definition), ...smokeTest ? [smokeTestTemplate(definition)] : []];
  return {
    templates: templates.map((templateName) => ({ templateName })),
    args: [{ name: HASH, valueFrom: { podTemplateHashValue: 'Latest' } }, { name: COUNT, value: `${count}` }],
  };
}
