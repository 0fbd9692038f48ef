import type { PipelineDefinition, ResolvedStep, ServicePipeline, Stage } from './pipeline-definition';
import type { Image } from '../values/image';

/** What runs in one container: a script of the pipeline, or the commands of a step. */
export interface Task {
  /** As engines name it, such as `compile`. */
  readonly name: string;
  /** As people read it, such as `Compile`. */
  readonly title: string;
  readonly image: Image;
  /** The name of its script. */
  readonly script: string;
  readonly env: { readonly [name: string]: string };
  /** Secrets that it finds as variables. */
  readonly secrets: readonly string[];
  readonly seconds: number;
  /** Whether no engine may try it again by itself: a second run does not know what the first one pushed. */
  readonly once?: boolean;
  /** The commands of the user, if it runs those. */
  readonly commands?: readonly string[];
}

export const REGISTRY_SECRETS = ['REGISTRY_USERNAME', 'REGISTRY_PASSWORD'];
export const GIT_SECRETS = ['GIT_USERNAME', 'GIT_PASSWORD'];
export const KEY_SECRETS = ['COSIGN_PRIVATE_KEY', 'COSIGN_PASSWORD'];
export const ARGO_CD_SECRETS = ['ARGOCD_AUTH_TOKEN'];

/** Argo CD is asked so often, in seconds. */
const POLL_SECONDS = 10;

/** How images are built: by Docker of the machine, by BuildKit in the container, or by a server. */
export type Builder = 'docker' | 'daemonless' | 'server';

/** What is done with sources before there is an image: in this order, in one workspace. */
export function sourceTasks(definition: PipelineDefinition, pipeline: ServicePipeline): Task[] {
  const { images, stepTimeout } = definition.settings;
  return [
    stepTask(pipeline.compile, pipeline),
    stepTask(pipeline.test, pipeline),
    { ...own('scan', 'Scan sources', images.scan, stepTimeout.toSeconds()), env: { SOURCE: pipeline.source, ...scanEnv(definition) } },
  ];
}

/** Whether the manifests in the repository are those that its program renders. */
export function synthesisTask({ applications, manifests, settings }: PipelineDefinition): Task {
  return {
    ...own('synthesis', 'Compare manifests', settings.images.release, settings.stepTimeout.toSeconds()),
    env: { INSTALL: settings.install.join('\n'), SYNTHESIS: settings.synthesis.join('\n'), APPLICATIONS: applications, MANIFESTS: manifests },
  };
}

/** What is done to get an image, in this order: only one that was looked into is signed. */
export function imageTasks(definition: PipelineDefinition, { repository, source }: ServicePipeline, builder: Builder): Task[] {
  const { settings: { images, stepTimeout, baseImages }, signing } = definition;
  const seconds = stepTimeout.toSeconds();
  const env = { REPOSITORY: repository };
  return [
    { ...own('build', 'Build image', images.buildKit, seconds), env: { ...env, SOURCE: source, BUILDER: builder }, secrets: REGISTRY_SECRETS },
    {
      ...own('inspect', 'Inspect image', images.scan, seconds),
      env: { ...env, ...scanEnv(definition), BASE_IMAGES: [...baseImages].sort().join(' ') },
      secrets: REGISTRY_SECRETS,
    },
    {
      ...own('sign', 'Sign image', images.sign, seconds),
      env: { ...env, SIGN_BY: signing._byKey ? 'key' : 'identity' },
      secrets: [...REGISTRY_SECRETS, ...signing._byKey ? KEY_SECRETS : []],
    },
  ];
}

/** What is done in an environment, in this order. */
export function stageTasks(definition: PipelineDefinition, pipeline: ServicePipeline, stage: Stage): Task[] {
  const { applications, manifests, settings: { images, stepTimeout, install, synthesis } } = definition;
  const { settings } = stage;
  const deploy = settings.deployTimeout.toSeconds();
  return [
    {
      ...own('release', 'Release', images.release, stepTimeout.toSeconds()),
      env: {
        ...gitEnv(definition, pipeline, stage),
        APPLICATIONS: applications,
        MANIFESTS: manifests,
        VALUES: pipeline.values,
        INSTALL: install.join('\n'),
        SYNTHESIS: synthesis.join('\n'),
      },
      secrets: GIT_SECRETS,
      once: true,
    },
    { ...argoCd(definition, pipeline, stage, 'wait', 'Wait for Argo CD'), seconds: TWICE * deploy },
    ...stage.checks.map((step) => stepTask(step, pipeline, stage)),
    { ...argoCd(definition, pipeline, stage, 'promote', 'Promote'), seconds: deploy + SLACK_SECONDS },
    { ...argoCd(definition, pipeline, stage, 'health', 'Watch health'), seconds: settings.soak.toSeconds() + SLACK_SECONDS },
  ];
}

