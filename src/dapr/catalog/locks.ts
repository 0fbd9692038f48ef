import type { Construct } from 'constructs';
import { knownComponent } from './known-component';
import type { KnownComponentProps } from './known-component-props';
import type { DaprComponent } from '../dapr-component';

/**
 * Components by which replicas agree who may do something.
 *
 * @example
 *
 * declare const order: Microservice;
 * declare const redis: Microservice;
 * order.uses(components.Locks.redis(this, 'lockstore', { server: redis }));
 */
export class Locks {
  /**
   * Redis, `lock.redis`: port 6379. Sets `redisHost`.
   */
  public static redis(scope: Construct, id: string, props: KnownComponentProps = {}): DaprComponent {
    return knownComponent(scope, id, { type: 'lock.redis', port: 6379, fields: { redisHost: '{host}:{port}' } }, props);
  }

  private constructor() {}
}
