import { readFileSync } from 'node:fs';
import { Duration } from 'cdk8s';
import { argo, documents, gitHub, gitLab, jobs, type Setup, STEPS, steps, synth, workflow } from './delivery-setup';
import { Image } from '../../src';
import { ImageSigning } from '../../src/pipeline';
import { filesIn } from '../output/output-folders';
import { DEV, PROD, STAGING } from '../support/platform';
import { useOwnWorkingDirectory } from '../support/working-directory';

useOwnWorkingDirectory();

const ENGINES = [gitHub, gitLab, argo()];
const GO = Image.of('docker.io/library/golang', { tag: '1.25.4' });

/** Three services, of which one is different. */
function different(own: NonNullable<NonNullable<Setup['props']>['services']>[string], props: Setup['props'] = {}): void {
  synth({ services: ['auth', 'checkout', 'order'], props: { engines: ENGINES, services: { order: own }, ...props } });
}

describe('what a service passes to its template', () => {
  test('is its names and folders, if nothing else is different', () => {
    synth({ services: ['checkout', 'order'], props: { engines: ENGINES } });
    const passed = {
      'service': 'order',
      'source': 'services/order',
      'repository': 'registry.example.com/order',
      'values': 'applications/main',
      'dev-namespace': 'core-business-dev',
      'staging-namespace': 'core-business-staging',
      'prod-namespace': 'core-business-prod',
    };
    expect(workflow('order').call).toMatchObject({ uses: './.github/workflows/delivery.yaml', with: passed });
    expect(readFileSync('pipelines/gitlab/order.yaml', 'utf8')).toBe([
      '# Rendered by cdk8s-microservices, and replaced at each synthesis. Change the program instead.',
      '# Builds order and releases it to dev (integration, smoke), then staging (regression, performance), then prod (after an approval, reverted if it fails).',
      'include:',
      '  - local: /pipelines/gitlab/delivery.yaml',
      '    inputs:',
      ...Object.entries(passed).map(([name, value]) => `      ${name}: ${value}`),
      '',
    ].join('\n'));
    const [caller] = documents('order');
    expect(Object.fromEntries(caller.spec.arguments.parameters.map(({ name, value }: any) => [name, value]))).toEqual({ revision: 'main', ...passed });
  });

  test('is also each step that is different, and the other services pass none', () => {
    different({ steps: { smoke: { commands: ['npm run smoke -- --sandbox'] } } });
    expect(workflow('order').call.with['smoke-commands']).toBe('npm run smoke -- --sandbox');
    expect(Object.keys(workflow('checkout').call.with)).not.toContain('smoke-commands');
    const commands = (service: string) => [
      workflow(service).jobs.dev.steps[4].env.COMMANDS,
      jobs(service)[`${service}:dev:smoke`].script.join('\n'),
      steps(service).find(({ path }) => path === 'deploy-dev/smoke')!.template.container.env.find(({ name }: any) => name === 'COMMANDS').value,
    ];
    expect(commands('order')).toEqual(Array(3).fill('npm run smoke -- --sandbox'));
    expect(commands('checkout')).toEqual(Array(3).fill('npm run smoke'));
  });

  test('is one toolchain for all steps that name no image', () => {
    different({ toolchain: GO });
    expect(Object.keys(workflow('order').call.with).filter((name) => /toolchain|image/.test(name))).toEqual(['toolchain']);
    const images = (service: string) => [
      ...workflow(service).jobs.verify.steps.slice(1, 3).map(({ env }: any) => env.STEP_IMAGE),
      jobs(service)[`${service}:dev:smoke`].image.name,
      steps(service).find(({ path }) => path === 'compile')!.template.container.image,
    ];
    expect(images('order')).toEqual(Array(4).fill('docker.io/library/golang:1.25.4'));
    expect(images('checkout')).toEqual(Array(4).fill('docker.io/library/node:22.21.1-bookworm'));
  });

  test('is the image and the timeout of a step, in the unit of the engine', () => {
    different({ steps: { performance: { commands: STEPS.performance.commands, image: GO, timeout: Duration.seconds(90) } } });
    expect(workflow('order').call.with).toMatchObject({ 'performance-image': `${GO}`, 'performance-minutes': '2' });
    expect(workflow('order').jobs.staging.steps[4]['timeout-minutes']).toBe('${{ fromJSON(inputs.performance-minutes) }}');
    // the job leaves the longest of them time
    expect(workflow('order').jobs.staging['timeout-minutes']).toBe(170);
    expect(['order', 'checkout'].map((service) => jobs(service)[`${service}:staging:performance`].timeout)).toEqual(['2 minutes', '30 minutes']);
    const seconds = (service: string) => steps(service).find(({ path }) => path === 'deploy-staging/performance')!.template.activeDeadlineSeconds;
    expect(['order', 'checkout'].map(seconds)).toEqual(['90', '1800']);
  });
});

