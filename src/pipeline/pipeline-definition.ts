import type { Construct } from 'constructs';
import type { DeliveryPipelineProps } from './delivery-pipeline-props';
import type { ImageSigning } from './image-signing';
import { pipelineFolder } from './pipeline-folder';
import { checkSteps, PIPELINE_SETTINGS } from './pipeline-section';
import type { PipelineValues } from './pipeline-settings';
import type { PipelineStep } from './pipeline-step';
import { imageRepository } from './service-image';
import { Connections } from '../core/connections';
import type { ServiceNode } from '../core/edges';
import { ARGO_CD_SETTINGS } from '../delivery/argo-cd-settings';
import type { Environment } from '../profile/environment';
import type { PlatformProfile } from '../profile/platform-profile';
import { IMAGE_SETTINGS } from '../security/image-settings';
import { fail, nearest } from '../values/errors';
import type { Image } from '../values/image';
import { sorted } from '../values/sorted';
import { show } from '../values/value-checks';

/** A step that is decided in every detail. */
export interface ResolvedStep extends PipelineStep {
  readonly name: string;
  readonly image: Image;
  readonly seconds: number;
}

/** What happens in one environment, after that before it. */
export interface Stage {
  readonly environment: string;
  readonly namespace: string;
  /** The Application of Argo CD. */
  readonly application: string;
  /** Whether Argo CD applies by itself what is in the repository. */
  readonly autoSync: boolean;
  readonly checks: readonly ResolvedStep[];
  readonly settings: PipelineValues;
}

/** The way of one service from a commit to the last environment. */
export interface ServicePipeline {
  readonly service: string;
  /** Registry and name of its image. */
  readonly repository: string;
  /** The folder of its sources. */
  readonly source: string;
  /** The folder of values files that its own is in. */
  readonly values: string;
  readonly compile: ResolvedStep;
  readonly test: ResolvedStep;
  readonly stages: readonly Stage[];
}

/** What all services of a pipeline have in common. */
export interface PipelineDefinition {
  readonly name: string;
  readonly scope: Construct;
  readonly profile: PlatformProfile;
  readonly settings: PipelineValues;
  readonly applications: string;
  readonly manifests: string;
  readonly scripts: string;
  readonly branch: string;
  readonly argoCdServer: string;
  readonly signing: ImageSigning;
  /** The groups of Kubernetes that may approve. */
  readonly approvers: readonly string[];
}

/** The stage before all environments. */
export const BUILD_STAGE = 'build';

/** Fails on what is wrong whatever the services are. */
export function pipelineDefinition(
  scope: Construct, name: string, props: DeliveryPipelineProps, profile: PlatformProfile, approvers: readonly string[],
): PipelineDefinition {
  if (props.engines.length === 0) {
    fail(scope, 'has no engine, so nothing would run it', 'Name one in engines, such as PipelineEngine.gitLabCi(...)');
  }
  const twin = props.engines.find((engine, index) => props.engines.findIndex(({ _name }) => _name === engine._name) !== index);
  if (twin) {
    fail(scope, `has the engine ${twin} twice`, 'Name it once');
  }
  const { environments } = props;
  if (environments.length === 0) {
    fail(scope, 'has no environments, so nothing would be deployed', 'Name them in the order in which a change passes through them, such as Environment.standard()');
  }
  environments.forEach(({ name: environment }, index) => {
    if (environments.findIndex((other) => other.name === environment) !== index) {
      fail(scope, `passes through the environment '${environment}' twice`, 'Name it once');
    }
    if (environment === BUILD_STAGE) {
      fail(scope, `the environment '${environment}' has the name of the stage in which images are built`, 'Rename the environment');
    }
  });
  refuseSkippedApproval(scope, profile, environments);
  if (typeof props.argoCdServer !== 'string' || !/^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::[1-9]\d{0,4})?$/.test(props.argoCdServer)) {
    fail(scope, `argoCdServer ${show(props.argoCdServer)} is not a host`, "Write it without a scheme, such as 'argocd.example.com'");
  }
  pipelineFolder(scope, 'sources', props.sources);
  checkSteps(scope, 'steps', props.steps ?? {});
  const pipeline = PIPELINE_SETTINGS.of(profile);
  const argoCd = ARGO_CD_SETTINGS.of(profile);
  return {
    name,
    scope,
    profile,
    settings: pipeline,
    applications: pipelineFolder(scope, 'applications', props.applications),
    manifests: pipelineFolder(scope, 'manifests', props.manifests),
    scripts: pipelineFolder(scope, 'scripts', props.scripts),
    branch: argoCd.revision,
    argoCdServer: props.argoCdServer,
    signing: props.signing,
    approvers,
  };
}

/** Once somebody has approved a change, nobody may find out afterwards that it was not tested. */
function refuseSkippedApproval(scope: Construct, profile: PlatformProfile, environments: readonly Environment[]): void {
  const needs = environments.map((environment) => PIPELINE_SETTINGS.of(profile._in(environment)).approval);
  const first = needs.indexOf(true);
  const later = needs.findIndex((approval, index) => first >= 0 && index > first && !approval);
  if (later >= 0) {
    fail(scope, `'${environments[first].name}' wants an approval and comes before '${environments[later].name}', which wants none, so environments are out of order`,
      `Name '${environments[later].name}' before '${environments[first].name}', or set pipeline.approval in '${environments[later].name}' too`);
  }
}

