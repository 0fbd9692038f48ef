import type * as k8s from '../../../imports/k8s';
import { containerSecurity, literally, type MountedVolume } from '../../core/pod-parts';
import { Resources } from '../../values/resources';
import { sorted } from '../../values/sorted';
import { ImageSigning } from '../image-signing';
import type { PipelineDefinition } from '../pipeline-definition';
import type { ArgoWorkflowsOptions } from '../pipeline-engine';
import { GIT_SECRETS, KEY_SECRETS, REGISTRY_SECRETS, type Task } from '../tasks';


/** The volume of a run that all its steps share. */
export const WORKSPACE = 'workspace';
/** Where the sources are in it. */
const SOURCES = '/workspace/sources';
const OUTPUT = '/workspace/output';
/** Where the newest commit of the branch is fetched. */
export const NEWEST = `${OUTPUT}/newest`;
const SCRIPTS = '/var/run/pipeline/scripts';
const REGISTRY = '/var/run/pipeline/registry';
const BUILDKIT = '/var/run/pipeline/buildkit';
/** Where Cosign looks for the token of a ServiceAccount. */
const SIGSTORE = '/var/run/sigstore/cosign';
/** As short as Kubernetes lets it be, in seconds. */
const TOKEN_SECONDS = 600;

/** How often a step is tried again whose pod or node was lost. What a program refuses, it would refuse again. */
const RETRY = { limit: '2', retryPolicy: 'OnError' };

/** The name of the Secret that holds these, as people make it. */
function secretOf(definition: PipelineDefinition, options: ArgoWorkflowsOptions, name: string): string {
  return GIT_SECRETS.includes(name) ? options.repository.secretName : KEY_SECRETS.includes(name) ? `${definition.name}-signing-key`
    : name === 'ARGOCD_AUTH_TOKEN' ? `${definition.name}-argo-cd` : `${definition.name}-steps`;
}

/** As they are named in a Secret of the type `kubernetes.io/basic-auth`. */
const GIT_KEYS: { readonly [name: string]: string } = { GIT_USERNAME: 'username', GIT_PASSWORD: 'password' };

/** A container template that several tasks run. The values in which they differ are its inputs. */
export class SharedContainer {
  private readonly values: readonly Values[];
  private readonly inputs: readonly string[];

  constructor(
    private readonly definition: PipelineDefinition, private readonly options: ArgoWorkflowsOptions,
    private readonly name: string, public readonly tasks: readonly Task[],
  ) {
    this.values = tasks.map(valuesOf);
    const names = new Set(this.values.flatMap((values) => Object.keys(values)));
    this.inputs = [...names].filter((each) => this.values.some((values) => values[each] !== this.values[0][each]));
  }

  /** What a DAG passes for one of the tasks. */
  public passedBy(task: Task): object {
    const values = valuesOf(task);
    const parameters = this.inputs.filter((input) => values[input] !== undefined).map((input) => ({ name: parameter(input), value: values[input] }));
    return parameters.length > 0 ? { arguments: { parameters } } : {};
  }

  /** The pod: what all containers share, and what these tasks need. */
  public template(): object {
    const { definition, options, inputs, tasks: [task] } = this;
    const extra = extraVolumes(definition, options, task);
    const references = Object.fromEntries(inputs.map((input) => [input, `{{inputs.parameters.${parameter(input)}}}`]));
    const { IMAGE: image, SCRIPT: script, SECONDS: seconds, ...env } = { ...this.values[0], ...references };
    const everywhere = {
      HOME: '/tmp',
      OUTPUT,
      SCRIPTS,
      REVISION: '{{workflow.parameters.revision}}',
      ...task.secrets.some((secret) => REGISTRY_SECRETS.includes(secret)) && { DOCKER_CONFIG: REGISTRY },
      ...task.script === 'build' && { BUILDKIT_ADDRESS: options.buildKit.address, BUILDKIT_CERTIFICATES: BUILDKIT },
    };
    const secrets = task.secrets.filter((secret) => !REGISTRY_SECRETS.includes(secret));
    return {
      name: this.name,
      ...inputs.length > 0 && {
        inputs: {
          parameters: inputs.map((input) => (
            { name: parameter(input), ...this.values.some((values) => values[input] === undefined) && { value: '' } })),
        },
      },
      activeDeadlineSeconds: /^\d+$/.test(seconds) ? Number(seconds) : seconds,
      ...!task.once && { retryStrategy: RETRY },
      container: {
        image,
        command: ['/bin/sh', `${SCRIPTS}/${script}.sh`],
        workingDir: SOURCES,
        env: sorted([
          ...Object.entries({ ...env, ...everywhere }).map(([key, value]) => ({ name: key, value })),
          ...secrets.map((key) => (
            { name: key, valueFrom: { secretKeyRef: { name: secretOf(definition, options, key), key: GIT_KEYS[key] ?? key } } })),
        ], (variable) => variable.name),
        resources: Resources._partial(definition.scope, definition.settings.resources)._toKube(),
        securityContext: containerSecurity(),
        volumeMounts: [
          { name: WORKSPACE, mountPath: '/workspace' },
          { name: 'scripts', mountPath: SCRIPTS, readOnly: true },
          { name: 'scratch', mountPath: '/tmp' },
          ...extra.map(({ mount }) => mount),
        ],
      },
      volumes: [
        { name: 'scripts', configMap: { name: `${definition.name}-scripts` } },
        { name: 'scratch', emptyDir: { sizeLimit: definition.settings.resources.ephemeralStorageLimit } },
        ...extra.map(({ volume }) => volume),
      ],
    };
  }
}

interface Values {
  readonly [name: string]: string;
}

/** All values of a task by the names of variables, those of its pod among them. */
function valuesOf({ image, script, seconds, timeout, env }: Task): Values {
  return {
    IMAGE: image,
    SCRIPT: script,
    SECONDS: timeout ?? String(seconds),
    ...Object.fromEntries(Object.entries(env).map(([name, value]) => [name, literally(value)])),
  };
}

function parameter(variable: string): string {
  return variable.toLowerCase().replaceAll('_', '-');
}

/** Credentials are in the pods that need them, and in no others. */
function extraVolumes(
  definition: PipelineDefinition, { buildKit, registrySecret }: ArgoWorkflowsOptions, { script, secrets }: Task,
): MountedVolume[] {
  const extra: MountedVolume[] = [];
  const add = (volume: k8s.Volume, mountPath: string) => extra.push({ volume, mount: { name: volume.name, mountPath, readOnly: true } });
  if (secrets.some((secret) => REGISTRY_SECRETS.includes(secret))) {
    add({ name: 'registry', secret: { secretName: registrySecret, items: [{ key: '.dockerconfigjson', path: 'config.json' }] } }, REGISTRY);
  }
  if (script === 'build') {
    const items = ['ca.pem', 'cert.pem', 'key.pem'].map((key) => ({ key, path: key }));
    add({ name: 'buildkit', secret: { secretName: buildKit.secretName, items } }, BUILDKIT);
  }
  if (script === 'sign' && definition.signing === ImageSigning.KEYLESS) {
    add({
      name: 'identity', projected: { sources: [{ serviceAccountToken: { path: 'oidc-token', audience: 'sigstore', expirationSeconds: TOKEN_SECONDS } }] },
    }, SIGSTORE);
  }
  return extra;
}
