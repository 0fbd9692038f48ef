import type { Construct } from 'constructs';
import { CostCentre } from './cost-centre';
import { MonitoredServices } from './monitored-services';
import { MONITORING, ServiceMonitors } from './service-monitors';
import type { Environment } from 'cdk8s-microservices';
import { checks, core, PlatformProfile, ServiceChart } from 'cdk8s-microservices';

export const PROFILE = PlatformProfile.standard()
  .customize({ defaultQuota: { cpu: '20', memory: '40Gi' } })
  .with(MONITORING.with({ idleInterval: '300s' }));

/** A group with what the platform team adds to each: monitoring, a rule that requires it, and a cost centre on every object. */
export class AcmeChart extends ServiceChart {
  constructor(scope: Construct, id: string, environment: Environment, costCentre: string) {
    super(scope, id, { environment, profile: PROFILE });
    new ServiceMonitors(this, 'ServiceMonitors');
    checks.Checks.of(this).add(new MonitoredServices());
    // runs after the steps of all constructs in the group, and so reaches their objects
    core.Connections.of(this).beforeSynthesis({ render: () => { this.with(new CostCentre(costCentre)); } });
  }
}
