import { readFileSync } from 'node:fs';
import { Duration } from 'cdk8s';
import type { Construct } from 'constructs';
import { array, assert, constantFrom, oneof, property, string } from 'fast-check';
import { load } from 'js-yaml';
import {
  ARGO, argo, DIGEST, documents, gitHub, gitLab, HEADER, jobs, type Setup, setup, STEPS, steps, synth, workflow,
} from './delivery-setup';
import { Environment, Image } from '../../src';
import { BUILT_IN_RULES } from '../../src/checks/built-in-rules';
import { judge } from '../../src/checks/judge';
import { registryOf } from '../../src/checks/registry';
import { Severity } from '../../src/checks/severity';
import { GitRepository } from '../../src/delivery';
import { ImageSigning, PipelineDefaults, PipelineEngine } from '../../src/pipeline';
import { checkCommand } from '../../src/pipeline/pipeline-step';
import { PINS } from '../../src/values/image-pins';
import { Schedule, ScheduledJob } from '../../src/workloads';
import { filesIn } from '../output/output-folders';
import { DEV, PROD, profileWith, STAGING } from '../support/platform';
import { ALL_SECTIONS, type AnyChanges } from '../support/settings';
import { workflowFaults } from '../support/workflow-graph';
import { useOwnWorkingDirectory, write } from '../support/working-directory';

useOwnWorkingDirectory();

