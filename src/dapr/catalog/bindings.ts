import type { Construct } from 'constructs';
import { knownComponent } from './known-component';
import type { KnownComponentProps } from './known-component-props';
import type { DaprComponent } from '../dapr-component';

/**
 * Components that send events to other systems (`invokes`) or receive them (`triggeredBy`).
 *
 * @example
 *
 * declare const order: Microservice;
 * order.triggeredBy(components.Bindings.cron(this, 'clean-up', { metadata: { schedule: '@every 15m' } }), '/jobs/clean-up');
 */
export class Bindings {
  /**
   * A schedule, `bindings.cron`: `schedule` in metadata. Every replica of the service is triggered.
   */
  public static cron(scope: Construct, id: string, props: KnownComponentProps = {}): DaprComponent {
    return knownComponent(scope, id, { type: 'bindings.cron' }, props);
  }

  /**
   * An HTTP endpoint, `bindings.http`: port 443, and `http` instead of `https` on any other port. Sets `url`.
   */
  public static http(scope: Construct, id: string, props: KnownComponentProps = {}): DaprComponent {
    return knownComponent(scope, id, { type: 'bindings.http', port: 443, fields: { url: '{scheme}://{host}:{port}' } }, props);
  }

  /**
   * A mail server, `bindings.smtp`: port 587. Sets `host` and `port`.
   */
  public static smtp(scope: Construct, id: string, props: KnownComponentProps = {}): DaprComponent {
    return knownComponent(scope, id, { type: 'bindings.smtp', port: 587, fields: { host: '{host}', port: '{port}' } }, props);
  }

  /**
   * AWS S3, `bindings.aws.s3`: the hosts of `region` and `bucket` in metadata.
   */
  public static awsS3(scope: Construct, id: string, props: KnownComponentProps = {}): DaprComponent {
    return knownComponent(scope, id, { type: 'bindings.aws.s3', hosts: ['s3.{region}.amazonaws.com', '{bucket}.s3.{region}.amazonaws.com'] }, props);
  }

  private constructor() {}
}
