import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dump, load } from 'js-yaml';
import { App, Environment, Image, Microservice, ServiceChart, stores, Topic } from '../../src';

const SUMMARY = 'mailer of shop-live could not take an event. Look at its log, and at its dead-letter topic';

/** The rules of a subscriber, as Prometheus reads them. */
function rules(): object {
  const app = new App();
  const shop = new ServiceChart(app, 'shop', { environment: Environment.of('live', { capacityPool: 'production' }) });
  const mailer = new Microservice(shop, 'mailer', { image: Image.parse('registry.example.com/mailer:1.0.0') });
  mailer.subscribes(new Topic(shop, 'paid', { broker: stores.RedisCluster.fromNamespace(shop, 'redis', 'infrastructure') }));
  return app.synthYaml().split('---\n').map((text) => load(text) as any).find((manifest) => manifest?.kind === 'PrometheusRule').spec;
}

const count = (values: string, labels: string) => ({ series: `dapr_component_pubsub_ingress_count{namespace="shop-live",app_id="mailer",topic="paid",${labels}}`, values });
const at = (minute: number, fires: boolean) => ({
  eval_time: `${minute}m`,
  alertname: 'DeadLetters',
  exp_alerts: fires ? [{ exp_labels: { severity: 'warning', namespace: 'shop-live', service: 'mailer', topic: 'paid' }, exp_annotations: { summary: SUMMARY } }] : [],
});

function promtool(series: object[], ...expected: object[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'alerts-'));
  try {
    writeFileSync(join(folder, 'rules.yaml'), dump(rules()));
    writeFileSync(join(folder, 'test.yaml'), dump({
      rule_files: ['rules.yaml'], evaluation_interval: '1m', tests: [{ interval: '1m', input_series: series, alert_rule_test: expected }],
    }));
    return execFileSync('promtool', ['check', 'rules', 'rules.yaml'], { cwd: folder, encoding: 'utf8' })
      + execFileSync('promtool', ['test', 'rules', 'test.yaml'], { cwd: folder, encoding: 'utf8' });
  } catch (error) {
    throw new Error(`${(error as { stdout: string }).stdout}${(error as { stderr: string }).stderr}`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const DROPPED = 'pod="a",process_status="drop",status="drop"';

test('the first dead letter is told of, although its count begins with 1, and no more after an hour', () => {
  const output = promtool([count('_x10 1x200', DROPPED)], at(5, false), at(11, true), at(60, true), at(100, false));
  expect(output).toContain('SUCCESS: 1 rules found');
  expect(output).toMatch(/SUCCESS\s*$/);
});

test('further dead letters are told of, also those of another replica', () => {
  expect(promtool([count('3x100 4x200', DROPPED), count('7x200 8x200', DROPPED.replace('a', 'b'))], at(90, false), at(105, true), at(210, true))).toMatch(/SUCCESS\s*$/);
});

test('a delivery that is repeated, and one that succeeds, are no dead letters', () => {
  expect(promtool([count('0+5x200', 'process_status="retry",status="retry"'), count('0+5x200', 'process_status="success",status="success"')], at(100, false))).toMatch(/SUCCESS\s*$/);
});
