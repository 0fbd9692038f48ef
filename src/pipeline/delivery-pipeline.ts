import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { definePipelineNamespace } from './argo-workflows/namespace';
import { cronWorkflow, workflowTemplate } from './argo-workflows/workflow-template';
import type { DeliveryPipelineProps } from './delivery-pipeline-props';
import { gitHubWorkflow } from './github-actions';
import { gitLabJobs, gitLabRoot } from './gitlab-ci';
import { pipelineDefinition, servicePipelines } from './pipeline-definition';
import type { PipelineDefinition, ServicePipeline } from './pipeline-definition';
import type { PipelineEngine } from './pipeline-engine';
import { PIPELINE_SCRIPTS } from './scripts';
import { defineObject } from '../core/kubernetes-object';
import { beforeSynthesis } from '../core/preparation';
import type { DerivedTree } from '../output/derived-tree';
import { deriveTrees } from '../output/derived-tree';
import { OutputFile } from '../output/output-file';
import { RENDERED, writeToTree } from '../output/output-tree';
import { PlatformProfile } from '../profile/platform-profile';
import { describe } from '../values/errors';
import { provideLabels } from '../values/labels';
import { dnsLabel } from '../values/value-checks';

const YAML = '.yaml';
const SHELL = '.sh';

/** What names of objects of the pipeline add to its own. */
const LONGEST_NAME = 50;

/**
 * The way of a change from a commit into each environment, said once and rendered for GitHub Actions, GitLab CI and Argo Workflows.
 *
 * Each service that has tag files gets a pipeline: its sources are compiled, tested and scanned, the manifests compared with their program; an image
 * is built, scanned, signed and described (SBOM). Then, in each environment after the one before it, a commit writes the digest into
 * `tag.yaml`, Argo CD deploys it, the steps of the environment run, a version that waits beside the old one is promoted, and its health is
 * watched. What an environment asks for is `pipeline` of its profile: `checks`, `approval`, `rollback`.
 *
 * A release that fails is taken back by the revert of its commit. No engine has credentials of a cluster: each asks Argo CD.
 *
 * Writes files for each engine into its folder, and scripts that all of them run. Needs the `App` of this library. Synthesis fails where a step
 * is missing that an environment asks for, and where an environment wants an approval and nobody may give it.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/ci_automation/
 * @example
 *
 * declare const app: App;
 * new pipeline.DeliveryPipeline(app, 'delivery', {
 *   environments: Environment.standard(),
 *   engines: [pipeline.PipelineEngine.gitHubActions({ directory: '.github/workflows', approvers: ['release-managers'] })],
 *   applications: 'applications',
 *   manifests: 'dist',
 *   sources: 'services',
 *   scripts: 'pipelines/scripts',
 *   argoCdServer: 'argocd.example.com',
 *   signing: pipeline.ImageSigning.keyless(),
 *   toolchain: Image.of('docker.io/library/node', { tag: '22.21.1-bookworm' }),
 *   steps: {
 *     compile: { commands: ['npm ci', 'npm run build'] },
 *     test: { commands: ['npm test'] },
 *     integration: { commands: ['npm run test:integration'] },
 *     smoke: { commands: ['npm run test:smoke'] },
 *     regression: { commands: ['npm run test:regression'] },
 *     performance: { commands: ['npm run test:performance'] },
 *   },
 * });
 */
export class DeliveryPipeline extends Chart {
  private readonly definition: PipelineDefinition;
  private pipelines: readonly ServicePipeline[] = [];