describe('a template', () => {
  const names = (service: string) => [
    workflow(service).call.uses.split('/').at(-1),
    /local: .*\/(.*)/.exec(readFileSync(`pipelines/gitlab/${service}.yaml`, 'utf8'))![1],
    `${documents(service)[0].spec.templates[0].dag.tasks[0].templateRef.name}.yaml`,
  ];

  test('is another one for services that pass through other environments', () => {
    synth({ environments: [DEV], services: ['checkout'], props: { engines: ENGINES, environments: [DEV, STAGING, PROD] } });
    expect(names('checkout')).toEqual(Array(3).fill('delivery-dev.yaml'));
    expect(filesIn('pipelines/gitlab')).toEqual(['checkout.yaml', 'delivery-dev.yaml', 'pipeline.yaml']);
  });

  test('is another one for services whose steps see other secrets', () => {
    different({ steps: { smoke: { commands: STEPS.smoke.commands, secrets: ['SANDBOX_TOKEN'] } } });
    expect(names('order')).toEqual(Array(3).fill('delivery-2.yaml'));
    const callers = { checkout: Object.keys(workflow('checkout').call.secrets), order: Object.keys(workflow('order').call.secrets) };
    expect(callers.order.filter((name) => !callers.checkout.includes(name))).toEqual(['SANDBOX_TOKEN']);
    expect(readFileSync('.github/workflows/delivery.yaml', 'utf8')).not.toContain('SANDBOX_TOKEN');
    expect(workflow('order').jobs.dev.steps[4]).toMatchObject({ env: { SANDBOX_TOKEN: '${{ secrets.SANDBOX_TOKEN }}' }, run: 'sh "$SCRIPTS/container.sh" SANDBOX_TOKEN' });
  });

  test('has approvals, rollbacks and checks that no caller can change', () => {
    different({ toolchain: GO, source: 'apps/order', steps: Object.fromEntries(Object.keys(STEPS).map((name) => [name, { commands: ['true'] }])) });
    const inputs = Object.keys(workflow('order').call.with);
    expect(inputs.filter((name) => !/^(?:service|source|repository|values|toolchain)$|-(?:namespace|commands)$/.test(name))).toEqual([]);
    expect(jobs('order')['order:prod:release'].rules[0].when).toBe('manual');
  });

  test('has a name that no service has', () => {
    expect(() => synth({ services: ['delivery'] })).toThrow(
      "[delivery] the service 'delivery' and the template of the pipelines have the same file. Rename the DeliveryPipeline.");
  });
});

describe('a caller of GitHub', () => {
  test('permits what the jobs of the template ask for, and nothing else', () => {
    synth();
    expect(workflow().call.permissions).toEqual({ 'actions': 'read', 'contents': 'write', 'id-token': 'write' });
    synth({ environments: [DEV], props: { environments: [DEV], signing: ImageSigning.PRIVATE_KEY } });
    expect(workflow().call.permissions).toEqual({ contents: 'write' });
    expect(workflow().jobs.image.permissions).toEqual({ contents: 'read' });
  });

  test('passes secrets by their names', () => {
    synth({ props: { signing: ImageSigning.PRIVATE_KEY } });
    const secrets = ['ARGOCD_AUTH_TOKEN', 'COSIGN_PASSWORD', 'COSIGN_PRIVATE_KEY', 'REGISTRY_PASSWORD', 'REGISTRY_USERNAME', 'RELEASE_TOKEN'];
    expect(workflow().call.secrets).toEqual(Object.fromEntries(secrets.map((name) => [name, `\${{ secrets.${name} }}`])));
  });
});
