import type { Construct } from 'constructs';
import { commandLine } from './command-line';
import { defined } from './defined';
import { fail, nearest } from './errors';
import { checkProbeHeaders } from './http-headers';
import type { Port } from './port';
import type { ProbeTiming } from './probe-timing';
import { checkedTiming, withoutHeaders } from './probe-timing';
import { frozen } from './shared';
import { isRewritten } from './url-path';
import { plainText, show } from './value-checks';

interface KubeProbe {
  httpGet?: { path: string; port: string; scheme?: 'HTTPS'; httpHeaders?: { name: string; value: string }[] };
  exec?: { command: string[] };
  grpc?: { port: number };
  tcpSocket?: { port: string };
  initialDelaySeconds?: number;
  periodSeconds?: number;
  timeoutSeconds?: number;
  failureThreshold?: number;
  successThreshold?: number;
}

/** What a probe does, if it does anything. */
type Action =
  | { readonly kind: 'httpGet'; readonly path: string; readonly headers: Readonly<Record<string, string>> }
  | { readonly kind: 'grpc' | 'tcpSocket' | 'none' }
  | { readonly kind: 'exec'; readonly command: string[] };

/** The port that a probe asks if it names none. */
const USUAL_PORT: { readonly [K in Action['kind']]?: string } = { httpGet: 'http', grpc: 'grpc' };

/**
 * A question by which the kubelet learns the state of a container.
 *
 * @see https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/
 */
export class Probe {
  /**
   * GET of a path that begins with `/`; any answer from 200 to 399 is a success. The probe uses TLS on a port of `Port.https`.
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
    if (isRewritten(path.split('?')[0])) {
      fail(where, `${show(path)} is a path that servers redirect, and the kubelet takes a redirect for a success`, "Write it without '//', '/.' and '/..'");
    }
    const { headers = {}, ...rest } = timing;
    checkProbeHeaders(where, headers);
    return new Probe({ kind: 'httpGet', path, headers }, checkedTiming(where, rest));
  }

  /**
   * The health check of gRPC, which the application implements.
   *
   * @see https://grpc.io/docs/guides/health-checking/
   */
  public static grpc(timing: ProbeTiming = {}): Probe {
    return new Probe({ kind: 'grpc' }, withoutHeaders('Probe.grpc', timing));
  }

  /**
   * A connection that is opened and closed; it says that the process listens, not that it works.
   */
  public static tcpSocket(timing: ProbeTiming = {}): Probe {
    return new Probe({ kind: 'tcpSocket' }, withoutHeaders('Probe.tcpSocket', timing));
  }

  /**
   * A program in the container, with its arguments; exit code 0 is a success. No shell is involved unless the command starts one.
   *
   * The kubelet starts the program anew for each probe, so give it a `period` that the container can afford.
   */
  public static exec(command: string[], timing: ProbeTiming = {}): Probe {
    const where = 'Probe.exec';
    if (timing.port !== undefined) {
      fail(where, `a command uses no port, and port is ${show(timing.port)}`, 'Leave port out');
    }
    return new Probe({ kind: 'exec', command: [...commandLine(where, 'the command', command)] }, withoutHeaders(where, timing));
  }

  /**
   * No probe, in place of the default probe of the platform profile. Kubernetes then considers a running container healthy, started and ready.
   */
  public static none(): Probe {
    return new Probe({ kind: 'none' }, {});
  }

  /** By the port, which services of one profile share; by the probe itself if it uses none. */
  private readonly rendered = new WeakMap<object, KubeProbe>();

  private constructor(private readonly action: Action, private readonly timing: ProbeTiming) {}

  /**
   * This probe with the defaults where its timing says nothing.
   *
   * @internal
   */
  public _merge(defaults: ProbeTiming): Probe {
    const own = Object.entries(this.timing).filter(([, value]) => value !== undefined);
    return new Probe(this.action, { ...checkedTiming('Probe', defaults), ...Object.fromEntries(own) });
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
   * The probe of a container with these ports, or undefined for no probe. Kubernetes takes the name of a port, but for gRPC the number.
   *
   * @internal
   */
  public _toKube(ports: readonly Port[], where: Construct | string = `Probe.${this.action.kind}`): KubeProbe | undefined {
    const { action } = this;
    if (action.kind === 'none') {
      return undefined;
    }
    const port = action.kind === 'exec' ? undefined : this.portAmong(ports, where);
    const known = this.rendered.get(port ?? this) ?? frozen(this.render(port));
    this.rendered.set(port ?? this, known);
    return known;
  }

  private render(port: Port | undefined): KubeProbe {
    const { initialDelay, period, timeout, failureThreshold, successThreshold } = this.timing;
    return defined({
      ...requestOf(this.action, port),
      initialDelaySeconds: initialDelay?.toSeconds(),
      periodSeconds: period?.toSeconds(),
      timeoutSeconds: timeout?.toSeconds(),
      failureThreshold,
      successThreshold,
    });
  }

  private portAmong(ports: readonly Port[], where: Construct | string): Port {
    const wanted = this.timing.port ?? USUAL_PORT[this.action.kind];
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
      near ? `Set port to '${near}'` : this.action.kind === 'httpGet' && names.includes('grpc') ? 'Use Probe.grpc()' : 'Set port to one of them');
  }
}

/** The field of a probe that says what it does. */
function requestOf(action: Action, port: Port | undefined): KubeProbe {
  switch (action.kind) {
    case 'httpGet':
      return { httpGet: defined({ path: action.path, port: port!.name, scheme: port!._appProtocol === 'https' ? 'HTTPS' as const : undefined, httpHeaders: headersOf(action.headers) }) };
    case 'exec':
      return { exec: { command: action.command } };
    case 'grpc':
      return { grpc: { port: port!.number } };
    default:
      return { tcpSocket: { port: port!.name } };
  }
}

function headersOf(headers: Readonly<Record<string, string>>): { name: string; value: string }[] | undefined {
  const list = Object.entries(headers).map(([name, value]) => ({ name, value }));
  return list.length > 0 ? list : undefined;
}
