import type { IRule } from '../rule';
import { Severity } from '../severity';

export const SHARED_REDIS_USER: IRule = {
  id: 'MS-STORE-001',
  severity: Severity.WARNING,
  why: 'An operator runs a Redis cluster: all services share a user that may do everything, and no snapshot leaves the volumes.',
  fix: 'Nothing to do, if a reviewer agrees. RedisEngine.STATEFUL_SET has neither problem.',
  check: (manifests) => manifests.of('RedisCluster', 'redis.redis.opstreelabs.in').map((manifest) => ({ manifest })),
};