  /**
   * Defines the pipelines of all services. The id is the name of their ServiceAccount and their Secrets in Argo Workflows.
   */
  constructor(scope: Construct, id: string, private readonly props: DeliveryPipelineProps) {
    dnsLabel(scope, 'name of the pipeline', id, LONGEST_NAME);
    const profile = props.profile ?? PlatformProfile.of(scope);
    const argo = props.engines.find((engine) => engine._argoWorkflows);
    super(scope, id, { namespace: argo?._argoWorkflows?.namespace });
    const { labels, managedBy } = profile._values;
    PlatformProfile.provide(this, profile);
    provideLabels(this, { ...labels, 'app.kubernetes.io/part-of': id, 'app.kubernetes.io/managed-by': managedBy });
    this.definition = pipelineDefinition(this, id, props, profile, argo?._approvers ?? []);
    writeToTree(this, argo?._directory ?? this.definition.scripts);
    if (argo?._argoWorkflows) {
      definePipelineNamespace(this.fileOf('Namespace', 'namespace'), this.definition, argo._argoWorkflows);
    }
    beforeSynthesis(this, () => this.definePipelines());
    deriveTrees(this, () => this.texts());
    this.node.addValidation({ validate: () => this.unapproved() });
  }

  /** What services there are, and which images they have, is known when all of the program has run. */
  private definePipelines(): void {
    const gone = new Set(this.pipelines.map(({ service }) => service));
    this.pipelines = servicePipelines(this.definition, this.props);
    this.pipelines.forEach(({ service }) => gone.delete(service));
    gone.forEach((service) => this.node.tryRemoveChild(`Service-${service}`));
    for (const engine of this.props.engines.filter(({ _argoWorkflows }) => _argoWorkflows)) {
      this.pipelines.forEach((pipeline) => this.defineWorkflow(engine, pipeline));
    }
  }

  /** The files of engines that read no API objects, and the scripts that all of them run. */
  private texts(): DerivedTree[] {
    const { definition, pipelines } = this;
    const tree = (directory: string, extension: string, files: readonly (readonly [string, string])[]): DerivedTree => ({
      directory,
      header: RENDERED,
      files: files.map(([file, text]) => ({ file: `${file}${extension}`, text: `${RENDERED}\n${text}`, owner: this })),
    });
    return [tree(definition.scripts, SHELL, Object.entries(PIPELINE_SCRIPTS)), ...this.props.engines.flatMap((engine) => {
      switch (engine._name) {
        case 'GitHub Actions':
          return [tree(engine._directory, YAML, pipelines.map((pipeline) => [pipeline.service, gitHubWorkflow(definition, engine, pipeline)]))];
        case 'GitLab CI':
          return [tree(engine._directory, YAML, [
            ['pipeline', gitLabRoot(definition, engine, pipelines)],
            ...pipelines.map((pipeline) => [pipeline.service, gitLabJobs(definition, engine, pipeline)] as const),
          ])];
        default:
          return [];
      }
    })];
  }

  private defineWorkflow({ _argoWorkflows: options }: PipelineEngine, pipeline: ServicePipeline): void {
    const id = `Service-${pipeline.service}`;
    this.node.tryRemoveChild(id);
    const file = this.fileOf(id, pipeline.service);
    defineObject(file, 'Resource', workflowTemplate(this.definition, options!, pipeline));
    const scheduled = cronWorkflow(options!, pipeline);
    if (scheduled) {
      defineObject(file, 'Schedule', scheduled);
    }
  }

  private fileOf(id: string, file: string): Construct {
    const construct = new Construct(this, id);
    OutputFile.set(construct, file);
    return construct;
  }

  /** An approval that nobody may give holds up every release, and one that anybody may give is none. */
  private unapproved(): string[] {
    const approved = this.pipelines.flatMap(({ stages }) => stages.filter(({ settings }) => settings.approval));
    const environments = [...new Set(approved.map(({ environment }) => environment))].sort();
    return this.props.engines.filter(({ _approvers }) => environments.length > 0 && _approvers.length === 0).map((engine) => describe(
      `'${environments.join("', '")}' wants an approval of each release, and nobody may give it in ${engine}`,
      'Name users, teams or groups in approvers of the engine, or set pipeline.approval of the environment to false',
    ));
  }
}