/** The pipelines of all services that have tag files, in the order of their names. Fails where something is missing that nobody else could know. */
export function servicePipelines(definition: PipelineDefinition, props: DeliveryPipelineProps): ServicePipeline[] {
  const { scope } = definition;
  const nodes = servicesOf(scope);
  const names = [...nodes.keys()].sort();
  if (names.length === 0) {
    fail(scope, 'finds no service with tag files, so there is nothing to deploy', "Set the values files of a ServiceChart, such as values: Values.directory('applications/main')");
  }
  for (const name of Object.keys(props.services ?? {})) {
    if (!nodes.has(name)) {
      const near = nearest(name, names);
      fail(scope, `services has ${show(name)}, and no service of that name has tag files`, near ? `Did you mean '${near}'?` : `Known are ${names.join(', ')}`);
    }
  }
  const pipelines = names.map((name) => servicePipeline(definition, props, name, nodes.get(name)!));
  refuseMovingImages(definition, pipelines);
  return pipelines;
}

/** What builds images has more rights than what runs them, so the rule for those holds for it too. */
function refuseMovingImages({ scope, profile, settings }: PipelineDefinition, pipelines: readonly ServicePipeline[]): void {
  const steps = pipelines.flatMap(({ compile, test, stages }) => [compile, test, ...stages.flatMap(({ checks }) => checks)]);
  const moving = [...Object.values(settings.images), ...steps.map(({ image }) => image)].filter(({ digest }) => digest === undefined);
  if (IMAGE_SETTINGS.of(profile).requireDigest && moving.length > 0) {
    fail(scope, `images of the pipeline have no digest, and images.requireDigest is set: ${[...new Set(moving.map(String))].sort().join(', ')}`,
      'Write the digests that the registry shows, in pipeline.images, toolchain and the images of steps');
  }
}

/** Those that a release can be written for: services of a group with values files, by name. */
function servicesOf(scope: Construct): Map<string, ServiceNode[]> {
  const connections = Connections.of(scope);
  const found = new Map<string, ServiceNode[]>();
  const groups = connections.groups.filter(({ environment, values }) => environment && values?._directory !== undefined);
  for (const node of sorted(groups, ({ namespace }) => namespace).flatMap((group) => connections.servicesOf(group))) {
    found.set(node.name, [...found.get(node.name) ?? [], node]);
  }
  return found;
}

function servicePipeline(
  definition: PipelineDefinition, props: DeliveryPipelineProps, service: string, nodes: readonly ServiceNode[],
): ServicePipeline {
  const { scope, settings } = definition;
  const own = props.services?.[service];
  checkSteps(scope, `services.${service}.steps`, own?.steps ?? {});
  const values = sameValues(definition, service, nodes);
  const repositories = [...new Set(nodes.map((node) => imageRepository(node)))];
  if (repositories.length > 1) {
    fail(scope, `'${service}' has the image '${repositories[0]}' in one environment and '${repositories[1]}' in another, and a pipeline builds one and promotes it`,
      'Remove image.repository from the values file of the environment');
  }
  const step = (name: string, purpose: string): ResolvedStep => {
    const found = own?.steps?.[name] ?? props.steps?.[name] ?? settings.steps[name]
      ?? fail(scope, `'${service}' has no step '${name}', ${purpose}`,
        `Give its commands in steps, for all services or in services.${service}, such as { ${name}: { commands: ['npm run ${name}'] } }`);
    const image = found.image ?? own?.toolchain ?? props.toolchain ?? settings.toolchain
      ?? fail(scope, `nobody says which image has the programs of the step '${name}' of '${service}'`,
        "Name a toolchain, such as Image.of('docker.io/library/node', { tag: '22.21.1-bookworm' }), or the image of the step");
    return { ...found, name, image, seconds: (found.timeout ?? settings.stepTimeout).toSeconds() };
  };
  const compile = step('compile', 'so nothing would be compiled before its image is built');
  const test = step('test', 'so nothing would be tested before its image is built');
  const stages = props.environments.flatMap((environment): Stage[] => {
    const node = nodes.find(({ group }) => group.environment!.name === environment.name);
    if (!node) {
      return [];
    }
    const pipeline = PIPELINE_SETTINGS.of(node.group.profile);
    const argoCd = ARGO_CD_SETTINGS.of(node.group.profile);
    return [{
      environment: environment.name,
      namespace: node.group.namespace,
      application: `${service}-${environment.name}`,
      autoSync: argoCd.autoSync,
      checks: pipeline.checks.map((name) => step(name, `which 'pipeline.checks' of the environment '${environment.name}' asks for`)),
      settings: pipeline,
    }];
  });
  const missing = nodes.find(({ group }) => !stages.some(({ environment }) => environment === group.environment!.name));
  if (missing) {
    const { name } = missing.group.environment!;
    fail(scope, `'${service}' is defined in the environment '${name}', which is not among environments, so it would never be released there`,
      'Add it to environments, in the order in which a change passes through them');
  }
  return {
    service,
    repository: repositories[0],
    source: own?.source === undefined ? `${props.sources}/${service}` : pipelineFolder(scope, `services.${service}.source`, own.source),
    values,
    compile,
    test,
    stages,
  };
}

function sameValues({ scope, applications }: PipelineDefinition, service: string, nodes: readonly ServiceNode[]): string {
  const folders = [...new Set(nodes.map(({ group }) => group.values!._directory!))].sort();
  if (folders.length > 1) {
    fail(scope, `the tag files of '${service}' are in '${folders[0]}' and in '${folders[1]}', and a release is written to one folder`, 'Give all environments of the group one folder');
  }
  if (!folders[0].startsWith(`${applications}/`)) {
    fail(scope, `the tag files of '${service}' are in '${folders[0]}', which is not below '${applications}'`, 'Name the folder above it in applications');
  }
  return pipelineFolder(scope, 'values of the group', folders[0]);
}