/** What takes a release back, in this order. */
export function rollbackTasks(definition: PipelineDefinition, pipeline: ServicePipeline, stage: Stage): Task[] {
  const { images, stepTimeout } = definition.settings;
  return [
    argoCd(definition, pipeline, stage, 'abort', 'Abort'),
    {
      ...own('revert', 'Revert', images.release, stepTimeout.toSeconds()),
      env: gitEnv(definition, pipeline, stage),
      secrets: GIT_SECRETS,
      once: true,
    },
    { ...argoCd(definition, pipeline, stage, 'restore', 'Wait for the version before'), seconds: TWICE * stage.settings.deployTimeout.toSeconds() },
  ];
}

/** A script waits first for the version, and then for its health. */
const TWICE = 2;
/** What a program needs besides what it waits for, in seconds. */
const SLACK_SECONDS = 300;

function own(name: string, title: string, image: Image, seconds: number): Task {
  return { name, title, image, script: name, env: {}, secrets: [], seconds };
}

function stepTask(step: ResolvedStep, { service, source, repository }: ServicePipeline, stage?: Stage): Task {
  return {
    name: step.name,
    title: step.name.charAt(0).toUpperCase() + step.name.slice(1).replaceAll('-', ' '),
    image: step.image,
    script: 'commands',
    env: {
      SERVICE: service,
      SOURCE: source,
      REPOSITORY: repository,
      COMMANDS: step.commands.join('\n'),
      ...stage && { ENVIRONMENT: stage.environment, NAMESPACE: stage.namespace },
    },
    secrets: step.secrets ?? [],
    seconds: step.seconds,
    commands: step.commands,
  };
}

/** What each script that asks Argo CD reads besides the Application and the server. */
const ARGO_CD_VARIABLES: { readonly [script: string]: readonly string[] } = {
  wait: ['AUTO_SYNC', 'DEPLOY_SECONDS', 'POLL_SECONDS'],
  promote: ['SERVICE', 'DEPLOY_SECONDS', 'POLL_SECONDS'],
  health: ['ENVIRONMENT', 'POLL_SECONDS', 'SOAK_SECONDS'],
  abort: ['SERVICE', 'ENVIRONMENT'],
  restore: ['ENVIRONMENT', 'AUTO_SYNC', 'DEPLOY_SECONDS', 'POLL_SECONDS'],
};

function argoCd({ settings, argoCdServer }: PipelineDefinition, { service }: ServicePipeline, stage: Stage, name: string, title: string): Task {
  const all: { readonly [name: string]: string } = {
    SERVICE: service,
    ENVIRONMENT: stage.environment,
    AUTO_SYNC: String(stage.autoSync),
    DEPLOY_SECONDS: String(stage.settings.deployTimeout.toSeconds()),
    POLL_SECONDS: String(POLL_SECONDS),
    SOAK_SECONDS: String(stage.settings.soak.toSeconds()),
  };
  return {
    ...own(name, title, settings.images.argoCd, stage.settings.deployTimeout.toSeconds()),
    env: {
      APPLICATION: stage.application,
      ARGOCD_SERVER: argoCdServer,
      ...Object.fromEntries(ARGO_CD_VARIABLES[name].map((variable) => [variable, all[variable]])),
    },
    secrets: ARGO_CD_SECRETS,
  };
}

function gitEnv({ branch, settings }: PipelineDefinition, { service }: ServicePipeline, { environment }: Stage): Task['env'] {
  return { SERVICE: service, ENVIRONMENT: environment, BRANCH: branch, AUTHOR: settings.author, PUSH_ATTEMPTS: String(settings.pushAttempts) };
}

function scanEnv({ settings: { severities, unfixed } }: PipelineDefinition): Task['env'] {
  return { SEVERITIES: severities.join(','), IGNORE_UNFIXED: String(!unfixed) };
}
