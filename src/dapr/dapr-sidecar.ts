import type { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { appPortOf, isGrpc } from './app-channel';
import { type AppHealth, appHealth } from './app-health';
import { SIDECAR_SETTINGS } from './dapr-settings';
import { checkDecided, decidedSidecar } from './decided-sidecar';
import { annotationsOf, pairs, type Sidecar } from './sidecar-annotations';
import { recordLate } from '../checks/registry';
import type { RuleDescription } from '../checks/rule';
import { Severity } from '../checks/severity';
import type { IPods } from '../core/workload';
import { PlatformProfile } from '../profile/platform-profile';
import type { Dapr } from '../values/dapr';
import { fail } from '../values/errors';
import type { Port } from '../values/port';
import { DAPRD } from '../values/ports';
import type { Probe } from '../values/probe';
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
  /** The probe that the health check of the application follows. */
  readonly readiness?: Probe;
  /** Whether Dapr cannot stop one of its subscriptions, known when all connections are. */
  readonly hasLastingReaders?: () => boolean;
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
   * @default - `readiness` of the sidecar
   */
  readonly readinessDelay?: Duration;
  /** How long its pod may take to leave in all, if it is not the sum of what the profile sets. */
  readonly graceSeconds?: number;
  /** The name of the Configuration that the sidecar reads, known when all connections are. */
  readonly configuration: () => string;
}

/** The first versions that know a sidecar which starts before and leaves after the application by itself. */
const NATIVE_SIDECAR = { dapr: '1.18', kubernetes: '1.29' };

export const NO_APP_HEALTH: RuleDescription = {
  id: 'MS-DAPR-011',
  severity: Severity.INFO,
  why: 'A Dapr sidecar does not check the health of its application, so it delivers calls and events also while the application is not ready.',
  fix: 'Use Probe.httpGet() without headers on the port of the sidecar, or implement AppCallbackHealthCheck and set Dapr.sidecar({ appHealthCheck: true }).',
};

/**
 * The annotations by which Dapr's injector adds its sidecar to a pod.
 *
 * @see https://docs.dapr.io/reference/arguments-annotations-overview/
 * @internal
 */
export class DaprSidecar extends Construct {
  private readonly profile: PlatformProfile;
  private readonly sidecar: Sidecar;
  private readonly appPort?: number;
  private readonly health: () => AppHealth | undefined;

  constructor(scope: Construct, id: string, private readonly props: DaprSidecarProps) {
    super(scope, id);
    this.profile = PlatformProfile.of(this);
    this.sidecar = decidedSidecar(this.profile, props.dapr);
    checkDecided(this, this.profile, this.sidecar);
    this.checkPorts();
    this.appPort = this.findAppPort();
    this.health = this.decideHealth();
    recordLate(props.workload, NO_APP_HEALTH, () => [this.health()?.problem ?? []].flat());
    this.checkEnd();
    this.checkShutdown();
  }

  public get annotations(): { [name: string]: string } {
    const { readinessDelay } = this.props;
    const { appId = this.props.workload.name, blockShutdown, readiness } = this.sidecar;
    return prefixed({
      'enabled': 'true',
      'app-id': appId,
      ...annotationsOf(readinessDelay ? { ...this.sidecar, readiness: { ...readiness, initialDelay: readinessDelay } } : this.sidecar),
      ...this.applicationAnnotations(),
      'config': this.props.configuration(),
      'metrics-port': String(this.props.metricsPort ?? DAPRD.metrics),
      ...this.resourceAnnotations(),
      'sidecar-seccomp-profile-type': 'RuntimeDefault',
      // the operator resolves the secrets of components; the sidecar needs no token of the API server for it
      'disable-builtin-k8s-secret-store': 'true',
      'graceful-shutdown-seconds': seconds(this.drain),
      ...this.native
        ? { 'enable-native-sidecar': 'true' }
        : { 'block-shutdown-duration': `${blockShutdown?.toSeconds() ?? this.secondsOfApplication()}s` },
    });
  }

