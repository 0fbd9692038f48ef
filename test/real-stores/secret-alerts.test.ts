import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Duration } from 'cdk8s';
import { dump, load } from 'js-yaml';
import { App, Environment, ServiceChart } from '../../src';
import { ExternalSecret, SecretProvider, SecretProviderClass, SecretStore } from '../../src/security';

const HOUR = 60;
const DAY = 24 * HOUR;
const LABELS = { namespace: 'shop-live', secret: 'payment' };

/** The rules of `payment`, which may be nine days old: promtool would take minutes for the 90 of the standard profile. */
function rulesOf(define: (shop: ServiceChart) => void): object {
  const app = new App();
  define(new ServiceChart(app, 'shop', { environment: Environment.of('live', { capacityPool: 'production' }) }));
  const manifests = app.synthYaml().split('---\n').map((text) => load(text) as any);
  return manifests.find((manifest) => manifest?.kind === 'PrometheusRule').spec;
}

const SECRET = { keys: { token: { key: 'shop/payment' } }, rotation: Duration.days(9) };
const external = rulesOf((shop) => new ExternalSecret(shop, 'payment', { store: SecretStore.cluster('vault'), ...SECRET }));
const mounted = rulesOf((shop) => new SecretProviderClass(shop, 'payment', { provider: SecretProvider.vault({ role: 'payment' }), ...SECRET }));

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

function promtool(interval: string, tests: object, rules = external): string {
  const folder = mkdtempSync(join(tmpdir(), 'alerts-'));
  try {
    writeFileSync(join(folder, 'rules.yaml'), dump(rules));
    writeFileSync(join(folder, 'test.yaml'), dump({ rule_files: ['rules.yaml'], evaluation_interval: interval, tests: [tests] }));
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

describe('of what pods have mounted', () => {
  /** A pod that has version 1 of the token, from a minute to another, or version 2. */
  const mount = (pod: string, version: number, from: number, to: number, id = 'token') => ({
    series: `kube_secretproviderclasspodstatus_object{namespace="shop-live",secret="payment",pod="${pod}",id="${id}",version="v${version}"}`,
    values: `${from > 0 ? `_x${from} ` : ''}1x${to - from} stale`,
  });
  const ages = (input: object[], ...expected: [number, boolean][]) => promtool('5m', {
    interval: '1m', input_series: input, alert_rule_test: expected.map(([minute, fires]) => tooOld(minute, fires)),
  }, mounted);

  test('a version is too old an hour after nine days, whatever pods come and go', () => {
    const pods = [mount('a', 1, 0, 4 * DAY), mount('b', 1, 3 * DAY, 10 * DAY), mount('c', 1, 6 * DAY, 10 * DAY)];
    const output = ages(pods, [9 * DAY, false], [9 * DAY + HOUR + 10, true]);
    expect(output).toContain('SUCCESS: 3 rules found');
    expect(output).toMatch(/SUCCESS\s*$/);
  });

  test('one that took the place of another begins anew, also where another object stays', () => {
    const pods = [mount('a', 1, 0, 8 * DAY), mount('a', 2, 8 * DAY + 1, 18 * DAY), mount('a', 1, 0, 18 * DAY, 'licence')];
    expect(ages(pods, [10 * DAY, false], [17 * DAY, false], [17 * DAY + 2 * HOUR, true])).toMatch(/SUCCESS\s*$/);
  });

  test('a service that was at rest for half a day comes back as old as it was, or with what was new meanwhile', () => {
    const rested = (version: number) => [mount('a', 1, 0, 8 * DAY), mount('b', version, 8 * DAY + DAY / 2, 11 * DAY)];
    expect(ages(rested(1), [9 * DAY + 2 * HOUR, true])).toMatch(/SUCCESS\s*$/);
    expect(ages(rested(2), [9 * DAY + 2 * HOUR, false], [11 * DAY, false])).toMatch(/SUCCESS\s*$/);
  });

  test('nobody who reports any is told of after an hour', () => {
    const summary = 'Nobody reports what pods have mounted of any SecretProviderClass, so how old payment of shop-live is cannot be known';
    const unreported = (minute: number, fires: boolean) => ({
      eval_time: `${minute}m`,
      alertname: 'MountedSecretsUnreported',
      exp_alerts: fires ? [{ exp_labels: { severity: 'warning', ...LABELS }, exp_annotations: { summary } }] : [],
    });
    const others = { ...mount('a', 1, 0, HOUR), series: 'kube_secretproviderclasspodstatus_object{namespace="other",secret="other",pod="a",id="token",version="v1"}' };
    expect(promtool('1m', { interval: '1m', input_series: [others], alert_rule_test: [unreported(HOUR, false), unreported(HOUR + 50, false), unreported(2 * HOUR + 10, true)] }, mounted))
      .toMatch(/SUCCESS\s*$/);
  });
});
