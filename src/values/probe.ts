import type { Duration } from 'cdk8s';
import type { Construct } from 'constructs';
import { defined } from './defined';
import { fail, nearest } from './errors';
import type { Port } from './port';
import { frozen } from './shared';
import { plainText, show, wholeNumber, wholeSeconds } from './value-checks';

/**
 * When a probe is sent, and how many answers change the state of the container.
 */
export interface ProbeTiming {
  /**
   * The name of the port that is asked.
   *
   * @default - `http` for HTTP, `grpc` for gRPC, the first port of the container for TCP
   */
  readonly port?: string;

  /**
   * How long after the start of the container the first probe is sent, in whole seconds.
   *
   * @default - as the probe of the platform profile
   */
  readonly initialDelay?: Duration;

  /**
   * How long after a probe the next one is sent, in whole seconds, 1 or more.
   *
   * @default - as the probe of the platform profile
   */
  readonly period?: Duration;

  /**
   * How long an answer may take, in whole seconds, 1 or more.
   *
   * @default - as the probe of the platform profile
   */
  readonly timeout?: Duration;

  /**
   * How many failures in a row make the probe fail, 1 or more.
   *
   * @default - as the probe of the platform profile
   */
  readonly failureThreshold?: number;

  /**
   * How many successes in a row end a failure, 1 or more. Kubernetes takes nothing but 1 for liveness and startup.
   *
   * @default - as the probe of the platform profile
   */
  readonly successThreshold?: number;
}

interface KubeProbe {
  httpGet?: { path: string; port: string };
  grpc?: { port: number };
  tcpSocket?: { port: string };
  initialDelaySeconds?: number;
  periodSeconds?: number;
  timeoutSeconds?: number;
  failureThreshold?: number;
  successThreshold?: number;
}

type Kind = 'httpGet' | 'grpc' | 'tcpSocket';

/** The port that a probe asks if it names none. */
const USUAL_PORT: { readonly [K in Kind]?: string } = { httpGet: 'http', grpc: 'grpc' };

/**
 * A question by which the kubelet learns the state of a container.
 *
 * @see https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/
 */
export class Probe {
  /**
   * GET of a path that begins with `/`; any answer from 200 to 399 is a success.
   */
  public static httpGet(path: string, timing: ProbeTiming = {}): Probe {
    const where = 'Probe.httpGet';
    if (path === '') {
      fail(where, 'the path is empty', "Write '/' for the root");
    }
    plainText(where, 'the path', path);
    if (!path.startsWith('/') || /\s/.test(path)) {
      const near = `/${path.trim().replace(/^\//, '').replace(/\s/g, '%20')}`;
      fail(where, `expected a path that begins with '/' and has no blank, got ${show(path)}`, `Write ${show(near)}`);
    }
    return new Probe('httpGet', checked(where, timing), path);
  }

  /**
   * The health check of gRPC, which the application implements.
   *
   * @see https://grpc.io/docs/guides/health-checking/
   */
  public static grpc(timing: ProbeTiming = {}): Probe {
    return new Probe('grpc', checked('Probe.grpc', timing));
  }

  /**
   * A connection that is opened and closed; it says that the process listens, not that it works.
   */
  public static tcpSocket(timing: ProbeTiming = {}): Probe {
    return new Probe('tcpSocket', checked('Probe.tcpSocket', timing));
  }

  /** By the port, which services of one profile share. */
  private readonly rendered = new WeakMap<Port, KubeProbe>();

  private constructor(private readonly kind: Kind, private readonly timing: ProbeTiming, private readonly path?: string) {}

  /**
   * This probe with the defaults where its timing says nothing.
   *
   * @internal
   */
  public _merge(defaults: ProbeTiming): Probe {
    const own = Object.entries(this.timing).filter(([, value]) => value !== undefined);
    return new Probe(this.kind, { ...checked('Probe', defaults), ...Object.fromEntries(own) }, this.path);
  }

  /**
   * This probe with the timing of another where it sets none.
   *
   * @internal
   */
  public _completedBy(current: Probe): Probe {
    return this._merge(current._timing);
  }

  /**
   * The timing that is set: the default of another probe.
   *
   * @internal
   */
  public get _timing(): ProbeTiming {
    return this.timing;
  }

  /**
   * The probe of a container with these ports. Kubernetes takes the name of a port, but for gRPC the number.
   *
   * @internal
   */
  public _toKube(ports: readonly Port[], where: Construct | string = `Probe.${this.kind}`): KubeProbe {
    const port = this.portAmong(ports, where);
    const known = this.rendered.get(port) ?? frozen(this.render(port));
    this.rendered.set(port, known);
    return known;
  }

  private render(port: Port): KubeProbe {
    const { initialDelay, period, timeout, failureThreshold, successThreshold } = this.timing;
    const fields: KubeProbe = {
      ...(this.kind === 'httpGet' ? { httpGet: { path: this.path!, port: port.name } } : undefined),
      ...(this.kind === 'grpc' ? { grpc: { port: port.number } } : undefined),
      ...(this.kind === 'tcpSocket' ? { tcpSocket: { port: port.name } } : undefined),
      initialDelaySeconds: initialDelay?.toSeconds(),
      periodSeconds: period?.toSeconds(),
      timeoutSeconds: timeout?.toSeconds(),
      failureThreshold,
      successThreshold,
    };
    return defined(fields);
  }

  private portAmong(ports: readonly Port[], where: Construct | string): Port {
    const wanted = this.timing.port ?? USUAL_PORT[this.kind];
    const found = wanted === undefined ? ports[0] : ports.find(({ name }) => name === wanted);
    if (found) {
      return found;
    }
    const names = ports.map(({ name }) => name);
    if (names.length === 0 || wanted === undefined) {
      return fail(where, 'the probe finds no port, because the container has none', 'Give the container a port');
    }
    const near = nearest(wanted, names);
    return fail(where, `the probe asks port ${show(wanted)}, and the container has ${names.join(', ')}`,
      near ? `Set port to '${near}'` : this.kind === 'httpGet' && names.includes('grpc') ? 'Use Probe.grpc()' : 'Set port to one of them');
  }
}

function checked(where: string, timing: ProbeTiming): ProbeTiming {
  const { initialDelay, period, timeout, failureThreshold, successThreshold } = timing;
  if (initialDelay) {
    wholeSeconds(where, 'initialDelay', initialDelay, 0);
  }
  if (period) {
    wholeSeconds(where, 'period', period, 1);
  }
  if (timeout) {
    wholeSeconds(where, 'timeout', timeout, 1);
  }
  if (failureThreshold !== undefined) {
    wholeNumber(where, failureThreshold, 1, undefined, 'failureThreshold');
  }
  if (successThreshold !== undefined) {
    wholeNumber(where, successThreshold, 1, undefined, 'successThreshold');
  }
  return timing;
}
