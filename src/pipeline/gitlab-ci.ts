import type { PipelineDefinition, ServicePipeline, Stage } from './pipeline-definition';
import { BUILD_STAGE } from './pipeline-definition';
import type { PipelineEngine } from './pipeline-engine';
import { imageTasks, rollbackTasks, sourceTasks, stageTasks, synthesisTask, type Task } from './tasks';
import { toYaml } from '../output/yaml';

type Json = { [key: string]: unknown };

/** Where jobs leave what later ones read. */
const OUTPUT = '.pipeline';
/** Time-outs are in minutes. */
const MINUTE_SECONDS = 60;
/** Later jobs read it within the days that an approval takes. */
const KEPT = '30 days';
/** Of the machines alone: what a program refuses, it would refuse again. */
const RETRY = { max: 1, when: ['runner_system_failure', 'scheduler_failure'] };

/** The file that includes those of all services. */
export function gitLabRoot({ branch }: PipelineDefinition, engine: PipelineEngine, pipelines: readonly ServicePipeline[]): string {
  const environments = [...new Set(pipelines.flatMap(({ stages }) => stages.map(({ environment }) => environment)))];
  const order = environments.sort((a, b) => rank(pipelines, a) - rank(pipelines, b));
  return toYaml({
    stages: [BUILD_STAGE, ...order],
    workflow: { rules: [{ if: '$CI_PIPELINE_SOURCE == "merge_request_event"' }, { if: `$CI_COMMIT_BRANCH == "${branch}"` }] },
    include: pipelines.map(({ service }) => ({ local: `/${engine._directory}/${service}.yaml` })),
  });
}

/** Where an environment comes among those of the services that pass through most of them. */
function rank(pipelines: readonly ServicePipeline[], environment: string): number {
  return Math.max(...pipelines.map(({ stages }) => stages.findIndex((stage) => stage.environment === environment)));
}

/** The jobs of a service. Each begins with its name, so that none has a name that GitLab keeps for itself, such as `image` or `pages`. */
export function gitLabJobs(definition: PipelineDefinition, engine: PipelineEngine, pipeline: ServicePipeline): string {
  const { service } = pipeline;
  const jobs: { [name: string]: Json } = {};
  const sources = sourceTasks(definition, pipeline);
  const looked = ['synthesis', ...sources.map(({ name }) => name)];
  // what was compiled is there for the tests, which may run in another image
  sources.forEach((task, index) => {
    jobs[`${service}:${task.name}`] = {
      ...job(definition, task, BUILD_STAGE),
      rules: sourceRules(definition, pipeline),
      needs: task.name === 'test' ? [need(pipeline, 'compile', true)] : [],
      interruptible: true,
      ...index === 0 && { artifacts: { untracked: true, expire_in: '1 day' } },
    };
  });
  const synthesis = synthesisTask(definition);
  jobs[`${service}:synthesis`] = { ...job(definition, synthesis, BUILD_STAGE), rules: sourceRules(definition, pipeline), needs: [], interruptible: true };

  const [build, inspect, sign] = imageTasks(definition, pipeline, 'daemonless');
  const rules = releaseRules(definition, pipeline);
  const chain = (task: Task, needs: Json[]) => {
    jobs[`${service}:${task.name}`] = { ...job(definition, task, BUILD_STAGE), rules, needs, environment: reads(service, BUILD_STAGE), artifacts: kept() };
  };
  chain({ ...build, env: { ...build.env, BUILDKITD_FLAGS: '--oci-worker-no-process-sandbox' } }, looked.map((name) => need(pipeline, name, false)));
  chain(inspect, [need(pipeline, 'build', true)]);
  chain(sign, [need(pipeline, 'inspect', true)]);
  if (!definition.signing._byKey) {
    jobs[`${service}:sign`].id_tokens = { SIGSTORE_ID_TOKEN: { aud: 'sigstore' } };
  }
  let before = 'sign';
  for (const stage of pipeline.stages) {
    before = deployment(definition, engine, pipeline, stage, before, jobs);
  }
  return toYaml(jobs);
}

