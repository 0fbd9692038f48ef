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
   * @default - the profile's `pipeline.images.release` (docker.io/library/node:22.21.1-bookworm)
   */
  readonly release?: Image;

  /**
   * Trivy: looks for known vulnerabilities and secrets, and writes the bill of materials (SBOM).
   *
   * @default - the profile's `pipeline.images.scan`
   */
  readonly scan?: Image;

  /**
   * BuildKit without privileges: builds images.
   *
   * @default - the profile's `pipeline.images.buildKit`
   */
  readonly buildKit?: Image;

  /**
   * BuildKit as Docker runs it on the machines of GitHub, which are thrown away after a job.
   *
   * @default - the profile's `pipeline.images.buildx`
   */
  readonly buildx?: Image;

  /**
   * Cosign: signs images.
   *
   * @default - the profile's `pipeline.images.sign` (ghcr.io/sigstore/cosign/cosign:v3.0.5-dev)
   */
  readonly sign?: Image;

  /**
   * The command line of Argo CD: waits for what was deployed.
   *
   * @default - the profile's `pipeline.images.argoCd` (quay.io/argoproj/argocd:v3.4.13)
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
   * @default - the profile's `pipeline.checks` (none)
   */
  readonly checks?: string[];

  /**
   * Whether somebody must approve before anything is released to an environment.
   *
   * @default - the profile's `pipeline.approval` (false)
   */
  readonly approval?: boolean;

  /**
   * Whether a release is taken back when it does not become healthy, or a check fails.
   *
   * @default - the profile's `pipeline.rollback` (false)
   */
  readonly rollback?: boolean;

  /**
   * How long a release must stay healthy before the pipeline is done with an environment: 0 or more.
   *
   * @default - the profile's `pipeline.soak` (0 s)
   */
  readonly soak?: Duration;

  /**
   * What all services have in common of their steps, by name: `compile`, `test`, and those that `checks` name.
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
   * The commands that install this library and what else the program of the manifests needs, in the root of the repository.
   *
   * @default - the profile's `pipeline.install` (npm ci)
   */
  readonly install?: string[];

  /**
   * The commands that render the manifests, in the root of the repository.
   *
   * @default - the profile's `pipeline.synthesis` (npm run synth)
   */
  readonly synthesis?: string[];

  /**
   * The severities of vulnerabilities that end the pipeline, as Trivy names them.
   *
   * @default - the profile's `pipeline.severities` (HIGH, CRITICAL)
   */
  readonly severities?: string[];

  /**
   * Whether vulnerabilities that nobody has mended yet end it too.
   *
   * @default - the profile's `pipeline.unfixed` (false)
   */
  readonly unfixed?: boolean;

  /**
   * What images may be made of: `distroless`, `scratch`, or a distribution as Trivy names it, such as `alpine` or `wolfi`.
   *
   * @default - the profile's `pipeline.baseImages` (alpine, distroless, scratch, wolfi, chainguard)
   */
  readonly baseImages?: string[];

  /**
   * After how long a step fails: 1 minute to 6 hours.
   *
   * @default - the profile's `pipeline.stepTimeout` (1800 s)
   */
  readonly stepTimeout?: Duration;

  /**
   * After how long a deployment that does not become healthy fails: 1 minute to 6 hours.
   *
   * @default - the profile's `pipeline.deployTimeout` (1200 s)
   */
  readonly deployTimeout?: Duration;

  /**
   * For how long an approval is waited for.
   *
   * @default - the profile's `pipeline.approvalTimeout` (259200 s)
   */
  readonly approvalTimeout?: Duration;

  /**
   * How often a push is tried again because somebody else pushed meanwhile: 1 to 100.
   *
   * @default - the profile's `pipeline.pushAttempts` (8)
   */
  readonly pushAttempts?: number;

  /**
   * Who commits releases: `<name> <<address>>`.
   *
   * @default - the profile's `pipeline.author` (Delivery <delivery@example.com>)
   */
  readonly author?: string;

  /**
   * The machine of GitHub that jobs run on. It must have Docker.
   *
   * @default - the profile's `pipeline.runner` (ubuntu-24.04)
   */
  readonly runner?: string;

  /**
   * The images whose programs it runs.
   *
   * @default - the profile's `pipeline.images`
   */
  readonly images?: PipelineImages;

  /**
   * Processors and memory of each container of Argo Workflows.
   *
   * @default - the profile's `pipeline.resources`
   */
  readonly resources?: ResourceAmounts;

  /**
   * The volume that the steps of one run in Argo Workflows share, such as `5Gi`.
   *
   * @default - the profile's `pipeline.workspace` (5Gi)
   */
  readonly workspace?: string;
}

/** Settings with every value in place, but for what every organisation has its own of. */
export type PipelineValues = Required<Omit<PipelineSettings, 'toolchain' | 'images'>> & {
  readonly toolchain: Image | undefined;
  readonly images: Required<PipelineImages>;
};
