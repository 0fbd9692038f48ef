import { ImageSigning } from './image-signing';
import type { PipelineDefinition } from './pipeline-definition';
import type { ResolvedStep, ServicePipeline, Stage } from './service-pipeline';
import { IMAGE_SETTINGS } from '../security/image-settings';
import type { Image } from '../values/image';

/** What runs in one container: a script of the pipeline, which may be the one that runs the commands of a step. */
export interface Task {
  /** As engines name it, such as `compile`. */
  readonly name: string;
  /** As people read it, such as `Compile`. */
  readonly title: string;
  readonly image: string;
  /** The name of its script. */
  readonly script: string;
  readonly env: { readonly [name: string]: string };
  /** Secrets that it finds as variables. */
  readonly secrets: readonly string[];
  readonly seconds: number;
  /** A reference to the input that limits its time, in the unit of the engine. */
  readonly timeout?: string;
  /** Whether no engine may try it again by itself: a second run does not know what the first one pushed. */
  readonly once?: boolean;
}

/** The script that runs what people describe. */
export const COMMANDS_SCRIPT = 'commands';
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
  const byKey = signing === ImageSigning.PRIVATE_KEY;
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
      env: { ...env, SIGN_BY: byKey ? 'key' : 'identity', SIGNATURE_FORMAT: IMAGE_SETTINGS.of(definition.profile).signatureFormat },
      secrets: [...REGISTRY_SECRETS, ...byKey ? KEY_SECRETS : []],
    },
  ];
}

/**
 * What renders a release without any secret, because it installs and runs the code of other people. It leaves a patch.
 *
 * An engine runs it where nothing stays for later tasks but the patch.
 */
export function prepareTask(definition: PipelineDefinition, pipeline: ServicePipeline, stage: Stage): Task {
  const { settings: { images, stepTimeout } } = definition;
  return {
    ...own('prepare', 'Prepare release', images.release, stepTimeout.toSeconds()),
    env: {
      ...gitEnv(definition, pipeline, stage),
      ...renderEnv(definition, pipeline),
      INSTALL: definition.settings.install.join('\n'),
      SYNTHESIS: definition.settings.synthesis.join('\n'),
    },
  };
}

/** What is done in an environment, in this order, after a release is prepared. */
export function stageTasks(definition: PipelineDefinition, pipeline: ServicePipeline, stage: Stage): Task[] {
  const { settings: { images, stepTimeout } } = definition;
  return [
    {
      ...own('release', 'Release', images.release, stepTimeout.toSeconds()),
      env: { ...gitEnv(definition, pipeline, stage), ...renderEnv(definition, pipeline) },
      secrets: GIT_SECRETS,
      once: true,
    },
    // a script waits first for the version, and then for its health
    argoCd(definition, pipeline, stage, 'wait', 'Wait for Argo CD', 2 * stage.deploySeconds),
    ...stage.checks.map((step) => stepTask(step, pipeline, stage)),
    argoCd(definition, pipeline, stage, 'promote', 'Promote', stage.deploySeconds + SLACK_SECONDS),
    argoCd(definition, pipeline, stage, 'health', 'Watch health', stage.soakSeconds + SLACK_SECONDS),
  ];
}

/** What takes a release back, in this order. */
export function rollbackTasks(definition: PipelineDefinition, pipeline: ServicePipeline, stage: Stage): Task[] {
  const { images, stepTimeout } = definition.settings;
  return [
    argoCd(definition, pipeline, stage, 'abort', 'Abort', stage.deploySeconds),
    {
      ...own('revert', 'Revert', images.release, stepTimeout.toSeconds()),
      env: gitEnv(definition, pipeline, stage),
      secrets: GIT_SECRETS,
      once: true,
    },
    argoCd(definition, pipeline, stage, 'restore', 'Wait for the version before', 2 * stage.deploySeconds),
  ];
}

/** What a program needs besides what it waits for, in seconds. */
const SLACK_SECONDS = 300;

function own(name: string, title: string, image: Image, seconds: number): Task {
  return { name, title, image: `${image}`, script: name, env: {}, secrets: [], seconds };
}

function stepTask(step: ResolvedStep, { service, source, repository }: ServicePipeline, stage?: Stage): Task {
  const { name, image, commands, secrets, seconds, timeout } = step;
  return {
    name,
    title: name.charAt(0).toUpperCase() + name.slice(1).replaceAll('-', ' '),
    image,
    script: COMMANDS_SCRIPT,
    env: {
      SERVICE: service,
      SOURCE: source,
      REPOSITORY: repository,
      COMMANDS: commands,
      ...stage && { ENVIRONMENT: stage.environment, NAMESPACE: stage.namespace },
    },
    secrets,
    seconds,
    timeout,
  };
}

/** All scripts that ask Argo CD find the same variables, so that one container of Argo Workflows runs each of them. */
function argoCd(
  { settings, argoCdServer }: PipelineDefinition, { service }: ServicePipeline, stage: Stage, name: string, title: string, seconds: number,
): Task {
  const { environment, autoSync, deploySeconds, soakSeconds } = stage;
  return {
    ...own(name, title, settings.images.argoCd, seconds),
    env: {
      SERVICE: service,
      ENVIRONMENT: environment,
      APPLICATION: `${service}-${environment}`,
      ARGOCD_SERVER: argoCdServer,
      AUTO_SYNC: String(autoSync),
      DEPLOY_SECONDS: String(deploySeconds),
      POLL_SECONDS: String(POLL_SECONDS),
      SOAK_SECONDS: String(soakSeconds),
    },
    secrets: ARGO_CD_SECRETS,
  };
}

function gitEnv({ branch, settings }: PipelineDefinition, { service }: ServicePipeline, { environment }: Stage): Task['env'] {
  return { SERVICE: service, ENVIRONMENT: environment, BRANCH: branch, AUTHOR: settings.author, PUSH_ATTEMPTS: String(settings.pushAttempts) };
}

function renderEnv({ applications, manifests }: PipelineDefinition, { values }: ServicePipeline): Task['env'] {
  return { APPLICATIONS: applications, MANIFESTS: manifests, VALUES: values };
}

function scanEnv({ settings: { severities, unfixed } }: PipelineDefinition): Task['env'] {
  return { SEVERITIES: severities.join(','), IGNORE_UNFIXED: String(!unfixed) };
}
