import { Construct } from 'constructs';
import type { IWorkload, ServiceChart } from 'cdk8s-microservices';
import { core, network } from 'cdk8s-microservices';

/** How the team's Prometheus reads metrics. */
export const MONITORING = new core.ProfileSection('monitoring', {
  defaults: {
    interval: '30s',
    idleInterval: '120s',
    scraper: { namespace: 'observability', label: 'app.kubernetes.io/name', values: ['prometheus-agent'] },
  },
  production: { interval: '15s' },
});

/**
 * A ServiceMonitor for each Service of a group, and the policy that admits the scraper. What nobody calls is read less often.
 */
export class ServiceMonitors extends Construct implements core.ISynthesisStep {
  constructor(private readonly chart: ServiceChart, id: string) {
    super(chart, id);
    core.OutputFile.set(this, `${chart.environment.name}/${chart.group}/monitoring`);
    core.Connections.of(this).beforeSynthesis(this);
  }

  public render(): void {
    for (const service of core.Connections.of(this.chart).workloads.filter(({ address }) => address !== undefined)) {
      new ServiceMonitor(this, service.name, service);
    }
  }
}

class ServiceMonitor extends Construct {
  constructor(scope: Construct, id: string, service: IWorkload) {
    super(scope, id);
    const { interval, idleInterval, scraper } = MONITORING.of(this);
    const callers = core.Connections.of(this).callersOf(service).map(({ caller }) => caller.name);
    new core.CustomObject(this, 'Resource', {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'ServiceMonitor',
      name: service.name,
      annotations: { 'acme.example/callers': callers.join(',') },
      spec: {
        selector: { matchLabels: service.selectorLabels },
        endpoints: service.metricsPorts.map(({ name }) => ({ port: name, interval: callers.length > 0 ? interval : idleInterval })),
      },
    });
    new network.ServiceNetworkPolicy(this, 'Scraper', {
      workload: service,
      reason: 'scraper',
      ingress: [{
        peers: [network.NetworkPeer.pods(scraper.namespace, scraper.label, scraper.values)],
        ports: service.metricsPorts.map(({ number }) => number),
      }],
    });
  }
}
