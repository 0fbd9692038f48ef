import { Testing } from 'cdk8s';
import { DEV, group, PROD, service } from '../support/platform';

function admitted() {
  const app = Testing.app();
  const business = group({ app });
  const platform = group({ app, name: 'platform' });
  const far = group({ app, name: 'platform', environment: DEV });
  service(business, 'checkout').allowsGroup('platform');
  service(platform, 'auth');
  service(far, 'auth');
  const policy = (chart: typeof platform) => Testing.synth(chart).find(({ metadata }) => metadata.name === 'allow-admitting-services');
  return { business, platform, far, policy };
}

test('whom a service admits is also let out to it, on its ports', () => {
  const { platform, policy } = admitted();
  expect(platform.environment).toBe(PROD);
  expect(policy(platform)!.spec).toEqual({
    podSelector: {},
    policyTypes: ['Egress'],
    egress: [{
      to: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'core-business-prod' } }, podSelector: { matchLabels: { app: 'checkout' } } }],
      ports: [{ port: 8000, protocol: 'TCP' }, { port: 9000, protocol: 'TCP' }],
    }],
  });
});

test('no other group and no other environment gets a way out', () => {
  const { business, far, policy } = admitted();
  expect(policy(business)).toBeUndefined();
  expect(policy(far)).toBeUndefined();
});

test('fails when a patch takes the number of replicas from the autoscaler', () => {
  expect(() => service(group()).patch('Deployment', '/spec/replicas', 5, 'more')).toThrow(new Error('[core-business-prod/checkout] patches '
    + '/spec/replicas, which its autoscaler decides. Use scaling: Scaling.replicas(...).'));
});
