import type { ProgressiveDefinition } from './progressive-definition';
import type * as rollouts from '../../../imports/argo-rollouts';

/** The label of a sample by which one version is told from another: of a few requests among many the share of errors would not be seen without it. */
export const VERSION = 'pod_template_hash';
/** The argument of a template that holds the version to be measured. */
export const HASH = 'pod-template-hash';

/** The rule by which Prometheus knows the versions: the name of the PodMonitor, which is a label of every sample that it brings. */
export function monitorName({ node }: Pick<ProgressiveDefinition, 'node'>): string {
  return `${node.name}-analysis`;
}

/**
 * The queries of an analysis, each with one number as its answer, or none where nothing is known.
 *
 * @see https://prometheus.io/docs/prometheus/latest/querying/basics/
 */
export function queriesOf({ node, analysis }: Pick<ProgressiveDefinition, 'node' | 'analysis'>): { errorRate: string; responseTime: string; availability: string } {
  const { count, failed, buckets } = analysis.source._metrics;
  const window = `${analysis.window.toSeconds()}s`;
  const version = `job="${node.group.namespace}/${monitorName({ node })}",${VERSION}="{{args.${HASH}}}"`;
  const rate = (metric: string, labels = version) => `rate(${metric}{${labels}}[${window}])`;
  const enough = analysis.minRequests === 0 ? (query: string) => query
    : (query: string) => `(${query}) and on() (sum(increase(${count}{${version}}[${window}])) >= ${analysis.minRequests})`;
  return {
    // a version that never failed has no series of failures
    errorRate: enough(`(sum(${rate(count, `${version},${failed}`)}) or vector(0)) / sum(${rate(count)})`),
    responseTime: enough(`histogram_quantile(${analysis.responseTimePercentile / 100}, sum by (le) (${rate(buckets)}))`),
    // a pod that is starting does not count until it has answered once
    availability: `avg(avg_over_time(up{${version}}[${window}]) and max_over_time(up{${version}}[${window}] offset ${window}) > 0)`,
  };
}

/** The conditions of a metric. An answer that meets neither of two is inconclusive. */
type Conditions = Pick<rollouts.AnalysisTemplateSpecMetrics, 'successCondition' | 'failureCondition' | 'inconclusiveLimit'>;

/** When an answer is good. Without requests nothing is wrong, but a version of which nobody knows that it is there is not available. */
export function conditionsOf({ analysis }: Pick<ProgressiveDefinition, 'analysis'>): { errorRate: Conditions; responseTime: Conditions; availability: Conditions } {
  const { maxErrorPercent, maxResponseTime, minAvailabilityPercent, source, minRequests, failureLimit } = analysis;
  const known = 'len(result) > 0 && !isNaN(result[0])';
  const atMost = (most: number): Conditions => minRequests === 0 ? { successCondition: `len(result) == 0 || isNaN(result[0]) || result[0] <= ${most}` } : {
    successCondition: `${known} && result[0] <= ${most}`, failureCondition: `${known} && result[0] > ${most}`, inconclusiveLimit: failureLimit,
  };
  return {
    errorRate: atMost(share(maxErrorPercent)),
    responseTime: atMost(maxResponseTime.toMilliseconds() * source._metrics.unitsPerSecond / MILLISECONDS),
    availability: { successCondition: `len(result) > 0 && result[0] >= ${share(minAvailabilityPercent)}` },
  };
}

/** Of a second. */
const MILLISECONDS = 1000;
/** Enough for a share of the hundred-thousandth, and few enough to hide that binary numbers are no decimals. */
const DIGITS = 10;

function share(percent: number): number {
  return Number((percent / 100).toFixed(DIGITS));
}
