import { ImageSigning } from './image-signing';
import { BUILD_STAGE, type PipelineDefinition } from './pipeline-definition';
import type { PipelineEngine } from './pipeline-engine';
import { MINUTE_SECONDS, parameterise, passed, type PipelineTemplate, summary, type TemplateInput } from './pipeline-template';
import type { ServicePipeline, Stage } from './service-pipeline';
import { imageTasks, prepareTask, rollbackTasks, sourceTasks, stageTasks, synthesisTask, type Task } from './tasks';
import { toYaml } from '../output/yaml';

type Json = { [key: string]: unknown };

/** Where jobs leave what later ones read. */
const OUTPUT = '.pipeline';
/** Later jobs read it within the days that an approval takes. */
const KEPT = '30 days';
/** Of the machines alone: what a program refuses, it would refuse again. */
const RETRY = { max: 1, when: ['runner_system_failure', 'scheduler_failure'] };

/** The name of the file that includes those of all services. */
export const GITLAB_ROOT = 'pipeline.yaml';

/** The file that includes those of all services. */
export function gitLabRoot(definition: PipelineDefinition, engine: PipelineEngine, pipelines: readonly ServicePipeline[]): string {
  const environments = [...new Set(pipelines.flatMap(({ stages }) => stages.map(({ environment }) => environment)))];
  const order = environments.sort((a, b) => rank(pipelines, a) - rank(pipelines, b));
  return toYaml({
    'stages': [BUILD_STAGE, ...order],
    'workflow': { rules: [{ if: '$CI_PIPELINE_SOURCE == "merge_request_event"' }, { if: `$CI_COMMIT_BRANCH == "${definition.branch}"` }] },
    'include': pipelines.map(({ service }) => ({ local: `/${engine._directory}/${service}.yaml` })),
    // whatever changed: Argo CD reads more than the sources of a service
    'compare-manifests': { ...job(definition, synthesisTask(definition), BUILD_STAGE), needs: [], interruptible: true },
  });
}

/** Where an environment comes among those of the services that pass through most of them. */
function rank(pipelines: readonly ServicePipeline[], environment: string): number {
  return Math.max(...pipelines.map(({ stages }) => stages.findIndex((stage) => stage.environment === environment)));
}

/** The jobs of any service, and the files that include them with the values of one, by the names of their files. */
export function gitLabFiles(definition: PipelineDefinition, engine: PipelineEngine, template: PipelineTemplate): [file: string, text: string][] {
  const { pipeline, inputs } = parameterise(template, { reference: (input) => `$[[ inputs.${input} ]]`, unit: 'minutes' });
  const spec = {
    inputs: Object.fromEntries(inputs.map(({ name, description, fallback }) => (
      [name, { description, ...isList(name) && { type: 'array' }, ...fallback !== undefined && { default: listed(name, fallback) } }]))),
  };
  return [
    [`${template.name}.yaml`, `${toYaml({ spec })}---\n${toYaml(jobs(definition, engine, pipeline))}`],
    ...template.pipelines.map((each): [string, string] => [`${each.service}.yaml`, caller(`/${engine._directory}/${template.name}.yaml`, each, inputs)]),
  ];
}

function caller(local: string, pipeline: ServicePipeline, inputs: readonly TemplateInput[]): string {
  const values = passed(inputs, pipeline).map(([name, value]) => [name, listed(name, value)]);
  return `# ${summary(pipeline)}.\n${toYaml({ include: [{ local, inputs: Object.fromEntries(values) }] })}`;
}

/** Commands are a list, as a job has them. */
function listed(input: string, value: string): string | string[] {
  return isList(input) ? value.split('\n') : value;
}

function isList(input: string): boolean {
  return input.endsWith('-commands');
}

/** The jobs of a service. Each begins with its name, so that none has a name that GitLab keeps for itself, such as `image` or `pages`. */
function jobs(definition: PipelineDefinition, engine: PipelineEngine, pipeline: ServicePipeline): { [name: string]: Json } {
  const { service } = pipeline;
  const all: { [name: string]: Json } = {};
  const sources = sourceTasks(definition, pipeline);
  const looked = ['synthesis', ...sources.map(({ name }) => name)];
  const rules = releaseRules(definition, pipeline);
  const early = { rules: [{ ...rules[0], if: '$CI_PIPELINE_SOURCE == "merge_request_event"' }, ...rules], interruptible: true };
  // what was compiled is there for the tests, which may run in another image
  sources.forEach((task, index) => {
    all[`${service}:${task.name}`] = {
      ...job(definition, task, BUILD_STAGE),
      ...early,
      needs: task.name === 'test' ? [need(pipeline, 'compile', true)] : [],
      ...index === 0 && { artifacts: { untracked: true, expire_in: '1 day' } },
    };
  });
  all[`${service}:synthesis`] = { ...job(definition, synthesisTask(definition), BUILD_STAGE), ...early, needs: [] };

  const [build, inspect, sign] = imageTasks(definition, pipeline, 'daemonless');
  const chain = (task: Task, needs: Json[]) => {
    all[`${service}:${task.name}`] = { ...job(definition, task, BUILD_STAGE), rules, needs, environment: reads(service, BUILD_STAGE), artifacts: kept() };
  };
  chain({ ...build, env: { ...build.env, BUILDKITD_FLAGS: '--oci-worker-no-process-sandbox' } }, looked.map((name) => need(pipeline, name, false)));
  chain(inspect, [need(pipeline, 'build', true)]);
  chain(sign, [need(pipeline, 'inspect', true)]);
  if (definition.signing === ImageSigning.KEYLESS) {
    all[`${service}:sign`].id_tokens = { SIGSTORE_ID_TOKEN: { aud: 'sigstore' } };
  }
  let before = 'sign';
  for (const stage of pipeline.stages) {
    before = deployment(definition, engine, pipeline, stage, before, all);
  }
  return all;
}

