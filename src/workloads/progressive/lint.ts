import { ApiObject, Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { lintTemplates } from './lint-templates';
import type { AnalysisReference, RolloutManifest, TemplateManifest } from './progressive-manifests';
import { isDuration } from './rollout-duration';
import { describe } from '../../values/errors';
import { show } from '../../values/value-checks';

/** The share at which nothing is left of the old version. */
const WHOLE = 100;

/**
 * What the lint of Argo Rollouts lets through, once patches are in: Services and templates that are not there, weights that do not rise, and
 * analyses that prove nothing.
 *
 * @see https://argo-rollouts.readthedocs.io/en/stable/generated/kubectl-argo-rollouts/kubectl-argo-rollouts_lint/
 */
export function lintRollout(service: Construct): string[] {
  const objects = Chart.of(service).node.findAll().filter((each): each is ApiObject => ApiObject.isApiObject(each));
  const named = (kind: string) => objects.filter((object) => object.kind === kind);
  const rollout: RolloutManifest = named('Rollout').find((object) => object.node.scope === service)!.toJson();
  const templates = new Map<string, TemplateManifest>(named('AnalysisTemplate').map((object) => [object.name, object.toJson()]));
  const services = new Set(named('Service').map(({ name }) => name));
  return [
    ...missingServices(rollout, services),
    ...unevenSteps(rollout),
    ...analysesOf(rollout).flatMap(([place, analysis]) => lintAnalysis(place, analysis, templates)),
  ].map(([problem, remedy]) => describe(problem, remedy));
}

type Problem = readonly [problem: string, remedy: string];

function missingServices({ spec: { strategy } }: RolloutManifest, services: ReadonlySet<string>): Problem[] {
  const { activeService, previewService } = strategy.blueGreen ?? {};
  const { canaryService, stableService } = strategy.canary ?? {};
  return Object.entries({ activeService, previewService, canaryService, stableService })
    .filter(([, name]) => name !== undefined && !services.has(name))
    .map(([field, name]) => [`the Rollout names the Service '${name}' as its ${field}, and no such Service is defined in its chart`, `Define it, or correct ${field}`]);
}

function unevenSteps({ spec: { strategy: { canary } } }: RolloutManifest): Problem[] {
  const steps = canary?.steps ?? [];
  const weights = steps.flatMap(({ setWeight }) => setWeight ?? []);
  const rises = weights[weights.length - 1] === WHOLE && weights.every((weight, index) => index === 0 || weight > weights[index - 1]);
  const uneven: Problem[] = canary && !rises
    ? [[`expected weights of the Rollout that rise to ${WHOLE}, got ${weights.length === 0 ? 'none' : weights.join(', ')}`, 'Make each step larger than the one before it']] : [];
  const durations = steps.flatMap(({ pause }) => pause?.duration ?? []).filter((duration) => !isDuration(duration));
  return [...uneven, ...durations.map((duration): Problem => [`a step of the Rollout pauses for ${show(duration)}, which is no length of time`, "Write seconds as a number, or a text such as '5m'"])];
}

/** All analyses of a Rollout, each with its place. */
function analysesOf({ spec: { strategy: { blueGreen, canary } } }: RolloutManifest): [string, AnalysisReference][] {
  const found: [string, AnalysisReference | undefined][] = [
    ['prePromotionAnalysis', blueGreen?.prePromotionAnalysis],
    ['postPromotionAnalysis', blueGreen?.postPromotionAnalysis],
    ...(canary?.steps ?? []).map(({ analysis }, index): [string, AnalysisReference | undefined] => [`the analysis in step ${index + 1}`, analysis]),
  ];
  return found.filter((entry): entry is [string, AnalysisReference] => entry[1] !== undefined);
}

function lintAnalysis(place: string, { templates, args }: AnalysisReference, known: ReadonlyMap<string, TemplateManifest>): Problem[] {
  const references = templates ?? [];
  // those for the whole cluster are not ours to see
  const own = references.filter(({ clusterScope }) => !clusterScope).map(({ templateName }) => templateName ?? '');
  if (references.length === 0) {
    return [[`${place} of the Rollout names no template, so it measures nothing`, 'Name an AnalysisTemplate, or remove it']];
  }
  const missing = own.filter((name) => !known.has(name));
  if (missing.length > 0) {
    return missing.map((name): Problem => [`${place} of the Rollout names the AnalysisTemplate '${name}', which is not defined in its chart`, 'Define it, or correct its name']);
  }
  const given = (args ?? []).filter(({ value, valueFrom }) => (value ?? valueFrom) !== undefined).map(({ name }) => name);
  return lintTemplates(place, own.map((name) => known.get(name)!), new Set(given), own.length < references.length);
}
