import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Duration } from 'cdk8s';
import { dump, load } from 'js-yaml';
import { App, Environment, ExternalSecret, SecretStore, ServiceChart } from '../../src';

const HOUR = 60;
const DAY = 24 * HOUR;
const LABELS = { namespace: 'shop-live', secret: 'payment' };

/** The rules of the Secret `payment`, which may be nine days old: promtool would take minutes for the 90 of the standard profile. */
const rules = (() => {
  const app = new App();
  const shop = new ServiceChart(app, 'shop', { environment: Environment.of('live', { capacityPool: 'production' }) });
  new ExternalSecret(shop, 'payment', {
    store: SecretStore.cluster('vault'), keys: { token: { key: 'shop/payment' } }, rotation: Duration.days(9),
  });
  const manifests = app.synthYaml().split('---\n').map((text) => load(text) as any);
  return manifests.find((manifest) => manifest?.kind === 'PrometheusRule').spec;
})();

const reported = (metric: string, values: string, instance = 'a') =>
  ({ series: `${metric}{namespace="shop-live",secret="payment",instance="${instance}"}`, values });
/** Of version 5 until a minute, and of 6 from then on; made at the beginning. */
const versions = (changed: number, days: number) => [
  reported('kube_secret_created', `0x${days * DAY}`),
  reported('kube_secret_metadata_resource_version', `5x${changed} 6x${days * DAY - changed}`),
];
const tooOld = (minute: number, fires: boolean) => ({
  eval_time: `${minute}m`,
  alertname: 'SecretTooOld',
  exp_alerts: fires ? [{ exp_labels: { severity: 'warning', ...LABELS }, exp_annotations: { summary: 'The Secret payment of shop-live was not replaced for over 9 days' } }] : [],
});
const fired = (minute: number, alertname: string, summary?: string, labels: object = LABELS) => ({
  eval_time: `${minute}m`, alertname, exp_alerts: summary ? [{ exp_labels: { severity: 'critical', ...labels }, exp_annotations: { summary } }] : [],
});

function promtool(interval: string, ...tests: object[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'alerts-'));
  try {
    writeFileSync(join(folder, 'rules.yaml'), dump(rules));
    writeFileSync(join(folder, 'test.yaml'), dump({ rule_files: ['rules.yaml'], evaluation_interval: interval, tests }));
    return execFileSync('promtool', ['check', 'rules', 'rules.yaml'], { cwd: folder, encoding: 'utf8' })
      + execFileSync('promtool', ['test', 'rules', 'test.yaml'], { cwd: folder, encoding: 'utf8' });
  } catch (error) {
    throw new Error(`${(error as { stdout: string }).stdout}${(error as { stderr: string }).stderr}`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test('a Secret that nobody replaced is too old an hour after nine days, and not before', () => {
  const output = promtool('5m', { interval: '1m', input_series: versions(10 * DAY, 10), alert_rule_test: [tooOld(9 * DAY, false), tooOld(9 * DAY + HOUR + 10, true)] });
  expect(output).toContain('SUCCESS: 4 rules found');
  expect(output).toMatch(/SUCCESS\s*$/);
});

test('a Secret that was replaced on the eighth day is not, until nine days have passed since', () => {
  expect(promtool('5m', {
    interval: '1m',
    input_series: versions(8 * DAY, 18),
    alert_rule_test: [tooOld(10 * DAY, false), tooOld(17 * DAY, false), tooOld(17 * DAY + 2 * HOUR, true)],
  })).toMatch(/SUCCESS\s*$/);
});

test('another pod that reports it is no change', () => {
  const series = [
    reported('kube_secret_created', `0x${10 * DAY}`),
    reported('kube_secret_metadata_resource_version', `5x${5 * DAY}`),
    reported('kube_secret_metadata_resource_version', `_x${5 * DAY} 5x${5 * DAY}`, 'b'),
  ];
  expect(promtool('5m', { interval: '1m', input_series: series, alert_rule_test: [tooOld(9 * DAY + HOUR + 10, true)] })).toMatch(/SUCCESS\s*$/);
});

test('a Secret that is missing, and one whose values cannot be looked up, are told of after a quarter of an hour', () => {
  const condition = 'externalsecret_status_condition{namespace="shop-live",name="payment",condition="Ready",status="False"}';
  const [missing, unready] = ['The Secret payment of shop-live is not there, or nobody reports it', 'The values of the Secret payment of shop-live cannot be looked up'];
  expect(promtool('1m', {
    interval: '1m',
    input_series: [reported('kube_secret_created', `0x${HOUR} stale`), { series: condition, values: `0x${HOUR} 1x${HOUR}` }],
    alert_rule_test: [
      fired(HOUR + 10, 'SecretMissing'), fired(HOUR + 17, 'SecretMissing', missing),
      fired(HOUR + 10, 'ExternalSecretNotReady'), fired(HOUR + 17, 'ExternalSecretNotReady', unready, { ...LABELS, name: 'payment' }),
    ],
  })).toMatch(/SUCCESS\s*$/);
});
