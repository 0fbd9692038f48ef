import type { PipelineDefinition, ServicePipeline, Stage } from './pipeline-definition';
import type { PipelineEngine } from './pipeline-engine';
import { imageTasks, rollbackTasks, sourceTasks, stageTasks, synthesisTask, type Task } from './tasks';
import { toYaml } from '../output/yaml';

/** An action of GitHub: the commit that runs, and the version that people know it by. */
interface Action {
  readonly name: string;
  readonly commit: string;
  readonly version: string;
}

/** The only action. All other programs come from images, so there is nobody else whose tags could move. */
const CHECKOUT: Action = { name: 'actions/checkout', commit: 'de0fac2e4500dabe0009e67214ff5f5447ce83dd', version: 'v6.0.2' };

/** Where steps leave what later ones read, in the workspace. */
const OUTPUT = '.pipeline';
/** Time-outs are in minutes. */
const MINUTE_SECONDS = 60;
/** What a job needs to get its images, in seconds. */
const JOB_SLACK_SECONDS = 600;
/** The user that a token of GitHub goes with. */
const TOKEN_USER = 'x-access-token';

type Json = { [key: string]: unknown };

/** The workflow of a service. */
export function gitHubWorkflow(definition: PipelineDefinition, engine: PipelineEngine, pipeline: ServicePipeline): string {
  const { branch } = definition;
  const paths = [`${pipeline.source}/**`];
  const workflow = {
    name: pipeline.service,
    on: { push: { branches: [branch], paths }, pull_request: { paths }, workflow_dispatch: {} },
    permissions: {},
    // a run that waits for an approval must not hold up the next one; of a pull request only the newest commit counts
    concurrency: {
      'group': `${pipeline.service}-\${{ github.event_name == 'pull_request' && github.ref || github.run_id }}`,
      'cancel-in-progress': true,
    },
    env: { SERVICE: pipeline.service, SCRIPTS: definition.scripts, OUTPUT, REVISION: '${{ github.sha }}' },
    jobs: jobs(definition, engine, pipeline),
  };
  return toYaml(workflow).replace(new RegExp(`(${CHECKOUT.name}@${CHECKOUT.commit})$`, 'gm'), `$1 # ${CHECKOUT.version}`);
}

function jobs(definition: PipelineDefinition, engine: PipelineEngine, pipeline: ServicePipeline): Json {
  const released = `github.event_name != 'pull_request' && github.ref == 'refs/heads/${definition.branch}'`;
  const sources = sourceTasks(definition, pipeline);
  const synthesis = synthesisTask(definition);
  const run = (task: Task) => step(definition, task);
  const [build, ...looked] = imageTasks(definition, pipeline, 'docker');
  const all: Json = {
    verify: { ...job(definition, 'Verify', sources, { contents: 'read' }), steps: [checkout(), ...sources.map(run)] },
    synthesis: { ...job(definition, synthesis.title, [synthesis], { contents: 'read' }), steps: [checkout(), run(synthesis)] },
    image: {
      ...job(definition, 'Image', [build, ...looked], { 'contents': 'read', 'id-token': 'write' }),
      needs: ['verify', 'synthesis'],
      if: released,
      outputs: { digest: '${{ steps.build.outputs.digest }}' },
      steps: [
        checkout(),
        {
          name: build.title,
          id: 'build',
          env: { ...variables(build), BUILDKIT_IMAGE: `${definition.settings.images.buildx}` },
          run: 'sh "$SCRIPTS/build.sh"\nprintf \'digest=%s\\n\' "$(cat "$OUTPUT/digest")" >> "$GITHUB_OUTPUT"\n',
        },
        ...looked.map(run),
      ],
    },
  };
  let before = 'image';
  for (const stage of pipeline.stages) {
    const needs = ['image', before].filter((name, index, names) => names.indexOf(name) === index);
    if (stage.settings.approval) {
      const guard = `approval-${stage.environment}`;
      all[guard] = approval(definition, engine, stage, [...needs]);
      needs.push(guard);
    }
    all[stage.environment] = deployment(definition, pipeline, stage, needs);
    before = stage.environment;
  }
  return all;
}

