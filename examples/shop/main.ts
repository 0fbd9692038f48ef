import { CoreBusiness } from './core-business';
import { defineDelivery } from './delivery';
import { Infrastructure } from './infrastructure';
import { organisation, PLACEHOLDER } from './organisation';
import { Platform } from './platform';
import { App, Environment, Image, checks, delivery } from '../../src';

const environments = Environment.standard();

const app = new App();
for (const environment of environments) {
  new Infrastructure(app, environment);
  new CoreBusiness(app, environment);
  new Platform(app, environment);
}
new delivery.HelmCharts(app, 'charts', {
  directory: 'examples/shop/charts',
  testImage: Image.of('registry.example.com/curl', { tag: '8.15.0', digest: PLACEHOLDER }),
});
const repository = new delivery.ArgoCdRepository(app, 'shop', {
  profile: organisation,
  repository: 'https://git.example.com/acme/shop.git',
  directory: 'examples/shop/applications',
  manifests: 'dist',
});
repository.installs('dapr', {
  repository: 'https://dapr.github.io/helm-charts',
  version: '1.18.1',
  namespace: 'infrastructure',
  clusterKinds: [
    'ClusterRole.rbac.authorization.k8s.io',
    'ClusterRoleBinding.rbac.authorization.k8s.io',
    'CustomResourceDefinition.apiextensions.k8s.io',
    'MutatingWebhookConfiguration.admissionregistration.k8s.io',
  ],
  // Dapr writes its certificates there itself, and its namespace into its CRD
  ignoreDifferences: [{
    group: 'apiextensions.k8s.io',
    kind: 'CustomResourceDefinition',
    name: 'subscriptions.dapr.io',
    jsonPointers: ['/spec/conversion/webhook/clientConfig/caBundle', '/spec/conversion/webhook/clientConfig/service/namespace'],
  }, {
    group: 'admissionregistration.k8s.io',
    kind: 'MutatingWebhookConfiguration',
    name: 'dapr-sidecar-injector',
    jsonPointers: ['/webhooks/0/clientConfig/caBundle'],
  }],
});
defineDelivery(app);
const findings = checks.Checks.of(app);
findings.acknowledge('MS-CAP-001', {
  reason: 'maxSurge 100 % doubles a service while it rolls out, and the quotas hold each at its maximum once: at full scale a roll-out waits, and nothing is refused',
});
findings.acknowledge('MS-PIPE-001', {
  reason: 'the registry of the example does not exist, so no digest of the images of its pipeline is known',
});
app.synth();
