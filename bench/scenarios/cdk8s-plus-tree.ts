import { App, Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';

/**
 * Services in three environments as cdk8s-plus describes them: ten objects each, a chart per service and environment.
 */
export function defineServices(app: App, services: number): void {
  for (const environment of ['dev', 'staging', 'prod']) {
    for (let index = 0; index < services; index++) {
      defineService(new Chart(app, `service-${index}-${environment}`, { namespace: environment }), `service-${index}`);
    }
  }
}

function defineService(chart: Chart, name: string): void {
  const settings = new kplus.ConfigMap(chart, 'Settings', { data: { LOG_LEVEL: 'info', FEATURE: 'no' } });
  const secret = new kplus.Secret(chart, 'Secret', { stringData: { token: 'x' } });
  const account = new kplus.ServiceAccount(chart, 'Account');
  const deployment = new kplus.Deployment(chart, 'Deployment', {
    serviceAccount: account,
    containers: [{
      image: `registry.example.com/${name}:1.0`,
      portNumber: 8080,
      envVariables: {
        LOG_LEVEL: kplus.EnvValue.fromConfigMap(settings, 'LOG_LEVEL'),
        TOKEN: kplus.EnvValue.fromSecretValue({ secret, key: 'token' }),
        SERVICE: kplus.EnvValue.fromValue(name),
      },
      liveness: kplus.Probe.fromHttpGet('/live'),
      readiness: kplus.Probe.fromHttpGet('/ready'),
      resources: {
        cpu: { request: kplus.Cpu.millis(100), limit: kplus.Cpu.millis(500) },
      },
    }],
  });
  // the root file system is read-only unless one says otherwise
  deployment.containers[0].mount('/tmp', kplus.Volume.fromEmptyDir(chart, 'Temporary', 'tmp'));
  const service = deployment.exposeViaService({ ports: [{ port: 80, targetPort: 8080 }] });
  new kplus.Ingress(chart, 'Ingress', { rules: [{ host: `${name}.example.com`, backend: kplus.IngressBackend.fromService(service) }] });
  new kplus.HorizontalPodAutoscaler(chart, 'Scaling', {
    target: deployment,
    maxReplicas: 4,
    metrics: [kplus.Metric.resourceCpu(kplus.MetricTarget.averageUtilization(70))],
  });
  new kplus.NetworkPolicy(chart, 'Policy', { selector: deployment });
  const role = new kplus.Role(chart, 'Role');
  role.allowRead(kplus.ApiResource.CONFIG_MAPS);
  role.bind(account);
}
