import { handOver } from './github-patch';
import { ImageSigning } from './image-signing';
import type { PipelineDefinition } from './pipeline-definition';
import type { PipelineEngine } from './pipeline-engine';
import { MINUTE_SECONDS, parameterise, passed, type PipelineTemplate, summary, type TemplateInput } from './pipeline-template';
import type { ServicePipeline, Stage } from './service-pipeline';
import { COMMANDS_SCRIPT, imageTasks, prepareTask, rollbackTasks, sourceTasks, stageTasks, synthesisTask, type Task } from './tasks';
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
/** What a job needs to get its images, in seconds. */
const JOB_SLACK_SECONDS = 600;
/** The user that a token of GitHub goes with. */
const TOKEN_USER = 'x-access-token';

type Json = { [key: string]: unknown };

interface Job extends Json {
  readonly permissions: { readonly [scope: string]: string };
}

/** The workflow that those of services call, and those, by the names of their files. */
export function gitHubWorkflows(definition: PipelineDefinition, engine: PipelineEngine, template: PipelineTemplate): [file: string, text: string][] {
  const { pipeline, inputs } = parameterise(template, { reference: (input) => `\${{ inputs.${input} }}`, unit: 'minutes' });
  const all = jobs(definition, engine, pipeline);
  const secrets = secretsOf(all);
  const reusable = {
    name: template.name,
    on: {
      workflow_call: {
        inputs: Object.fromEntries(inputs.map(({ name, description, fallback }) => (
          [name, { description, type: 'string', ...fallback === undefined ? { required: true } : { default: fallback } }]))),
        // GitHub fills in those of an environment in the jobs of that environment, so callers may have none of them
        secrets: Object.fromEntries(secrets.map((name) => [name, { required: false }])),
      },
    },
    permissions: {},
    env: { SERVICE: pipeline.service, SCRIPTS: definition.scripts, OUTPUT, REVISION: '${{ github.sha }}' },
    jobs: all,
  };
  const call = `./${engine._directory}/${template.name}.yaml`;
  return [
    [`${template.name}.yaml`, pinned(toYaml(reusable))],
    ...template.pipelines.map((each): [string, string] => [`${each.service}.yaml`, caller(definition, each, inputs, call, allPermissions(all), secrets)]),
  ];
}

/**
 * The workflow that compares manifests with their program. Argo CD reads more than the sources of a service: a change of any path must not reach it unchecked.
 */
export function gitHubComparison(definition: PipelineDefinition): [file: string, text: string] {
  const synthesis = synthesisTask(definition);
  return [`${definition.name}-manifests.yaml`, pinned(toYaml({
    name: `${definition.name}-manifests`,
    on: { push: { branches: [definition.branch] }, pull_request: {} },
    permissions: {},
    concurrency: { 'group': '${{ github.workflow }}-${{ github.ref }}', 'cancel-in-progress': true },
    env: { SCRIPTS: definition.scripts, OUTPUT },
    jobs: { synthesis: job(definition, synthesis.title, [synthesis], { permissions: { contents: 'read' } }) },
  }))];
}

/** The version behind the commit of the action, as people read it. */
function pinned(text: string): string {
  return text.replace(new RegExp(`(${CHECKOUT.name}@${CHECKOUT.commit})$`, 'gm'), `$1 # ${CHECKOUT.version}`);
}

/** The workflow of a service: when it runs, and what is different for it. Each secret is passed by its name. */
function caller(
  { branch }: PipelineDefinition,
  pipeline: ServicePipeline, inputs: readonly TemplateInput[], uses: string, permissions: Json, secrets: readonly string[],
): string {
  const paths = [`${pipeline.source}/**`];
  return `# ${summary(pipeline)}.\n${toYaml({
    name: pipeline.service,
    on: { push: { branches: [branch], paths }, pull_request: { paths }, workflow_dispatch: {} },
    permissions: {},
    // a run that waits for an approval must not hold up the next one; of a pull request only the newest commit counts
    concurrency: {
      'group': `${pipeline.service}-\${{ github.event_name == 'pull_request' && github.ref || github.run_id }}`,
      'cancel-in-progress': true,
    },
    jobs: {
      delivery: {
        uses,
        permissions,
        with: Object.fromEntries(passed(inputs, pipeline)),
        secrets: Object.fromEntries(secrets.map((name) => [name, `\${{ secrets.${name} }}`])),
      },
    },
  })}`;
}

