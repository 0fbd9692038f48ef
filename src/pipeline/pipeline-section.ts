import { Duration } from 'cdk8s';
import type { Construct } from 'constructs';
import type { PipelineValues } from './pipeline-settings';
import { checkCommand, checkStep, checkStepImage, checkStepTimeout, type PipelineStep } from './pipeline-step';
import { section } from '../profile/section';
import { Stage } from '../profile/stage';
import { fail } from '../values/errors';
import { PINS } from '../values/image-pins';
import { Quantity } from '../values/quantity';
import { Resources } from '../values/resources';
import { dnsLabel, plainText, show, wholeNumber, wholeSeconds } from '../values/value-checks';

const SEVERITIES = ['UNKNOWN', 'LOW', 'MEDIUM', 'HIGH', 'CRITICAL'];
const MOST_ATTEMPTS = 100;
/** GitHub ends what waits longer. */
const LONGEST_APPROVAL_SECONDS = 30 * 86_400;
const LONGEST_SOAK_SECONDS = 5 * 3600;

/** Fails on what no pipeline could be made of. */
export function checkPipeline(where: Construct | string, settings: PipelineValues): void {
  settings.checks.forEach((name) => checkStepName(where, 'pipeline.checks', name));
  const twice = settings.checks.find((name, index) => settings.checks.indexOf(name) !== index);
  if (twice !== undefined) {
    fail(where, `pipeline.checks has '${twice}' twice`, 'Name it once');
  }
  checkSteps(where, 'pipeline.steps', settings.steps);
  if (settings.synthesis.length === 0) {
    fail(where, 'pipeline.synthesis has no commands, so a release would change no manifest', "Write those that render the manifests, such as 'npm run synth'");
  }
  settings.install.forEach((command) => checkCommand(where, 'a command of pipeline.install', command));
  settings.synthesis.forEach((command) => checkCommand(where, 'a command of pipeline.synthesis', command));
  const unknown = settings.severities.find((severity) => !SEVERITIES.includes(severity));
  if (unknown !== undefined || settings.severities.length === 0) {
    fail(where, unknown === undefined ? 'pipeline.severities is empty, so no vulnerability would end a pipeline' : `pipeline.severities has ${show(unknown)}`,
      `Use some of ${SEVERITIES.join(', ')}`);
  }
  if (settings.baseImages.length === 0) {
    fail(where, 'pipeline.baseImages is empty, so no image could be built', "Name some, such as 'distroless' and 'alpine'");
  }
  settings.baseImages.forEach((name) => dnsLabel(where, 'pipeline.baseImages', name));
  checkStepTimeout(where, 'pipeline.stepTimeout', settings.stepTimeout);
  checkStepTimeout(where, 'pipeline.deployTimeout', settings.deployTimeout);
  wholeSeconds(where, 'pipeline.approvalTimeout', settings.approvalTimeout, 1, LONGEST_APPROVAL_SECONDS);
  wholeSeconds(where, 'pipeline.soak', settings.soak, 0, LONGEST_SOAK_SECONDS);
  wholeNumber(where, settings.pushAttempts, 1, MOST_ATTEMPTS, 'pipeline.pushAttempts');
  plainText(where, 'pipeline.author', settings.author);
  if (!/^[^<>"'$`\\]+ <[^<>\s"'$`\\]+@[^<>\s"'$`\\]+>$/.test(settings.author)) {
    fail(where, `pipeline.author ${show(settings.author)} is not an author of Git`, "Write name and address, such as 'Delivery <delivery@example.com>'");
  }
  if (!/^[a-z0-9][a-z0-9.-]*$/.test(settings.runner) || settings.runner.endsWith('-latest')) {
    fail(where, `pipeline.runner ${show(settings.runner)} is not one machine of GitHub`, "Name a version, such as 'ubuntu-24.04'");
  }
  Object.entries({ ...settings.images, toolchain: settings.toolchain })
    .forEach(([name, image]) => image && checkStepImage(where, `pipeline.${name === 'toolchain' ? name : `images.${name}`}`, image));
  Resources._partial(where, settings.resources);
  Quantity._of('storage', where, 'pipeline.workspace', settings.workspace);
}

/** Fails on steps that cannot be run, or have a name of their own in no pipeline. */
export function checkSteps(where: Construct | string, what: string, steps: { readonly [name: string]: PipelineStep }): void {
  for (const [name, step] of Object.entries(steps)) {
    checkStepName(where, what, name);
    checkStep(where, `${what}.${name}`, step);
  }
}

/** What a pipeline does itself; a step of the same name would be mistaken for it. */
const OWN_STEPS = [
  'abort', 'approval', 'build', 'clone', 'exit', 'fetch', 'health', 'image', 'inspect', 'prepare', 'promote', 'release', 'restore', 'revert', 'scan', 'sign', 'synthesis', 'verify', 'wait',
];
const LONGEST_STEP_NAME = 30;

function checkStepName(where: Construct | string, what: string, name: string): void {
  dnsLabel(where, `a step of ${what}`, name, LONGEST_STEP_NAME);
  if (OWN_STEPS.includes(name)) {
    fail(where, `'${name}' in ${what} is a step of the pipeline itself`, 'Give it another name');
  }
  if (/^\d/.test(name)) {
    fail(where, `'${name}' in ${what} begins with a digit, which neither GitHub nor Argo Workflows take`, 'Begin it with a letter');
  }
}

/** How a change gets from a commit into an environment, where a `DeliveryPipeline` is defined. */
export const PIPELINE_SETTINGS = section<PipelineValues>('pipeline', () => ({
  checks: [],
  approval: false,
  rollback: false,
  soak: Duration.seconds(0),
  // every organisation has its own
  steps: {},
  toolchain: undefined,
  install: ['npm ci'],
  synthesis: ['npm run synth'],
  severities: ['HIGH', 'CRITICAL'],
  unfixed: false,
  baseImages: ['alpine', 'distroless', 'scratch', 'wolfi', 'chainguard'],
  stepTimeout: Duration.minutes(30),
  deployTimeout: Duration.minutes(20),
  approvalTimeout: Duration.days(3),
  pushAttempts: 8,
  author: 'Delivery <delivery@example.com>',
  runner: 'ubuntu-24.04',
  images: {
    release: PINS.node.image,
    scan: PINS.trivy.image,
    buildKit: PINS.buildKit.image,
    buildx: PINS.buildx.image,
    sign: PINS.cosign.image,
    argoCd: PINS.argoCd.image,
  },
  resources: {
    cpuRequest: '250m',
    cpuLimit: '2',
    memoryRequest: '512Mi',
    memoryLimit: '2Gi',
    ephemeralStorageRequest: '256Mi',
    ephemeralStorageLimit: '2Gi',
  },
  workspace: '5Gi',
}), {
  check: checkPipeline,
  openContent: ['steps'],
  stages: {
    [Stage.DEVELOPMENT]: { checks: ['integration', 'smoke'] },
    [Stage.STAGING]: { checks: ['regression', 'performance'] },
    [Stage.PRODUCTION]: { approval: true, rollback: true, soak: Duration.minutes(5) },
  },
});
