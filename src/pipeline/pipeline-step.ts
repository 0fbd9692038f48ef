import type { Duration } from 'cdk8s';
import type { Construct } from 'constructs';
import { fail } from '../values/errors';
import type { Image } from '../values/image';
import { plainText, secretLooking, show, wholeSeconds } from '../values/value-checks';

/**
 * What a pipeline runs in a container: the compiler, the tests, a test of what was deployed.
 *
 * The commands run in the folder of the service's sources, by `sh -e`: the first that fails ends the step. They find the variables `SERVICE`,
 * `REVISION` (the commit), and after a deployment `ENVIRONMENT`, `NAMESPACE`, `IMAGE` and `DIGEST`.
 */
export interface PipelineStep {
  /**
   * Lines of shell, at least one. Those of a pipeline's own language, such as `${{ ... }}` of GitHub, are refused: a value that others choose
   * would be run as a command.
   */
  readonly commands: string[];

  /**
   * The image that has the programs, and `sh`.
   *
   * @default - the toolchain of the service, or of the pipeline
   */
  readonly image?: Image;

  /**
   * After how long it fails: 1 minute to 6 hours.
   *
   * @default - the profile's `pipeline.stepTimeout` (1800 s)
   */
  readonly timeout?: Duration;

  /**
   * Secrets that it finds as variables of the same names, such as `TEST_ACCOUNT_PASSWORD`: those of GitHub's environments, GitLab's variables,
   * or the keys of the Kubernetes Secret `<pipeline>-steps`.
   *
   * @default - none
   */
  readonly secrets?: string[];
}

/** A job longer than this is ended by GitHub. */
const LONGEST_STEP_SECONDS = 6 * 3600;
const MINUTE_SECONDS = 60;

/** Names that pipelines give to variables of their own. */
const TAKEN = /^(?:GITHUB_|CI_|GITLAB_|RUNNER_|ACTIONS_|ARGO|GIT_|REGISTRY_|COSIGN_)|^(?:CI|DIGEST|ENVIRONMENT|HOME|IMAGE|NAMESPACE|PATH|REVISION|SERVICE|COMMANDS|SOURCE)$/;

/** Fails on what a pipeline could not run, or would run otherwise than it is written. */
export function checkStep(where: Construct | string, what: string, step: PipelineStep): void {
  const { commands, timeout, secrets, image } = step;
  if (!Array.isArray(commands) || commands.length === 0) {
    fail(where, `${what} has no commands`, "Write at least one, such as 'npm test'");
  }
  commands.forEach((command) => checkCommand(where, `a command of ${what}`, command));
  if (timeout !== undefined) {
    checkStepTimeout(where, `the timeout of ${what}`, timeout);
  }
  if (image !== undefined) {
    checkStepImage(where, what, image);
  }
  (secrets ?? []).forEach((name) => checkSecretName(where, what, name));
}

export function checkStepTimeout(where: Construct | string, what: string, timeout: Duration): void {
  wholeSeconds(where, what, timeout, MINUTE_SECONDS, LONGEST_STEP_SECONDS);
}

/** One line of shell, in which no pipeline replaces anything before the shell reads it. */
export function checkCommand(where: Construct | string, what: string, command: string): void {
  plainText(where, what, command);
  const template = ['${{', '{{', '$[['].find((mark) => command.includes(mark));
  if (template !== undefined) {
    fail(where, `${what} holds '${template}', which a pipeline fills in before the shell reads it, whatever the value is`,
      'Use a variable such as "$SERVICE", in quotes');
  }
  const secret = secretLooking('command', command);
  if (secret !== undefined) {
    // not shown, because that is what it would give away
    fail(where, `${what} looks like a secret: ${secret}`, 'Name the secret in secrets, and use its variable');
  }
}

/** An image that another push could replace would be other programs at each run. */
export function checkStepImage(where: Construct | string, what: string, image: Image): void {
  if (image.digest === undefined && !/\d/.test(image.tag!)) {
    fail(where, `the image '${image}' of ${what} is named by a tag that moves`, "Name a version, such as '22.21.1', or the digest that the registry shows");
  }
}

function checkSecretName(where: Construct | string, what: string, name: string): void {
  if (typeof name !== 'string' || !/^[A-Z][A-Z0-9_]{0,99}$/.test(name)) {
    fail(where, `${show(name)} in the secrets of ${what} is not the name of a variable`, "Write upper-case letters, digits and '_', such as 'TEST_PASSWORD'");
  }
  if (TAKEN.test(name)) {
    fail(where, `'${name}' in the secrets of ${what} is a variable of the pipeline itself`, 'Give the secret another name');
  }
}