/** GitHub makes an environment that is not there, and asks nobody. So a run makes sure that somebody is asked. */
function approval({ settings }: PipelineDefinition, engine: PipelineEngine, { environment }: Stage, needs: readonly string[]): Json {
  return {
    'name': `Approvers of ${environment}`,
    'runs-on': settings.runner,
    'needs': needs,
    'timeout-minutes': Math.ceil(JOB_SLACK_SECONDS / MINUTE_SECONDS),
    'permissions': { actions: 'read', contents: 'read' },
    'steps': [checkout(), {
      name: 'Ask GitHub who approves',
      env: { ENVIRONMENT: environment, APPROVERS: [...engine._approvers].sort().join(' '), GH_TOKEN: '${{ github.token }}' },
      run: 'sh "$SCRIPTS/reviewers.sh"',
    }],
  };
}

/** One job for all of an environment: GitHub asks for an approval before each job of it, and lets no other job read its secrets. */
function deployment(definition: PipelineDefinition, pipeline: ServicePipeline, stage: Stage, needs: readonly string[]): Json {
  const [release, ...rest] = stageTasks(definition, pipeline, stage);
  const run = (task: Task) => step(definition, task);
  const back = stage.settings.rollback ? rollbackTasks(definition, pipeline, stage) : [];
  return {
    ...job(definition, `Deploy to ${stage.environment}`, [release, ...rest, ...back], { contents: 'write' }),
    needs,
    environment: { name: stage.environment },
    concurrency: { 'group': `${pipeline.service}-${stage.environment}`, 'cancel-in-progress': false },
    env: { DIGEST: '${{ needs.image.outputs.digest }}' },
    steps: [
      checkout({ 'fetch-depth': 0 }),
      { ...run(release), id: 'release' },
      ...rest.map(run),
      ...back.map((task) => ({ ...run(task), if: "(failure() || cancelled()) && steps.release.outcome != 'skipped'" })),
    ],
  };
}

function job({ settings }: PipelineDefinition, name: string, tasks: readonly Task[], permissions: Json): Json {
  const seconds = tasks.reduce((sum, task) => sum + task.seconds, JOB_SLACK_SECONDS);
  return { name, 'runs-on': settings.runner, 'timeout-minutes': Math.ceil(seconds / MINUTE_SECONDS), permissions };
}

/** Without the credentials that would otherwise stay where each program could read them. */
function checkout(options: Json = {}): Json {
  return { name: 'Check out', uses: `${CHECKOUT.name}@${CHECKOUT.commit}`, with: { ...options, 'persist-credentials': false } };
}

/** Each step in an image of its own. Values go by the environment, and never into the text of a command. */
function step({ scripts }: PipelineDefinition, task: Task): Json {
  return {
    'name': task.title,
    'uses': `docker://${task.image}`,
    'timeout-minutes': Math.ceil(task.seconds / MINUTE_SECONDS),
    'with': { entrypoint: '/bin/sh', args: `${scripts}/${task.script}.sh` },
    'env': variables(task),
  };
}

function variables({ env, secrets, commands }: Task): Json {
  const { SERVICE: _, ...rest } = env;
  return {
    ...rest,
    // a step of the user sees the secrets that it names, and no others
    ...Object.fromEntries(secrets.map((name) => [name, secret(name)])),
    ...commands === undefined ? {} : { COMMANDS: commands.join('\n') },
  };
}

function secret(name: string): string {
  switch (name) {
    case 'GIT_USERNAME':
      return TOKEN_USER;
    case 'GIT_PASSWORD':
      // the token of the run, unless the branch wants one that may pass its rules
      return '${{ secrets.RELEASE_TOKEN || github.token }}';
    default:
      return `\${{ secrets.${name} }}`;
  }
}
