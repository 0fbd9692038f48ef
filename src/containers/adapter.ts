import type { ISidecar, SidecarContainer, SidecarContext, SidecarProps } from '../core/pod-container';
import type { Port } from '../values/port';
import { Probe } from '../values/probe';

/**
 * Properties for `Adapter`.
 */
export interface AdapterProps extends SidecarProps {
  /**
   * The port on which it tells metrics in the format of Prometheus.
   */
  readonly port: Port;

  /**
   * The path of the metrics.
   *
   * @default - the profile's `containers.metricsPath` (/metrics)
   */
  readonly path?: string;
}

/**
 * A container that tells the metrics of an application whose own format nobody scrapes (StatsD, JMX, a status page): it asks the
 * application, or takes what that sends, and exposes it for Prometheus.
 *
 * Gives, besides the container: a PodMonitor, and its port in the policy by which the platform's Prometheus comes in (`allow-metrics`). It
 * is restarted where its port is dead, and without `probes` of its own it never keeps the application from serving.
 *
 * @example
 *
 * new Microservice(this, 'order', {
 *   sidecars: [new containers.Adapter('statsd-exporter', {
 *     image: Image.of('docker.io/prom/statsd-exporter', { tag: 'v0.28.0' }),
 *     port: Port.metrics(9102),
 *     localPorts: [Port.of('statsd', 9125)],
 *   })],
 * });
 */
export class Adapter implements ISidecar {
  /**
   * The adapter with this name of its container: a DNS label that no other container of the pod has.
   */
  constructor(private readonly name: string, private readonly props: AdapterProps) {}

  /**
   * The container for a workload.
   */
  public bind(_context: SidecarContext): SidecarContainer {
    const { port, path, ...container } = this.props;
    const probes = container.probes ?? { liveness: Probe.tcpSocket({ port: port.name }) };
    return { ...container, name: this.name, metricsPort: port, metricsPath: path, probes };
  }
}