/** Adds the jobs of an environment, and returns the last of those that end well. */
function deployment(
  definition: PipelineDefinition, engine: PipelineEngine, pipeline: ServicePipeline, stage: Stage, before: string, jobs: { [name: string]: Json },
): string {
  const { service } = pipeline;
  const { environment, settings } = stage;
  const rules = releaseRules(definition, pipeline);
  const common = { resource_group: `${service}-${environment}`, rules };
  const [release, ...rest] = stageTasks(definition, pipeline, stage);
  const name = (task: Task) => `${environment}:${task.name}`;
  const releasing = job(definition, release, environment);
  jobs[`${service}:${name(release)}`] = {
    ...releasing,
    ...settings.approval && {
      variables: { ...releasing.variables as Json, APPROVERS: [...engine._approvers].sort().join(' ') },
      script: [scriptLine('approver'), ...releasing.script as string[]],
    },
    ...common,
    // a job that somebody must start holds up all that need it
    ...settings.approval && { rules: rules.map((rule) => ({ ...rule, when: 'manual' })) },
    environment: { name: `${environment}/${service}` },
    needs: [need(pipeline, 'sign', true), ...before === 'sign' ? [] : [need(pipeline, before, false)]],
    artifacts: { ...kept(), when: 'always' },
  };
  let last = name(release);
  for (const task of rest) {
    jobs[`${service}:${name(task)}`] = {
      ...job(definition, task, environment),
      ...common,
      environment: reads(service, environment),
      needs: [need(pipeline, name(release), true), ...last === name(release) ? [] : [need(pipeline, last, false)]],
    };
    last = name(task);
  }
  if (settings.rollback) {
    rollback(definition, pipeline, stage, [release, ...rest].map(name), jobs);
  }
  return last;
}

/** The first of these runs when any job of the environment fails, and the others after it. */
function rollback(
  definition: PipelineDefinition, pipeline: ServicePipeline, stage: Stage, stageJobs: readonly string[], jobs: { [name: string]: Json },
): void {
  const { service } = pipeline;
  const { environment } = stage;
  const [release] = stageJobs;
  let last: string | undefined;
  for (const task of rollbackTasks(definition, pipeline, stage)) {
    const name = `${environment}:${task.name}`;
    jobs[`${service}:${name}`] = {
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

function job(definition: PipelineDefinition, task: Task, stage: string): Json {
  return {
    stage,
    image: { name: `${task.image}`, entrypoint: [''] },
    timeout: `${Math.ceil(task.seconds / MINUTE_SECONDS)} minutes`,
    ...!task.once && { retry: RETRY },
    variables: variables(definition, task),
    script: task.commands === undefined ? [scriptLine(task.script)] : [
      // as the script 'commands' does, in GitLab's own way
      'if [ -s "$OUTPUT/digest" ]; then DIGEST=$(cat "$OUTPUT/digest"); IMAGE=$REPOSITORY@$DIGEST; export DIGEST IMAGE; fi',
      'cd "$SOURCE"',
      ...task.commands,
    ],
  };
}

/** Secrets are variables of the project that GitLab adds itself. What it would replace in a value, it is told to leave. */
function variables({ scripts }: PipelineDefinition, { env, commands }: Task): Json {
  const { COMMANDS: _, ...rest } = env;
  const given = { ...commands === undefined ? env : rest, SCRIPTS: scripts, OUTPUT, REVISION: '$CI_COMMIT_SHA' };
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [
    name, name !== 'REVISION' && value.includes('$') ? { value, expand: false } : value,
  ]));
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

function sourceRules(definition: PipelineDefinition, pipeline: ServicePipeline): Json[] {
  return [{ if: '$CI_PIPELINE_SOURCE == "merge_request_event"', changes: changes(pipeline) }, ...releaseRules(definition, pipeline)];
}

function releaseRules({ branch }: PipelineDefinition, pipeline: ServicePipeline): Json[] {
  return [{ if: `$CI_COMMIT_BRANCH == "${branch}"`, changes: changes(pipeline) }];
}

function changes({ source }: ServicePipeline): string[] {
  return [`${source}/**/*`];
}
