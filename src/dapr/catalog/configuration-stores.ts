import type { Construct } from 'constructs';
import { knownComponent } from './known-component';
import type { KnownComponentProps } from './known-component-props';
import type { DaprComponent } from '../dapr-component';

/**
 * Components by which services read and watch configuration.
 *
 * @example
 *
 * declare const order: Microservice;
 * declare const redis: Microservice;
 * order.uses(components.ConfigurationStores.redis(this, 'settings', { server: redis }));
 */
export class ConfigurationStores {
  /**
   * PostgreSQL, `configuration.postgresql`: port 5432. Sets `host` and `port` unless `connectionString` is set; you set `table`.
   */
  public static postgresql(scope: Construct, id: string, props: KnownComponentProps = {}): DaprComponent {
    return knownComponent(scope, id, {
      type: 'configuration.postgresql', port: 5432, fields: { host: '{host}', port: '{port}' }, unless: ['connectionString'],
    }, props);
  }

  /**
   * Redis, `configuration.redis`: port 6379. Sets `redisHost`.
   */
  public static redis(scope: Construct, id: string, props: KnownComponentProps = {}): DaprComponent {
    return knownComponent(scope, id, { type: 'configuration.redis', port: 6379, fields: { redisHost: '{host}:{port}' } }, props);
  }

  /**
   * Azure App Configuration, `configuration.azure.appconfig`: port 443. Sets `host` unless `connectionString` is set.
   */
  public static azureAppConfiguration(scope: Construct, id: string, props: KnownComponentProps = {}): DaprComponent {
    return knownComponent(scope, id, {
      type: 'configuration.azure.appconfig', port: 443, fields: { host: 'https://{host}' }, unless: ['connectionString'],
    }, props);
  }

  private constructor() {}
}
