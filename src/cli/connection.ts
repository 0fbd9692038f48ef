import { isIP } from 'net';
import { Endpoint } from '../graph/endpoint';
import type { Protocol } from '../graph/ports';
import type { Reachability } from '../graph/reachability';
import { fail, nearest } from '../values/errors';
import { show } from '../values/value-checks';

const HIGHEST_PORT = 65_535;

/** A connection that somebody asks about. */
export interface Connection {
  readonly from: Endpoint;
  readonly to: Endpoint;
  readonly port: number;
  readonly protocol: Protocol;
}

/** Reads both ends of a connection as a person writes them. Fails on a workload that is not there or not the only one of its name. */
export function readConnection(reachability: Reachability, from: string, to: string, protocol: Protocol): Connection {
  const [, host, port] = /^(.*):([^:\]]+)$/.exec(to) ?? fail('reach', `${show(to)} has no port`, "Add one, such as 'order:9000'");
  const target = endpointOf(reachability, host.replace(/^\[(.*)\]$/, '$1'));
  return { from: endpointOf(reachability, from), to: target, port: portOf(target, port), protocol };
}

function endpointOf(reachability: Reachability, text: string): Endpoint {
  if (isIP(text) !== 0) {
    return Endpoint.ofAddress(text);
  }
  const found = reachability.workloads.filter((each) => text === `${each}` || text === each.workload!.name);
  if (found.length > 1) {
    fail('reach', `${show(text)} is the name of ${found.length} workloads`, `Write one of ${found.join(', ')}`);
  }
  const near = nearest(text, reachability.workloads.flatMap((each) => [each.workload!.name, `${each}`]));
  return found[0] ?? fail('reach', `there is no workload ${show(text)}`, near === undefined ? `Known are ${reachability.workloads.join(', ')}` : `Did you mean '${near}'?`);
}

/** A number, or the name of a port of the called pods. */
function portOf(to: Endpoint, text: string): number {
  const number = to._ports.find(({ name }) => name === text)?.port ?? Number(text);
  return Number.isInteger(number) && number >= 1 && number <= HIGHEST_PORT ? number
    : fail('reach', `${show(text)} is no port of ${to}`, `Write a number from 1 to ${HIGHEST_PORT}, or one of ${to._ports.map(({ name }) => name).join(', ') || 'none'}`);
}