  /** Whether it leaves by itself after the application, as a native sidecar does. */
  public get native(): boolean {
    return this.profile.daprVersion.atLeast(NATIVE_SIDECAR.dapr) && this.profile.kubernetesVersion.atLeast(NATIVE_SIDECAR.kubernetes);
  }

  /** How long it may take to leave. The pod of a job succeeds only if a sidecar that is not native does so in time. */
  public get drain(): Duration {
    const { sidecarDrain, jobSidecarDrain } = ROLLOUT_SETTINGS.of(this.profile);
    return this.props.ends && !this.native ? jobSidecarDrain : sidecarDrain;
  }

  /** How long the application may serve and finish its requests. */
  private secondsOfApplication(): number {
    const { preStopDelay, drain, graceMargin } = ROLLOUT_SETTINGS.of(this.profile);
    const { graceSeconds } = this.props;
    return graceSeconds === undefined ? preStopDelay.toSeconds() + drain.toSeconds()
      : graceSeconds - this.drain.toSeconds() - graceMargin.toSeconds();
  }

  private findAppPort(): number | undefined {
    const { appPort, appProtocol } = this.sidecar;
    if (appPort !== undefined || this.props.ports.length === 0) {
      return appPort;
    }
    const family = isGrpc(appProtocol) ? 'grpc' : 'http';
    return appPortOf(this.props.ports, appProtocol)?.number ?? fail(this, `no port named '${appProtocol}', by which the Dapr sidecar would speak to '${this.props.workload.name}'`,
      `Add Port.${family}(...) to ports, or set Dapr.sidecar({ appPort })`);
  }

  /** How the sidecar checks the health of the application, which also follows from its subscriptions. */
  private decideHealth(): () => AppHealth | undefined {
    const { workload, dapr, ports, readiness } = this.props;
    if (this.appPort === undefined) {
      return () => undefined;
    }
    const wanted = dapr._options.appHealthCheck;
    const health = appHealth({ appPort: this.appPort, appProtocol: this.sidecar.appProtocol, ports, readiness, wanted });
    if (health.problem && wanted) {
      fail(this, `'${workload.name}' ${health.problem}, so the sidecar cannot check its health`, 'Use Probe.httpGet() without headers on the port of the sidecar, or leave appHealthCheck out');
    }
    return () => wanted === undefined && this.props.hasLastingReaders?.() ? { annotations: {} } : health;
  }

  /** How the sidecar reaches the application, if it does. */
  private applicationAnnotations(): { [name: string]: string | undefined } {
    const { maxConcurrency, appProtocol } = this.sidecar;
    return this.appPort === undefined ? {} : {
      'app-port': String(this.appPort),
      'app-protocol': appProtocol,
      'app-max-concurrency': maxConcurrency === undefined ? undefined : String(maxConcurrency),
      // while the application is unhealthy, the sidecar delivers no events to it
      ...this.health()?.annotations,
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
      'env': pairs('=')({ ...target === undefined ? {} : { GOMEMLIMIT: String(target) }, ...this.sidecar.env }),
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

  /** A native sidecar gets SIGTERM after the application has ended, and has nothing to wait for. */
  private checkShutdown(): void {
    const wait = this.sidecar.blockShutdown?.toSeconds();
    if (wait !== undefined && this.native) {
      fail(this, `sets blockShutdown of the sidecar, and the native sidecar of Dapr ${this.profile.daprVersion} on Kubernetes ${this.profile.kubernetesVersion} ends after the application`, 'Remove it');
    }
    if (wait !== undefined && wait > this.secondsOfApplication()) {
      fail(this, `blockShutdown of the sidecar is ${wait} seconds, and the application has ${this.secondsOfApplication()} to leave`,
        'Shorten it, or set a longer terminationGracePeriod');
    }
  }

  private checkPorts(): void {
    const { grpcPort = DAPRD.grpc, debugPort } = this.sidecar;
    const taken = Object.values<number>({ ...DAPRD, grpc: grpcPort, ...debugPort === undefined ? {} : { debug: debugPort } });
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
