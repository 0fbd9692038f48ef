import { settlingSeconds } from './analysis-settings';
import type { ProgressiveDefinition } from './progressive-definition';
import { conditionsOf, HASH, monitorName, queriesOf, VERSION } from './queries';
import type * as rollouts from '../../../imports/argo-rollouts';
import type * as prometheus from '../../../imports/prometheus-operator';
import { CONTAINER_SETTINGS } from '../../containers/container-settings';
import { defineObject, late } from '../../core/kubernetes-object';
import { metricsAddress } from '../../core/metrics-address';
import { DAPRD_METRICS_PORT_NAME } from '../../values/ports';
import type { JobSpec } from '../batch/job-spec';

export type TemplateSpec = rollouts.AnalysisTemplateSpec;

/** The argument of a template that says how often it measures, which depends on the step. */
export const COUNT = 'measurements';

const API_VERSION = 'argoproj.io/v1alpha1';
/** As Kubernetes names what it knows of a pod while Prometheus looks for it. */
const VERSION_OF_POD = '__meta_kubernetes_pod_label_rollouts_pod_template_hash';

/** The names of the templates that measure a version. */
export function metricTemplates({ node: { name } }: Pick<ProgressiveDefinition, 'node'>): string[] {
  return [`${name}-availability`, `${name}-error-rate`, `${name}-response-time`];
}

/** The name of the template by which a version is tried out. */
export function smokeTestTemplate({ node: { name } }: Pick<ProgressiveDefinition, 'node'>): string {
  return `${name}-smoke-test`;
}

/** Defines what a version is measured by, and how Prometheus learns which version a sample is of. */
export function defineAnalysis(definition: ProgressiveDefinition): void {
  const { service, analysis } = definition;
  const [queries, conditions] = [queriesOf(definition), conditionsOf(definition)];
  const [availability, errorRate, responseTime] = metricTemplates(definition);
  const metric = (name: string, what: keyof typeof queries) => defineObject<TemplateSpec>(service, name, {
    apiVersion: API_VERSION,
    kind: 'AnalysisTemplate',
    metadata: { name },
    spec: {
      // each analysis gives its own count, and without one here Argo Rollouts takes a metric for endless: the fewest that can fail
      args: [{ name: HASH }, { name: COUNT, value: `${analysis.failureLimit + 1}` }],
      metrics: [{
        // of several templates all metrics are in one run
        name: name.slice(definition.node.name.length + 1),
        initialDelay: `${settlingSeconds(analysis)}s`,
        interval: `${analysis.interval.toSeconds()}s`,
        count: `{{args.${COUNT}}}`,
        ...conditions[what],
        failureLimit: analysis.failureLimit,
        consecutiveErrorLimit: analysis.consecutiveErrorLimit,
        provider: { prometheus: { address: metricsAddress(definition.node.group.profile), query: queries[what] } },
      }],
    },
  });
  metric(availability, 'availability');
  metric(errorRate, 'errorRate');
  metric(responseTime, 'responseTime');
  defineMonitor(definition);
}

/** Defines the template of a Job, which is known when all connections are. */
export function defineSmokeTestTemplate(definition: ProgressiveDefinition, job: () => JobSpec): void {
  const name = smokeTestTemplate(definition);
  defineObject<TemplateSpec>(definition.service, 'SmokeTestTemplate', {
    apiVersion: API_VERSION,
    kind: 'AnalysisTemplate',
    metadata: { name },
    spec: late(() => ({ metrics: [{ name: 'smoke-test', provider: { job: { spec: job() } } }] })),
  });
}

function defineMonitor(definition: ProgressiveDefinition): void {
  const { node, service, analysis } = definition;
  const containers = CONTAINER_SETTINGS.of(node.group.profile);
  const ofSidecar = analysis.source._kind === 'dapr';
  defineObject<prometheus.PodMonitorSpec>(service, 'AnalysisMonitor', {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PodMonitor',
    metadata: { name: monitorName(definition) },
    spec: {
      selector: { matchLabels: { ...node.selectorLabels } },
      podMetricsEndpoints: [{
        port: ofSidecar ? DAPRD_METRICS_PORT_NAME : node.scraped[0].name,
        path: ofSidecar ? '/' : containers.metricsPath,
        interval: `${analysis.scrapeInterval.toSeconds()}s`,
        relabelings: [{ action: 'replace', sourceLabels: [VERSION_OF_POD], targetLabel: VERSION }],
      }],
    },
  });
}
