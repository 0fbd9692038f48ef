import type { Construct } from 'constructs';
import type { DeliveryPipelineProps } from './delivery-pipeline-props';
import type { PipelineDefinition } from './pipeline-definition';
import { pipelineFolder } from './pipeline-folder';
import { checkSteps, PIPELINE_SETTINGS } from './pipeline-section';
import { imageRepository } from './service-image';
import { ConnectionIndex } from '../core/connection-index';
import type { ServiceNode } from '../core/edges';
import { ARGO_CD_SETTINGS } from '../delivery/argo-cd-settings';
import type { ManifestSet } from '../manifests/manifest-set';
import { IMAGE_SETTINGS } from '../security/image-settings';
import { fail, nearest } from '../values/errors';
import { sorted } from '../values/sorted';
import { show } from '../values/value-checks';

/** A step with all settings resolved. In a template, `image` and `commands` may be references to inputs. */
export interface ResolvedStep {
  readonly name: string;
  readonly image: string;
  /** Lines of shell. */
  readonly commands: string;
  readonly secrets: readonly string[];
  readonly seconds: number;
  /** In a template of services whose steps have different timeouts: the reference to that input. `seconds` is then the longest. */
  readonly timeout?: string;
}

/** What happens in one environment, after that before it. */
export interface Stage {
  readonly environment: string;
  readonly namespace: string;
  /** Whether Argo CD applies by itself what is in the repository. */
  readonly autoSync: boolean;
  readonly checks: readonly ResolvedStep[];
  readonly approval: boolean;
  readonly approvalSeconds: number;
  readonly rollback: boolean;
  readonly deploySeconds: number;
  readonly soakSeconds: number;
}

/** The way of one service from a commit to the last environment, or that of all services of a template. */
export interface ServicePipeline {
  readonly service: string;
  /** Registry and name of its image. */
  readonly repository: string;
  /** The folder of its sources. */
  readonly source: string;
  /** The folder of values files that contains those of the service. */
  readonly values: string;
  /** The image of steps that name none. */
  readonly toolchain: string;
  readonly compile: ResolvedStep;
  readonly test: ResolvedStep;
  readonly stages: readonly Stage[];
}

/** The pipelines of all services that have tag files, in the order of their names. Fails where something is missing that nobody else could know. */
export function servicePipelines(definition: PipelineDefinition, props: DeliveryPipelineProps, manifests: ManifestSet): ServicePipeline[] {
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
  const pipelines = names.map((name) => servicePipeline(definition, props, manifests, name, nodes.get(name)!));
  refuseMovingImages(definition, pipelines);
  return pipelines;
}

/** All steps that people describe. One that several environments run is there for each. */
export function stepsOf({ compile, test, stages }: ServicePipeline): ResolvedStep[] {
  return [compile, test, ...stages.flatMap(({ checks }) => checks)];
}

/** What builds images has more rights than what runs them, so the rule for those holds for it too. */
function refuseMovingImages({ scope, profile, settings }: PipelineDefinition, pipelines: readonly ServicePipeline[]): void {
  const images = [...Object.values(settings.images).map(String), ...pipelines.flatMap((pipeline) => stepsOf(pipeline).map(({ image }) => image))];
  const moving = images.filter((image) => !image.includes('@'));
  if (IMAGE_SETTINGS.of(profile).requireDigest && moving.length > 0) {
    fail(scope, `images of the pipeline have no digest, and images.requireDigest is set: ${[...new Set(moving)].sort().join(', ')}`,
      'Write the digests that the registry shows, in pipeline.images, toolchain and the images of steps');
  }
}

/** Those that a release can be written for: services of a group with values files, by name. */
function servicesOf(scope: Construct): Map<string, ServiceNode[]> {
  const connections = ConnectionIndex.of(scope);
  const found = new Map<string, ServiceNode[]>();
  const groups = connections.groups.filter(({ environment, values }) => environment && values?._directory !== undefined);
  for (const node of sorted(groups, ({ namespace }) => namespace).flatMap((group) => connections.servicesOf(group))) {
    found.set(node.name, [...found.get(node.name) ?? [], node]);
  }
  return found;
}

function servicePipeline(
  definition: PipelineDefinition, props: DeliveryPipelineProps, manifests: ManifestSet, service: string, nodes: readonly ServiceNode[],
): ServicePipeline {
  const { scope, settings } = definition;
  const own = props.services?.[service];
  checkSteps(scope, `services.${service}.steps`, own?.steps ?? {});
  const values = sameValues(definition, service, nodes);
  const repositories = [...new Set(nodes.map((node) => imageRepository(node, manifests)))];
  if (repositories.length > 1) {
    fail(scope, `'${service}' has the image '${repositories[0]}' in one environment and '${repositories[1]}' in another, and a pipeline builds one and promotes it`,
      'Remove image.repository from the values file of the environment');
  }
  const toolchain = own?.toolchain ?? props.toolchain ?? settings.toolchain;
  const step = (name: string, purpose: string): ResolvedStep => {
    const found = own?.steps?.[name] ?? props.steps?.[name] ?? settings.steps[name]
      ?? fail(scope, `'${service}' has no step '${name}', ${purpose}`,
        `Give its commands in steps, for all services or in services.${service}, such as { ${name}: { commands: ['npm run ${name}'] } }`);
    const image = found.image ?? toolchain
      ?? fail(scope, `nobody says which image has the programs of the step '${name}' of '${service}'`,
        "Name a toolchain, such as Image.of('docker.io/library/node', { tag: '22.21.1-bookworm' }), or the image of the step");
    return {
      name,
      image: `${image}`,
      commands: found.commands.join('\n'),
      secrets: found.secrets ?? [],
      seconds: (found.timeout ?? settings.stepTimeout).toSeconds(),
    };
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
      autoSync: argoCd.autoSync,
      checks: pipeline.checks.map((name) => step(name, `which 'pipeline.checks' of the environment '${environment.name}' asks for`)),
      approval: pipeline.approval,
      approvalSeconds: pipeline.approvalTimeout.toSeconds(),
      rollback: pipeline.rollback,
      deploySeconds: pipeline.deployTimeout.toSeconds(),
      soakSeconds: pipeline.soak.toSeconds(),
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
    toolchain: `${toolchain ?? ''}`,
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
