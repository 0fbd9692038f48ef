import { Checks } from '../../src/checks/checks';
import { Values } from '../../src/inputs/values';
import { App } from '../../src/platform/app';
import { ServiceChart } from '../../src/platform/service-chart';
import { SharedChart } from '../../src/platform/shared-chart';
import { Environment } from '../../src/profile/environment';
import { PlatformProfile } from '../../src/profile/platform-profile';
import { AdmissionPolicies } from '../../src/security/admission-policies';
import { CronExpression } from '../../src/values/cron-expression';
import { Image } from '../../src/values/image';
import { ScheduledJob } from '../../src/workloads/batch/scheduled-job';
import { Microservice } from '../../src/workloads/microservice';
import { newOutdir } from '../output/output-folders';
import { messageOf } from '../support/message-of';

const [,, PROD] = Environment.standard();

/** A group in prod with a tag for each service in its values files. */
function tagged(profile = PlatformProfile.standard()): ServiceChart {
  const values = Values.of(Object.fromEntries(['order', 'report'].map((name) => [`${name}/prod/tag.yaml`, { image: { tag: '1.4.2' } }])));
  return new ServiceChart(new App({ outdir: newOutdir() }), 'shop', { environment: PROD, profile, values });
}

test('the standard profile contains no registry, no quota of a group and no capacity of a cluster', () => {
  expect(PlatformProfile.standard().settings).toMatchObject({
    imageRegistry: '', quotas: {}, storageQuotas: {}, capacity: {}, labels: {}, defaultQuota: { cpu: '50', memory: '100Gi' },
  });
});

test('the first program of the README has no finding', () => {
  const app = new App({ outdir: newOutdir() });
  for (const environment of Environment.standard()) {
    const shop = new ServiceChart(app, 'shop', { environment });
    const order = new Microservice(shop, 'order', { image: Image.parse('registry.example.com/order:1.4.2') });
    new Microservice(shop, 'checkout', { image: Image.parse('registry.example.com/checkout:2.0.1') }).calls(order);
  }
  expect(`${Checks.of(app).report()}`).toBe('');
});

test.each<[string, (chart: ServiceChart) => unknown]>([
  ['order', (chart) => new Microservice(chart, 'order')],
  ['report', (chart) => new ScheduledJob(chart, 'report', { schedule: CronExpression.of('0 3 * * *') })],
])('an image without a registry needs one in the profile: %s', (name, define) => {
  expect(messageOf(() => define(tagged()))).toBe(
    `[shop-prod/${name}] has an image without a registry, and the platform profile has no imageRegistry. `
    + "Set image: Image.of('registry.example.com/...'), or PlatformProfile.customize({ imageRegistry: ... }).");
  expect(() => define(tagged(PlatformProfile.standard().customize({ imageRegistry: 'registry.example.com' })))).not.toThrow();
});

test('admission policies need a registry', () => {
  expect(messageOf(() => new AdmissionPolicies(new SharedChart(new App({ outdir: newOutdir() }), 'infrastructure'), 'rules'))).toBe(
    '[infrastructure/rules] checks which registry images come from, and the platform profile has no imageRegistry. '
    + "Set it by PlatformProfile.customize({ imageRegistry: 'registry.example.com' }).");
});
