import type { Construct } from 'constructs';
import type { PlatformProfile } from '../../src';
import { Environment, RedisCluster, SharedChart } from '../../src';

/**
 * The namespace of the stores, of Dapr's control plane and of monitoring, which all environments share.
 *
 * Redis is defined here, a cluster for each environment; what else runs in it is installed by others.
 */
export class Infrastructure extends SharedChart {
  constructor(scope: Construct, profile: PlatformProfile) {
    super(scope, 'infrastructure', { profile });

    for (const environment of Environment.standard()) {
      new RedisCluster(this, `redis-${environment.name}`, { environment });
    }
  }
}