describe('what is written', () => {
  test('is a small file for each service and engine, a template that they call, and scripts that all of them run', () => {
    write('.github/workflows/people.yaml', 'name: people\n');
    synth({ props: { engines: [gitHub, gitLab, argo()] }, services: ['checkout', 'order'] });
    expect(filesIn('.github')).toEqual(['checkout', 'delivery-manifests', 'delivery', 'order', 'people'].map((name) => `workflows/${name}.yaml`));
    expect(filesIn('pipelines').filter((file) => !file.startsWith('scripts'))).toEqual([
      'argo-workflows/checkout.yaml', 'argo-workflows/delivery.yaml', 'argo-workflows/namespace.yaml', 'argo-workflows/order.yaml',
      'gitlab/checkout.yaml', 'gitlab/delivery.yaml', 'gitlab/order.yaml', 'gitlab/pipeline.yaml',
    ]);
    expect(filesIn('pipelines/scripts')).toContain('release.sh');
    const rendered = [...filesIn('pipelines').map((file) => `pipelines/${file}`), '.github/workflows/order.yaml'];
    expect(rendered.filter((file) => !readFileSync(file, 'utf8').startsWith(`${HEADER}\n`))).toEqual([]);
    expect(filesIn('dist').filter((file) => !/^(?:dev|staging|prod)\//.test(file))).toEqual([]);
  });

  test('is there for jobs too, which have an image and a tag file', () => {
    const app = setup({ services: [] });
    write('applications/main/report/prod/tag.yaml', `image:\n  tag: "1.4.2"\n  digest: ${DIGEST}\n`);
    new ScheduledJob(app.node.findChild('core-business-prod') as Construct, 'report', { schedule: Schedule.daily('03:00') });
    app.synth();
    expect(workflow('report').jobs.image.env.REPOSITORY).toBe('registry.example.com/report');
    expect(Object.keys(workflow('report').jobs)).toEqual(['verify', 'synthesis', 'image', 'approval-prod', 'prepare-prod', 'prod']);
  });

  test('compares manifests with their program at a change of any path, in GitHub and in GitLab', () => {
    synth({ props: { engines: [gitHub, gitLab] } });
    const { on, permissions, jobs: { synthesis } } = load(readFileSync('.github/workflows/delivery-manifests.yaml', 'utf8')) as any;
    expect({ on, permissions }).toEqual({ on: { push: { branches: ['main'] }, pull_request: {} }, permissions: {} });
    expect(synthesis.permissions).toEqual({ contents: 'read' });
    expect(synthesis.steps[1].with.args).toBe('pipelines/scripts/synthesis.sh');
    const root = load(readFileSync('pipelines/gitlab/pipeline.yaml', 'utf8')) as any;
    const { rules, needs, script, stage } = root['compare-manifests'];
    expect({ rules, needs, script, stage }).toEqual({ rules: undefined, needs: [], script: ['sh "$SCRIPTS/synthesis.sh"'], stage: 'build' });
  });

  test('signs in the format that the cluster looks for', () => {
    const format = () => workflow().jobs.image.steps.at(-1).env.SIGNATURE_FORMAT;
    synth();
    expect(format()).toBe('legacy');
    synth({ changes: { images: { verifier: 'policy-controller', signatureFormat: 'bundle' } } });
    expect(format()).toBe('bundle');
  });

  test('goes when its service goes, and nothing else does', () => {
    write('.github/workflows/order.yaml', `${HEADER}\nname: order\n`);
    write('pipelines/scripts/old.sh', `${HEADER}\n`);
    write('pipelines/scripts/mine.sh', '# people\n');
    synth();
    expect(filesIn('.github/workflows')).toEqual(['checkout.yaml', 'delivery-manifests.yaml', 'delivery.yaml']);
    expect(filesIn('pipelines/scripts')).toContain('mine.sh');
    expect(filesIn('pipelines/scripts')).not.toContain('old.sh');
  });

  test('is the same at the second synthesis, and whatever the order of statements', () => {
    const texts = () => [...filesIn('pipelines').map((file) => `pipelines/${file}`), ...filesIn('.github').map((file) => `.github/${file}`)].map((file) => readFileSync(file, 'utf8'));
    const app = setup({ props: { engines: [gitHub, gitLab, argo()] }, services: ['checkout', 'order'] });
    app.synth();
    const before = texts();
    app.synth();
    expect(texts()).toEqual(before);
    synth({ props: { engines: [argo(), gitLab, gitHub] }, services: ['order', 'checkout'] });
    expect(texts()).toEqual(before);
  });

  test('is nothing when anything is wrong', () => {
    expect(() => synth({ props: { steps: {} } })).toThrow();
    expect(filesIn('.').filter((file) => !file.endsWith('tag.yaml'))).toEqual([]);
  });
});

describe('a workflow of GitHub', () => {
  test('has the stages in their order, and an approval before prod', () => {
    synth();
    expect(Object.entries(workflow().jobs).map(([name, { needs = [] }]: any) => [name, needs])).toEqual([
      ['verify', []],
      ['synthesis', []],
      ['image', ['verify', 'synthesis']],
      ['prepare-dev', ['image']],
      ['dev', ['image', 'prepare-dev']],
      ['prepare-staging', ['image', 'dev']],
      ['staging', ['image', 'dev', 'prepare-staging']],
      ['approval-prod', ['image', 'staging']],
      ['prepare-prod', ['image', 'staging']],
      ['prod', ['image', 'staging', 'approval-prod', 'prepare-prod']],
    ]);
    const names = (job: string) => workflow().jobs[job].steps.map(({ name }: any) => name).slice(1);
    expect(names('verify')).toEqual(['Compile', 'Test', 'Scan sources']);
    expect(names('image')).toEqual(['Build image', 'Inspect image', 'Sign image']);
    expect(names('dev')).toEqual(['Release', 'Wait for Argo CD', 'Integration', 'Smoke', 'Promote', 'Watch health']);
    expect(names('staging')).toEqual(['Release', 'Wait for Argo CD', 'Regression', 'Performance', 'Promote', 'Watch health']);
    expect(names('prod')).toEqual(['Release', 'Wait for Argo CD', 'Promote', 'Watch health', 'Abort', 'Revert', 'Wait for the version before']);
  });

  test('gives each job the rights that it needs, and none by default', () => {
    synth();
    const { permissions, jobs: all } = workflow();
    expect(permissions).toEqual({});
    expect(Object.fromEntries(Object.entries(all).map(([name, job]: any) => [name, job.permissions]))).toEqual({
      'verify': { contents: 'read' },
      'synthesis': { contents: 'read' },
      'image': { 'contents': 'read', 'id-token': 'write' },
      'prepare-dev': { contents: 'read' },
      'dev': { contents: 'write' },
      'prepare-staging': { contents: 'read' },
      'staging': { contents: 'write' },
      'approval-prod': { actions: 'read', contents: 'read' },
      'prepare-prod': { contents: 'read' },
      'prod': { contents: 'write' },
    });
  });

  test('installs and renders where no secret is, and pushes where nothing of other people runs', () => {
    synth();
    const { jobs: all } = workflow();
    const installing = Object.entries(all).filter(([, job]) => JSON.stringify(job).includes('npm ci')).map(([name]) => name);
    expect(installing).toEqual(['synthesis', 'prepare-dev', 'prepare-staging', 'prepare-prod']);
    for (const name of installing) {
      expect({ name, environment: all[name].environment, secrets: JSON.stringify(all[name]).match(/secrets\.|github\.token/g) }).toEqual({ name, environment: undefined, secrets: null });
    }
    expect(all.prod.steps.find(({ id }: any) => id === 'release').env.PATCH).toBe('${{ needs.prepare-prod.outputs.patch }}');
  });

  test('runs nothing but the one action by its commit, images by their versions, and no expression in a shell', () => {
    synth();
    const all = Object.values(workflow().jobs).flatMap((job: any) => job.steps);
    const uses = new Set(all.flatMap((step: any) => step.uses ?? []).filter((used: string) => !used.startsWith('docker://')));
    expect([...uses]).toEqual(['actions/checkout@de0fac2e4500dabe0009e67214ff5f5447ce83dd']);
    expect(readFileSync('.github/workflows/delivery.yaml', 'utf8')).toContain('        uses: actions/checkout@de0fac2e4500dabe0009e67214ff5f5447ce83dd # v6.0.2\n');
    expect(all.filter((step: any) => step.run?.includes('${{'))).toEqual([]);
    expect(all.filter((step: any) => step.with?.['persist-credentials'] === false)).toHaveLength(10);
    expect(Object.values(workflow().jobs).filter((job: any) => !(job['timeout-minutes'] > 0))).toEqual([]);
  });

  test('shows a secret to the steps that need it, and the token of Argo CD to no job but that of its environment', () => {
    synth({ props: { steps: { ...STEPS, smoke: { commands: ['npm test'], secrets: ['TEST_PASSWORD'] } } } });
    const secrets = (job: string) => workflow().jobs[job].steps.flatMap(({ name, env = {} }: any) => (
      Object.entries(env).filter(([, value]) => `${value}`.includes('secrets.')).map(([key]) => `${name}: ${key}`)));
    expect(secrets('verify')).toEqual([]);
    expect(secrets('dev')).toEqual([
      'Release: GIT_PASSWORD', 'Wait for Argo CD: ARGOCD_AUTH_TOKEN', 'Smoke: TEST_PASSWORD', 'Promote: ARGOCD_AUTH_TOKEN', 'Watch health: ARGOCD_AUTH_TOKEN',
    ]);
    expect(workflow().jobs.prod.environment).toEqual({ name: 'prod' });
  });

  test('takes a release back when anything fails after it, where the environment says so', () => {
    synth();
    const back = (job: string) => workflow().jobs[job].steps.filter((step: any) => step.if).map(({ name, if: when }: any) => [name, when]);
    const when = "(failure() || cancelled()) && steps.release.outcome != 'skipped'";
    expect(back('prod')).toEqual([['Abort', when], ['Revert', when], ['Wait for the version before', when]]);
    expect(back('dev')).toEqual([]);
  });

  test('is started by its own sources, and by nothing that it writes', () => {
    synth({ props: { services: { checkout: { source: 'apps/shop-checkout' } } } });
    expect(workflow().on).toEqual({
      push: { branches: ['main'], paths: ['apps/shop-checkout/**'] }, pull_request: { paths: ['apps/shop-checkout/**'] }, workflow_dispatch: {},
    });
    expect(workflow().jobs.image.if).toBe("github.event_name != 'pull_request' && github.ref == 'refs/heads/main'");
  });
});

describe('jobs of GitLab', () => {
  test('wait for an approver, each after the one before it', () => {
    synth({ props: { engines: [gitLab] } });
    const release = jobs()['checkout:prod:release'];
    expect(release.rules).toEqual([{ if: '$CI_COMMIT_BRANCH == "main"', changes: ['services/checkout/**/*'], when: 'manual' }]);
    expect(release.script).toEqual(['sh "$SCRIPTS/approver.sh"', 'sh "$SCRIPTS/release.sh"']);
    expect(release.variables.APPROVERS).toBe('anna ben');
    expect(release.needs).toEqual([
      { job: 'checkout:sign', artifacts: true }, { job: 'checkout:prod:prepare', artifacts: true }, { job: 'checkout:staging:health', artifacts: false },
    ]);
    expect(release.environment).toEqual({ name: 'prod/checkout' });
    expect(jobs()['checkout:dev:release'].rules[0].when).toBeUndefined();
  });

  test('take a release back when one of its environment fails', () => {
    synth({ props: { engines: [gitLab] } });
    const { 'checkout:prod:abort': abort, 'checkout:prod:revert': revert, 'checkout:prod:restore': restore } = jobs();
    expect([abort, revert, restore].map((job) => job.rules[0].when)).toEqual(['on_failure', 'on_success', 'on_success']);
    expect(abort.needs.map(({ job }: any) => job)).toEqual(['release', 'wait', 'promote', 'health'].map((name) => `checkout:prod:${name}`));
    expect(revert.needs.map(({ job }: any) => job)).toEqual(['checkout:prod:release', 'checkout:prod:abort']);
    expect(jobs()['checkout:dev:abort']).toBeUndefined();
  });

  test('install and render without an environment and its secrets, and hand over a patch alone', () => {
    synth({ props: { engines: [gitLab] } });
    const installing = Object.entries<any>(jobs()).filter(([, job]) => JSON.stringify(job).includes('npm ci') && job.variables.INSTALL !== undefined);
    expect(installing.map(([name]) => name)).toEqual(['synthesis', 'dev:prepare', 'staging:prepare', 'prod:prepare'].map((name) => `checkout:${name}`));
    expect(installing.map(([, { environment }]) => environment)).toEqual([undefined, undefined, undefined, undefined]);
    expect(jobs()['checkout:prod:prepare'].artifacts.paths).toEqual(['.pipeline/release-prod.patch']);
  });

  test('are tried again when a machine was lost, but for those that push', () => {
    synth({ props: { engines: [gitLab, argo()] } });
    const once = Object.entries(jobs()).filter(([, job]: any) => job.retry === undefined).map(([name]) => name);
    expect(once).toEqual(['dev:release', 'staging:release', 'prod:release', 'prod:revert'].map((name) => `checkout:${name}`));
    const argoOnce = steps().filter(({ template }) => template.container && !template.retryStrategy).map(({ path }) => path);
    expect(argoOnce).toEqual(['deploy-dev/release', 'deploy-staging/release', 'deploy-prod/release', 'prod-revert']);
  });

  test('have names that are no keywords, whatever service and steps are called', () => {
    const own = { ...STEPS, pages: { commands: ['true'] }, default: { commands: ['true'] }, stages: { commands: ['true'] } };
    const dev = Environment.of('dev', { appEnv: 'development' }).with(PipelineDefaults.of({ pipeline: { checks: ['pages', 'default', 'stages'] } }));
    synth({ services: ['image'], environments: [dev], props: { engines: [gitLab], environments: [dev], steps: own } });
    expect(Object.keys(jobs('image')).filter((name) => !name.startsWith('image:'))).toEqual([]);
    expect(Object.keys(jobs('image'))).toContain('image:dev:pages');
  });

  test('leave to the shell what GitLab would replace', () => {
    synth({ changes: { pipeline: { synthesis: ['npm run synth -- "$HOME/x"'] } }, props: { engines: [gitLab] } });
    expect(jobs()['checkout:synthesis'].variables.SYNTHESIS).toEqual({ value: 'npm run synth -- "$HOME/x"', expand: false });
  });

  test('are signed by the identity of the job, or by a key', () => {
    synth({ props: { engines: [gitLab] } });
    expect(jobs()['checkout:sign'].id_tokens).toEqual({ SIGSTORE_ID_TOKEN: { aud: 'sigstore' } });
    synth({ props: { engines: [gitLab], signing: ImageSigning.PRIVATE_KEY } });
    expect(jobs()['checkout:sign']).toMatchObject({ variables: { SIGN_BY: 'key' } });
    expect(jobs()['checkout:sign'].id_tokens).toBeUndefined();
  });
});

describe('a WorkflowTemplate', () => {
  test('names only what is there, and waits for an approval that never comes by itself', () => {
    synth({ props: { engines: [argo()] } });
    expect(workflowFaults(documents('checkout', 'delivery'))).toEqual([]);
    expect(steps().map(({ path }) => path)).toEqual([
      'clone', 'compile', 'test', 'scan', 'synthesis', 'build', 'inspect', 'sign',
      ...['fetch', 'prepare', 'release', 'wait', 'integration', 'smoke', 'promote', 'health'].map((name) => `deploy-dev/${name}`),
      ...['fetch', 'prepare', 'release', 'wait', 'regression', 'performance', 'promote', 'health'].map((name) => `deploy-staging/${name}`),
      'approval-prod',
      ...['fetch', 'prepare', 'release', 'wait', 'promote', 'health'].map((name) => `deploy-prod/${name}`),
      'prod-abort', 'prod-revert', 'prod-restore',
    ]);
    const secretsOf = (path: string) => JSON.stringify(steps().find((step) => step.path === path)!.template).match(/secretKeyRef/g);
    expect([secretsOf('deploy-prod/prepare'), secretsOf('deploy-prod/release')]).toEqual([null, ['secretKeyRef', 'secretKeyRef']]);
    expect(steps().find(({ path }) => path === 'approval-prod')!.template).toEqual({ name: 'approval-prod', suspend: {} });
    const [caller, delivery] = documents('checkout', 'delivery');
    expect(delivery.spec.templates.find(({ name }: any) => name === 'deploy-prod').synchronization).toEqual({ mutexes: [{ name: '{{workflow.parameters.service}}-prod' }] });
    expect(caller.spec.templates.find(({ name }: any) => name === caller.spec.onExit).dag.tasks).toEqual(
      [{ name: 'exit', templateRef: { name: 'delivery', template: 'exit' }, when: '{{workflow.status}} != Succeeded' }]);
  });

  test('gives credentials to the steps that need them', () => {
    synth({ props: { engines: [argo()], signing: ImageSigning.PRIVATE_KEY } });
    const pods = steps().filter(({ template }) => template.container);
    const secrets = Object.fromEntries(pods.map(({ path, template: { container, volumes } }) => [path, [
      ...container.env.flatMap(({ valueFrom }: any) => valueFrom ? [`${valueFrom.secretKeyRef.name}/${valueFrom.secretKeyRef.key}`] : []),
      ...volumes.flatMap(({ secret }: any) => secret ? [secret.secretName] : []),
    ]]).filter(([, list]: any) => list.length > 0));
    expect(secrets).toMatchObject({
      'clone': ['delivery-git/password', 'delivery-git/username'],
      'build': ['delivery-registry', 'delivery-buildkit'],
      'inspect': ['delivery-registry'],
      'sign': ['delivery-signing-key/COSIGN_PASSWORD', 'delivery-signing-key/COSIGN_PRIVATE_KEY', 'delivery-registry'],
      'deploy-prod/wait': ['delivery-argo-cd/ARGOCD_AUTH_TOKEN'],
    });
    expect(Object.keys(secrets)).not.toContain('test');
  });

  test('runs at times, where somebody says so', () => {
    synth({ props: { engines: [argo({ schedule: Schedule.daily('03:00') })] } });
    const scheduled = documents('checkout').find(({ kind }) => kind === 'CronWorkflow');
    expect(scheduled.spec).toMatchObject({ schedules: ['0 3 * * *'], concurrencyPolicy: 'Forbid', workflowSpec: { workflowTemplateRef: { name: 'checkout' } } });
  });
});

describe('a command of the user', () => {
  const hostile = ['$SERVICE', '$(id)', '$$(x)', '`id`', '"', "'", '\\', '#', ': ', '- ', '| ', '!', '%', '&&', '*', '${HOME}', '~', '>-', 'no', '1e3', '$'];
  const word = oneof(string({ unit: 'grapheme', minLength: 1, maxLength: 20 }), constantFrom(...hostile));

  test('is the same for the shell of each engine, whatever it holds', () => {
    assert(property(array(word, { minLength: 1, maxLength: 6 }), (words) => {
      const command = words.join('');
      try {
        checkCommand('test', 'it', command);
      } catch {
        return;
      }
      // in a template, and as the input of one
      const own = { compile: { commands: ['true'] }, test: { commands: [command, 'true'] } };
      const services = { order: { steps: { compile: { commands: [command, 'true'] } } } };
      const props = { environments: [PROD], engines: [gitHub, gitLab, argo()], steps: own, services };
      synth({ environments: [PROD], services: ['checkout', 'order'], props });
      const lines = `${command}\ntrue`;
      for (const [service, step] of [['checkout', 'test'], ['order', 'test'], ['order', 'compile']]) {
        expect(workflow(service).jobs.verify.steps[step === 'compile' ? 1 : 2].env.COMMANDS).toBe(lines);
        expect(jobs(service)[`${service}:${step}`].script).toEqual([command, 'true']);
        const { container } = steps(service).find(({ path }) => path === step)!.template;
        const { value } = container.env.find(({ name }: any) => name === 'COMMANDS');
        // as the kubelet reads it
        expect(value.replace(/\$\$/g, () => '$')).toBe(lines);
      }
    }), { numRuns: 40 });
  });
});

describe('what is missing or wrong', () => {
  const checks = (name: string, pipeline: AnyChanges['pipeline']) => Environment.of(name, { appEnv: name }).with(PipelineDefaults.of({ pipeline }));
  const only = (environments: Environment[]): Setup => ({ environments, props: { environments } });
  const WRONG: [string, () => Setup, string][] = [
    ['no compiler', () => ({ props: { steps: {} } }),
      "[delivery] 'checkout' has no step 'compile', so nothing would be compiled before its image is built. Give its commands in steps, for all services or in "
      + "services.checkout, such as { compile: { commands: ['npm run compile'] } }."],
    ['no integration test', () => ({ props: { steps: { compile: STEPS.compile, test: STEPS.test } } }),
      "[delivery] 'checkout' has no step 'integration', which 'pipeline.checks' of the environment 'dev' asks for. Give its commands in steps, for all services or in "
      + "services.checkout, such as { integration: { commands: ['npm run integration'] } }."],
    ['no image for a step', () => ({ props: { toolchain: undefined } }),
      "[delivery] nobody says which image has the programs of the step 'compile' of 'checkout'. Name a toolchain, such as "
      + "Image.of('docker.io/library/node', { tag: '22.21.1-bookworm' }), or the image of the step."],
    ['a step of no commands', () => ({ props: { steps: { ...STEPS, test: { commands: [] } } } }),
      "[delivery] steps.test has no commands. Write at least one, such as 'npm test'."],
    ['no engine', () => ({ props: { engines: [] } }),
      '[delivery] has no engine, so nothing would run it. Name one in engines, such as PipelineEngine.gitLabCi(...).'],
    ['an engine twice', () => ({ props: { engines: [gitLab, gitLab] } }), '[delivery] has the engine GitLab CI twice. Name it once.'],
    ['no environments', () => ({ props: { environments: [] } }),
      '[delivery] has no environments, so nothing would be deployed. Name them in the order in which a change passes through them, such as Environment.standard().'],
    ['an environment that is left out', () => ({ props: { environments: [DEV, PROD] } }),
      "[delivery] 'checkout' is defined in the environment 'staging', which is not among environments, so it would never be released there. Add it to environments, in the "
      + 'order in which a change passes through them.'],
    ['an environment twice', () => ({ props: { environments: [DEV, STAGING, DEV, PROD] } }), "[delivery] passes through the environment 'dev' twice. Name it once."],
    ['environments out of order', () => ({ props: { environments: [PROD, DEV, STAGING] } }),
      "[delivery] 'prod' wants an approval and comes before 'dev', which wants none, so environments are out of order. Name 'dev' before 'prod', or set "
      + "pipeline.approval in 'dev' too."],
    ['an environment named as the first stage', () => only([checks('build', {})]),
      "[delivery] the environment 'build' has the name of the stage in which images are built. Rename the environment."],
    ['an unknown service', () => ({ props: { services: { chekout: { source: 'x' } } } }),
      "[delivery] services has 'chekout', and no service of that name has tag files. Did you mean 'checkout'?"],
    ['no service with tag files', () => ({ services: [] }),
      "[delivery] finds no service with tag files, so there is nothing to deploy. Set the values files of a ServiceChart, such as values: Values.directory('applications/main')."],
    ['tag files elsewhere', () => ({ values: 'values/main' }),
      "[delivery] the tag files of 'checkout' are in 'values/main', which is not below 'applications'. Name the folder above it in applications."],
    ['an expression of GitHub in a command', () => ({ props: { steps: { ...STEPS, test: { commands: ['echo ${{ github.event.head_commit.message }}'] } } } }),
      "[delivery] a command of steps.test holds '${{', which a pipeline fills in before the shell reads it, whatever the value is. Use a variable such as \"$SERVICE\", in quotes."],
    ['a template of Argo in a command', () => ({ props: { services: { checkout: { steps: { test: { commands: ['echo {{workflow.name}}'] } } } } } }),
      "[delivery] a command of services.checkout.steps.test holds '{{', which a pipeline fills in before the shell reads it, whatever the value is. Use a variable such as "
      + '"$SERVICE", in quotes.'],
    ['a command of two lines', () => ({ props: { steps: { ...STEPS, test: { commands: ['npm ci\nnpm test'] } } } }),
      '[delivery] a command of steps.test "npm ci\\nnpm test" has the control or invisible character U+000A. Write one line of plain text.'],
    ['a secret in a command', () => ({ props: { steps: { ...STEPS, test: { commands: ['curl https://anna:hunter2@example.com'] } } } }),
      '[delivery] a command of steps.test looks like a secret: its value holds a URL with a password. Name the secret in secrets, and use its variable.'],
    ['a secret named as a variable of the pipeline', () => ({ props: { steps: { ...STEPS, test: { commands: ['true'], secrets: ['ARGOCD_AUTH_TOKEN'] } } } }),
      "[delivery] 'ARGOCD_AUTH_TOKEN' in the secrets of steps.test is a variable of the pipeline itself. Give the secret another name."],
    ['a secret that is no variable', () => ({ props: { steps: { ...STEPS, test: { commands: ['true'], secrets: ['test-password'] } } } }),
      "[delivery] 'test-password' in the secrets of steps.test is not the name of a variable. Write upper-case letters, digits and '_', such as 'TEST_PASSWORD'."],
    ['an image that moves', () => ({ props: { steps: { ...STEPS, test: { commands: ['true'], image: Image.of('docker.io/library/node', { tag: 'lts' }) } } } }),
      "[delivery] the image 'docker.io/library/node:lts' of steps.test is named by a tag that moves. Name a version, such as '22.21.1', or the digest that the registry shows."],
    ['a step that the pipeline has itself', () => ({ props: { steps: { ...STEPS, release: { commands: ['true'] } } } }),
      "[delivery] 'release' in steps is a step of the pipeline itself. Give it another name."],
    ['a step that no engine could name', () => ({ props: { steps: { ...STEPS, '2nd': { commands: ['true'] } } } }),
      "[delivery] '2nd' in steps begins with a digit, which neither GitHub nor Argo Workflows take. Begin it with a letter."],
    ['a folder outside of the repository', () => ({ props: { scripts: '../scripts' } }),
      "[delivery] scripts '../scripts' is not folders joined by '/'. Write them from the root of the repository, such as 'pipelines/scripts'."],
    ['a host with a scheme', () => ({ props: { argoCdServer: 'https://argocd.example.com' } }),
      "[delivery] argoCdServer 'https://argocd.example.com' is not a host. Write it without a scheme, such as 'argocd.example.com'."],
    ['an approval that nobody may give', () => ({ props: { engines: [PipelineEngine.gitLabCi({ directory: 'gitlab' })] } }),
      'Validation failed with the following errors:\n  [delivery] \'prod\' wants an approval of each release, and nobody may give it in GitLab CI. Name users, teams or groups in '
      + 'approvers of the engine, or set pipeline.approval of the environment to false.'],
    ['images without digests, where all must have one', () => ({ changes: { images: { requireDigest: true } } }),
      '[delivery] images of the pipeline have no digest, and images.requireDigest is set: docker.io/library/node:22.21.1-bookworm, '
      + 'ghcr.io/sigstore/cosign/cosign:v3.0.5-dev, quay.io/argoproj/argocd:v3.4.13. Write the digests that the registry shows, in pipeline.images, toolchain and the images '
      + 'of steps.'],
    ['an API server that no policy could name', () => ({ changes: { network: { apiServerCidrs: [] } }, props: { engines: [argo()] } }),
      '[delivery/Namespace] runs workflows, but no network policy could let them tell Argo how they ended, because the addresses of the API server are not known. '
      + "Set network.apiServerCidrs by NetworkDefaults.of(), such as ['10.0.0.1/32']."],
  ];
  test.each(WRONG)('fails with %s', (_what, options, message) => {
    let thrown = '';
    try {
      synth(options());
    } catch (error) {
      thrown = (error as Error).message;
    }
    expect(thrown).toBe(message);
    expect(filesIn('.').filter((file) => !file.endsWith('tag.yaml'))).toEqual([]);
  });

  const ENGINES: [string, () => PipelineEngine, string][] = [
    ['a folder that leaves the repository', () => PipelineEngine.gitHubActions({ directory: '/etc' }),
      "PipelineEngine.gitHubActions: directory '/etc' is not folders joined by '/'. Write them from the root of the repository, such as 'pipelines/scripts'."],
    ['an approver that is a command', () => PipelineEngine.gitLabCi({ directory: 'gitlab', approvers: ['anna; rm'] }),
      "PipelineEngine.gitLabCi: 'anna; rm' in approvers is not the name of a user, a team or a group. Write the name alone, such as 'release-managers'."],
    ['an address of no server', () => argo({ buildKit: { ...ARGO.buildKit, address: 'buildkitd' } }),
      "PipelineEngine.argoWorkflows: address 'buildkitd' of buildKit is not that of a server. Write one such as 'tcp://buildkitd.builders.svc:1234'."],
    ['a repository by SSH', () => argo({
      repository: GitRepository.ssh('ssh://git@git.example.com/acme/shop.git', {
        secretName: 'x', cidrs: ['10.0.0.0/28'], knownHosts: ['git.example.com ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJdD7y3aLq454yWBdwLWbieU1ebz9/cu7/QEXn9OIeZJ'],
      }),
    }), "PipelineEngine.argoWorkflows: the repository 'ssh://git@git.example.com/acme/shop.git' is not reached by HTTPS. Use GitRepository.https."],
  ];
  test.each(ENGINES)('an engine fails with %s', (_what, define, message) => {
    expect(define).toThrow(message);
  });

  const SETTINGS: [string, AnyChanges['pipeline'], string][] = [
    ['an unknown severity', { severities: ['SEVERE'] }, "pipeline.severities has 'SEVERE'. Use some of UNKNOWN, LOW, MEDIUM, HIGH, CRITICAL."],
    ['no severity', { severities: [] }, 'pipeline.severities is empty, so no vulnerability would end a pipeline. Use some of UNKNOWN, LOW, MEDIUM, HIGH, CRITICAL.'],
    ['no base image', { baseImages: [] }, "pipeline.baseImages is empty, so no image could be built. Name some, such as 'distroless' and 'alpine'."],
    ['no synthesis', { synthesis: [] }, "pipeline.synthesis has no commands, so a release would change no manifest. Write those that render the manifests, such as 'npm run synth'."],
    ['a check twice', { checks: ['smoke', 'smoke'] }, "pipeline.checks has 'smoke' twice. Name it once."],
    ['a machine that moves', { runner: 'ubuntu-latest' }, "pipeline.runner 'ubuntu-latest' is not one machine of GitHub. Name a version, such as 'ubuntu-24.04'."],
    ['an author without an address', { author: 'Delivery' }, "pipeline.author 'Delivery' is not an author of Git. Write name and address, such as 'Delivery <delivery@example.com>'."],
    ['a step that takes a day', { stepTimeout: Duration.days(1) }, 'expected pipeline.stepTimeout to be 60 to 21600 whole seconds, got 86400 seconds. Use Duration.seconds(21600).'],
    ['an image that moves', { images: { scan: Image.of('docker.io/aquasec/trivy', { tag: 'canary' }) } },
      "the image 'docker.io/aquasec/trivy:canary' of pipeline.images.scan is named by a tag that moves. Name a version, such as '22.21.1', or the digest that the registry shows."],
  ];
  test.each(SETTINGS)('a profile fails with %s', (_what, pipeline, message) => {
    expect(() => profileWith({ pipeline })).toThrow(new Error(`PlatformProfile.customize: ${message}`));
  });

  test('steps of the profile are those of all services, and may be changed one field at a time', () => {
    const profile = profileWith({ pipeline: { steps: { smoke: { commands: ['true'] } } } }).with(PipelineDefaults.of({ pipeline: { steps: { smoke: { commands: ['false'], timeout: Duration.minutes(5) } } } }));
    expect(ALL_SECTIONS.pipeline.of(profile).steps.smoke).toEqual({ commands: ['false'], timeout: Duration.minutes(5) });
  });
});

test('images of the pipeline without a digest are findings', () => {
  const app = setup({});
  const found = judge(app.manifests(), BUILT_IN_RULES, registryOf(app)).of(Severity.WARNING).filter(({ rule: { id } }) => id === 'MS-PIPE-001');
  expect(found.map(({ problem }) => problem)).toEqual([
    `pipeline.images.argoCd is ${PINS.argoCd.image}`, `pipeline.images.release is ${PINS.node.image}`, `pipeline.images.sign is ${PINS.cosign.image}`,
  ]);
});
