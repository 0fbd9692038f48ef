import type { Construct } from 'constructs';
import { knownComponent } from './known-component';
import type { KnownComponentProps } from './known-component-props';
import type { DaprComponent } from '../dapr-component';

/**
 * Components that keep the state of services.
 *
 * @example
 *
 * declare const order: Microservice;
 * order.uses(components.StateStores.sqlServer(this, 'statestore', {
 *   host: 'sql.example.com',
 *   cidrs: ['10.20.0.0/24'],
 *   secrets: { connectionString: SecretReference.of('sql', 'connection-string') },
 * }), { actors: true });
 */
export class StateStores {
  /**
   * PostgreSQL, `state.postgresql` v2: port 5432. Sets `host` and `port` unless `connectionString` is set. `version: 'v1'` reads the tables of v1.
   */
  public static postgresql(scope: Construct, id: string, props: KnownComponentProps = {}): DaprComponent {
    return knownComponent(scope, id, {
      type: 'state.postgresql', version: 'v2', port: 5432, fields: { host: '{host}', port: '{port}' }, unless: ['connectionString'],
    }, props);
  }

  /**
   * SQL Server, `state.sqlserver`: port 1433. The address is in `connectionString`.
   */
  public static sqlServer(scope: Construct, id: string, props: KnownComponentProps = {}): DaprComponent {
    return knownComponent(scope, id, { type: 'state.sqlserver', port: 1433 }, props);
  }

  /**
   * MongoDB, `state.mongodb`: port 27017. Sets `host` unless `connectionString` or `server` is set.
   */
  public static mongoDb(scope: Construct, id: string, props: KnownComponentProps = {}): DaprComponent {
    return knownComponent(scope, id, {
      type: 'state.mongodb', port: 27_017, fields: { host: '{host}:{port}' }, unless: ['connectionString', 'server'],
    }, props);
  }

  /**
   * AWS DynamoDB, `state.aws.dynamodb`: the host of `region` in metadata.
   */
  public static dynamoDb(scope: Construct, id: string, props: KnownComponentProps = {}): DaprComponent {
    return knownComponent(scope, id, { type: 'state.aws.dynamodb', hosts: ['dynamodb.{region}.amazonaws.com'] }, props);
  }

  /**
   * Azure Cosmos DB, `state.azure.cosmosdb`: port 443. Sets `url` to `host`, such as `shop.documents.azure.com`.
   */
  public static cosmosDb(scope: Construct, id: string, props: KnownComponentProps = {}): DaprComponent {
    return knownComponent(scope, id, { type: 'state.azure.cosmosdb', port: 443, fields: { url: 'https://{host}:{port}/' } }, props);
  }

  private constructor() {}
}
