import { Duration } from 'cdk8s';
import { loadAll } from 'js-yaml';
import type { AnyChanges } from './settings';
import { environmentOf } from './settings';
import { App, Dapr, Image, Microservice, PlatformProfile, ServiceChart, ServiceReference } from '../../src';
import { FaultRehearsal, MeshDefaults, TrafficShift } from '../../src/mesh';
import { ExternalService } from '../../src/workloads';

/** What is not the same in every mesh. */
export interface MeshedProgram {
  /** The mesh, and what belongs to it. */
  readonly changes: AnyChanges;
  /** Whether it shifts traffic. */
  readonly shift?: boolean;
  /** Whether it rehearses faults. */
  readonly fault?: boolean;
  /** Whether a service uses the Kubernetes API. */
  readonly apiAccess?: boolean;
}

/**
 * Two groups in one environment: `web` has no Dapr sidecar and calls `order` directly, `checkout` calls it through sidecars, `auth` admits a
 * group, and `checkout` calls a host outside of the cluster.
 */
export function meshedProgram({ changes, shift, fault, apiAccess }: MeshedProgram): App {
  const app = new App();
  const profile = PlatformProfile.standard().customize({ capacity: { qa: { cpu: '200', memory: '400Gi' } }, defaultQuota: { cpu: '50', memory: '100Gi' } });
  const environment = environmentOf('qa', { scaling: { min: 2, max: 2 }, ...changes }).with(MeshDefaults.of({ faultRehearsals: true }));
  const [core, platform] = ['core-business', 'platform'].map((name) => new ServiceChart(app, name, { environment, profile }));
  const service = (chart: ServiceChart, name: string, dapr?: Dapr) => new Microservice(chart, name, {
    dapr,
    image: Image.of('registry.example.com/shop', { tag: '1.4.2' }),
    apiAccess: apiAccess ? [{ resources: ['configmaps'], verbs: ['get'] }] : undefined,
  });
  const order = service(core, 'order');
  const next = service(core, 'order-next');
  const checkout = service(core, 'checkout');
  const web = service(core, 'web', Dapr.none('it is a plain web server'));
  service(platform, 'auth').allowsGroup('core-business');
  checkout.calls(order, { methods: ['POST'], paths: ['/orders'] });
  checkout.calls(ServiceReference.of('platform', 'auth'));
  checkout.calls(ExternalService.fromHost('api.payments.example', { cidrs: ['203.0.113.0/24'] }));
  web.calls(order, { methods: ['GET'], paths: ['/orders', '/carts/open'], timeout: Duration.seconds(5), retries: 2 });
  if (shift) {
    new TrafficShift(core, 'OrderNext', { service: order, backends: [{ service: order, weight: 90 }, { service: next, weight: 10 }] });
  }
  if (fault) {
    new FaultRehearsal(core, 'SlowOrders', {
      service: order, delay: { percent: 10, duration: Duration.seconds(2) }, abort: { percent: 5, status: 503 },
    });
  }
  return app;
}

/** All that the program renders. */
export function meshed(program: MeshedProgram): any[] {
  return loadAll(meshedProgram(program).synthYaml()) as any[];
}
