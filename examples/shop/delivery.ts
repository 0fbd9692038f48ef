import type { Construct } from 'constructs';
import { organisation } from './organisation';
import { Environment, Image, delivery, pipeline } from '../../src';

const PIPELINES = 'examples/shop/pipelines';

/**
 * How a commit gets into each environment. An organisation has one engine; here is each of the three, so that they can be compared.
 */
export function defineDelivery(scope: Construct): void {
  new pipeline.DeliveryPipeline(scope, 'delivery', {
    profile: organisation,
    // in the order in which a change passes through them
    environments: Environment.standard(),
    engines: [
      // GitHub reads '.github/workflows' alone
      pipeline.PipelineEngine.gitHubActions({ directory: `${PIPELINES}/github`, approvers: ['release-managers'] }),
      pipeline.PipelineEngine.gitLabCi({ directory: `${PIPELINES}/gitlab`, approvers: ['anna', 'ben'] }),
      pipeline.PipelineEngine.argoWorkflows({
        directory: `${PIPELINES}/argo-workflows`,
        approvers: ['release-managers'],
        namespace: 'delivery',
        repository: delivery.GitRepository.https('https://git.example.com/acme/shop.git', { secretName: 'delivery-git', cidrs: ['10.40.0.0/28'] }),
        buildKit: {
          address: 'tcp://buildkitd.builders.svc:1234',
          pods: { namespace: 'builders', label: 'app', values: ['buildkitd'] },
          secretName: 'delivery-buildkit',
        },
        registrySecret: 'delivery-registry',
        // the registry, the gateway, and the proxy by which Sigstore and databases of vulnerabilities are reached
        cidrs: ['10.30.0.0/28', '10.50.0.0/28'],
      }),
    ],
    applications: 'examples/shop/applications',
    manifests: 'dist',
    sources: 'services',
    scripts: `${PIPELINES}/scripts`,
    argoCdServer: 'argocd.example.com',
    signing: pipeline.ImageSigning.KEYLESS,
    toolchain: Image.of('docker.io/library/node', { tag: '22.21.1-bookworm' }),
    steps: {
      compile: { commands: ['npm ci', 'npm run build'] },
      test: { commands: ['npm test'] },
      integration: { commands: ['npm run test:integration -- "https://$ENVIRONMENT.shop.example.com"'] },
      smoke: { commands: ['npm run test:smoke -- "https://$ENVIRONMENT.shop.example.com"'] },
      regression: { commands: ['npm run test:regression -- "https://$ENVIRONMENT.shop.example.com"'], secrets: ['TEST_ACCOUNT_PASSWORD'] },
      performance: {
        image: Image.of('docker.io/grafana/k6', { tag: '1.3.0' }),
        commands: ['k6 run --env "URL=https://$ENVIRONMENT.shop.example.com" performance/load.js'],
      },
    },
    services: {
      payment: { steps: { smoke: { commands: ['npm run test:smoke -- --provider sandbox "https://$ENVIRONMENT.shop.example.com"'] } } },
    },
  });
}
