import { CoreBusiness } from './core-business';
import { defineDelivery } from './delivery';
import { Infrastructure } from './infrastructure';
import { organisation } from './organisation';
import { Platform } from './platform';
import { App, ArgoCdRepository, Environment } from '../../src';

const environments = Environment.standard();

const app = new App();
new Infrastructure(app, environments);
for (const environment of environments) {
  new CoreBusiness(app, environment);
  new Platform(app, environment);
}
const repository = new ArgoCdRepository(app, 'shop', {
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
  // Dapr writes its certificate there itself
  ignoreDifferences: [{
    group: 'admissionregistration.k8s.io',
    kind: 'MutatingWebhookConfiguration',
    name: 'dapr-sidecar-injector',
    jsonPointers: ['/webhooks/0/clientConfig/caBundle'],
  }],
});
defineDelivery(app);
app.synth();
