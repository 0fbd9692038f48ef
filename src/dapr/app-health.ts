import type { Port } from '../values/port';
import type { Probe } from '../values/probe';

/** What the health check of an application follows from. */
export interface AppHealthProps {
  /** The port that the sidecar sends requests to. */
  readonly appPort: number;
  readonly appProtocol: string;
  /** All ports of the container. */
  readonly ports: readonly Port[];
  readonly readiness?: Probe;
  /** Whether the application wants it, if it says so. */
  readonly wanted?: boolean;
}

/** The annotations of a health check, or why there is none. */
export interface AppHealth {
  readonly annotations: { readonly [name: string]: string | undefined };
  readonly problem?: string;
}

/**
 * The health check by which a sidecar decides whether it delivers calls and events to its application. It is the readiness probe, so that the
 * kubelet and Dapr ask the same question at the same pace.
 *
 * For gRPC, Dapr calls a method of its own (AppCallbackHealthCheck), which an application has only if it says so.
 *
 * @see https://docs.dapr.io/operations/resiliency/health-checks/app-health/
 */
export function appHealth(props: AppHealthProps): AppHealth {
  const { appProtocol, readiness, ports, wanted } = props;
  if (wanted === false) {
    return { annotations: {} };
  }
  const probe = readiness?._toKube(ports);
  const { periodSeconds: period, timeoutSeconds: timeout, failureThreshold } = probe ?? {};
  const enabled = {
    'enable-app-health-check': 'true',
    'app-health-probe-interval': text(period),
    // daprd refuses to start where an answer may take longer than the interval
    'app-health-probe-timeout': text(timeout === undefined ? undefined : Math.min(timeout, period ?? timeout) * 1000),
    'app-health-threshold': text(failureThreshold),
  };
  if (appProtocol.startsWith('grpc')) {
    return wanted ? { annotations: enabled } : { annotations: {}, problem: 'speaks gRPC, for which Dapr calls AppCallbackHealthCheck and not the readiness probe' };
  }
  const problem = whyNot(props, probe);
  return problem === undefined ? { annotations: { ...enabled, 'app-health-check-path': probe!.httpGet!.path } } : { annotations: {}, problem };
}

/** Why the readiness probe is no question that Dapr can ask. */
function whyNot({ appPort, appProtocol, ports }: AppHealthProps, probe: ReturnType<Probe['_toKube']>): string | undefined {
  if (!probe?.httpGet) {
    return `has ${probe === undefined ? 'no readiness probe' : 'a readiness probe that is no HTTP request'}`;
  }
  const { port: name, scheme, httpHeaders } = probe.httpGet;
  const port = ports.find((each) => each.name === name);
  if (port?.number !== appPort) {
    return `has a readiness probe of the port '${name}', and Dapr sends all requests to port ${appPort}`;
  }
  if ((scheme === 'HTTPS') !== (appProtocol === 'https')) {
    return `has a readiness probe by ${scheme ?? 'HTTP'}, and the sidecar speaks ${appProtocol}`;
  }
  return httpHeaders === undefined ? undefined : 'has a readiness probe with headers, which Dapr does not send';
}

function text(value: number | undefined): string | undefined {
  return value === undefined ? undefined : String(value);
}
