import type { Construct } from 'constructs';
import { organisation } from './organisation';
import { SharedChart, stores } from '../../src';
import type { Environment } from '../../src';

/**
 * The namespace of the broker. It admits the two services, and KEDA, which asks how long the queue is.
 */
export class Infrastructure extends SharedChart {
  constructor(scope: Construct, environment: Environment) {
    super(scope, 'infrastructure', { profile: organisation });

    new stores.RedisCluster(this, `redis-${environment.name}`, { environment });
  }
}
