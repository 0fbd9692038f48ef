import { checks } from 'cdk8s-microservices';
import type { manifests } from 'cdk8s-microservices';

/** A rule of the team: whatever has a Service is monitored. */
export class MonitoredServices implements checks.IRule {
  public readonly id = 'ACME-MON-001';
  public readonly severity = checks.Severity.WARNING;
  public readonly why = 'Without a ServiceMonitor, the alerts of a service never fire.';
  public readonly fix = 'Define ServiceMonitors in its group.';

  public check(all: manifests.ManifestSet): checks.Violation[] {
    return all.of('Service', '').filter(({ name, namespace }) => all.named('ServiceMonitor', name, namespace) === undefined)
      .map((manifest) => ({ manifest, field: '/metadata/name' }));
  }
}
