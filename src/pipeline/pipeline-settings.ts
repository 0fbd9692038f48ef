import type { Duration } from 'cdk8s';
import type { PipelineStep } from './pipeline-step';
import type { Image } from '../values/image';
import type { ResourceAmounts } from '../values/resources';

/**
 * The images whose programs a pipeline runs, each with `sh`.
 */
export interface PipelineImages {
  /**
   * Node.js, npm and Git: synthesises, and commits releases.
   *
   * @default - `pipeline.images.release` of the platform profile in force
   */
  readonly release?: Image;

  /**
   * Trivy: looks for known vulnerabilities and secrets, and writes the bill of materials (SBOM).
   *
   * @default - `pipeline.images.scan` of the platform profile in force
   */
  readonly scan?: Image;

  /**
   * BuildKit without privileges: builds images.
   *
   * @default - `pipeline.images.buildKit` of the platform profile in force
   */
  readonly buildKit?: Image;

  /**
   * BuildKit as Docker runs it on the machines of GitHub, which are thrown away after a job.
   *
   * @default - `pipeline.images.buildx` of the platform profile in force
   */
  readonly buildx?: Image;

  /**
   * Cosign: signs images.
   *
   * @default - `pipeline.images.sign` of the platform profile in force
   */
  readonly sign?: Image;

  /**
   * The command line of Argo CD: waits for what was deployed.
   *
   * @default - `pipeline.images.argoCd` of the platform profile in force
   */
  readonly argoCd?: Image;
}

/**
 * How a change gets from a commit into an environment.
 */
export interface PipelineSettings {
  /**
   * The steps after a deployment, in their order, by the names under which `steps` describe them. Each environment has its own.
   *
   * @default - `pipeline.checks` of the platform profile in force
   */
  readonly checks?: string[];

  /**
   * Whether somebody must approve before anything is released to an environment.
   *
   * @default - `pipeline.approval` of the platform profile in force
   */
  readonly approval?: boolean;

  /**
   * Whether a release is taken back when it does not become healthy, or a check fails.
   *
   * @default - `pipeline.rollback` of the platform profile in force
   */
  readonly rollback?: boolean;

  /**
   * How long a release must stay healthy before the pipeline is done with an environment: 0 or more.
   *
   * @default - `pipeline.soak` of the platform profile in force
   */
  readonly soak?: Duration;

  /**
   * What all services have in common of their steps, by name: `compile`, `test`, and those that `checks` name.
   *
   * @default - `pipeline.steps` of the platform profile in force, which has none by default
   */
  readonly steps?: { [name: string]: PipelineStep };

  /**
   * The image of steps that name none.
   *
   * @default - `pipeline.toolchain` of the platform profile in force, which has none by default
   */
  readonly toolchain?: Image;

  /**
   * The commands that install this library and what else the program of the manifests needs, in the root of the repository.
   *
   * @default - `pipeline.install` of the platform profile in force
   */
  readonly install?: string[];

  /**
   * The commands that render the manifests, in the root of the repository.
   *
   * @default - `pipeline.synthesis` of the platform profile in force
   */
  readonly synthesis?: string[];

  /**
   * The severities of vulnerabilities that end the pipeline, as Trivy names them.
   *
   * @default - `pipeline.severities` of the platform profile in force
   */
  readonly severities?: string[];

  /**
   * Whether vulnerabilities that nobody has mended yet end it too.
   *
   * @default - `pipeline.unfixed` of the platform profile in force
   */
  readonly unfixed?: boolean;

  /**
   * What images may be made of: `distroless`, `scratch`, or a distribution as Trivy names it, such as `alpine` or `wolfi`.
   *
   * @default - `pipeline.baseImages` of the platform profile in force
   */
  readonly baseImages?: string[];

  /**
   * After how long a step fails: 1 minute to 6 hours.
   *
   * @default - `pipeline.stepTimeout` of the platform profile in force
   */
  readonly stepTimeout?: Duration;

  /**
   * After how long a deployment that does not become healthy fails: 1 minute to 6 hours.
   *
   * @default - `pipeline.deployTimeout` of the platform profile in force
   */
  readonly deployTimeout?: Duration;

  /**
   * For how long an approval is waited for.
   *
   * @default - `pipeline.approvalTimeout` of the platform profile in force
   */
  readonly approvalTimeout?: Duration;

  /**
   * How often a push is tried again because somebody else pushed meanwhile: 1 to 100.
   *
   * @default - `pipeline.pushAttempts` of the platform profile in force
   */
  readonly pushAttempts?: number;

  /**
   * Who commits releases: `<name> <<address>>`.
   *
   * @default - `pipeline.author` of the platform profile in force
   */
  readonly author?: string;

  /**
   * The machine of GitHub that jobs run on. It must have Docker.
   *
   * @default - `pipeline.runner` of the platform profile in force
   */
  readonly runner?: string;

  /**
   * The images whose programs it runs.
   *
   * @default - `pipeline.images` of the platform profile in force
   */
  readonly images?: PipelineImages;

  /**
   * Processors and memory of each container of Argo Workflows.
   *
   * @default - `pipeline.resources` of the platform profile in force
   */
  readonly resources?: ResourceAmounts;

  /**
   * The volume that the steps of one run in Argo Workflows share, such as `5Gi`.
   *
   * @default - `pipeline.workspace` of the platform profile in force
   */
  readonly workspace?: string;
}

/** Settings with every value in place, but for what every organisation has its own of. */
export type PipelineValues = Required<Omit<PipelineSettings, 'toolchain' | 'images'>> & {
  readonly toolchain: Image | undefined;
  readonly images: Required<PipelineImages>;
};
