import type { Construct } from 'constructs';
import { organisation } from './organisation';
import { SharedChart, stores } from '../../src';
import type { Environment } from '../../src';

/**
 * The namespace of the stores of an environment. That of production is also the namespace of Dapr's control plane and of monitoring.
 */
export function storesOf({ name, isProduction }: Environment): string {
  return isProduction ? 'infrastructure' : `infrastructure-${name}`;
}

/**
 * The stores of an environment.
 *
 * Each environment has a namespace for them, so that no two share credentials, rights or a folder of backups. Dapr's control plane and monitoring
 * are installed by others.
 */
export class Infrastructure extends SharedChart {
  constructor(scope: Construct, environment: Environment) {
    super(scope, storesOf(environment), { profile: organisation, capacityPool: environment.capacityPool });

    new stores.PostgresCluster(this, `postgresql-${environment.name}`, { environment });
    new stores.RedisCluster(this, `redis-${environment.name}`, { environment });
    new stores.MessageBroker(this, `broker-${environment.name}`, { environment });
  }
}
