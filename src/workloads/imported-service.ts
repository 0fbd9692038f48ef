import { Construct } from 'constructs';
import { serviceHost } from '../core/service-group';
import type { ICallable } from '../core/service-reference';
import { ServiceReference } from '../core/service-reference';
import { PlatformProfile } from '../profile/platform-profile';
import { constructId } from '../values/construct-id';
import { fail } from '../values/errors';
import type { Port } from '../values/port';
import { dnsLabel } from '../values/value-checks';

/**
 * How a service is reached that this program does not define.
 */
export interface ImportedServiceOptions {
  /**
   * The namespace in which it runs.
   */
  readonly namespace: string;

  /**
   * The ports on which its pods are called. Use `Port.http(8080, { servicePort: 80 })` if the port of its Service is another one.
   *
   * @default - none: it is called through Dapr
   */
  readonly ports?: Port[];

  /**
   * The labels by which its pods are selected.
   *
   * @default - `app` with the name of the service
   */
  readonly podLabels?: { [name: string]: string };
}

/**
 * A service that exists in the cluster already: what calls it gets its way out; its own way in is not ours to render.
 *
 * @example
 *
 * declare const checkout: Microservice;
 * const ledger = workloads.ImportedService.fromName(this, 'ledger', { namespace: 'legacy', ports: [Port.http(8080)] });
 * checkout.calls(ledger, { as: 'LEDGER_ADDR' });
 */
export class ImportedService extends Construct implements ICallable {
  /**
   * The service with the name `id` in a namespace.
   *
   * With ports it is called directly, without them through its Dapr sidecar.
   */
  public static fromName(scope: Construct, id: string, options: ImportedServiceOptions): ImportedService {
    return new ImportedService(scope, id, options);
  }

  /** Which service this is, for those who call it. */
  public readonly reference: ServiceReference;

  /** The host name of its Service, valid in every namespace of the cluster. */
  public readonly host: string;

  /**
   * Its main port, the first of `ports`.
   *
   * @default - it is called through Dapr
   */
  public readonly port?: number;

  /**
   * Host and port, such as `ledger.legacy.svc.cluster.local:8080`.
   *
   * @default - it is called through Dapr
   */
  public readonly address?: string;

  private constructor(scope: Construct, id: string, options: ImportedServiceOptions) {
    super(scope, constructId(scope, id, new.target, options));
    dnsLabel(this, 'name', id);
    dnsLabel(this, 'namespace', options.namespace);
    const ports = options.ports ?? [];
    if (options.ports?.length === 0) {
      fail(this, 'ports is an empty list, so nothing could reach it', 'Name a port, or leave ports out to call it through Dapr');
    }
    if (Object.keys(options.podLabels ?? {}).length === 0 && options.podLabels) {
      fail(this, 'podLabels is empty, so every pod of the namespace would be meant', 'Name a label, or leave podLabels out');
    }
    this.host = serviceHost({ namespace: options.namespace, profile: PlatformProfile.of(this) }, id);
    if (ports.length > 0) {
      this.port = ports[0].servicePort;
      this.address = `${this.host}:${this.port}`;
    }
    this.reference = ServiceReference._foreign(id, {
      namespace: options.namespace,
      selectorLabels: options.podLabels ?? { app: id },
      ports,
      dapr: ports.length === 0,
    });
  }
}
