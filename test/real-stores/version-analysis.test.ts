import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Testing } from 'cdk8s';
import { dump } from 'js-yaml';
import { Environment, Image, Microservice, PlatformProfile, ServiceChart } from '../../src';
import { MetricSource, ProgressiveDelivery } from '../../src/workloads';

/** What the templates of a service ask, with the version `new` in the place of their argument, and when an answer is good. */
function analysis(source: MetricSource, minRequests = 0): Record<'availability' | 'error-rate' | 'response-time', { query: string; good: string }> {
  const chart = new ServiceChart(Testing.app(), 'shop', { environment: Environment.standard()[0], profile: PlatformProfile.standard() });
  new Microservice(chart, 'orders', { image: Image.of('registry.example.com/orders', { tag: '1.0.0' }), delivery: ProgressiveDelivery.blueGreen({ analysis: { source, minRequests } }) });
  const templates = Testing.synth(chart).filter(({ kind }) => kind === 'AnalysisTemplate');
  return Object.fromEntries(templates.map(({ spec: { metrics: [metric] } }) => [metric.name, {
    query: metric.provider.prometheus.query.replaceAll('{{args.pod-template-hash}}', 'new'),
    good: metric.successCondition,
  }])) as ReturnType<typeof analysis>;
}

const OTEL = analysis(MetricSource.openTelemetryHttp());
const MINUTES = 12;
const SAMPLES = MINUTES * 4;

interface Series {
  readonly series: string;
  readonly values: string;
}

const of = (version: string, labels = '') => `{job="shop-dev/orders-analysis",pod_template_hash="${version}"${labels}}`;
/** So many requests between two samples, each a quarter of a minute after the other. */
const requests = (version: string, status: number, count: number): Series => (
  { series: `http_server_request_duration_seconds_count${of(version, `,http_response_status_code="${status}"`)}`, values: `0+${count}x${SAMPLES}` });
const buckets = (version: string, counts: Record<string, number>): Series[] => Object.entries(counts).map(([le, count]) => (
  { series: `http_server_request_duration_seconds_bucket${of(version, `,le="${le}"`)}`, values: `0+${count}x${SAMPLES}` }));
const up = (version: string, pod: number, values = `1x${SAMPLES}`): Series => ({ series: `up${of(version, `,instance="10.0.0.${pod}:8000"`)}`, values });

