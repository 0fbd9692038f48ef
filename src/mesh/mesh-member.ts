import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { budgetOfCallers } from './budget-of-callers';
import { defineCiliumCallers } from './cilium/cilium-policies';
import { missingExclusions } from './exclusions';
import { gatewaysOf, isCalledDirectly } from './inbound';
import { defineIstioAuthorization } from './istio/istio-authorization';
import { istioAnnotations, istioPodLabels } from './istio/istio-pods';
import { defineIstioTraffic } from './istio/istio-traffic';
import { defineLinkerdAuthorization } from './linkerd/linkerd-authorization';
import { linkerdAnnotations } from './linkerd/linkerd-pods';
import { defineLinkerdShift, linkerdServiceAnnotations } from './linkerd/linkerd-traffic';
import { checkEnds, memberProblems, recordMemberFindings } from './member-checks';
import type { Mesh } from './mesh';
import { MESH_PROXY_SETTINGS, MESH_SETTING } from './mesh-settings';
import { ConnectionIndex } from '../core/connection-index';
import type { ExtendedPods, PodExtension } from '../core/pod-extension';
import { beforeSynthesis } from '../core/preparation';
import type { Labels } from '../values/labels';
import type { Resources } from '../values/resources';

/**
 * A workload in the mesh of its environment: the labels and annotations of its pods, who may connect to it, and how callers reach it.
 */
class MeshMember extends Construct implements PodExtension {
  public readonly injected: readonly Resources[];
  private readonly connections: ConnectionIndex;
  private readonly mesh: Mesh;

  constructor(private readonly pods: ExtendedPods) {
    super(pods.service.construct, 'Mesh');
    const { service, ends, resourcesOf } = pods;
    const { profile } = service.group;
    this.connections = ConnectionIndex.of(this);
    this.mesh = MESH_SETTING.of(profile);
    this.injected = this.mesh._proxies ? [resourcesOf(MESH_PROXY_SETTINGS.of(profile))] : [];
    checkEnds(this, service, ends);
    this.node.addValidation({
      validate: () => [...missingExclusions(this.connections, service), ...memberProblems(this.connections, service)],
    });
    beforeSynthesis(this, () => this.render());
  }

  /** By which an injector knows the pod. */
  public get labels(): Labels {
    return this.mesh._kind === 'istio' ? istioPodLabels(this.pods.service) : {};
  }

  /** Known when all connections are. */
  public annotations(): Labels {
    const [proxy] = this.injected;
    switch (this.mesh._kind) {
      case 'istio':
        return istioAnnotations(this.connections, this.pods.service, proxy);
      case 'linkerd':
        return linkerdAnnotations(this.connections, this.pods.service, proxy);
      default:
        return {};
    }
  }

  private render(): void {
    const { connections, pods: { service, probes } } = this;
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
    const called = isCalledDirectly(this.connections, this.pods.service) || gatewaysOf(this.connections, this.pods.service).length > 0;
    if (object && ApiObject.isApiObject(object) && called) {
      const annotations = linkerdServiceAnnotations(this.pods.service, budgetOfCallers(this.connections, this.pods.service));
      Object.entries(annotations).forEach(([name, value]) => object.metadata.addAnnotation(name, value));
    }
  }
}

/** Makes a workload a member of the mesh of its environment. The callers of an entry point are pods outside of any mesh of ours. */
export function joinMesh(pods: ExtendedPods): PodExtension {
  return pods.service.entryPoint ? { labels: {}, annotations: () => ({}), injected: [] } : new MeshMember(pods);
}
