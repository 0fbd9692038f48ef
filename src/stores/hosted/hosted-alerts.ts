import type { Construct } from 'constructs';
import type * as prometheus from '../../../imports/prometheus-operator';
import { defineObject } from '../../core/kubernetes-object';

type Rule = prometheus.PrometheusRuleSpecGroupsRules;

/** When somebody is told what: an alert in the words of Prometheus. */
export interface Alert {
  readonly alert: string;
  readonly expr: string;
  /** How long it must hold, such as `15m`. */
  readonly for: string;
  readonly severity: 'critical' | 'warning';
  readonly summary: string;
}

/** Defines a PrometheusRule, whose alerts carry the labels of what they are about. */
export function defineAlerts(
  scope: Construct, id: string, name: string, labels: { readonly [label: string]: string }, alerts: readonly Alert[],
): void {
  defineObject<prometheus.PrometheusRuleSpec>(scope, id, {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PrometheusRule',
    metadata: { name },
    spec: {
      groups: [{
        name,
        rules: alerts.map(({ alert, expr, for: lasting, severity, summary }): Rule => ({
          alert,
          expr: expr,
          for: lasting,
          labels: { severity, ...labels },
          annotations: { summary },
        })),
      }],
    },
  });
}
