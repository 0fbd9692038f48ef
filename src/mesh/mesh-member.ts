import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { budgetOfCallers } from './budget-of-callers';
import { defineCiliumCallers } from './cilium/cilium-policies';
import { missingExclusions } from './exclusions';
import { gatewaysOf, isCalledDirectly } from './inbound';
import { defineIstioAuthorization } from './istio/istio-authorization';
import { istioAnnotations, istioPodLabels } from './istio/istio-pods';
import { defineIstioTraffic } from './istio/istio-traffic';
import type { ProbePath } from './linkerd/linkerd-authorization';
import { defineLinkerdAuthorization } from './linkerd/linkerd-authorization';
import { linkerdAnnotations } from './linkerd/linkerd-pods';
import { defineLinkerdShift, linkerdServiceAnnotations } from './linkerd/linkerd-traffic';
import { checkEnds, memberProblems, recordMemberFindings } from './member-checks';
import type { Mesh } from './mesh';
import { MESH_SETTING } from './mesh-settings';
import { ConnectionIndex } from '../core/connection-index';
import type { ServiceNode } from '../core/edges';
import { beforeSynthesis } from '../core/preparation';
import type { Labels } from '../values/labels';
import type { Resources } from '../values/resources';

/** A workload, as its mesh needs to know it. */
export interface MeshMemberProps {
  readonly service: ServiceNode;
  /** Processors and memory of the proxy. */
  readonly proxy: Resources;
  /** Whether its pods end by themselves. */
  readonly ends?: boolean;
  /** What the kubelet asks of the container by HTTP. */
  readonly probes: () => readonly ProbePath[];
}

/**
 * A workload in the mesh of its environment: the labels and annotations of its pods, who may connect to it, and how callers reach it.
 *
 * @internal
 */
export class MeshMember extends Construct {
  private readonly connections: ConnectionIndex;
  private readonly mesh: Mesh;

  constructor(scope: Construct, id: string, private readonly props: MeshMemberProps) {
    super(scope, id);
    this.connections = ConnectionIndex.of(this);
    this.mesh = MESH_SETTING.of(props.service.group.profile);
    checkEnds(this, props.service, props.ends);
    this.node.addValidation({
      validate: () => [...missingExclusions(this.connections, props.service), ...memberProblems(this.connections, props.service)],
    });
    beforeSynthesis(this, () => this.render());
  }

  /** By which an injector knows the pod. */
  public get podLabels(): Labels {
    return this.mesh._kind === 'istio' ? istioPodLabels(this.props.service) : {};
  }

  /** Known when all connections are. */
  public get podAnnotations(): Labels {
    const { service, proxy } = this.props;
    switch (this.mesh._kind) {
      case 'istio':
        return istioAnnotations(this.connections, service, proxy);
      case 'linkerd':
        return linkerdAnnotations(this.connections, service, proxy);
      default:
        return {};
    }
  }

  private render(): void {
    const { connections, props: { service, probes } } = this;
    recordMemberFindings(connections, service);
    if (this.node.children.length > 0) {
      return;
    }
    switch (this.mesh._kind) {
      case 'istio':
        defineIstioAuthorization(this, connections, service);
        defineIstioTraffic(this, connections, service);
        break;
      case 'linkerd':
        defineLinkerdAuthorization(this, connections, service, probes());
        defineLinkerdShift(this, connections, service);
        this.annotateService();
        break;
      case 'cilium':
        defineCiliumCallers(this, connections, service);
        break;
      default:
    }
  }

  /** Linkerd reads of its Service how a workload is called. */
  private annotateService(): void {
    const object = this.node.scope!.node.tryFindChild('Service');
    const called = isCalledDirectly(this.connections, this.props.service) || gatewaysOf(this.connections, this.props.service).length > 0;
    if (object && ApiObject.isApiObject(object) && called) {
      const annotations = linkerdServiceAnnotations(this.props.service, budgetOfCallers(this.connections, this.props.service));
      Object.entries(annotations).forEach(([name, value]) => object.metadata.addAnnotation(name, value));
    }
  }
}
