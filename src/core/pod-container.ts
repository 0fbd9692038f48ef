import type { Duration } from 'cdk8s';
import type { Construct } from 'constructs';
import type { PlatformProfile } from '../profile/platform-profile';
import type { Image } from '../values/image';
import type { Port } from '../values/port';
import type { ProbeSettings } from '../values/probe-settings';
import type { Resources } from '../values/resources';
import type { SecretReference } from '../values/secret-reference';

/**
 * What every container beside the application says.
 */
export interface ContainerProps {
  /**
   * The image, with tag or digest.
   */
  readonly image: Image;

  /**
   * The program, in place of the one that the image starts.
   *
   * @default - the entry point of the image
   */
  readonly command?: string[];

  /**
   * The arguments of the program. `$(NAME)` becomes the environment variable of that name.
   *
   * @default - those of the image
   */
  readonly args?: string[];

  /**
   * Environment variables. Fails on what looks like a secret.
   *
   * @default - none
   */
  readonly env?: { [name: string]: string };

  /**
   * Secrets as environment variables, for images that can read no file: child processes and crash dumps see them.
   *
   * @default - none
   */
  readonly secretEnv?: { [name: string]: SecretReference };

  /**
   * Secrets that the container reads as files, at `/var/run/secrets/<name>/<key>`. They must exist in the namespace.
   *
   * @default - none
   */
  readonly secretFiles?: SecretReference[];

  /**
   * Processors, memory and disk of the container. In a guaranteed service the requests are the limits here too, and in a best-effort one
   * processors and memory are left out.
   *
   * @default - the profile's `containers.resources`
   */
  readonly resources?: Resources;

  /**
   * Folders that it shares with the application and with every other container that names them, at the same path in each. They are empty
   * when the pod starts and gone with it; each holds at most `security.scratchSize` of the platform profile.
   *
   * @default - none
   */
  readonly sharedFolders?: string[];
}

/**
 * A container that runs to its end before the application starts.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/pods/init-containers/
 */
export interface InitContainer extends ContainerProps {
  /**
   * The name of the container: a DNS label that no other container of the pod has.
   */
  readonly name: string;

  /**
   * Whether it needs the sidecars of the pod, and so runs after they have started. Possible from Kubernetes 1.29 on, where sidecars start
   * before the application; synthesis fails for an older one.
   *
   * @default false
   */
  readonly needsSidecars?: boolean;
}

/**
 * Properties for `Sidecar`.
 */
export interface SidecarProps extends ContainerProps {
  /**
   * Ports by which others reach it: whoever may reach the application may reach these, and the Service offers them.
   *
   * @default - none
   */
  readonly ports?: Port[];

  /**
   * Ports on which it listens for the application alone, on 127.0.0.1.
   *
   * @default - none
   */
  readonly localPorts?: Port[];

  /**
   * How it is asked for its health. While it is not ready, neither is the pod. What the timing of a probe does not say is as in Kubernetes.
   *
   * @default - it is not asked
   */
  readonly probes?: ProbeSettings;

  /**
   * Files of its configuration by their names: a ConfigMap. A change rolls out. Nothing secret: anybody who may read the namespace sees it.
   *
   * @default - none
   */
  readonly configuration?: { [file: string]: string };

  /**
   * The folder in which it finds its configuration.
   *
   * @default - none; needed where there is a configuration
   */
  readonly configurationFolder?: string;

  /**
   * How long it may take to end after SIGTERM. The pod is given that time.
   *
   * @default - the profile's `containers.drain` (5 s)
   */
  readonly drain?: Duration;
}

/**
 * A container beside the application, as a sidecar describes it.
 */
export interface SidecarContainer extends SidecarProps {
  /**
   * The name of the container: a DNS label that no other container of the pod has.
   */
  readonly name: string;

  /**
   * Names of the application's ports that it answers for. Others no longer reach those themselves, and its own ports stand in their place.
   *
   * @default - none
   */
  readonly frontedPorts?: string[];

  /**
   * The port on which its metrics are scraped.
   *
   * @default - it has none
   */
  readonly metricsPort?: Port;

  /**
   * The path of its metrics.
   *
   * @default - the profile's `containers.metricsPath` (/metrics)
   */
  readonly metricsPath?: string;
}

/**
 * What a sidecar knows of the workload that it is put beside.
 */
export interface SidecarContext {
  /** The construct of the workload: where errors and findings belong. */
  readonly workload: Construct;

  /** The name of the workload. */
  readonly name: string;

  /** The namespace in which it runs. */
  readonly namespace: string;

  /** The ports of the application's own container, the main one first. */
  readonly ports: Port[];

  /** The platform profile in force. */
  readonly profile: PlatformProfile;
}

/**
 * A container that is put beside the application: one hook, that says which.
 *
 * `Sidecar`, `Adapter` and `Ambassador` are such; a class of your own can be one too.
 */
export interface ISidecar {
  /**
   * The container for a workload. Called once for each workload it is given to; it must not depend on what later statements say.
   */
  bind(context: SidecarContext): SidecarContainer;
}
