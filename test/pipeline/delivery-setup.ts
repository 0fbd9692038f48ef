import { mkdirSync, readFileSync } from 'node:fs';
import { loadAll } from 'js-yaml';
import type { Environment } from '../../src';
import { App, Image, Microservice, Values } from '../../src';
import { GitRepository } from '../../src/delivery';
import type { ArgoWorkflowsOptions, DeliveryPipelineProps, PipelineStep } from '../../src/pipeline';
import { DeliveryPipeline, ImageSigning, PipelineEngine } from '../../src/pipeline';
import { gitHubWorkflow, gitLabJobs, workflowSteps } from '../support/pipeline-callers';
import { DEV, group, PROD, profileWith, ROOMY, STAGING } from '../support/platform';
import { type AnyChanges, customized } from '../support/settings';
import { write } from '../support/working-directory';

export const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`;
export const HEADER = '# Rendered by cdk8s-microservices, and replaced at each synthesis. Change the program instead.';
export const NODE = Image.of('docker.io/library/node', { tag: '22.21.1-bookworm' });
const KNOWN = { network: { apiServerCidrs: ['10.0.0.1/32'] } };

export const STEPS: { readonly [name: string]: PipelineStep } = Object.fromEntries(['compile', 'test', 'integration', 'smoke', 'regression', 'performance']
  .map((name) => [name, { commands: [`npm run ${name}`] }]));

export const gitHub = PipelineEngine.gitHubActions({ directory: '.github/workflows', approvers: ['release-managers'] });
export const gitLab = PipelineEngine.gitLabCi({ directory: 'pipelines/gitlab', approvers: ['ben', 'anna'] });
export const ARGO: ArgoWorkflowsOptions = {
  directory: 'pipelines/argo-workflows',
  approvers: ['release-managers'],
  namespace: 'delivery',
  repository: GitRepository.https('https://git.example.com/acme/shop.git', { secretName: 'delivery-git', cidrs: ['10.40.0.0/28'] }),
  buildKit: { address: 'tcp://buildkitd.builders.svc:1234', pods: { namespace: 'builders', label: 'app', values: ['buildkitd'] }, secretName: 'delivery-buildkit' },
  registrySecret: 'delivery-registry',
  cidrs: ['10.50.0.0/28'],
};
export const argo = (options: Partial<ArgoWorkflowsOptions> = {}) => PipelineEngine.argoWorkflows({ ...ARGO, ...options });

export interface Setup {
  readonly props?: Partial<DeliveryPipelineProps>;
  readonly environments?: Environment[];
  readonly services?: string[];
  readonly changes?: AnyChanges;
  readonly values?: string;
}

/** Services in environments, each with a tag file, and their pipeline. */
export function setup({ props, environments = [DEV, STAGING, PROD], services = ['checkout'], changes = {}, values = 'applications/main' }: Setup = {}): App {
  const app = new App();
  const profile = profileWith({ ...KNOWN, ...changes });
  mkdirSync(values, { recursive: true });
  for (const environment of environments) {
    const chart = group({ app, environment, profile: customized({ ...KNOWN, ...changes }, ROOMY), values: Values.directory(values) });
    for (const service of services) {
      write(`${values}/${service}/${environment.name}/tag.yaml`, `image:\n  tag: "1.4.2"\n  digest: ${DIGEST}\n`);
      new Microservice(chart, service);
    }
  }
  new DeliveryPipeline(app, 'delivery', {
    profile,
    environments,
    engines: [gitHub],
    applications: 'applications',
    manifests: 'dist',
    sources: 'services',
    scripts: 'pipelines/scripts',
    argoCdServer: 'argocd.example.com',
    signing: ImageSigning.KEYLESS,
    toolchain: NODE,
    steps: STEPS,
    ...props,
  });
  return app;
}

export function synth(options: Setup = {}): void {
  setup(options).synth();
}

// what runs for one service: the template with the values that it passes
export const workflow = (service = 'checkout') => gitHubWorkflow(`.github/workflows/${service}.yaml`);
export const jobs = (service = 'checkout') => gitLabJobs(`pipelines/gitlab/${service}.yaml`);
export const documents = (...files: string[]) => files.flatMap((file) => loadAll(readFileSync(`pipelines/argo-workflows/${file}.yaml`, 'utf8')) as any[]);
export const steps = (service = 'checkout') => {
  const all = documents(service, 'delivery');
  return workflowSteps(all.find(({ metadata }) => metadata.name === service), all);
};

