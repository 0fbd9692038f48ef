import { Construct } from 'constructs';
import { type Engine, ENGINES } from './engines';
import { missingExclusions } from './exclusions';
import { checkEnds, memberProblems, recordMemberFindings } from './member-checks';
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
  private readonly connections: ConnectionIndex;
  private readonly engine: Engine;
  private readonly proxy?: Resources;

  constructor(private readonly pods: ExtendedPods) {
    super(pods.service.construct, 'Mesh');
    const { service, ends, resourcesOf } = pods;
    const { profile } = service.group;
    const mesh = MESH_SETTING.of(profile);
    this.connections = ConnectionIndex.of(this);
    this.engine = ENGINES[mesh._kind];
    this.proxy = mesh._proxies ? resourcesOf(MESH_PROXY_SETTINGS.of(profile)) : undefined;
    checkEnds(this, service, ends);
    this.node.addValidation({
      validate: () => [...missingExclusions(this.connections, service), ...memberProblems(this.connections, service)],
    });
    beforeSynthesis(this, () => this.render());
  }

  /** By which an injector knows the pod. */
  public get labels(): Labels {
    return this.engine.podLabels?.(this.pods.service) ?? {};
  }

  /** Known when all connections are. */
  public annotations(): Labels {
    return (this.proxy && this.engine.podAnnotations?.(this.connections, this.pods.service, this.proxy)) ?? {};
  }

  private render(): void {
    const { connections, pods: { service, probes } } = this;
    recordMemberFindings(connections, service);
    if (this.node.children.length === 0) {
      this.engine.defineMember?.(this, connections, service, probes);
    }
  }
}

/** Makes a workload a member of the mesh of its environment. The callers of an entry point are pods outside of any mesh of ours. */
export function joinMesh(pods: ExtendedPods): PodExtension {
  return pods.service.entryPoint ? { labels: {}, annotations: () => ({}) } : new MeshMember(pods);
}
