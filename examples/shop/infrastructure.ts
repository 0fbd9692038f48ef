import type { Construct } from 'constructs';
import { organisation } from './organisation';
import { SharedChart, stores } from '../../src';
import type { Environment } from '../../src';

/**
 * The namespace of the stores, of Dapr's control plane and of monitoring, which all environments share.
 *
 * Each environment has stores of its own, which no other reaches. Dapr's control plane and monitoring are installed by others.
 */
export class Infrastructure extends SharedChart {
  constructor(scope: Construct, environments: Environment[]) {
    super(scope, 'infrastructure', { profile: organisation });

    for (const environment of environments) {
      new stores.PostgresCluster(this, `postgresql-${environment.name}`, { environment });
      new stores.RedisCluster(this, `redis-${environment.name}`, { environment });
      new stores.MessageBroker(this, `broker-${environment.name}`, { environment });
    }
  }
}
