import type { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { SIDECAR_SETTINGS } from './dapr-settings';
import type { IPods } from '../core/workload';
import { PlatformProfile } from '../profile/platform-profile';
import type { Dapr } from '../values/dapr';
import { fail } from '../values/errors';
import type { Port } from '../values/port';
import { DAPRD } from '../values/ports';
import { Quantity } from '../values/quantity';
import type { Resources } from '../values/resources';
import { ROLLOUT_SETTINGS } from '../workloads/rollout-settings';

/**
 * Properties for `DaprSidecar`.
 *
 * @internal
 */
export interface DaprSidecarProps {
  readonly workload: IPods;
  readonly dapr: Dapr;
  /** None where nothing reaches the application, not even its sidecar. */
  readonly ports: readonly Port[];
  readonly resources: Resources;
  /** Whether the pod is there for a piece of work, and ends when it is done. */
  readonly ends?: boolean;
  /**
   * Where it has its metrics.
   *
   * @default - its usual port
   */
  readonly metricsPort?: number;
  /**
   * How long the kubelet waits before it first asks for readiness.
   *
   * @default - the profile's `sidecar.readinessDelay` (none)
   */
  readonly readinessDelay?: Duration;
  /** How long its pod may take to leave in all, if it is not the sum of what the profile sets. */
  readonly graceSeconds?: number;
  /** The name of the Configuration that the sidecar reads, known when all connections are. */
  readonly configuration: () => string;
}

/** The first versions that know a sidecar which starts before and leaves after the application by itself. */
const NATIVE_SIDECAR = { dapr: '1.18', kubernetes: '1.29' };

/**
 * The annotations by which Dapr's injector adds its sidecar to a pod.
 *
 * @see https://docs.dapr.io/reference/arguments-annotations-overview/
 * @internal
 */
export class DaprSidecar extends Construct {
  private readonly profile: PlatformProfile;
  private readonly appPort?: number;

  constructor(scope: Construct, id: string, private readonly props: DaprSidecarProps) {
    super(scope, id);
    this.profile = PlatformProfile.of(this);
    this.checkPorts();
    this.appPort = this.findAppPort();
    this.checkEnd();
  }

  public get annotations(): { [name: string]: string } {
    const sidecar = SIDECAR_SETTINGS.of(this.profile);
    const rollout = ROLLOUT_SETTINGS.of(this.profile);
    const { _options: options } = this.props.dapr;
    const delay = this.props.readinessDelay ?? sidecar.readinessDelay;
    return prefixed({
      'enabled': 'true',
      'app-id': options.appId ?? this.props.workload.name,
      ...this.applicationAnnotations(),
      'config': this.props.configuration(),
      'log-level': options.logLevel ?? sidecar.logLevel,
      'metrics-port': String(this.props.metricsPort ?? DAPRD.metrics),
      ...this.resourceAnnotations(),
      'sidecar-readiness-probe-delay-seconds': delay && seconds(delay),
      'sidecar-seccomp-profile-type': 'RuntimeDefault',
      // the operator resolves the secrets of components; the sidecar needs no token of the API server for it
      'disable-builtin-k8s-secret-store': 'true',
      'graceful-shutdown-seconds': seconds(rollout.sidecarDrain),
      ...this.native
        ? { 'enable-native-sidecar': 'true' }
        : { 'block-shutdown-duration': `${this.secondsOfApplication()}s` },
    });
  }

  /** Whether it leaves by itself after the application, as a native sidecar does. */
  public get native(): boolean {
    return this.profile.daprVersion.atLeast(NATIVE_SIDECAR.dapr) && this.profile.kubernetesVersion.atLeast(NATIVE_SIDECAR.kubernetes);
  }

  /** How long the application may serve and finish its requests. */
  private secondsOfApplication(): number {
    const { preStopDelay, drain, sidecarDrain, graceMargin } = ROLLOUT_SETTINGS.of(this.profile);
    const { graceSeconds } = this.props;
    return graceSeconds === undefined ? preStopDelay.toSeconds() + drain.toSeconds()
      : graceSeconds - sidecarDrain.toSeconds() - graceMargin.toSeconds();
  }

  private get appProtocol(): string {
    return this.props.dapr._options.appProtocol ?? SIDECAR_SETTINGS.of(this.profile).appProtocol;
  }

  private findAppPort(): number | undefined {
    const chosen = this.props.dapr._options.appPort;
    if (chosen !== undefined || this.props.ports.length === 0) {
      return chosen;
    }
    const fitting = this.props.ports.find((port) => port.name === this.appProtocol);
    return fitting?.number ?? fail(this, `no port named '${this.appProtocol}', by which the Dapr sidecar would speak to '${this.props.workload.name}'`,
      `Add Port.${this.appProtocol}(...) to ports, or set Dapr.sidecar({ appPort })`);
  }

  /** How the sidecar reaches the application, if it does. */
  private applicationAnnotations(): { [name: string]: string | undefined } {
    const { maxConcurrency } = this.props.dapr._options;
    return this.appPort === undefined ? {} : {
      'app-port': String(this.appPort),
      'app-protocol': this.appProtocol,
      'app-max-concurrency': maxConcurrency === undefined ? undefined : String(maxConcurrency),
      // while the application is unhealthy, the sidecar delivers no events to it
      'enable-app-health-check': 'true',
      'app-health-check-path': this.appProtocol === 'http' ? SIDECAR_SETTINGS.of(this.profile).appHealthPath : undefined,
    };
  }

  private resourceAnnotations(): { [name: string]: string | undefined } {
    const { requests, limits } = this.props.resources._toKube();
    const memory = limits?.memory;
    const target = memory && Quantity.memory(memory)._units * BigInt(SIDECAR_SETTINGS.of(this.profile).memoryTargetPercent) / 100n;
    return {
      'sidecar-cpu-request': requests?.cpu,
      'sidecar-cpu-limit': limits?.cpu,
      'sidecar-memory-request': requests?.memory,
      'sidecar-memory-limit': memory,
      // without it the Go runtime does not know the limit, and the kernel kills the sidecar that reaches it
      'env': target === undefined ? undefined : `GOMEMLIMIT=${target}`,
    };
  }

  /** A pod has ended when all its containers have, but for native sidecars. */
  private checkEnd(): void {
    const { shutdownByApplication } = this.props.dapr._options;
    const { kubernetesVersion, daprVersion } = this.profile;
    if (this.props.ends && !this.native && !shutdownByApplication) {
      fail(this, `the sidecar of '${this.props.workload.name}' would never end, and so the pod would not when its work is done: Kubernetes ${kubernetesVersion} with Dapr ${daprVersion} has no native sidecar`,
        `Let the application POST to http://localhost:${DAPRD.http}/v1.0/shutdown at its end and say Dapr.sidecar({ shutdownByApplication: true }), `
        + `use Kubernetes ${NATIVE_SIDECAR.kubernetes} and Dapr ${NATIVE_SIDECAR.dapr}, or go without by Dapr.none(...)`);
    }
    if (!this.props.ends && shutdownByApplication) {
      fail(this, `the application of '${this.props.workload.name}' ends its sidecar, and nothing would reach the service then, which goes on`,
        'Remove shutdownByApplication, or define it as a job');
    }
  }

  private checkPorts(): void {
    const taken = Object.values<number>(DAPRD);
    const clash = this.props.ports.find((port) => taken.includes(port.number));
    if (clash) {
      fail(this, `port '${clash.name}' ${clash.number} is the Dapr sidecar's own, and a pod has each port once`,
        `Use a port other than ${taken.join(', ')}, or dapr: Dapr.none(...)`);
    }
  }
}

function seconds(duration: Duration): string {
  return String(duration.toSeconds());
}

function prefixed(annotations: { [name: string]: string | undefined }): { [name: string]: string } {
  const result: { [name: string]: string } = {};
  for (const name of Object.keys(annotations)) {
    const value = annotations[name];
    if (value !== undefined) {
      result[`dapr.io/${name}`] = value;
    }
  }
  return result;
}
