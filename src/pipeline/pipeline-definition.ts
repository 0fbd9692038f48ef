import type { Construct } from 'constructs';
import type { DeliveryPipelineProps } from './delivery-pipeline-props';
import type { ImageSigning } from './image-signing';
import { pipelineFolder } from './pipeline-folder';
import { checkSteps, PIPELINE_SETTINGS } from './pipeline-section';
import type { PipelineValues } from './pipeline-settings';
import { ARGO_CD_SETTINGS } from '../delivery/argo-cd-settings';
import type { Environment } from '../profile/environment';
import type { PlatformProfile } from '../profile/platform-profile';
import { fail } from '../values/errors';
import { show } from '../values/value-checks';

/** What all services of a pipeline have in common. */
export interface PipelineDefinition {
  readonly name: string;
  readonly scope: Construct;
  readonly profile: PlatformProfile;
  readonly settings: PipelineValues;
  /** The names of all environments, in their order. */
  readonly environments: readonly string[];
  readonly applications: string;
  readonly manifests: string;
  readonly scripts: string;
  readonly branch: string;
  readonly argoCdServer: string;
  readonly signing: ImageSigning;
  /** The groups of Kubernetes that may approve. */
  readonly approvers: readonly string[];
}

/** The stage before all environments. */
export const BUILD_STAGE = 'build';

/** Fails on what is wrong whatever the services are. */
export function decidePipeline(
  scope: Construct, name: string, props: DeliveryPipelineProps, profile: PlatformProfile, approvers: readonly string[],
): PipelineDefinition {
  if (props.engines.length === 0) {
    fail(scope, 'has no engine, so nothing would run it', 'Name one in engines, such as PipelineEngine.gitLabCi(...)');
  }
  const twin = props.engines.find((engine, index) => props.engines.findIndex(({ _name }) => _name === engine._name) !== index);
  if (twin) {
    fail(scope, `has the engine ${twin} twice`, 'Name it once');
  }
  const { environments } = props;
  if (environments.length === 0) {
    fail(scope, 'has no environments, so nothing would be deployed', 'Name them in the order in which a change passes through them, such as Environment.standard()');
  }
  environments.forEach(({ name: environment }, index) => {
    if (environments.findIndex((other) => other.name === environment) !== index) {
      fail(scope, `passes through the environment '${environment}' twice`, 'Name it once');
    }
    if (environment === BUILD_STAGE) {
      fail(scope, `the environment '${environment}' has the name of the stage in which images are built`, 'Rename the environment');
    }
  });
  refuseSkippedApproval(scope, profile, environments);
  if (typeof props.argoCdServer !== 'string' || !/^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::[1-9]\d{0,4})?$/.test(props.argoCdServer)) {
    fail(scope, `argoCdServer ${show(props.argoCdServer)} is not a host`, "Write it without a scheme, such as 'argocd.example.com'");
  }
  pipelineFolder(scope, 'sources', props.sources);
  checkSteps(scope, 'steps', props.steps ?? {});
  const pipeline = PIPELINE_SETTINGS.of(profile);
  const argoCd = ARGO_CD_SETTINGS.of(profile);
  return {
    name,
    scope,
    profile,
    settings: pipeline,
    environments: environments.map(({ name: environment }) => environment),
    applications: pipelineFolder(scope, 'applications', props.applications),
    manifests: pipelineFolder(scope, 'manifests', props.manifests),
    scripts: pipelineFolder(scope, 'scripts', props.scripts),
    branch: argoCd.revision,
    argoCdServer: props.argoCdServer,
    signing: props.signing,
    approvers,
  };
}

/** Once somebody has approved a change, nobody may find out afterwards that it was not tested. */
function refuseSkippedApproval(scope: Construct, profile: PlatformProfile, environments: readonly Environment[]): void {
  const needs = environments.map((environment) => PIPELINE_SETTINGS.of(profile._in(environment)).approval);
  const first = needs.indexOf(true);
  const later = needs.findIndex((approval, index) => first >= 0 && index > first && !approval);
  if (later >= 0) {
    fail(scope, `'${environments[first].name}' wants an approval and comes before '${environments[later].name}', which wants none, so environments are out of order`,
      `Name '${environments[later].name}' before '${environments[first].name}', or set pipeline.approval in '${environments[later].name}' too`);
  }
}
