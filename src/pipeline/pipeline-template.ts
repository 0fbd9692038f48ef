import type { PipelineDefinition } from './pipeline-definition';
import { type ResolvedStep, type ServicePipeline, stepsOf } from './service-pipeline';
import { fail } from '../values/errors';

export const MINUTE_SECONDS = 60;

/** What services pass to their template: each its own value, or none where the value is that of most services. */
export interface TemplateInput {
  readonly name: string;
  readonly description: string;
  /** The value of services that pass none. Without it, every service passes one. */
  readonly fallback?: string;
  readonly of: (pipeline: ServicePipeline) => string;
}

/** Pipelines that differ in nothing but values, so that one template runs them. */
export interface PipelineTemplate {
  readonly name: string;
  readonly pipelines: readonly ServicePipeline[];
}

/** How an engine refers to an input, and in what it measures time. */
export interface TemplateLanguage {
  readonly reference: (input: string) => string;
  readonly unit: 'minutes' | 'seconds';
}

/** Values of single services. All else decides which template a service has: nothing that a caller passes can skip an approval. */
const VALUES = new Set(['service', 'repository', 'source', 'values', 'toolchain', 'namespace', 'image', 'commands', 'seconds']);

/** The templates of all services, one unless services pass through other environments, or through the same in another way. */
export function pipelineTemplates({ scope, name, environments }: PipelineDefinition, pipelines: readonly ServicePipeline[]): PipelineTemplate[] {
  const groups = new Map<string, ServicePipeline[]>();
  for (const pipeline of pipelines) {
    const shape = JSON.stringify(pipeline, (key, value: unknown) => VALUES.has(key) ? undefined : value);
    groups.set(shape, [...groups.get(shape) ?? [], pipeline]);
  }
  const names = new Map<string, number>();
  const templates = [...groups.values()].map((group): PipelineTemplate => {
    const stages = group[0].stages.map(({ environment }) => environment);
    const base = stages.length === environments.length ? name : [name, ...stages].join('-');
    const count = (names.get(base) ?? 0) + 1;
    names.set(base, count);
    return { name: count === 1 ? base : `${base}-${count}`, pipelines: group };
  });
  const clash = templates.find((template) => pipelines.some(({ service }) => service === template.name));
  if (clash) {
    fail(scope, `the service '${clash.name}' and the template of the pipelines have the same file`, 'Rename the DeliveryPipeline');
  }
  return templates;
}

/** The pipeline of a template: one of its services, in which whatever differs is a reference to an input. */
export function parameterise(
  { pipelines }: PipelineTemplate, { reference, unit }: TemplateLanguage,
): { pipeline: ServicePipeline; inputs: TemplateInput[] } {
  const inputs: TemplateInput[] = [];
  const [first] = pipelines;
  const input = (name: string, description: string, of: TemplateInput['of'], fallback?: string): string => {
    if (!inputs.some((known) => known.name === name)) {
      inputs.push({ name, description, of, fallback });
    }
    return reference(name);
  };
  const differing = (name: string, description: string, of: TemplateInput['of']): string | undefined => (
    pipelines.every((pipeline) => of(pipeline) === of(first)) ? undefined : input(name, description, of, mostCommon(pipelines.map(of)))
  );
  const step = ({ name, secrets }: ResolvedStep): ResolvedStep => {
    const of = (pipeline: ServicePipeline) => stepsOf(pipeline).find((each) => each.name === name)!;
    const own = pipelines.some((pipeline) => of(pipeline).image !== pipeline.toolchain);
    return {
      name,
      secrets,
      commands: differing(`${name}-commands`, `The commands of the step ${name}`, (each) => of(each).commands) ?? of(first).commands,
      image: (own ? differing(`${name}-image`, `The image of the step ${name}`, (each) => of(each).image)
        : differing('toolchain', 'The image of steps that name none', ({ toolchain }) => toolchain)) ?? of(first).image,
      seconds: Math.max(...pipelines.map((each) => of(each).seconds)),
      timeout: differing(`${name}-${unit}`, `The ${unit} after which the step ${name} fails`,
        (each) => String(unit === 'minutes' ? Math.ceil(of(each).seconds / MINUTE_SECONDS) : of(each).seconds)),
    };
  };
  const pipeline: ServicePipeline = {
    ...first,
    service: input('service', 'The name of the service', ({ service }) => service),
    source: input('source', 'The folder of its sources', ({ source }) => source),
    repository: input('repository', 'Registry and name of its image', ({ repository }) => repository),
    values: input('values', 'The folder of values files', ({ values }) => values),
    stages: first.stages.map((stage, index) => (
      { ...stage, namespace: input(`${stage.environment}-namespace`, `Its namespace in ${stage.environment}`, ({ stages }) => stages[index].namespace) })),
    compile: step(first.compile),
    test: step(first.test),
  };
  const stages = pipeline.stages.map((stage) => ({ ...stage, checks: stage.checks.map(step) }));
  return { pipeline: { ...pipeline, stages }, inputs };
}

/** What a service passes to its template, in the order of the inputs. */
export function passed(inputs: readonly TemplateInput[], pipeline: ServicePipeline): [string, string][] {
  return inputs.filter(({ of, fallback }) => of(pipeline) !== fallback).map(({ name, of }) => [name, of(pipeline)]);
}

/** One line about the way of a service, for whoever reviews what passes values to a template. */
export function summary({ service, stages }: ServicePipeline): string {
  const ways = stages.map(({ environment, checks, approval, rollback }) => {
    const details = [...approval ? ['after an approval'] : [], ...checks.map(({ name }) => name), ...rollback ? ['reverted if it fails'] : []];
    return details.length > 0 ? `${environment} (${details.join(', ')})` : environment;
  });
  return `Builds ${service} and releases it to ${ways.join(', then ')}`;
}

function mostCommon(values: readonly string[]): string {
  const counts = new Map<string, number>();
  values.forEach((value) => counts.set(value, (counts.get(value) ?? 0) + 1));
  return [...counts].reduce((best, each) => each[1] > best[1] ? each : best)[0];
}

