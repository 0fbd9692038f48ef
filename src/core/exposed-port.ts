import type { ExposureEdge } from './edges';
import type { Port } from '../values/port';

/** What ports say of themselves that speak a protocol of gateways. */
const APP_PROTOCOL = { http: 'http', grpc: 'kubernetes.io/h2c' } as const;
/** Speaks HTTP too, and is for the platform alone. */
const METRICS = 'metrics';

/** The port of a service by which a gateway reaches it: the one of the name that was said, or else the first that speaks the protocol. */
export function exposedPort({ port, protocol }: Pick<ExposureEdge, 'port' | 'protocol'>, ports: readonly Port[]): Port | undefined {
  return ports.find(({ name, _appProtocol }) => port === undefined ? _appProtocol === APP_PROTOCOL[protocol] && name !== METRICS : name === port);
}