/** What a caller must permit, which is what each job asks for. */
function allPermissions(all: { readonly [name: string]: Job }): Json {
  const scopes = Object.values(all).flatMap(({ permissions }) => Object.entries(permissions));
  // 'write' comes last, and includes 'read'
  return Object.fromEntries(scopes.sort(([scope, a], [other, b]) => `${scope} ${a}` < `${other} ${b}` ? -1 : 1));
}

function secretsOf(all: Json): string[] {
  return [...new Set([...JSON.stringify(all).matchAll(/\$\{\{ secrets\.(\w+)/g)].map(([, name]) => name))].sort();
}

function jobs(definition: PipelineDefinition, engine: PipelineEngine, pipeline: ServicePipeline): { [name: string]: Job } {
  const released = `github.event_name != 'pull_request' && github.ref == 'refs/heads/${definition.branch}'`;
  const synthesis = synthesisTask(definition);
  const [build, ...looked] = imageTasks(definition, pipeline, 'docker');
  const buildEnv = { BUILDKIT_IMAGE: `${definition.settings.images.buildx}` };
  const digest = 'printf \'digest=%s\\n\' "$(cat "$OUTPUT/digest")" >> "$GITHUB_OUTPUT"\n';
  const all: { [name: string]: Job } = {
    verify: job(definition, 'Verify', sourceTasks(definition, pipeline), { permissions: { contents: 'read' } }),
    synthesis: job(definition, synthesis.title, [synthesis], { permissions: { contents: 'read' } }),
    image: job(definition, 'Image', [build, ...looked], {
      permissions: { contents: 'read', ...definition.signing === ImageSigning.KEYLESS && { 'id-token': 'write' } },
      needs: ['verify', 'synthesis'],
      if: released,
      outputs: { digest: '${{ steps.build.outputs.digest }}' },
    }),
  };
  const steps = all.image.steps as Json[];
  steps[1] = { name: build.title, id: 'build', env: { ...steps[1].env as Json, ...buildEnv }, run: `sh "$SCRIPTS/build.sh"\n${digest}` };
  let before = 'image';
  for (const stage of pipeline.stages) {
    const needs = ['image', before].filter((name, index, names) => names.indexOf(name) === index);
    if (stage.approval) {
      const guard = `approval-${stage.environment}`;
      all[guard] = approval(definition, engine, stage, [...needs]);
      needs.push(guard);
    }
    const prepared = `prepare-${stage.environment}`;
    all[prepared] = preparation(definition, pipeline, stage, needs.slice(0, 1).concat(before === 'image' ? [] : [before]));
    all[stage.environment] = deployment(definition, pipeline, stage, [...needs, prepared]);
    before = stage.environment;
  }
  return all;
}

/** GitHub makes an environment that is not there, and asks nobody. So a run makes sure that somebody is asked. */
function approval(definition: PipelineDefinition, engine: PipelineEngine, { environment }: Stage, needs: readonly string[]): Job {
  const { steps, ...rest } = job(definition, `Approvers of ${environment}`, [], { permissions: { actions: 'read', contents: 'read' }, needs });
  return {
    ...rest,
    steps: [...steps as Json[], {
      name: 'Ask GitHub who approves',
      env: { ENVIRONMENT: environment, APPROVERS: [...engine._approvers].sort().join(' '), GH_TOKEN: '${{ github.token }}' },
      run: 'sh "$SCRIPTS/reviewers.sh"',
    }],
  };
}

/** A job without secrets, and so without the environment. It hands over a patch as text, because only an action of somebody else could keep a file. */
function preparation(definition: PipelineDefinition, pipeline: ServicePipeline, stage: Stage, needs: readonly string[]): Job {
  const { env, steps, ...rest } = job(definition, `Prepare ${stage.environment}`, [prepareTask(definition, pipeline, stage)], {
    permissions: { contents: 'read' },
    needs,
    outputs: { patch: '${{ steps.patch.outputs.patch }}' },
  }, { ref: definition.branch });
  return {
    ...rest,
    env: { DIGEST: '${{ needs.image.outputs.digest }}', CHECKED_OUT: '.', ...env as Json },
    steps: [...steps as Json[], handOver(stage.environment)],
  };
}

/** One job for all of an environment: GitHub asks for an approval before each job of it, and lets no other job read its secrets. */
function deployment(definition: PipelineDefinition, pipeline: ServicePipeline, stage: Stage, needs: readonly string[]): Job {
  const tasks = stageTasks(definition, pipeline, stage);
  const back = stage.rollback ? rollbackTasks(definition, pipeline, stage) : [];
  const { env, steps, ...rest } = job(definition, `Deploy to ${stage.environment}`, [...tasks, ...back], {
    permissions: { contents: 'write' },
    needs,
    environment: { name: stage.environment },
    concurrency: { 'group': `${pipeline.service}-${stage.environment}`, 'cancel-in-progress': false },
  }, { 'fetch-depth': 0 });
  const [first, release, ...others] = steps as Json[];
  return {
    ...rest,
    env: { DIGEST: '${{ needs.image.outputs.digest }}', ...env as Json },
    steps: [first, { ...release, id: 'release', env: { ...release.env as Json, PATCH: `\${{ needs.prepare-${stage.environment}.outputs.patch }}` } }, ...others.map((other, index) => (
      index + 1 < tasks.length ? other : { ...other, if: "(failure() || cancelled()) && steps.release.outcome != 'skipped'" }))],
  };
}

/** A job of tasks. What several of them find as the same value is a variable of the job. */
function job(
  definition: PipelineDefinition, name: string, tasks: readonly Task[], { permissions, ...options }: Job, depth: Json = {},
): Job {
  const seconds = tasks.reduce((sum, task) => sum + task.seconds, JOB_SLACK_SECONDS);
  const texts = tasks.flatMap(({ env }) => Object.entries(env));
  const shared = texts.filter(([key, value], index) => (
    key !== 'SERVICE' && texts.findIndex(([other]) => other === key) < index && texts.every(([other, text]) => other !== key || text === value)));
  const env = Object.fromEntries(shared);
  return {
    name,
    'runs-on': definition.settings.runner,
    'timeout-minutes': Math.ceil(seconds / MINUTE_SECONDS),
    permissions,
    ...options,
    ...shared.length > 0 && { env },
    'steps': [
      // without the credentials that would otherwise stay where each program could read them
      { name: 'Check out', uses: `${CHECKOUT.name}@${CHECKOUT.commit}`, with: { ...depth, 'persist-credentials': false } },
      ...tasks.map((task) => step(definition, task, env)),
    ],
  };
}

/** Each step in an image of its own. Values go by the environment, and never into the text of a command. */
function step({ scripts }: PipelineDefinition, task: Task, shared: Json): Json {
  const common = {
    'name': task.title,
    'timeout-minutes': task.timeout === undefined ? Math.ceil(task.seconds / MINUTE_SECONDS) : task.timeout.replace(/inputs\.\S+/, 'fromJSON($&)'),
  };
  const env = {
    ...Object.fromEntries(Object.entries(task.env).filter(([name]) => name !== 'SERVICE' && !(name in shared))),
    ...Object.fromEntries(task.secrets.map((name) => [name, secret(name)])),
  };
  // GitHub takes no input as the image of a step. Commands see the secrets that their step names, and no others
  return task.script === COMMANDS_SCRIPT
    ? { ...common, env: { ...env, STEP_IMAGE: task.image }, run: ['sh "$SCRIPTS/container.sh"', ...task.secrets].join(' ') }
    : { ...common, uses: `docker://${task.image}`, with: { entrypoint: '/bin/sh', args: `${scripts}/${task.script}.sh` }, env };
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
