import type { Construct } from 'constructs';
import { storesOf } from './infrastructure';
import { organisation } from './organisation';
import { Microservice, ServiceChart, ServiceReference, TopicReference, stores, Values } from '../../src';
import type { Environment } from '../../src';

const ORDER_PLACED = TopicReference.of('core-business', 'order-placed');
const CATALOG_CHANGED = TopicReference.of('core-business', 'catalog-changed');

/**
 * What every business group builds on.
 */
export class Platform extends ServiceChart {
  constructor(scope: Construct, environment: Environment) {
    super(scope, 'platform', { environment, profile: organisation, values: Values.directory('examples/shop/applications/main') });

    const redis = stores.RedisCluster.fromNamespace(this, 'redis', storesOf(environment));
    const postgresql = stores.PostgresCluster.fromNamespace(this, 'postgresql', storesOf(environment));

    const auth = new Microservice(this, 'auth');
    const notification = new Microservice(this, 'notification');
    const search = new Microservice(this, 'search');
    const analytics = new Microservice(this, 'analytics');

    auth.uses(redis);
    auth.uses(postgresql);
    notification.subscribes(ORDER_PLACED);
    notification.calls(ServiceReference.of('core-business', 'customer'), { idempotent: true });
    search.subscribes(CATALOG_CHANGED);
    search.uses(redis);
    analytics.subscribes(ORDER_PLACED);
    analytics.uses(postgresql);
  }
}
