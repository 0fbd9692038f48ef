import { decidedSidecar } from './decided-sidecar';
import type { AppChannel } from '../core/edges';
import type { PlatformProfile } from '../profile/platform-profile';
import type { Dapr } from '../values/dapr';
import type { Port } from '../values/port';

/** The port of the ports of an application that its sidecar calls, unless the sidecar has a port of its own for it. */
export function appPortOf(ports: readonly Port[], appProtocol: string): Port | undefined {
  return [appProtocol, isGrpc(appProtocol) ? 'grpc' : 'http'].map((name) => ports.find((port) => port.name === name)).find((port) => port);
}

/** Whether sidecar and application speak gRPC. */
export function isGrpc(protocol: string): boolean {
  return protocol.startsWith('grpc');
}

/** How the sidecar of a workload calls its application, if it does. */
export function appChannelOf(profile: PlatformProfile, dapr: Dapr, ports: readonly Port[]): AppChannel | undefined {
  if (!dapr._injected) {
    return undefined;
  }
  const { appPort, appProtocol, appToken } = decidedSidecar(profile, dapr);
  const port = appPort ?? appPortOf(ports, appProtocol)?.number;
  return port === undefined ? undefined : { port, grpc: isGrpc(appProtocol), token: appToken !== undefined };
}
