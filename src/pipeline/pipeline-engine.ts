import { pipelineFolder } from './pipeline-folder';
import type { PeerSettings } from '../network/network-settings';
import { fail } from '../values/errors';
import type { GitRepository } from '../values/git-repository';
import { NetworkPeer } from '../values/network-peer';
import type { Schedule } from '../values/schedule';
import { dnsLabel, dnsSubdomain, plainText, show, wholeNumber } from '../values/value-checks';

/**
 * What is said of every system that runs pipelines.
 */
export interface PipelineEngineOptions {
  /**
   * The folder of its files, from the root of the repository.
   */
  readonly directory: string;

  /**
   * Who may approve a release, under the names that the system knows them by: users and teams of GitHub, users of GitLab, groups of
   * Kubernetes for Argo Workflows. At least one where an environment wants an approval.
   *
   * @default - nobody
   */
  readonly approvers?: string[];
}

/**
 * BuildKit as a server, which builds images for pods that may not.
 */
export interface BuildKitServer {
  /**
   * Its address, such as `tcp://buildkitd.builders.svc:1234`.
   */
  readonly address: string;

  /**
   * Its pods, for the NetworkPolicy.
   */
  readonly pods: PeerSettings;

  /**
   * The Secret in the namespace of the pipelines with `ca.pem`, `cert.pem` and `key.pem`: the server takes no connection without a certificate.
   */
  readonly secretName: string;
}

/**
 * What Argo Workflows is told beside what all systems are.
 */
export interface ArgoWorkflowsOptions extends PipelineEngineOptions {
  /**
   * The namespace of the pipelines, a DNS label. It is rendered, with Pod Security `restricted`.
   */
  readonly namespace: string;

  /**
   * The repository, by HTTPS. Its Secret must be in the namespace.
   */
  readonly repository: GitRepository;

  /**
   * What builds images. No pod of a namespace that is `restricted` can.
   */
  readonly buildKit: BuildKitServer;

  /**
   * The Secret in the namespace with the credentials of the registry, of the type `kubernetes.io/dockerconfigjson`.
   */
  readonly registrySecret: string;

  /**
   * Where else steps connect to, in CIDR notation and by port 443: registries, Sigstore, vulnerability databases, the gateway of the services,
   * Argo CD if it is in another cluster.
   */
  readonly cidrs: string[];

  /**
   * When each pipeline runs by itself, with the newest commit. Otherwise somebody, or an event, starts each run.
   *
   * @default - never
   */
  readonly schedule?: Schedule;
}

const HIGHEST_PORT = 65_535;

/**
 * The system that runs a pipeline. The same definition is rendered for each of them.
 */
export class PipelineEngine {
  /**
   * GitHub Actions: a reusable workflow, and for each service a workflow that calls it.
   *
   * GitHub asks the reviewers of an environment for approval. Each run verifies that it does, and that all reviewers are among `approvers`.
   *
   * @see https://docs.github.com/en/actions/how-tos/deploy/configure-and-manage-deployments/manage-environments
   */
  public static gitHubActions(options: PipelineEngineOptions): PipelineEngine {
    return new PipelineEngine('GitHub Actions', 'PipelineEngine.gitHubActions', options);
  }

  /**
   * GitLab CI: jobs with inputs, for each service a file that includes them, and `pipeline.yaml`, which includes these files.
   *
   * An approval is a manual job in a protected environment. It fails if the user who started it is not among `approvers`.
   *
   * @see https://docs.gitlab.com/ci/environments/protected_environments/
   */
  public static gitLabCi(options: PipelineEngineOptions): PipelineEngine {
    return new PipelineEngine('GitLab CI', 'PipelineEngine.gitLabCi', options);
  }

  /**
   * Argo Workflows 3.6 or later: a WorkflowTemplate with all steps, for each service one that runs them, and the namespace in which they run.
   *
   * An approval is a step that waits until a member of a group in `approvers` resumes it.
   *
   * @see https://argo-workflows.readthedocs.io/en/stable/walk-through/suspending/
   */
  public static argoWorkflows(options: ArgoWorkflowsOptions): PipelineEngine {
    const where = 'PipelineEngine.argoWorkflows';
    const { namespace, repository, buildKit, registrySecret, cidrs } = options;
    dnsLabel(where, 'namespace', namespace);
    if (!repository.url.startsWith('https://')) {
      fail(where, `the repository '${repository.url}' is not reached by HTTPS`, 'Use GitRepository.https');
    }
    const [, port] = /^tcp:\/\/[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?:(\d{1,5})$/.exec(buildKit.address)
      ?? fail(where, `address ${show(buildKit.address)} of buildKit is not that of a server`, "Write one such as 'tcp://buildkitd.builders.svc:1234'");
    wholeNumber(where, Number(port), 1, HIGHEST_PORT, 'the port of buildKit');
    NetworkPeer.pods(buildKit.pods.namespace, buildKit.pods.label, buildKit.pods.values);
    dnsSubdomain(where, 'secretName of buildKit', buildKit.secretName);
    dnsSubdomain(where, 'registrySecret', registrySecret);
    cidrs.forEach((cidr) => NetworkPeer.cidr(cidr));
    return new PipelineEngine('Argo Workflows', where, options, options);
  }

  /** @internal */
  public readonly _directory: string;

  /** @internal */
  public readonly _approvers: readonly string[];

  private constructor(
    /** @internal */ public readonly _name: string,
    where: string,
    { directory, approvers }: PipelineEngineOptions,
    /** @internal */ public readonly _argoWorkflows?: ArgoWorkflowsOptions,
  ) {
    this._directory = pipelineFolder(where, 'directory', directory);
    this._approvers = approvers ?? [];
    this._approvers.forEach((approver) => {
      plainText(where, 'a name in approvers', approver);
      if (!/^[A-Za-z0-9][A-Za-z0-9._:@/-]*$/.test(approver)) {
        fail(where, `${show(approver)} in approvers is not the name of a user, a team or a group`, "Write the name alone, such as 'release-managers'");
      }
    });
  }

  /**
   * Its name, such as `GitLab CI`.
   */
  public toString(): string {
    return this._name;
  }
}
