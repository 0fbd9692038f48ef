import type { Construct } from 'constructs';
import type { KnownComponentProps } from './known-component-props';
import { type ICallable, ServiceReference } from '../../core/service-reference';
import { fail } from '../../values/errors';
import { NetworkPeer } from '../../values/network-peer';
import type { Port } from '../../values/port';
import { HTTPS_PORT } from '../../values/ports';
import { dnsSubdomain, portNumber } from '../../values/value-checks';
import { DaprComponent } from '../dapr-component';

/** What the library knows of a component type. Templates contain `{host}`, `{port}`, `{scheme}`, or fields of the metadata. */
export interface KnownType {
  readonly type: string;
  readonly version?: string;
  /** The usual port of a type with a server. */
  readonly port?: number;
  /** Fields with the address. */
  readonly fields?: Readonly<Record<string, string>>;
  /** Fields that contain the address as well, so that none of the above is set beside them. */
  readonly unless?: readonly string[];
  /** The hosts of a cloud provider, with their port where it is not 443. */
  readonly hosts?: readonly string[];
}

interface Address {
  readonly host: string;
  readonly port: number;
}

/** Defines a component of a known type. */
export function knownComponent(scope: Construct, id: string, known: KnownType, props: KnownComponentProps): DaprComponent {
  const { server, host, port, cidrs = [], ...options } = props;
  const { metadata = {}, secrets = {}, version = known.version } = options;
  if (server && host !== undefined) {
    fail(scope, `the component '${id}' has both a server and a host`, 'Remove one of the two');
  }
  const outside = (addresses: readonly Address[]) => addresses.map(({ host: name, port: number }) => externalServer(scope, name, number, cidrs));
  const define = (connectsTo: ICallable[], fields: Record<string, string> = {}) => new DaprComponent(scope, id, {
    ...options, type: known.type, version, metadata: { ...fields, ...metadata }, connectsTo,
  });
  const fieldsFor = (address: Address) => addressFields(known, address, [...Object.keys(metadata), ...Object.keys(secrets)]);
  if (server) {
    const address = addressOf(scope, id, server, known.port);
    return define([server], fieldsFor({ host: address.host, port: port ?? address.port }));
  }
  if (host !== undefined) {
    const address = { host, port: port ?? known.port ?? HTTPS_PORT };
    return define(outside([address]), fieldsFor(address));
  }
  if (known.port !== undefined && !known.hosts) {
    fail(scope, `the component '${id}' of type ${known.type} has no server`, "Set server to a workload, or host, such as host: 'db.example.com'");
  }
  return define(outside((known.hosts ?? []).map((template) => hostAddress(scope, id, template, metadata))));
}

/** The host of a workload and its usual port, or else its main one. */
function addressOf(scope: Construct, id: string, server: ICallable, usual?: number): Address {
  const { host, port, ports = [] } = server as ICallable & Partial<Address> & { readonly ports?: readonly Port[] };
  const offered = ports.find(({ number }) => number === usual)?.servicePort ?? port ?? usual;
  return host !== undefined ? { host, port: offered ?? HTTPS_PORT }
    : fail(scope, `the server of the component '${id}' is '${server.reference}', whose host is unknown here`,
      'Name a workload with a Service, or use DaprComponent and write the address');
}

function addressFields({ fields = {}, unless = [] }: KnownType, { host, port }: Address, given: readonly string[]): Record<string, string> {
  const values = { host, port: `${port}`, scheme: port === HTTPS_PORT ? 'https' : 'http' };
  const open = given.some((name) => unless.includes(name)) ? [] : Object.entries(fields).filter(([name]) => !given.includes(name));
  return Object.fromEntries(open.map(([name, template]) => [name, filled(template, values)]));
}

function hostAddress(scope: Construct, id: string, template: string, metadata: Readonly<Record<string, string>>): Address {
  const missing = [...template.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).find((name) => !(name in metadata));
  if (missing !== undefined) {
    fail(scope, `the host of the component '${id}' follows from '${missing}', which metadata lacks`, `Set '${missing}' in metadata, or set host`);
  }
  const [host, port] = filled(template, metadata).split(':');
  return { host, port: port === undefined ? HTTPS_PORT : Number(port) };
}

function filled(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(/\{(\w+)\}/g, (_text, name: string) => values[name]);
}

/** A host outside of the cluster that sidecars connect to. */
export function externalServer(scope: Construct, host: string, port: number, cidrs: readonly string[]): ICallable {
  cidrs.forEach((cidr) => NetworkPeer.cidr(cidr));
  dnsSubdomain(scope, 'host', host);
  portNumber(scope, port);
  return ServiceReference._external({ host, ports: [port], cidrs });
}
