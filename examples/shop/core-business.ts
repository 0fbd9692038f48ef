import type { Construct } from 'constructs';
import { storesOf } from './infrastructure';
import { organisation } from './organisation';
import { FileStorage, Microservice, ServiceChart, ServiceReference, Tier, Topic, stores, Values } from '../../src';
import type { Environment } from '../../src';

/**
 * What customers see and pay for.
 */
export class CoreBusiness extends ServiceChart {
  constructor(scope: Construct, environment: Environment) {
    super(scope, 'core-business', { environment, profile: organisation, values: Values.directory('examples/shop/applications/main') });

    const redis = stores.RedisCluster.fromNamespace(this, 'redis', storesOf(environment));
    const postgresql = stores.PostgresCluster.fromNamespace(this, 'postgresql', storesOf(environment));
    const broker = stores.MessageBroker.fromNamespace(this, 'broker', storesOf(environment));
    const orderPlaced = new Topic(this, 'order-placed', { broker });
    const catalogChanged = new Topic(this, 'catalog-changed', { broker });

    const customer = new Microservice(this, 'customer');
    const catalog = new Microservice(this, 'catalog', {
      storage: FileStorage.persistent({ size: '20Gi', mountPath: '/var/lib/catalog' }),
    });
    const payment = new Microservice(this, 'payment', { tier: Tier.CRITICAL });
    const order = new Microservice(this, 'order', { tier: Tier.CRITICAL });
    const checkout = new Microservice(this, 'checkout');

    checkout.allowsGroup('core-business');
    checkout.allowsGroup('platform');
    checkout.calls(order, { idempotent: true });
    checkout.calls(payment);
    checkout.calls(catalog, { idempotent: true });
    checkout.calls(customer, { idempotent: true });
    checkout.calls(ServiceReference.of('platform', 'auth'), { idempotent: true });
    checkout.uses(redis);
    checkout.uses(postgresql);

    order.calls(payment);
    order.publishes(orderPlaced);
    order.uses(postgresql);

    catalog.publishes(catalogChanged);
    catalog.uses(postgresql);
    customer.calls(ServiceReference.of('platform', 'auth'), { idempotent: true });
    customer.uses(postgresql);
    payment.uses(postgresql);
  }
}
