import type { Construct } from 'constructs';
import { sidecarRemedy } from './sidecar-choice';
import { componentOf } from '../core/component-node';
import type { ServiceNode } from '../core/edges';
import type { StoreEndpoint } from '../core/store-endpoint';
import { apiResourceOf } from '../dapr/catalog/component-places';
import { fail } from '../values/errors';
import { plainText, show } from '../values/value-checks';

/** How a service declares its use of a component, by the category of its type; `uses` declares all others. */
const RELATIONS: Readonly<Record<string, string>> = {
  bindings: 'Declare invokes() or triggeredBy()',
  HTTPEndpoint: 'Declare invokes()',
  pubsub: 'Define a Topic with this component as its broker',
};

/** Checks a service that uses a Dapr component. A store may also be used without a sidecar. */
export function checkComponent(construct: Construct, service: ServiceNode, store: StoreEndpoint, hasApiAccess: boolean): void {
  const component = componentOf(store);
  if (!component) {
    return;
  }
  const [category] = component.type.split('.');
  if (category in RELATIONS) {
    fail(construct, `uses '${component.name}', a component of type '${component.type}'`, RELATIONS[category]);
  }
  checkSidecar(construct, service, 'uses', component.name);
  const resource = apiResourceOf(component.type);
  if (resource !== undefined && !hasApiAccess) {
    fail(construct, `uses '${component.name}', which reads ${resource} from the API server, and its pods have no access to it`,
      `Set apiAccess: [{ resources: ['${resource}'], verbs: ['get'], resourceNames: ['...'] }]`);
  }
}

/** Checks a service that invokes a binding or is triggered by it. */
export function checkBinding(construct: Construct, service: ServiceNode, verb: string, store: StoreEndpoint): void {
  const component = componentOf(store);
  const isInvoked = component?.type === 'HTTPEndpoint' && verb === 'invokes';
  if (!isInvoked && !component?.type.startsWith('bindings.')) {
    fail(construct, `${verb} '${store.name}', which is ${component ? `a component of type '${component.type}'` : 'a store'} and no binding`,
      component && RELATIONS[component.type.split('.')[0]] || 'Declare uses(), or define a components.DaprComponent whose type begins with bindings');
  }
  checkSidecar(construct, service, verb, store.name);
}

/** Checks the path at which a service takes the events of a binding. */
export function checkRoute(construct: Construct, route: string | undefined): void {
  if (route !== undefined) {
    plainText(construct, 'route', route);
    if (!route.startsWith('/')) {
      fail(construct, `expected a route that begins with '/', got ${show(route)}`, "Write a path such as '/jobs/clean-up'");
    }
  }
}

function checkSidecar(construct: Construct, service: ServiceNode, verb: string, name: string): void {
  if (!service.dapr) {
    fail(construct, `${verb} '${name}', a Dapr component, without a Dapr sidecar`, sidecarRemedy(service.group.profile));
  }
}
