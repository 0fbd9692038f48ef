import type { ImageSigning } from './image-signing';
import type { PipelineEngine } from './pipeline-engine';
import type { PipelineStep } from './pipeline-step';
import type { Environment } from '../profile/environment';
import type { PlatformProfile } from '../profile/platform-profile';
import type { Image } from '../values/image';

/**
 * What is different for one service.
 */
export interface ServicePipelineOptions {
  /**
   * The folder of its sources with its `Dockerfile`, from the root of the repository.
   *
   * @default - the folder of the service's name in `sources`
   */
  readonly source?: string;

  /**
   * The image of its steps that name none.
   *
   * @default - `toolchain` of the pipeline
   */
  readonly toolchain?: Image;

  /**
   * Steps that are otherwise than those of all services, by name.
   *
   * @default - those of all services
   */
  readonly steps?: { [name: string]: PipelineStep };
}

/**
 * Properties for `DeliveryPipeline`.
 */
export interface DeliveryPipelineProps {
  /**
   * The environments in the order in which a change passes through them.
   */
  readonly environments: Environment[];

  /**
   * What runs the pipeline. Several run it each for itself, so name more than one only while you move from one to another.
   */
  readonly engines: PipelineEngine[];

  /**
   * The folder of values files and tag files, from the root of the repository, as `directory` of `ArgoCdRepository`.
   */
  readonly applications: string;

  /**
   * The folder of the rendered manifests, from the root of the repository.
   */
  readonly manifests: string;

  /**
   * The folder with the sources of all services, each in a folder of its name with a `Dockerfile`.
   */
  readonly sources: string;

  /**
   * The folder that the scripts of the pipeline are written to, from the root of the repository.
   */
  readonly scripts: string;

  /**
   * The host of Argo CD, such as `argocd.example.com`.
   */
  readonly argoCdServer: string;

  /**
   * How images are signed.
   */
  readonly signing: ImageSigning;

  /**
   * The steps of all services, by name: `compile` and `test`, and each that `pipeline.checks` of an environment names.
   *
   * @default - the profile's `pipeline.steps` (none)
   */
  readonly steps?: { [name: string]: PipelineStep };

  /**
   * The image of steps that name none.
   *
   * @default - the profile's `pipeline.toolchain` (none)
   */
  readonly toolchain?: Image;

  /**
   * What is different for single services, by name.
   *
   * @default - nothing
   */
  readonly services?: { [service: string]: ServicePipelineOptions };

  /**
   * The profile of the organisation.
   *
   * @default - the platform profile in force
   */
  readonly profile?: PlatformProfile;
}
