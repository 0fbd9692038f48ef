import type { Manifest } from '../manifests/manifest';
import type { ManifestSet } from '../manifests/manifest-set';

/** An analysis of a Rollout, and what is known of its templates. */
export interface Analysis {
  readonly rollout: Manifest;
  /** Where in the Rollout, as a JSON pointer. */
  readonly field: string;
  readonly names: readonly TemplateName[];
  /** The templates that are defined. */
  readonly templates: readonly Manifest[];
  /** The arguments that the Rollout passes a value for. */
  readonly given: ReadonlySet<string>;
}

export interface TemplateName {
  readonly templateName: string;
  /** Whether it belongs to the whole cluster, so that another program may define it. */
  readonly clusterScope?: boolean;
}

/** All analyses of all Rollouts. */
export function analysesIn(manifests: ManifestSet): Analysis[] {
  return manifests.of('Rollout', 'argoproj.io').flatMap((rollout) => referencesOf(rollout).map(([field, { templates: names = [], args = [] }]): Analysis => ({
    rollout,
    field,
    names,
    templates: names.flatMap(({ templateName, clusterScope }: TemplateName) =>
      manifests.named(clusterScope ? 'ClusterAnalysisTemplate' : 'AnalysisTemplate', templateName, clusterScope ? undefined : rollout.namespace) ?? []),
    given: new Set(args.filter(({ value, valueFrom }: any) => (value ?? valueFrom) !== undefined).map(({ name }: any) => name)),
  })));
}

/** The templates of all analyses, each once. */
export function templatesInUse(manifests: ManifestSet): Manifest[] {
  return [...new Set(analysesIn(manifests).flatMap(({ templates }) => templates))];
}

/** The metrics of a template, each with its place in it. */
export function metricsOf(template: Manifest): { metric: any; field: string }[] {
  return (template.spec.metrics ?? []).map((metric: any, index: number) => ({ metric, field: `/spec/metrics/${index}` }));
}

/** The argument that a text stands for as a whole, such as `count` in `{{args.count}}`; undefined if it is none. */
export function argumentIn(placeholder: string): string | undefined {
  return /^\s*args\.(\S+)\s*$/.exec(placeholder)?.[1];
}

/** As Go reads it, or a number of seconds. */
export function isDuration(duration: unknown): boolean {
  return typeof duration === 'number' ? Number.isInteger(duration) && duration > 0
    : /^(?:[0-9]+(?:s|m|h))+$|^[1-9][0-9]*$/.test(String(duration)) && /[1-9]/.test(String(duration));
}

function referencesOf({ spec: { strategy } }: Manifest): [field: string, reference: any][] {
  const { blueGreen, canary } = strategy ?? {};
  const found: [string, any][] = [
    ['/spec/strategy/blueGreen/prePromotionAnalysis', blueGreen?.prePromotionAnalysis],
    ['/spec/strategy/blueGreen/postPromotionAnalysis', blueGreen?.postPromotionAnalysis],
    ['/spec/strategy/canary/analysis', canary?.analysis],
    ...(canary?.steps ?? []).map(({ analysis }: any, index: number) => [`/spec/strategy/canary/steps/${index}/analysis`, analysis]),
  ];
  return found.filter(([, reference]) => reference !== undefined);
}
