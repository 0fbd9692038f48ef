import type { Construct } from 'constructs';
import type { IStateStore, StoreEndpoint } from 'cdk8s-microservices';
import { core, Dapr, Image, network, Port, Probe, stores, workloads } from 'cdk8s-microservices';

const PORT = 11211;

export const MEMCACHED = new core.ProfileSection('memcached', { defaults: { version: '1.6.39', replicas: 1 }, production: { replicas: 2 } });

/** How services reach Memcached through Dapr. */
class MemcachedEngine extends stores.StoreEngine {
  constructor() {
    super('memcached', { port: PORT });
  }

  public override stateComponent({ store }: stores.StoreClient): stores.DaprComponentSpec {
    return { type: 'state.memcached', version: 'v1', metadata: [{ name: 'hosts', value: `${store.host}:${store.port}` }] };
  }
}

/** A store of the platform team: its pods, and the policy that admits the services that use it. */
export class Memcached extends workloads.CustomWorkload implements IStateStore, core.ISynthesisStep {
  public readonly stateEndpoint: StoreEndpoint;

  constructor(scope: Construct, id: string) {
    const { version, replicas } = MEMCACHED.of(scope);
    const probe = Probe.tcpSocket();
    super(scope, id, {
      image: Image.of('docker.io/library/memcached', { tag: version }),
      replicas,
      kind: 'StatefulSet',
      ports: [Port.of('memcached', PORT)],
      probes: { liveness: probe, readiness: probe, startup: probe },
      dapr: Dapr.none('a store is called by its own protocol'),
      type: 'store',
    });
    this.stateEndpoint = new MemcachedEngine().hosted(this);
    new core.CustomObject(this, 'StatefulSet', {
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      name: this.name,
      spec: { replicas, serviceName: this.name, selector: { matchLabels: this.selectorLabels }, template: this.podTemplate },
    });
    core.Connections.of(this).beforeSynthesis(this);
  }

  public render(): void {
    const users = core.Connections.of(this).usersOf(this);
    if (users.length > 0) {
      const peers = users.map(({ namespace, name }) => network.NetworkPeer.workload(namespace, name));
      new network.ServiceNetworkPolicy(this, 'Users', { workload: this, reason: 'users', ingress: [{ peers, ports: [PORT] }] });
    }
  }
}