/** Adds the jobs of an environment, and returns the last of those that end well. */
function deployment(
  definition: PipelineDefinition, engine: PipelineEngine, pipeline: ServicePipeline, stage: Stage, before: string, all: { [name: string]: Json },
): string {
  const { service } = pipeline;
  const { environment, approval } = stage;
  const rules = releaseRules(definition, pipeline);
  const common = { resource_group: `${service}-${environment}`, rules };
  const [release, ...rest] = stageTasks(definition, pipeline, stage);
  const name = (task: Task) => `${environment}:${task.name}`;
  const preparing = prepareTask(definition, pipeline, stage);
  const after = before === 'sign' ? [] : [need(pipeline, before, false)];
  // without the environment, and so without its secrets: it installs and runs the code of other people
  all[`${service}:${name(preparing)}`] = {
    ...job(definition, preparing, environment),
    rules,
    needs: [need(pipeline, 'sign', true), ...after],
    artifacts: { paths: [`${OUTPUT}/release-${environment}.patch`], expire_in: KEPT },
  };
  const releasing = job(definition, release, environment);
  all[`${service}:${name(release)}`] = {
    ...releasing,
    ...approval && {
      variables: { ...releasing.variables as Json, APPROVERS: [...engine._approvers].sort().join(' ') },
      script: [scriptLine('approver'), ...releasing.script as string[]],
    },
    ...common,
    // a job that somebody must start holds up all that need it
    ...approval && { rules: rules.map((rule) => ({ ...rule, when: 'manual' })) },
    environment: { name: `${environment}/${service}` },
    needs: [need(pipeline, 'sign', true), need(pipeline, name(preparing), true), ...after],
    artifacts: { ...kept(), when: 'always' },
  };
  let last = name(release);
  for (const task of rest) {
    all[`${service}:${name(task)}`] = {
      ...job(definition, task, environment),
      ...common,
      environment: reads(service, environment),
      needs: [need(pipeline, name(release), true), ...last === name(release) ? [] : [need(pipeline, last, false)]],
    };
    last = name(task);
  }
  if (stage.rollback) {
    rollback(definition, pipeline, stage, [release, ...rest].map(name), all);
  }
  return last;
}

/** The first of these runs when any job of the environment fails, and the others after it. */
function rollback(
  definition: PipelineDefinition, pipeline: ServicePipeline, stage: Stage, stageJobs: readonly string[], all: { [name: string]: Json },
): void {
  const { service } = pipeline;
  const { environment } = stage;
  const [release] = stageJobs;
  let last: string | undefined;
  for (const task of rollbackTasks(definition, pipeline, stage)) {
    const name = `${environment}:${task.name}`;
    all[`${service}:${name}`] = {
      ...job(definition, task, environment),
      resource_group: `${service}-${environment}`,
      rules: releaseRules(definition, pipeline).map((rule) => ({ ...rule, when: last === undefined ? 'on_failure' : 'on_success' })),
      environment: reads(service, environment),
      needs: last === undefined
        ? stageJobs.map((each) => need(pipeline, each, each === release))
        : [need(pipeline, release, last === `${environment}:abort`), need(pipeline, last, last !== `${environment}:abort`)],
      artifacts: kept(),
    };
    last = name;
  }
}

/** What the script 'commands' does, in GitLab's own way. */
const BEFORE_COMMANDS = [
  'if [ -s "$OUTPUT/digest" ]; then DIGEST=$(cat "$OUTPUT/digest"); IMAGE=$REPOSITORY@$DIGEST; export DIGEST IMAGE; fi',
  'cd "$SOURCE"',
];

function job({ scripts }: PipelineDefinition, task: Task, stage: string): Json {
  const { COMMANDS: commands, ...env } = task.env;
  const variables = { ...env, SCRIPTS: scripts, OUTPUT, REVISION: '$CI_COMMIT_SHA' };
  return {
    stage,
    image: { name: task.image, entrypoint: [''] },
    timeout: `${task.timeout ?? Math.ceil(task.seconds / MINUTE_SECONDS)} minutes`,
    ...!task.once && { retry: RETRY },
    // secrets are variables of the project that GitLab adds itself; what it would replace in a value, it is told to leave
    variables: Object.fromEntries(Object.entries(variables).map(([name, value]) => [
      name, name !== 'REVISION' && value.replaceAll('$[[', '').includes('$') ? { value, expand: false } : value,
    ])),
    ...commands === undefined ? { script: [scriptLine(task.script)] }
      : { before_script: BEFORE_COMMANDS, script: commands.startsWith('$[[') ? commands : commands.split('\n') },
  };
}

function scriptLine(script: string): string {
  return `sh "$SCRIPTS/${script}.sh"`;
}

function need({ service }: ServicePipeline, name: string, artifacts: boolean): Json {
  return { job: `${service}:${name}`, artifacts };
}

function kept(): Json {
  return { paths: [`${OUTPUT}/`], expire_in: KEPT };
}

/** Reads the variables of the environment, and is no deployment of its own. */
function reads(service: string, environment: string): Json {
  return { name: `${environment}/${service}`, action: 'access' };
}

function releaseRules({ branch }: PipelineDefinition, { source }: ServicePipeline): Json[] {
  return [{ if: `$CI_COMMIT_BRANCH == "${branch}"`, changes: [`${source}/**/*`] }];
}
