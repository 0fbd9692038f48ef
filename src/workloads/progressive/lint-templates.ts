import type { Argument, Metric, TemplateManifest } from './progressive-manifests';
import { isDuration } from './rollout-duration';
import { show } from '../../values/value-checks';

type Problem = readonly [problem: string, remedy: string];

/** An argument where it is used. */
const PLACEHOLDER = /\{\{([^}]*)\}\}/g;
const ARGUMENT = /^\s*args\.(\S+)\s*$/;

/** What is wrong with the templates of one analysis, given the arguments that its Rollout hands on. */
export function lintTemplates(place: string, templates: readonly TemplateManifest[], given: ReadonlySet<string>, andOthers: boolean): Problem[] {
  const metrics = templates.flatMap(({ metadata, spec }) => (spec?.metrics ?? []).map((metric) => ({ of: metadata.name, metric })));
  const names = metrics.map(({ metric }) => metric.name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  return [
    ...templates.flatMap((template) => lintTemplate(template, given, place)),
    ...metrics.flatMap(({ of, metric }) => lintMetric(`the metric '${metric.name}' of the AnalysisTemplate '${of}'`, metric)),
    ...twice === undefined ? [] : [[`${place} of the Rollout has two metrics of the name '${twice}', and a run has each once`, 'Give one of them another name'] as const],
    ...andOthers || metrics.some(({ metric }) => needsData(metric)) ? [] : [[
      `${place} of the Rollout passes when there are no metrics at all, as when the name of one has changed`,
      "Add a metric that needs data, by a successCondition such as 'len(result) > 0 && result[0] >= 0.999'",
    ] as const],
  ];
}

function lintTemplate({ metadata: { name }, spec }: TemplateManifest, given: ReadonlySet<string>, place: string): Problem[] {
  const what = `the AnalysisTemplate '${name}'`;
  const declared = spec?.args ?? [];
  if ((spec?.metrics ?? []).length === 0) {
    return [[`${what} has no metrics, so it proves nothing`, 'Add one']];
  }
  const used = [...JSON.stringify(spec!.metrics).matchAll(PLACEHOLDER)].map(([, inside]) => inside);
  const unknown = [...new Set(used)].filter((inside) => !declared.some((argument) => argument.name === ARGUMENT.exec(inside)?.[1]));
  return [
    ...declared.filter((argument) => argument.value === undefined && argument.valueFrom === undefined && !given.has(argument.name))
      .map((argument): Problem => [`${what} needs the argument '${argument.name}', which ${place} of the Rollout does not give`, 'Give it in args']),
    ...endless(spec!, declared).map((metric): Problem => [`the metric '${metric}' of ${what} counts by an argument without a value of its own, and Argo Rollouts takes it for endless`,
      'Give the argument a value in the template']),
    ...unknown.map((inside): Problem => [`${what} holds {{${inside}}}, which is none of its arguments, so no run of it would begin`,
      'Declare it in args, or write no double braces']),
  ];
}

/** Argo Rollouts checks templates before their arguments are given. */
function endless({ metrics }: NonNullable<TemplateManifest['spec']>, declared: readonly Argument[]): string[] {
  return (metrics ?? []).filter(({ count }) => {
    const [, inside] = typeof count === 'string' ? /^\{\{([^}]*)\}\}$/.exec(count) ?? [] : [];
    const name = inside === undefined ? undefined : ARGUMENT.exec(inside)?.[1];
    return declared.some((argument) => argument.name === name && argument.value === undefined);
  }).map(({ name }) => `${name}`);
}

function lintMetric(what: string, metric: Metric): Problem[] {
  const providers = Object.entries(metric.provider ?? {}).filter(([, provider]) => provider !== undefined);
  if (providers.length !== 1) {
    return [[`${what} has ${providers.length} providers, and one answers`, 'Give it one']];
  }
  const [[kind, provider]] = providers;
  const isQuery = kind === 'prometheus';
  return [
    ...isQuery && (!provider!.query?.trim() || !provider!.address) ? [[`${what} asks Prometheus without ${provider!.address ? 'a query' : 'an address'}`, 'Give it one'] as const] : [],
    ...isQuery && !metric.successCondition && !metric.failureCondition ? [[`${what} has no condition, so every answer is a success`, 'Give it a successCondition'] as const] : [],
    ...isQuery && metric.consecutiveErrorLimit === undefined ? [[`${what} does not say how often Prometheus may fail to answer`, 'Give it a consecutiveErrorLimit'] as const] : [],
    ...metric.interval !== undefined && metric.count === undefined ? [[`${what} has an interval and no count, so it never ends`, 'Give it a count'] as const] : [],
    ...[metric.interval, metric.initialDelay].filter((duration) => duration !== undefined && !isDuration(duration))
      .map((duration): Problem => [`${what} waits for ${show(duration)}, which is no length of time`, "Write a text such as '30s'"]),
  ];
}

/** Whether it fails when nothing is known. */
function needsData({ provider, successCondition }: Metric): boolean {
  return provider?.prometheus === undefined || /len\(result\) *(?:> *0|>= *1)/.test(successCondition ?? '');
}
