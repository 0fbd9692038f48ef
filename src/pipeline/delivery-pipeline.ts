import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { definePipelineNamespace } from './argo-workflows/namespace';
import { cronWorkflow, workflowTemplates } from './argo-workflows/workflow-template';
import type { DeliveryPipelineProps } from './delivery-pipeline-props';
import { gitHubComparison, gitHubWorkflows } from './github-actions';
import { GITLAB_ROOT, gitLabFiles, gitLabRoot } from './gitlab-ci';
import { recordMovingImages } from './moving-images';
import { type PipelineDefinition, decidePipeline } from './pipeline-definition';
import type { ArgoWorkflowsOptions, PipelineEngine } from './pipeline-engine';
import { type PipelineTemplate, pipelineTemplates } from './pipeline-template';
import { SCRIPTS } from './scripts';
import { type ServicePipeline, servicePipelines } from './service-pipeline';
import { defineObject } from '../core/kubernetes-object';
import { OutputFile } from '../core/output-file';
import type { ManifestSet } from '../manifests/manifest-set';
import { type DerivedTree, deriveTrees } from '../output/derived-tree';
import { RENDERED, writeToTree } from '../output/output-tree';
import { PlatformProfile } from '../profile/platform-profile';
import { constructId } from '../values/construct-id';
import { describe } from '../values/errors';
import { provideLabels } from '../values/labels';
import { dnsLabel } from '../values/value-checks';

/** What names of objects of the pipeline add to its own. */
const LONGEST_NAME = 50;

type Texts = (
  definition: PipelineDefinition, engine: PipelineEngine, templates: readonly PipelineTemplate[], pipelines: readonly ServicePipeline[],
) => (readonly [file: string, text: string])[];

/** The files of engines that read no API objects, by the name of a `PipelineEngine`. */
const TEXTS: { readonly [engine: string]: Texts | undefined } = {
  'GitHub Actions': (definition, engine, templates) => [
    ...templates.flatMap((template) => gitHubWorkflows(definition, engine, template)), gitHubComparison(definition),
  ],
  'GitLab CI': (definition, engine, templates, pipelines) => [
    [GITLAB_ROOT, gitLabRoot(definition, engine, pipelines)], ...templates.flatMap((template) => gitLabFiles(definition, engine, template)),
  ],
};

/**
 * Brings commits into each environment. Rendered for GitHub Actions, GitLab CI and Argo Workflows.
 *
 * Every service that has tag files gets a pipeline. It compiles, tests and scans the sources, compares the manifests with synthesis, and builds,
 * scans and signs the image with its bill of materials (SBOM). In one environment after the other, it then commits the digest to `tag.yaml`, waits
 * for Argo CD to deploy it, runs the checks of the environment, promotes a version that waits next to the old one, and watches its health. The
 * section `pipeline` of an environment's profile configures `checks`, `approval` and `rollback`.
 *
 * A release that fails is reverted. No engine has cluster credentials: all of them ask Argo CD.
 *
 * Writes files into the folder of each engine: a template, and for each service a file that calls it. All engines run the same scripts. Requires the
 * `App` of this library. Synthesis fails if a required step is missing, or if an environment requires an approval that nobody may give.
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
 *   signing: pipeline.ImageSigning.KEYLESS,
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
  private readonly argoWorkflows?: ArgoWorkflowsOptions;
  private pipelines: readonly ServicePipeline[] = [];
  private templates: readonly PipelineTemplate[] = [];

  /**
   * Defines the pipelines of all services. The id is the name of their ServiceAccount and their Secrets in Argo Workflows.
   */
  constructor(scope: Construct, id: string, private readonly props: DeliveryPipelineProps) {
    const name = constructId(scope, id, new.target, props);
    dnsLabel(scope, 'name of the pipeline', id, LONGEST_NAME);
    const profile = props.profile ?? PlatformProfile.of(scope);
    const argo = props.engines.find((engine) => engine._argoWorkflows);
    super(scope, name, { namespace: argo?._argoWorkflows?.namespace });
    const { labels, managedBy } = profile._values;
    PlatformProfile.provide(this, profile);
    provideLabels(this, { ...labels, 'app.kubernetes.io/part-of': id, 'app.kubernetes.io/managed-by': managedBy });
    this.definition = decidePipeline(this, id, props, profile, argo?._approvers ?? []);
    recordMovingImages(this, this.definition.settings);
    this.argoWorkflows = argo?._argoWorkflows;
    writeToTree(this, argo?._directory ?? this.definition.scripts, (manifests) => this.definePipelines(manifests));
    if (this.argoWorkflows) {
      definePipelineNamespace(this.fileOf('Namespace', 'namespace'), this.definition, this.argoWorkflows);
    }
    deriveTrees(this, () => this.texts());
  }

  /** Which images services have is known once they are rendered. */
  private definePipelines(manifests: ManifestSet): string[] {
    this.pipelines = servicePipelines(this.definition, this.props, manifests);
    this.templates = pipelineTemplates(this.definition, this.pipelines);
    this.node.tryRemoveChild('Templates');
    if (this.argoWorkflows) {
      this.defineWorkflows(this.argoWorkflows);
    }
    return this.unapproved();
  }

  private defineWorkflows(options: ArgoWorkflowsOptions): void {
    const templates = new Construct(this, 'Templates');
    for (const template of this.templates) {
      const { shared, callers } = workflowTemplates(this.definition, options, template);
      defineObject(this.fileOf(template.name, template.name, templates), 'Resource', shared);
      for (const [service, caller] of callers) {
        const file = this.fileOf(service, service, templates);
        defineObject(file, 'Resource', caller);
        const scheduled = cronWorkflow(options, service);
        if (scheduled) {
          defineObject(file, 'Schedule', scheduled);
        }
      }
    }
  }

  /** The files of engines that read no API objects, and the scripts that all of them run. */
  private texts(): DerivedTree[] {
    const { definition, pipelines, templates } = this;
    const tree = (directory: string, files: readonly (readonly [string, string])[]): DerivedTree => (
      { directory, header: RENDERED, files: files.map(([file, text]) => ({ file, text: `${RENDERED}\n${text}`, owner: this })) });
    const ofEngines = this.props.engines.flatMap((engine) => {
      const files = TEXTS[engine._name]?.(definition, engine, templates, pipelines);
      return files ? [tree(engine._directory, files)] : [];
    });
    return [tree(definition.scripts, Object.entries(SCRIPTS)), ...ofEngines];
  }

  private fileOf(id: string, file: string, scope: Construct = this): Construct {
    const construct = new Construct(scope, id);
    OutputFile.set(construct, file);
    return construct;
  }

  /** An approval that nobody may give holds up every release, and one that anybody may give is none. */
  private unapproved(): string[] {
    const approved = this.pipelines.flatMap(({ stages }) => stages.filter(({ approval }) => approval));
    const environments = [...new Set(approved.map(({ environment }) => environment))].sort();
    return this.props.engines.filter(({ _approvers }) => environments.length > 0 && _approvers.length === 0).map((engine) => describe(
      `'${environments.join("', '")}' wants an approval of each release, and nobody may give it in ${engine}`,
      'Name users, teams or groups in approvers of the engine, or set pipeline.approval of the environment to false',
    ));
  }
}