/** What Prometheus answers, after ten minutes unless told otherwise: a number, or nothing. */
function expectAnswer(series: readonly Series[], expr: string, value: number | undefined, minute = 10): void {
  const folder = mkdtempSync(join(tmpdir(), 'analysis-'));
  try {
    const rounded = `round(${expr}, 0.001)`;
    const test = { interval: '15s', input_series: series, promql_expr_test: [{ expr: rounded, eval_time: `${minute}m`, exp_samples: value === undefined ? [] : [{ labels: '{}', value }] }] };
    writeFileSync(join(folder, 'test.yaml'), dump({ rule_files: [], evaluation_interval: '15s', tests: [test] }, { noRefs: true }));
    expect(execFileSync('promtool', ['test', 'rules', 'test.yaml'], { cwd: folder, encoding: 'utf8' })).toMatch(/SUCCESS\s*$/);
  } catch (error) {
    throw new Error(`${(error as Error).message}${(error as { stdout?: string }).stdout ?? ''}${(error as { stderr?: string }).stderr ?? ''}`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What Argo Rollouts makes of an answer: its conditions are as JavaScript reads them, but for three functions. */
function isGood(condition: string, answer: number | undefined): boolean {
  const expression = condition.replace('len(result)', 'result.length').replace('isNaN(', 'Number.isNaN(');
  return new Function('result', `return ${expression};`)(answer === undefined ? [] : [answer]);
}

/** A hundred requests of the new version, of which six fail, among ten thousand of the old one. */
const FAILING = [requests('new', 200, 94), requests('new', 500, 6), requests('old', 200, 10_000)];

describe('the share of errors', () => {
  const { query, good } = OTEL['error-rate'];

  test('of the new version is seen', () => {
    expectAnswer(FAILING, query, 0.06);
    expect(isGood(good, 0.06)).toBe(false);
  });

  test('would not be seen without the version', () => {
    expectAnswer(FAILING, query.replaceAll(/,pod_template_hash="new"/g, ''), 0.001);
    expect(isGood(good, 0.001)).toBe(true);
  });

  test('is 0 of a version that never failed, and 5 % is allowed', () => {
    expectAnswer([requests('new', 200, 100), requests('old', 500, 100)], query, 0);
    expectAnswer([requests('new', 200, 95), requests('new', 503, 5)], query, 0.05);
    expect([0, 0.05, 0.0501].map((answer) => isGood(good, answer))).toEqual([true, true, false]);
  });

  test('counts no fault of a caller', () => {
    expectAnswer([requests('new', 200, 50), requests('new', 404, 50)], query, 0);
  });

  test('is nothing where there is no version, and no number where there are no requests, and neither is a failure', () => {
    expectAnswer([requests('old', 200, 100)], query, undefined);
    expectAnswer([requests('new', 200, 0)], `(${query}) == (${query})`, undefined);
    expect([undefined, NaN].map((answer) => isGood(good, answer))).toEqual([true, true]);
  });
});

describe('the time of answers', () => {
  const { query, good } = OTEL['response-time'];

  test('is that of the 95th of a hundred, of the new version alone', () => {
    const slow = buckets('new', { '0.25': 50, '0.5': 94, '1': 100, '+Inf': 100 });
    expectAnswer([...slow, ...buckets('old', { '0.25': 10_000, '0.5': 10_000, '1': 10_000, '+Inf': 10_000 })], query, 0.583);
    expect(isGood(good, 0.583)).toBe(false);
  });

  test('is in time at half a second, and of no requests', () => {
    expectAnswer(buckets('new', { '0.25': 50, '0.5': 95, '1': 100, '+Inf': 100 }), query, 0.5);
    expectAnswer(buckets('old', { '0.5': 100, '+Inf': 100 }), query, undefined);
    expect([0.5, undefined, NaN].map((answer) => isGood(good, answer))).toEqual([true, true, true]);
  });
});

describe('the availability', () => {
  const { query, good } = OTEL.availability;

  test('is 1 while all pods of the version answer, whatever those of another do', () => {
    expectAnswer([up('new', 1), up('new', 2), up('old', 3, `0x${SAMPLES}`)], query, 1);
    expect(isGood(good, 1)).toBe(true);
  });

  test('is less when one of two answered once less in a minute', () => {
    // from 9 minutes after on to 10: 1 1 0 1 1
    expectAnswer([up('new', 1), up('new', 2, `1x37 0 1x${SAMPLES - 38}`)], query, 0.9);
    expect([0.9, 0.9989, 0.999].map((answer) => isGood(good, answer))).toEqual([false, false, true]);
  });

  test('does not count a pod that is starting, and counts one that is gone again', () => {
    expectAnswer([up('new', 1), up('new', 2, `_x36 0x${SAMPLES - 37}`)], query, 1);
    expectAnswer([up('new', 1), up('new', 2, `1x36 0x${SAMPLES - 37}`)], query, 0.6);
  });

  test('is a failure when nobody knows of a pod', () => {
    expectAnswer([up('old', 1)], query, undefined);
    expect(isGood(good, undefined)).toBe(false);
  });
});

test("Dapr's sidecar counts in its own words, and in milliseconds", () => {
  const dapr = analysis(MetricSource.dapr());
  const completed = (status: number, count: number): Series => ({ series: `dapr_http_client_completed_count${of('new', `,app_id="orders",status="${status}"`)}`, values: `0+${count}x${SAMPLES}` });
  const latency = (le: string, count: number): Series => ({ series: `dapr_http_client_roundtrip_latency_bucket${of('new', `,app_id="orders",le="${le}"`)}`, values: `0+${count}x${SAMPLES}` });
  expectAnswer([completed(200, 94), completed(500, 6)], dapr['error-rate'].query, 0.06);
  expectAnswer([latency('400', 90), latency('500', 95), latency('650', 100), latency('+Inf', 100)], dapr['response-time'].query, 500);
  expect([500, 501].map((answer) => isGood(dapr['response-time'].good, answer))).toEqual([true, false]);
});

test('gRPC counts what is the fault of the server', () => {
  const { query } = analysis(MetricSource.openTelemetryGrpc())['error-rate'];
  const calls = (code: string, count: number): Series => ({ series: `rpc_server_call_duration_seconds_count${of('new', `,rpc_response_status_code="${code}"`)}`, values: `0+${count}x${SAMPLES}` });
  expectAnswer([calls('OK', 80), calls('NOT_FOUND', 10), calls('UNAVAILABLE', 6), calls('INTERNAL', 4)], query, 0.1);
});

describe('a version that must have twenty requests a minute', () => {
  const { 'error-rate': errors, 'response-time': times } = analysis(MetricSource.openTelemetryHttp(), 20);
  const few = [requests('new', 200, 3), requests('new', 500, 1), ...buckets('new', { '0.5': 4, '+Inf': 4 })];

  test('is not judged by sixteen, and one of them failed', () => {
    expectAnswer(few, errors.query, undefined);
    expectAnswer(few, times.query, undefined);
    expect([errors, times].map(({ good }) => isGood(good, undefined))).toEqual([false, false]);
  });

  test('is judged by four hundred', () => {
    expectAnswer(FAILING, errors.query, 0.06);
    expect(isGood(errors.good, 0.06)).toBe(false);
    expect(isGood(errors.good, 0.04)).toBe(true);
  });
});
