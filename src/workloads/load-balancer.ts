import { Construct } from 'constructs';
import { servicePort } from './service-objects';
import type * as k8s from '../../imports/k8s';
import { callbacksOf, unknownCallbacks } from '../core/callbacks';
import { ConnectionIndex } from '../core/connection-index';
import type { ServiceNode } from '../core/edges';
import { defineObject } from '../core/kubernetes-object';
import { takeServiceName } from '../core/service-names';
import { serviceNodeOf } from '../core/service-node';
import { MESH_SETTING } from '../mesh/mesh-settings';
import { portsOnTheWire } from '../network/connection-policies';
import { defineNetworkPolicy } from '../network/network-policy';
import { patchObject, removeField } from '../output/patch';
import { checkAnnotations } from '../values/annotations';
import { constructId } from '../values/construct-id';
import { describe, fail } from '../values/errors';
import { NetworkPeer } from '../values/network-peer';
import type { Port } from '../values/port';
import { serviceName, show } from '../values/value-checks';

/**
 * Properties for `LoadBalancer`.
 */
export interface LoadBalancerProps {
  /**
   * The names of the ports that it offers, such as `http`. It offers the Service port of each.
   *
   * @default - the main port of the workload
   */
  readonly ports?: string[];

  /**
   * The addresses of clients, in CIDR notation. The load balancer, the nodes and a network policy admit no others.
   *
   * With ranges, only nodes with a pod of the workload take connections, because the others hide the address of the client.
   *
   * @default - everybody, which is the finding MS-NET-002
   */
  readonly sourceRanges?: string[];

  /**
   * Annotations of the Service, which the cloud provider reads.
   *
   * @default - none
   */
  readonly annotations?: { [name: string]: string };
}

/** A DNS label. */
const LONGEST_NAME = 63;

/**
 * A load balancer outside of the cluster in front of one workload: a second Service of the type LoadBalancer, and the network policy that admits its clients.
 *
 * Define it below the workload. Its name is that of the workload and its id. Prefer an `ApiGateway`, which has TLS, authentication and limits.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/service/#loadbalancer
 *
 * @example
 *
 * declare const frontend: Microservice;
 * const external = new workloads.LoadBalancer(frontend, 'external');
 * checks.Checks.of(external).acknowledge('MS-NET-002', { reason: 'the shop is public' });
 */
export class LoadBalancer extends Construct {
  /** The name of the Service. */
  public readonly name: string;

  /** The ports that it offers. */
  public readonly ports: Port[];

  constructor(scope: Construct, id: string, props: LoadBalancerProps = {}) {
    super(scope, constructId(scope, id, new.target, props));
    const node = serviceNodeOf(scope) ?? fail(this, 'is not below a workload', 'Define it below a Microservice: new LoadBalancer(frontend, ...)');
    this.checkWorkload(node);
    this.name = serviceName(this, 'name', `${node.name}-${id}`, LONGEST_NAME);
    if (takeServiceName(node, this.name)) {
      fail(this, `'${this.name}' is the name of another Service`, 'Give the load balancer another id');
    }
    this.ports = portsNamed(this, node, props.ports);
    const { sourceRanges, annotations } = props;
    checkAnnotations(this, annotations ?? {});
    if (sourceRanges?.length === 0) {
      fail(this, 'has an empty list of sourceRanges, which Kubernetes takes for everybody', 'Name a range, or leave sourceRanges out');
    }
    const clients = sourceRanges?.map((range) => NetworkPeer.cidr(range)) ?? [NetworkPeer._anywhere()];
    defineObject<k8s.ServiceSpec>(this, 'Service', {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: this.name, ...annotations && { annotations } },
      spec: {
        type: 'LoadBalancer',
        // nodes without a pod would replace the address of the client by their own
        externalTrafficPolicy: sourceRanges && 'Local',
        loadBalancerSourceRanges: sourceRanges && [...sourceRanges].sort(),
        selector: node.selectorLabels,
        ports: this.ports.map(servicePort),
      },
    });
    this.node.addValidation({ validate: () => this.exposedCallbacks(node) });
    defineNetworkPolicy(this, 'NetworkPolicy', {
      name: this.name,
      selector: { matchLabels: node.selectorLabels },
      ingress: () => [{ peers: clients, ports: portsOnTheWire(node, this.ports.map(({ number }) => number)) }],
    });
  }

  /**
   * Replaces a detail of a manifest of the load balancer that nothing else can set.
   *
   * @param kind the kind of the object, `Service` or `NetworkPolicy`
   * @param path the place as a JSON pointer, such as `/spec/externalTrafficPolicy`
   * @param value the value to set there
   * @param reason why, for those who review the manifests
   */
  public patch(kind: string, path: string, value: any, reason: string): void {
    patchObject(this, kind, path, value, reason);
  }

  /**
   * Removes a field of a manifest of the load balancer.
   *
   * @param kind the kind of the object, `Service` or `NetworkPolicy`
   * @param path the place as a JSON pointer, such as `/spec/loadBalancerSourceRanges`
   * @param reason why, for those who review the manifests
   */
  public removeField(kind: string, path: string, reason: string): void {
    removeField(this, kind, path, reason);
  }

  /** A load balancer knows no paths, so it cannot exclude what only the sidecar calls. */
  private exposedCallbacks(node: ServiceNode): string[] {
    const { appChannel } = node;
    const connections = ConnectionIndex.of(this);
    const open = appChannel && !appChannel.token && this.ports.some(({ number }) => number === appChannel.port)
      ? [...callbacksOf(connections, node).filter(({ declared }) => declared).map(({ path }) => path), ...unknownCallbacks(connections, node)] : [];
    return open.length === 0 ? [] : [describe(
      `is in front of '${node.name}' at a port that takes ${open.join(', ')}, where only the Dapr sidecar calls, so clients could forge events or calls of actors`,
      'Use an ApiGateway, or set Dapr.sidecar({ appToken }) and let the application refuse calls without it',
    )];
  }

  private checkWorkload({ construct, entryPoint, group }: ServiceNode): void {
    if (construct.address === undefined) {
      fail(this, `is in front of '${construct.name}', which has no Service`, 'Use a Microservice with a port');
    }
    if (entryPoint) {
      fail(this, `is in front of '${construct.name}', whose pods take calls only from the gateway of Knative`, 'Use visibility: FunctionVisibility.EXTERNAL');
    }
    if (construct.node.tryFindChild('CandidateService')) {
      fail(this, `is in front of '${construct.name}', and would lead to its old and its new version alike`, 'Use an ApiGateway, or a rolling update');
    }
    const mesh = MESH_SETTING.of(group.profile);
    if (mesh._proxies) {
      fail(this, `is in front of '${construct.name}', and the mesh ${mesh} takes no connection from outside of it`, 'Use an ApiGateway');
    }
  }
}

function portsNamed(where: Construct, { ports }: ServiceNode, names: readonly string[] = [ports[0].name]): Port[] {
  if (names.length === 0) {
    fail(where, 'has an empty list of ports, so nobody could connect', 'Name a port, or leave ports out');
  }
  return names.map((name) => ports.find((port) => port.name === name)
    ?? fail(where, `offers a port ${show(name)}, and the workload has ${ports.map((port) => port.name).join(', ')}`, 'Name one of them'));
}
